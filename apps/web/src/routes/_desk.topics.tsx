import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/_desk/topics')({
  component: RouteComponent,
})

function RouteComponent() {
  return <div>Hello "/_desk/topics"!</div>
}
