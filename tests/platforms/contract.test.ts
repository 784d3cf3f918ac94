import { createServer } from 'node:net'
import { formCapability } from '@xingbo/shared/publishing/platform-capabilities'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../apps/api/src/platforms/platform.port.ts'
import { apiContracts, type CodeCase, open, reading } from './contract.ts'
import { noon, rawServer } from './support.ts'

const since = (ms: number) => new Date(noon + ms)
const ok = <T>(answer: Answer<T>): T => {
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer))
  return answer.value
}

describe.each(Object.values(apiContracts))('$platform by API', (contract) => {
  const { ops, platform } = contract
  const sendsTitle = formCapability(platform, contract.form).title !== null && !contract.dropsTitle

  test('publishes once, exactly what was frozen, and tells review from published', async () => {
    const world = await open(contract)
    const snapshot = world.snapshot()
    const uploadId = await world.upload()
    expect(await world.posts()).toEqual([])
    const sent = await world.counter(ops.publish)
    const submitted = await world.adapter.submit(world.ctx, snapshot, uploadId)
    if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted))
    expect(await sent()).toBe(1)
    const { remoteId, remoteUrl } = submitted
    expect(remoteId).not.toBe('')
    expect(remoteUrl === null || URL.canParse(remoteUrl)).toBe(true)
    const { title, caption } = snapshot.rendered
    expect(await world.posts()).toMatchObject([
      {
        id: remoteId,
        account: `${platform}-1`,
        title: sendsTitle ? title : '',
        ...(formCapability(platform, contract.form).cover.required && {
          coverSha256: world.cover.sha256,
        }),
        ...(contract.carriesVideo && { videoSha256: world.video.sha256 }),
      },
    ])
    if (contract.form !== 'article') expect((await world.posts())[0]?.caption).toBe(caption)

    const first = await world.adapter.checkStatus(reading(world.ctx), remoteId)
    expect(first.kind).toBe(contract.tellsReview ? 'pending' : 'published')
    world.clock.now += 10_000
    const status = await world.adapter.checkStatus(reading(world.ctx), remoteId)
    if (status.kind !== 'published') throw new Error(JSON.stringify(status))
    expect(URL.canParse(status.remoteUrl)).toBe(true)
    expect(JSON.stringify([submitted, status])).not.toContain(world.ctx.accessToken)
  })

  test('without an application nothing is called', async () => {
    if (!contract.unconfigured) return
    const world = await open(contract)
    let visits = 0
    const url = await rawServer((_request, response) => {
      visits++
      response.end('{}')
    })
    const adapter = world.at(contract.unconfigured(url))
    const no = { kind: 'refused', code: 'not_configured', category: 'not_configured' }
    expect(adapter.configured).toBe(false)
    expect(world.adapter.configured).toBe(true)
    expect(await adapter.upload(world.ctx, world.snapshot())).toMatchObject(no)
    expect(await adapter.submit(world.ctx, world.snapshot(), 'any')).toMatchObject(no)
    expect(visits).toBe(0)
  })

  test('an upload of somebody else’s making is refused before anything is sent', async () => {
    const world = await open(contract)
    const sent = await world.counter(ops.publish)
    const answer = await world.adapter.submit(world.ctx, world.snapshot(), ' ')
    expect(answer).toMatchObject({ kind: 'refused', category: 'media_invalid', retryable: false })
    expect(await sent()).toBe(0)
  })

  test('each documented code means what it says, and no other is called a refusal', async () => {
    const world = await open(contract)
    const uploadId = await world.upload()
    for (const [code, meaning, retryable] of contract.codes as readonly CodeCase[]) {
      await world.fault(ops.publish, 'error_before', { code })
      const answer = await world.adapter.submit(world.ctx, world.snapshot(), uploadId)
      expect({ code, answer }).toMatchObject({
        code,
        answer:
          retryable === undefined
            ? { kind: 'unknown', why: meaning }
            : { kind: 'refused', code: String(code), category: meaning, retryable },
      })
    }
    expect(await world.posts()).toEqual([])
  })

  // Each leaves a post behind: none may be called a refusal, and the list must show it.
  test.each([
    ['error_after', 'server_error'],
    ['cut', 'connection_lost'],
    ['cut_body', 'connection_lost'],
    ['truncated', 'unreadable'],
    ['html', 'unreadable'],
    ['no_id', 'no_id'],
  ])('%s: taken, the outcome %s, and reading finds it', async (mode, why) => {
    const world = await open(contract)
    const uploadId = await world.upload()
    await world.fault(ops.publish, mode)
    expect(await world.adapter.submit(world.ctx, world.snapshot(), uploadId)).toMatchObject({
      kind: 'unknown',
      why,
    })
    expect(await world.posts()).toHaveLength(1)
    world.clock.now += 10_000
    const listed = ok(await world.adapter.listRecent(reading(world.ctx), since(-1000)))
    expect(listed).toHaveLength(1)
    const [seen] = listed
    const [post] = await world.posts()
    if (contract.listsSameId) expect(seen?.remoteId).toBe(post?.id)
    const shown = world.shownCaption()
    if (contract.form !== 'article') expect(seen?.caption).toEqual(matching(shown))
    const { title } = world.snapshot().rendered
    expect(seen?.title ?? '').toBe(sendsTitle ? title : '')
  })

  // Nothing was taken, but nobody could know that from the answer.
  test.each([
    ['error_before', { status: 500 }, 'server_error'],
    ['error_before', { status: 503 }, 'server_error'],
    ['error_before', { status: 404 }, 'unreadable'],
    ['cut_before', {}, 'connection_lost'],
  ])('%s %j before acceptance is unknown all the same', async (mode, rest, why) => {
    const world = await open(contract)
    const uploadId = await world.upload()
    await world.fault(ops.publish, mode, rest)
    expect(await world.adapter.submit(world.ctx, world.snapshot(), uploadId)).toMatchObject({
      kind: 'unknown',
      why,
    })
    expect(await world.posts()).toEqual([])
  })

  test('an answer that does not come in time is unknown, whether the post was taken or not', async () => {
    const late = async (mode: string) => {
      const world = await open(contract)
      const uploadId = await world.upload()
      await world.fault(ops.publish, mode)
      const impatient = world.at({ deadlineMs: 1500 })
      const answer = await impatient.submit(world.ctx, world.snapshot(), uploadId)
      return { mode, answer, posts: (await world.posts()).length }
    }
    const timeout = { kind: 'unknown', why: 'timeout' }
    expect(
      await Promise.all(['timeout_before', 'timeout_after_accept', 'slow'].map(late)),
    ).toMatchObject([
      { mode: 'timeout_before', answer: timeout, posts: 0 },
      { mode: 'timeout_after_accept', answer: timeout, posts: 1 },
      { mode: 'slow', answer: timeout, posts: 1 },
    ])
  })

  test('a gateway that turns the call away is a definite no, with its Retry-After', async () => {
    const world = await open(contract)
    const uploadId = await world.upload()
    await world.fault(ops.publish, 'rate_limited', { retryAfter: '17' })
    expect(await world.adapter.submit(world.ctx, world.snapshot(), uploadId)).toMatchObject({
      kind: 'refused',
      category: 'rate_limited',
      retryable: true,
      retryAfterSeconds: 17,
    })
    expect(await world.posts()).toEqual([])
  })

  test('nobody at home is a definite no that may be tried again', async () => {
    const world = await open(contract)
    const closed = createServer()
    await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready))
    const address = closed.address()
    const port = typeof address === 'object' ? address?.port : 0
    await new Promise((done) => closed.close(done))
    const adapter = world.at(contract.aimedAt(`http://127.0.0.1:${port}`))
    const answer = await adapter.submit(world.ctx, world.snapshot(), await world.upload())
    expect(answer).toMatchObject({
      kind: 'refused',
      code: 'ECONNREFUSED',
      category: 'unreachable',
      retryable: true,
    })
  })

  test('a submission is sent once, whatever is answered, and follows nobody elsewhere', async () => {
    const world = await open(contract)
    const uploadId = await world.upload()
    for (const status of [307, 401, 408, 421, 425, 503]) {
      let arrived = 0
      const url = await rawServer((request, response) => {
        arrived++
        request.resume()
        request.on('end', () =>
          response
            .writeHead(status, { 'www-authenticate': 'Basic', location: world.url })
            .end('{}'),
        )
      })
      const adapter = world.at(contract.aimedAt(url))
      const answer = await adapter.submit(world.ctx, world.snapshot(), uploadId)
      expect([status, arrived, answer.kind]).not.toContain('accepted')
      expect([status, arrived]).toEqual([status, 1])
    }
    expect(await world.posts()).toEqual([])
  })

  test('an id beyond 2^53 keeps every digit', async () => {
    const world = await open(contract)
    const uploadId = await world.upload()
    await world.fault(ops.publish, 'id_as_number')
    const submitted = await world.adapter.submit(world.ctx, world.snapshot(), uploadId)
    const [post] = await world.posts()
    expect(post?.id).toMatch(/^90071992547409\d\d$/)
    expect(submitted).toMatchObject({ kind: 'accepted', remoteId: post?.id })
  })

  test('tells of a post turned down or taken away, and of one that is not there', async () => {
    const world = await open(contract)
    const { adapter } = world
    const read = reading(world.ctx)
    expect(await adapter.checkStatus(read, contract.strangeId)).toMatchObject({ kind: 'not_found' })
    for (const [mode, kind] of [
      ['rejected_later', contract.rejected],
      ['removed_later', contract.removed],
    ] as const) {
      world.clock.now += 60_000
      const n = mode === 'rejected_later' ? 1 : 2
      const uploadId = await world.upload(n)
      const reason = '画面含夸大表述'
      await world.fault(ops.publish, mode, { delayMs: 30_000, message: reason })
      const submitted = await adapter.submit(world.ctx, world.snapshot(n), uploadId)
      if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted))
      world.clock.now += 10_000
      expect(await adapter.checkStatus(read, submitted.remoteId)).toMatchObject({
        kind: 'published',
      })
      world.clock.now += 30_000
      const status = await adapter.checkStatus(read, submitted.remoteId)
      expect(status).toMatchObject({ kind })
      if (status.kind === 'rejected') expect(status.reason).not.toBe('')
    }
  })

  test('a status it cannot read stays open', async () => {
    const world = await open(contract)
    const submitted = await world.submit()
    if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted))
    for (const mode of ['error_before', 'cut', 'truncated', 'html', 'unknown_code']) {
      await world.fault(ops.info, mode)
      const status = await world.adapter.checkStatus(reading(world.ctx), submitted.remoteId)
      expect(status.kind, mode).toBe('unknown')
    }
  })

  test('lists an account’s own posts since a moment, newest first, each once', async () => {
    const world = await open(contract)
    for (const n of [1, 2, 3]) {
      world.clock.now = noon + n * 60_000
      const submitted = await world.submit(n)
      expect(submitted.kind).toBe('accepted')
    }
    world.clock.now += 10_000
    const list = async (from: number) =>
      ok(await world.adapter.listRecent(reading(world.ctx), since(from)))
    const all = await list(0)
    expect(all.map(({ caption }) => caption)).toEqual(
      contract.form === 'article'
        ? expect.anything()
        : [3, 2, 1].map((n) => matching(world.shownCaption(n))),
    )
    expect(all.map(({ createdAt }) => createdAt.getTime())).toEqual(
      [3, 2, 1].map((n) => noon + n * 60_000),
    )
    expect(new Set(all.map(({ remoteId }) => remoteId)).size).toBe(3)
    expect(await list(2 * 60_000)).toEqual(all.slice(0, 2))
    await world.fault(ops.list, 'list_reordered')
    expect(await list(0)).toEqual(all)
    for (const post of all)
      for (const count of Object.values(post.counts)) expect(count ?? 0).toBeGreaterThanOrEqual(0)

    const other = reading(await world.context(`${platform}-2`))
    expect(ok(await world.adapter.listRecent(other, since(0)))).toEqual(
      contract.tokens.kind === 'app' ? expect.anything() : [],
    )
    await world.fault(ops.list, 'error_before')
    expect((await world.adapter.listRecent(reading(world.ctx), since(0))).kind).toBe('unknown')
  })

  test('an echoed token gets into no record of ours', async () => {
    const world = await open(contract)
    const uploadId = await world.upload()
    const { accessToken } = world.ctx
    const echo = { message: `denied for ${accessToken} ${encodeURIComponent(accessToken)}` }
    for (const code of [contract.refusal, 424242]) {
      await world.fault(ops.publish, 'error_before', { code, ...echo })
      const answer = await world.adapter.submit(world.ctx, world.snapshot(), uploadId)
      expect(JSON.stringify(answer)).toContain('***')
      expect(JSON.stringify(answer)).not.toContain(accessToken)
    }
    const url = await rawServer((_request, response) => response.end(`<p>${accessToken}</p>`))
    const answer = await world
      .at(contract.aimedAt(url))
      .submit(world.ctx, world.snapshot(), uploadId)
    expect(answer.kind).toBe('unknown')
    expect(JSON.stringify(answer)).not.toContain(accessToken)
  })

  test('consent, code and refresh: each good once, and what they give works', async () => {
    const { tokens } = contract
    if (tokens.kind !== 'consent') return
    const world = await open(contract)
    const { adapter } = world
    if (adapter.tokens.kind !== 'consent') throw new Error('the adapter takes no consent')
    const redirectUri = `http://127.0.0.1:9/api/oauth/${platform}/callback?x=1`
    const consent = new URL(adapter.tokens.authorizeUrl({ state: 'st&te=1', redirectUri }))
    const answer = await fetch(consent, {
      redirect: 'manual',
      headers: { cookie: `a=b; sandbox_${platform}=%E6%A0%96%E6%A2%A7` },
    })
    const back = new URL(answer.headers.get('location') ?? '')
    expect(back.href.startsWith(redirectUri)).toBe(true)
    expect(back.searchParams.get('state')).toBe('st&te=1')
    const code = back.searchParams.get('code') ?? ''
    const first = ok(await adapter.tokens.exchangeCode(code, { redirectUri }))
    expect(first.openId).not.toBe('')
    expect(first.accessTokenExpiresAt).toEqual(since(tokens.lifeMs))
    expect(ok(await adapter.listRecent(first, since(0)))).toEqual([])
    expect(await adapter.tokens.exchangeCode(code, { redirectUri })).toMatchObject({
      kind: 'refused',
      category: 'auth_revoked',
    })

    world.clock.now += tokens.lifeMs - 1000
    if (tokens.refresh === 'both') {
      const spent = first.refreshToken ?? ''
      const second = ok(await adapter.tokens.refresh(spent))
      expect(second.accessToken).not.toBe(first.accessToken)
      expect(second.refreshToken).not.toBe(spent)
      expect(second.accessTokenExpiresAt).toEqual(new Date(world.clock.now + tokens.lifeMs))
      expect(['', first.openId]).toContain(second.openId)
      const again = await adapter.tokens.refresh(spent)
      expect(again).toMatchObject({
        kind: 'refused',
        code: tokens.deadCode,
        category: 'auth_revoked',
      })
      expect(JSON.stringify(again)).not.toContain(spent)
      expect(ok(await adapter.listRecent(second, since(0)))).toEqual([])
    } else if (tokens.refresh === 'access') {
      const kept = first.refreshToken ?? ''
      const second = ok(await adapter.tokens.refresh(kept))
      expect(second.accessToken).not.toBe(first.accessToken)
      expect(second.refreshToken).toBe(kept)
      expect(second.refreshTokenExpiresAt).toEqual(first.refreshTokenExpiresAt)
      expect(ok(await adapter.listRecent(second, since(0)))).toEqual([])
      expect(await adapter.tokens.refresh('no-such-token')).toMatchObject({
        code: tokens.deadCode,
        category: 'auth_revoked',
      })
    } else {
      expect(first.refreshToken).toBeNull()
      expect(await adapter.tokens.refresh('any')).toMatchObject({ category: 'auth_revoked' })
    }
    world.clock.now += 2000
    expect(await adapter.listRecent(first, since(0))).toMatchObject({
      kind: 'refused',
      code: tokens.expiredCode,
      category: 'auth_expired',
      retryable: true,
    })
  })

  test('tells a post’s counts, and nothing of what the platform does not tell', async () => {
    const world = await open(contract)
    const submitted = await world.submit()
    if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted))
    world.clock.now += 10_000
    const id = submitted.remoteId
    await world.post('/__sandbox/counts', { id, plays: 1200, likes: 30, comments: 4 })
    const answer = await world.adapter.metrics.post(reading(world.ctx), id)
    if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer))
    for (const [name, told] of Object.entries({ plays: 1200, likes: 30, comments: 4 }))
      expect([told, null, 0]).toContain(answer.value[name as 'plays'])
    const account = await world.adapter.metrics.account(reading(world.ctx))
    expect(account.kind).toBe('ok')
  })
})

const matching = (shown: string | RegExp) =>
  typeof shown === 'string' ? shown : expect.stringMatching(shown)
