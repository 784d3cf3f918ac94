import type { Endpoint, EndpointInput, EndpointOutput } from '@xingbo/shared/contract'
import { methodAndPath } from '@xingbo/shared/contract'
import type { Role } from '@xingbo/shared/identity/actor'
import { asc } from 'drizzle-orm'
import type { z } from 'zod'
import { auditEntries } from '../../../apps/api/src/db/schema/audit.ts'
import { testApp } from '../../support/test-app.ts'

export type Refusal = { status: number; code: string; message: string; issues: string[] }
export type Outcome<T> = { ok: true; value: T } | ({ ok: false } & Refusal)

/** The app and a way to call an endpoint of the contract as somebody, with its answer checked by its own schema. */
export async function bench(env: Record<string, string> = {}) {
  const made = await testApp(env)
  const call = async <const E extends Endpoint>(
    role: Role | null,
    endpoint: E,
    input: EndpointInput<E>,
    { institution = 'a', language = 'zh-CN' } = {},
  ): Promise<Outcome<EndpointOutput<E>>> => {
    const {
      params = {},
      query = {},
      body,
    } = input as {
      params?: Record<string, string>
      query?: Record<string, string | number>
      body?: unknown
    }
    const { method, path } = methodAndPath(endpoint.route)
    const url = path.replace(/:(\w+)/g, (_, key: string) => params[key] ?? '')
    const search = new URLSearchParams(
      Object.entries(query).map(([key, value]) => [key, String(value)]),
    )
    const answer = await made.as(role, institution)(search.size ? `${url}?${search}` : url, {
      method,
      language,
      ...(body !== undefined && { body }),
    })
    if (answer.status === 200)
      return { ok: true, value: (endpoint.response as z.ZodType).parse(answer.body) as never }
    const refused = answer.body as { code: string; message: string; issues?: { path: string }[] }
    return {
      ok: false,
      status: answer.status,
      code: refused.code,
      message: refused.message,
      issues: (refused.issues ?? []).map(({ path }) => path.replace(/^\//, '')),
    }
  }
  /** The value, or a failed test that says what the server said. */
  const must = async <const E extends Endpoint>(
    role: Role,
    endpoint: E,
    input: EndpointInput<E>,
    where?: { institution?: string },
  ): Promise<EndpointOutput<E>> => {
    const outcome = await call(role, endpoint, input, where)
    if (!outcome.ok) throw new Error(`${endpoint.route}: ${outcome.status} ${outcome.message}`)
    return outcome.value
  }
  const audited = () =>
    made.db.read
      .select({
        action: auditEntries.action,
        institutionId: auditEntries.institutionId,
        subjectId: auditEntries.subjectId,
        actorId: auditEntries.actorId,
        detail: auditEntries.detail,
      })
      .from(auditEntries)
      .orderBy(asc(auditEntries.seq))

  return { ...made, call, must, audited }
}

/** The sentence of a refusal, with its status before it; `ok` where nothing was refused. */
export const said = (outcome: Outcome<unknown>): string =>
  outcome.ok ? 'ok' : `${outcome.status} ${outcome.message}`
