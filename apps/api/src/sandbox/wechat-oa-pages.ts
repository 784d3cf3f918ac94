import type { Bilingual, Language } from '@xingbo/shared/text'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import { type Html, html, page, pageLanguage, speaker } from './layout.ts'
import { type OaApp, oaApps, serverBody } from './wechat-oa.ts'

const texts = {
  title: { zh: '公众号后台', en: 'Official accounts' },
  sub: {
    zh: '真实的公众号在 mp.weixin.qq.com 看到这些：AppID 和 AppSecret 填进杏播，杏播给出的地址和密钥填回这里。',
    en: 'What mp.weixin.qq.com shows: AppID and AppSecret go into Xingbo; its address and keys come back here.',
  },
  add: { zh: '新开一个公众号', en: 'Open an account' },
  name: { zh: '名称', en: 'Name' },
  open: { zh: '开通', en: 'Open' },
  server: { zh: '服务器配置（安全模式）', en: 'Server settings (safe mode)' },
  url: { zh: '服务器地址 URL', en: 'URL' },
  token: { zh: '令牌 Token', en: 'Token' },
  aesKey: { zh: '消息加解密密钥 EncodingAESKey', en: 'EncodingAESKey' },
  save: { zh: '保存并验证', en: 'Save and verify' },
  verified: { zh: '已验证，发布结果会推送到这里', en: 'Verified: results are sent here' },
  unverified: {
    zh: '还没有通过验证：地址没有回应，发送前会再试',
    en: 'Not verified yet: no answer; tried again before the first event',
  },
  unset: { zh: '还没有填写', en: 'Not set' },
  bad: {
    zh: '没有保存：地址须在本机，Token 为 3 到 32 位、密钥为 43 位英文或数字',
    en: 'Not saved: the URL must be on this machine, the token 3 to 32 and the key 43 letters or digits',
  },
  empty: { zh: '还没有公众号。', en: 'None yet.' },
} as const satisfies Record<string, Bilingual>

/** The back office of the official accounts the sandbox plays. */
export function addOfficialAccountPages(app: FastifyInstance, ctx: SandboxContext): void {
  const apps = oaApps(ctx)
  app.get('/official-accounts', async (request, reply) =>
    reply.type('text/html').send(officialAccounts(pageLanguage(request), apps.list(), false)),
  )
  app.post('/official-accounts', async (request, reply) => {
    const language = pageLanguage(request)
    const body = z.object({ name: z.string().trim().min(1).max(60) }).safeParse(request.body)
    if (body.success) apps.open(body.data.name)
    return reply.redirect(`/official-accounts?lang=${language}`, 303)
  })
  app.post('/official-accounts/server', async (request, reply) => {
    const language = pageLanguage(request)
    const body = serverBody.safeParse(request.body)
    const known = body.success ? apps.find(body.data.appId) : null
    if (!body.success || !known)
      return reply
        .code(400)
        .type('text/html')
        .send(officialAccounts(language, apps.list(), true))
    const { url, token, aesKey } = body.data
    await apps.check(apps.setServer(known, { url, token, aesKey }))
    return reply.redirect(`/official-accounts?lang=${language}`, 303)
  })
}

function officialAccounts(language: Language, apps: readonly OaApp[], bad: boolean): string {
  const t = speaker(language)
  const card = ({ appId, secret, name, server }: OaApp): Html => {
    const input = (field: 'url' | 'token' | 'aesKey', value: string) =>
      html`<p class="field"><label for="${field}-${appId}">${t(texts[field])}</label><input id="${field}-${appId}" name="${field}" value="${value}" required></p>`
    const standing = server ? (server.verified ? texts.verified : texts.unverified) : texts.unset
    return html`<section class="card"><h2>${name}</h2>
<dl><dt>AppID</dt><dd class="mono">${appId}</dd><dt>AppSecret</dt><dd class="mono">${secret}</dd></dl>
<details ${server?.verified ? null : html`open`}><summary>${t(texts.server)}</summary>
<p class="${server?.verified ? 'live' : 'wait'}">${t(standing)}</p>
<form class="stack" method="post" action="/official-accounts/server?lang=${language}">
<input type="hidden" name="appId" value="${appId}">${input('url', server?.url ?? '')}${input('token', server?.token ?? '')}${input('aesKey', server?.aesKey ?? '')}
<button>${t(texts.save)}</button></form></details></section>`
  }
  const list = apps.length === 0 ? [html`<p class="empty">${t(texts.empty)}</p>`] : apps.map(card)
  return page(
    language,
    t(texts.title),
    '/official-accounts',
    html`<h1>${t(texts.title)}</h1><p class="sub">${t(texts.sub)}</p>
${bad ? html`<p class="problem card" role="alert">${t(texts.bad)}</p>` : null}
<div class="shelf">${list}</div>
<section class="card"><h2>${t(texts.add)}</h2><form method="post" action="/official-accounts?lang=${language}">
<label for="name">${t(texts.name)}</label><input id="name" name="name" required maxlength="60"><button>${t(texts.open)}</button></form></section>`,
  )
}
