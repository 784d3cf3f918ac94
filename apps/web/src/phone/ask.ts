import type { Endpoint, EndpointInput, EndpointOutput } from '@xingbo/shared/contract'
import { send } from '../lib/http.ts'

/**
 * `request` for the phone pages, which know an endpoint by its type only: importing the endpoint itself would
 * bring zod along, a quarter of the page's budget. The route must be the endpoint's own or it does not compile:
 * `ask<typeof api.getSignOff>('GET /api/sign-offs/:contentId', { params: { contentId } }, signal)` with
 * `import type * as api from '@xingbo/shared/scripts/sign-off.schema'`.
 */
export const ask = async <E extends Endpoint>(
  route: E['route'],
  input: EndpointInput<E>,
  signal?: AbortSignal,
): Promise<EndpointOutput<E>> => (await send(route, input, signal)) as EndpointOutput<E>
