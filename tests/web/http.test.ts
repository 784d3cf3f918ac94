import '../support/browser-globals.ts'
import type * as doctors from '@xingbo/shared/doctors/doctor.schema'
import { getMe } from '@xingbo/shared/identity/session.schema'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  ApiError,
  addressOf,
  NetworkError,
  OldPageError,
  send,
  tabInstitution,
  whenSignedOut,
} from '../../apps/web/src/lib/http.ts'
import { setLanguage } from '../../apps/web/src/lib/i18n.ts'
import { request } from '../../apps/web/src/lib/request.ts'

const answer = (status: number, body: unknown) =>
  vi.fn<typeof fetch>(async () => new Response(JSON.stringify(body), { status }))
const refused = { code: 'UNAUTHENTICATED', message: '请先登录', requestId: 'r1' }

beforeEach(() => {
  setLanguage('zh')
  tabInstitution.set('ins_1')
})
afterEach(() => {
  vi.unstubAllGlobals()
  whenSignedOut(() => {})
})

test('every call says its language and the institution of its tab', async () => {
  const fetched = answer(200, {})
  vi.stubGlobal('fetch', fetched)
  setLanguage('en')
  await send('GET /api/users', {})
  expect(fetched.mock.calls[0]?.[1]?.headers).toEqual({
    'accept-language': 'en',
    'x-institution-id': 'ins_1',
  })
})

test('names in the path are escaped, and what is not set stays out of the query', async () => {
  const fetched = answer(200, {})
  vi.stubGlobal('fetch', fetched)
  await send('GET /api/doctors/:doctorId', {
    params: { doctorId: 'a/b?c' },
    query: { q: '', page: 2, kinds: ['x', 'y'], none: undefined },
  })
  expect(fetched.mock.calls[0]?.[0]).toBe('/api/doctors/a%2Fb%3Fc?page=2&kinds=x&kinds=y')
})

test('an address for the browser itself carries the institution, because it cannot send headers', () => {
  expect(
    addressOf<typeof doctors.getDoctor>('GET /api/doctors/:doctorId', {
      params: { doctorId: 'd1' },
    }),
  ).toBe('/api/doctors/d1?institution=ins_1')
})

test('a refusal keeps the server’s sentence and request id', async () => {
  vi.stubGlobal(
    'fetch',
    answer(422, { code: 'RULE_VIOLATION', message: '还差医生签发', requestId: 'r9' }),
  )
  const error = await send('GET /api/users', {}).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 422, message: '还差医生签发', body: { requestId: 'r9' } })
})

test('an answer that is not ours (a proxy’s page) is said in our words', async () => {
  vi.stubGlobal('fetch', async () => new Response('<html>Bad gateway</html>', { status: 502 }))
  await expect(send('GET /api/users', {})).rejects.toThrow('服务暂时没有应答（502）')
})

test('no answer at all is its own sentence; a canceled call stays a canceled call', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(send('GET /api/users', {})).rejects.toBeInstanceOf(NetworkError)
  const stop = new AbortController()
  stop.abort()
  await expect(send('GET /api/users', {}, stop.signal)).rejects.toBeInstanceOf(TypeError)
})

test('a lost session is told once it matters: not for a wrong password, not for asking who is there', async () => {
  vi.stubGlobal('fetch', answer(401, refused))
  const told = vi.fn()
  whenSignedOut(told)
  await send('POST /api/login', { body: {} }).catch(() => {})
  await send('GET /api/me', {}).catch(() => {})
  expect(told).not.toHaveBeenCalled()
  await send('GET /api/users', {}).catch(() => {})
  expect(told).toHaveBeenCalledOnce()
})

test('an answer of a shape this page does not know asks for a reload', async () => {
  vi.stubGlobal('fetch', answer(200, { unknown: 'shape' }))
  await expect(request(getMe, {})).rejects.toBeInstanceOf(OldPageError)
})
