import type { Endpoint, EndpointInput, EndpointOutput } from '@xingbo/shared/contract'
import type { z } from 'zod'
import { OldPageError, send } from './http.ts'

/**
 * Calls an endpoint of the contract and checks what comes back:
 * `request(getTopic, { params: { topicId } }, signal)`. Refusals: see `send`.
 */
export async function request<const E extends Endpoint>(
  endpoint: E,
  input: EndpointInput<E>,
  signal?: AbortSignal,
): Promise<EndpointOutput<E>> {
  const parsed = (endpoint.response as z.ZodType).safeParse(
    await send(endpoint.route, input, signal),
  )
  if (!parsed.success) throw new OldPageError(parsed.error)
  return parsed.data as EndpointOutput<E>
}
