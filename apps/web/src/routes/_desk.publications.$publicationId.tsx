import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/_desk/publications/$publicationId')({
  component: RouteComponent,
})

function RouteComponent() {
  return <div>Hello "/_desk/publications/$publicationId"!</div>
}
