import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/_desk/imports/')({
  component: RouteComponent,
})

function RouteComponent() {
  return <div>Hello "/_desk/imports/"!</div>
}
