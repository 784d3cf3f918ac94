import type { Role } from './actor.ts'

/**
 * Who may call what. `public`: nobody need be signed in. `member`: anyone signed in, whatever the role.
 * `link`: routes a link session (see LinkScope) may also use, for its own item only.
 * `worker`: a machine that sends, with its own credential and never with a person's session.
 * Which rows a person may see inside a route is decided by institution (repositories) and by rules.
 */
export type Access = 'public' | 'member' | 'worker' | readonly Role[]

const team = ['operator', 'producer', 'manager', 'admin'] as const
const line = ['operator', 'producer', 'doctor', 'reviewer', 'manager', 'admin'] as const
const writers = ['operator', 'producer', 'admin'] as const
const schedulers = ['operator', 'admin'] as const
const figures = ['operator', 'manager', 'admin'] as const
const patients = ['advisor', 'admin'] as const
const admin = ['admin'] as const

export const permissions = {
  // system
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /api/docs/*': 'public',
  'GET /*': 'public',
  'GET /m/*': 'public',
  'GET /assets/*': 'public',
  'GET /api/live': 'member',
  'GET /api/settings/platforms': admin,
  'GET /api/health': ['manager', 'admin'],
  'GET /metrics': 'public',
  // identity
  'GET /api/setup': 'public',
  'POST /api/setup': 'public',
  'POST /api/login': 'public',
  'POST /api/link-session': 'public',
  'POST /api/logout': 'member',
  'GET /api/me': 'member',
  'POST /api/me/institution': 'member',
  'POST /api/me/sign-out-everywhere': 'member',
  'POST /api/me/password': 'member',
  'GET /api/colleagues': 'member',
  'GET /api/users': admin,
  'POST /api/users': admin,
  'PATCH /api/users/:userId': admin,
  'POST /api/users/:userId/password': admin,
  // institutions
  'GET /api/institution': 'member',
  'PATCH /api/institution': admin,
  'POST /api/institutions': admin,
  'GET /api/departments': 'member',
  'POST /api/departments': admin,
  'PATCH /api/departments/:departmentId': admin,
  'POST /api/departments/:departmentId/archive': admin,
  'GET /api/specialty-lines': 'member',
  'POST /api/specialty-lines': ['manager', 'admin'],
  'PATCH /api/specialty-lines/:lineId': ['manager', 'admin'],
  'POST /api/specialty-lines/:lineId/archive': ['manager', 'admin'],
  // doctors
  'GET /api/doctors': 'member',
  'GET /api/doctors/:doctorId': 'member',
  'POST /api/doctors': admin,
  'PATCH /api/doctors/:doctorId': admin,
  'POST /api/doctors/:doctorId/archive': admin,
  'POST /api/doctors/:doctorId/credentials': admin,
  'PATCH /api/credentials/:credentialId': admin,
  'POST /api/credentials/:credentialId/archive': admin,
  // accounts
  'GET /api/accounts': 'member',
  'GET /api/accounts/:accountId': 'member',
  'POST /api/accounts': admin,
  'PATCH /api/accounts/:accountId': admin,
  'POST /api/accounts/:accountId/archive': admin,
  'POST /api/accounts/:accountId/connect': admin,
  'POST /api/accounts/:accountId/app': admin,
  'POST /api/accounts/:accountId/event-settings': admin,
  'GET /api/accounts/:accountId/connection': team,
  'POST /api/accounts/:accountId/resume': ['operator', 'manager', 'admin'],
  'GET /api/oauth/:platform/callback': 'public',
  // content
  'GET /api/topics': line,
  'POST /api/topics': team,
  'PATCH /api/topics/:topicId': team,
  'POST /api/topics/:topicId/archive': team,
  'POST /api/topics/:topicId/start': team,
  'GET /api/contents': line,
  'POST /api/contents': team,
  'GET /api/contents/:contentId': line,
  'PATCH /api/contents/:contentId': team,
  'POST /api/contents/:contentId/move': line,
  'GET /api/holds': line,
  'POST /api/holds': ['operator', 'reviewer', 'manager', 'admin'],
  'POST /api/holds/:holdId/lift': ['reviewer', 'manager', 'admin'],
  'GET /api/work': 'member',
  'GET /api/search': line,
  // scripts and sign-off
  'GET /api/contents/:contentId/script': line,
  'PUT /api/contents/:contentId/script/draft': writers,
  'POST /api/contents/:contentId/script/revisions': writers,
  'GET /api/contents/:contentId/script/revisions/:number': line,
  'POST /api/contents/:contentId/sign-off-links': team,
  'GET /api/sign-offs': ['doctor'],
  'GET /api/sign-offs/:contentId': ['doctor'],
  'POST /api/sign-offs/:contentId/seen': ['doctor'],
  'POST /api/sign-offs/:contentId/decide': ['doctor'],
  // compliance
  'GET /api/compliance/rules': line,
  'GET /api/compliance/queue': ['reviewer', 'admin'],
  'POST /api/compliance/preview': line,
  'GET /api/contents/:contentId/compliance': line,
  'POST /api/contents/:contentId/compliance/check': ['operator', 'producer', 'reviewer', 'admin'],
  'POST /api/findings/:findingId/waive': ['reviewer'],
  'POST /api/contents/:contentId/compliance/decide': ['reviewer'],
  // media
  'POST /api/uploads': writers,
  'HEAD /api/uploads/:uploadId': writers,
  'PATCH /api/uploads/:uploadId': writers,
  'DELETE /api/uploads/:uploadId': writers,
  'OPTIONS /api/uploads': writers,
  'GET /api/contents/:contentId/assets': line,
  'POST /api/contents/:contentId/final-cut': writers,
  'POST /api/assets/:assetId/discard': writers,
  'GET /api/assets/:assetId/file': line,
  'GET /api/assets/:assetId/poster': line,
  // publishing
  'GET /api/publications': line,
  'GET /api/publications/:publicationId': line,
  'POST /api/contents/:contentId/publications': schedulers,
  'POST /api/publications/:publicationId/reschedule': schedulers,
  'POST /api/publications/:publicationId/cancel': schedulers,
  'POST /api/publications/:publicationId/resolve': schedulers,
  'POST /api/publications/:publicationId/hand-off-links': schedulers,
  'GET /api/slots': line,
  'POST /api/slots/next-free': schedulers,
  'POST /api/accounts/:accountId/slots': schedulers,
  'PATCH /api/slots/:slotId': schedulers,
  'DELETE /api/slots/:slotId': schedulers,
  'GET /api/accounts/:accountId/best-time': line,
  'POST /api/schedule/spread': schedulers,
  'POST /api/schedule/check': schedulers,
  'GET /api/schedule/batches': schedulers,
  'POST /api/schedule/batches': schedulers,
  'POST /api/schedule/batches/:batchId/undo': schedulers,
  'GET /api/schedule/template': schedulers,
  'GET /api/schedule/export': line,
  'POST /api/schedule/import': schedulers,
  'POST /api/schedule/import/errors': schedulers,
  'GET /api/hand-offs': ['operator', 'producer', 'doctor', 'manager', 'admin'],
  'GET /api/hand-offs/:publicationId': ['operator', 'producer', 'doctor', 'admin'],
  'POST /api/hand-offs/:publicationId/proof': ['operator', 'producer', 'doctor', 'admin'],
  'POST /api/hand-offs/:publicationId/screenshot': ['operator', 'producer', 'doctor', 'admin'],
  'POST /api/hand-offs/:publicationId/take-over': ['operator', 'producer', 'manager', 'admin'],
  'POST /api/accounts/:accountId/owner': ['operator', 'manager', 'admin'],
  'GET /api/qr': 'member',
  'POST /api/webhooks/douyin': 'public',
  'GET /api/webhooks/wechat-oa/:accountId': 'public',
  'POST /api/webhooks/wechat-oa/:accountId': 'public',
  'GET /media/:assetId': 'public',
  // workers on other machines
  'GET /api/workers': admin,
  'POST /api/workers': admin,
  'POST /api/workers/:workerId/revoke': admin,
  'POST /internal/worker/hello': 'worker',
  'POST /internal/worker/claim': 'worker',
  'POST /internal/worker/token': 'worker',
  'POST /internal/worker/upload': 'worker',
  'POST /internal/worker/renew': 'worker',
  'POST /internal/worker/begin': 'worker',
  'POST /internal/worker/release': 'worker',
  'POST /internal/worker/settle': 'worker',
  // touch tokens and leads
  'GET /api/touch-tokens': ['operator', 'reviewer', 'manager', 'admin'],
  'POST /api/touch-tokens': ['operator', 'admin'],
  'POST /api/publications/:publicationId/touch-token': ['operator', 'reviewer', 'admin'],
  'POST /api/touch-tokens/:token/disable': ['operator', 'reviewer', 'admin'],
  'GET /t/:token': 'public',
  'GET /api/public/touch/:token': 'public',
  'POST /api/public/touch/:token/lead': 'public',
  'GET /api/leads': patients,
  'POST /api/leads/:leadId/reveal': patients,
  'POST /api/leads/:leadId/follow-up': patients,
  'POST /api/leads/:leadId/erase': patients,
  'GET /api/visits': patients,
  'GET /api/orders': patients,
  // metrics and funnel
  'GET /api/imports': ['operator', 'advisor', 'manager', 'admin'],
  'POST /api/imports': ['operator', 'advisor', 'admin'],
  'GET /api/imports/:importId': ['operator', 'advisor', 'manager', 'admin'],
  'GET /api/imports/:importId/report': ['operator', 'advisor', 'manager', 'admin'],
  'POST /api/imports/:importId/rows/:rowId/resolve': ['operator', 'advisor', 'admin'],
  'GET /api/funnel': figures,
  'GET /api/funnel/detail': figures,
  // inbox and robots
  'GET /api/inbox': 'member',
  'GET /api/inbox/count': 'member',
  'POST /api/inbox/read': 'member',
  'PUT /api/inbox/muted-kinds': 'member',
  'GET /api/notice-settings': ['operator', 'manager', 'admin'],
  'PUT /api/notice-settings': admin,
  'GET /api/robots': admin,
  'POST /api/robots': admin,
  'PATCH /api/robots/:robotId': admin,
  'POST /api/robots/:robotId/remove': admin,
  'POST /api/robots/:robotId/test': admin,
  'GET /api/robots/:robotId/messages': admin,
  // audit
  'GET /api/audit': ['reviewer', 'manager', 'admin'],
  'GET /api/audit/verify': ['reviewer', 'manager', 'admin'],
} as const satisfies Record<string, Access>

export type RouteKey = keyof typeof permissions

/** Routes a link session may use; the server checks that the path names the session's own item. */
export const linkRoutes = {
  sign_off: [
    'GET /api/me',
    'POST /api/logout',
    'GET /api/sign-offs',
    'GET /api/sign-offs/:contentId',
    'POST /api/sign-offs/:contentId/seen',
    'POST /api/sign-offs/:contentId/decide',
  ],
  hand_off: [
    'GET /api/me',
    'POST /api/logout',
    'GET /api/hand-offs',
    'GET /api/hand-offs/:publicationId',
    'POST /api/hand-offs/:publicationId/proof',
    'POST /api/hand-offs/:publicationId/screenshot',
    'GET /api/qr',
  ],
} as const satisfies Record<string, readonly RouteKey[]>

/** Whether someone in `role` may call `route` at all; `null` is somebody not signed in. */
export function mayCall(route: RouteKey, role: Role | null): boolean {
  const access: Access = permissions[route]
  if (access === 'public') return true
  if (access === 'worker') return false
  if (role === null) return false
  return access === 'member' || access.includes(role)
}
