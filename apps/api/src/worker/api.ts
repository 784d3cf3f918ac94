import { setTimeout as wait } from 'node:timers/promises'
import {
  type Endpoint,
  type EndpointInput,
  type EndpointOutput,
  methodAndPath,
} from '@xingbo/shared/contract'

/** Asked for a moment: the server may be restarting. */
class Unavailable extends Error {}
/** The credential opens nothing (any more). */
export class Dismissed extends Error {}

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5_000

export type WorkerApi = {
  /** One call. @throws Unavailable when it may be asked again, Dismissed when the credential is not taken. */
  ask<E extends Endpoint>(
    endpoint: E,
    body: EndpointInput<E> extends { body: infer B } ? B : never,
    deadlineMs?: number,
  ): Promise<EndpointOutput<E>>
  /** Asks again, ever more seldom, for as long as the server is away and `ms` are not over. */
  insist<E extends Endpoint>(
    endpoint: E,
    body: EndpointInput<E> extends { body: infer B } ? B : never,
    how: { readonly ms: number; readonly signal?: AbortSignal; readonly deadlineMs?: number },
  ): Promise<EndpointOutput<E>>
  /** A file by an address the server gave out; null when it is not there. */
  file(path: string, signal: AbortSignal): Promise<Response | null>
}

/** Longer than any answer of the server takes that does not itself ask a platform. */
const DEADLINE_MS = 15_000

/**
 * The server as a worker calls it. `credential`: one token, or several separated by commas, one for each
 * institution; it travels in a header only.
 */
export function workerApi(baseUrl: string, credential: string, onDismissed: () => void): WorkerApi {
  const headers = { authorization: `Bearer ${credential.replace(/\s+/g, '')}` }

  const ask: WorkerApi['ask'] = async (endpoint, body, deadlineMs = DEADLINE_MS) => {
    const { path } = methodAndPath(endpoint.route)
    const answer = await fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch((cause: unknown) => {
        throw new Unavailable('the server does not answer', { cause })
      })
    if (answer.status === 401) {
      onDismissed()
      throw new Dismissed(
        '服务器不认这个工作节点的凭证（XINGBO_WORKER_TOKEN），可能已被撤销。\n' +
          'The server does not take this worker’s credential (XINGBO_WORKER_TOKEN); it may have been taken back.',
      )
    }
    if (answer.status >= 500 || answer.status === 429)
      throw new Unavailable(`the server answered ${answer.status}`)
    if (answer.status !== 200)
      throw new Error(`the server answered ${answer.status} to ${path}; is it of another version?`)
    return endpoint.response.parse(JSON.parse(answer.text)) as never
  }

  return {
    ask,
    async insist(endpoint, body, { ms, signal, deadlineMs }) {
      const end = performance.now() + ms
      for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        try {
          return await ask(endpoint, body, deadlineMs)
        } catch (error) {
          const over = performance.now() + pause >= end || signal?.aborted
          if (!(error instanceof Unavailable) || over) throw error
          await wait(pause, undefined, { signal }).catch(() => undefined)
        }
      }
    },
    async file(path, signal) {
      const response = await fetch(`${baseUrl}${path}`, { headers, redirect: 'error', signal })
      if (response.ok) return response
      await response.body?.cancel()
      if (response.status === 404 || response.status === 403) return null
      throw new Unavailable(`the server answered ${response.status} for a file`)
    },
  }
}
