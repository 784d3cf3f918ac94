import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { testApp } from '../../support/test-app.ts'

async function listening() {
  const t = await testApp()
  await t.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = t.app.server.address() as AddressInfo
  return { ...t, port, url: `http://127.0.0.1:${port}` }
}

/** Sends `start`, then one byte of `rest` a second; resolves with the seconds until the server hung up. */
const dribble = (port: number, start: string, rest: string): Promise<number> =>
  new Promise((done) => {
    const begun = Date.now()
    const socket = connect(port, '127.0.0.1', () => socket.write(start))
    let sent = 0
    const timer = setInterval(() => {
      if (sent < rest.length) socket.write(rest.charAt(sent++))
    }, 1000)
    const end = () => {
      clearInterval(timer)
      done((Date.now() - begun) / 1000)
    }
    socket.on('error', () => undefined)
    socket.on('close', end)
    socket.resume()
  })

test('a client that dribbles its headers or its body is hung up on, while others are served', async () => {
  const { port, url } = await listening()
  const headers = dribble(
    port,
    'POST /api/login HTTP/1.1\r\nHost: x\r\n',
    'X-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  )
  const body = dribble(
    port,
    'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
    '{'.padEnd(100, ' '),
  )
  const healthy = await fetch(`${url}/healthz`)
  expect(healthy.status).toBe(200)
  expect(await headers).toBeLessThan(15)
  expect(await body).toBeLessThan(35)
}, 60_000)

test('what is not HTTP, too large, of the wrong type or from another site gets our one error body', async () => {
  const { url, as } = await listening()
  const post = (body: string, headers: Record<string, string>) =>
    fetch(`${url}/api/login`, { method: 'POST', body, headers })
  const answers = [
    [await post('{"a":', { 'content-type': 'application/json' }), 400],
    [await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    [await post('{}', { 'content-type': 'application/json\ta' }), 415],
    [await post(`{"x":"${'x'.repeat(1_100_000)}"}`, { 'content-type': 'application/json' }), 413],
    [
      await post('{"username":"a","password":"b"}', {
        'content-type': 'application/json',
        'sec-fetch-site': 'cross-site',
      }),
      403,
    ],
    [await fetch(`${url}/api/nothing`), 404],
    [await fetch(`${url}/api/me`), 401],
  ] as const
  for (const [answer, status] of answers) {
    expect(answer.status).toBe(status)
    const body = (await answer.json()) as Record<string, unknown>
    expect(Object.keys(body).sort()).toEqual(
      body.issues ? ['code', 'issues', 'message', 'requestId'] : ['code', 'message', 'requestId'],
    )
    expect(answer.headers.get('x-request-id')).toBe(body.requestId)
  }
  const broken = await new Promise<string>((done) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
      socket.write('GET /\u0000 HTTP/9\r\n\r\n'),
    )
    let text = ''
    socket.on('data', (part) => {
      text += String(part)
    })
    socket.on('close', () => done(text))
  })
  expect(broken).toContain('HTTP/1.1 400')
  expect(broken).toContain('"code":"VALIDATION"')
  const english = await as(null)('/api/me', { language: 'en-GB,en;q=0.9' })
  expect((english.body as { message: string }).message).toBe('Please sign in first')
})

test('every answer forbids foreign scripts and frames', async () => {
  const { app } = await testApp()
  const { headers } = await app.inject({ url: '/healthz' })
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('OpenAPI is drawn from the declared endpoints', async () => {
  const { app } = await testApp()
  const { paths } = (await app.inject({ url: '/api/docs/json' })).json() as {
    paths: Record<string, Record<string, { summary?: string }>>
  }
  expect(Object.keys(paths).length).toBeGreaterThan(60)
  expect(paths['/api/contents/{contentId}/move']?.post?.summary).toBeTruthy()
})

test('the live channel tells of changes in one’s own institution only', async () => {
  const t = await listening()
  const open = async (institution: string) => {
    const controller = new AbortController()
    const res = await fetch(`${t.url}/api/live`, {
      headers: { cookie: `xingbo=token-operator-${institution}` },
      signal: controller.signal,
    })
    const reader = res.body?.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    const listen = (async () => {
      for (;;) {
        const part = await reader?.read().catch(() => undefined)
        if (!part || part.done) return
        heard += part.value
      }
    })()
    const stop = async () => {
      controller.abort()
      await listen
    }
    return { heard: () => heard, stop }
  }
  const [here, there] = [await open('a'), await open('b')]
  const made = await t.as('operator')('/api/topics', {
    body: { title: '直播频道里能听到的选题' },
  })
  expect(made.status, made.text).toBe(200)
  await expect.poll(here.heard, { timeout: 5_000 }).toContain('"kind":"topic"')
  expect(there.heard()).not.toContain('topic')
  expect(here.heard()).not.toContain('直播频道')
  await Promise.all([here.stop(), there.stop()])
})
