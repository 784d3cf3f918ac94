import { createFileRoute, redirect } from '@tanstack/react-router'

export const Route = createFileRoute('/_desk/contents/$contentId/')({
  beforeLoad: ({ params }) => {
    throw redirect({ href: `/contents/${params.contentId}/script`, replace: true })
  },
})
