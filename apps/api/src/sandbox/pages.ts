import type { Bilingual, Language } from '@xingbo/shared/text'
import type { DeliveryState } from './deliveries.ts'
import type { ShareDraft, ShareProblem } from './douyin.ts'
import { clock, type Html, html, page, platformTag, speaker } from './layout.ts'
import type { Delivery, Post } from './store.ts'

const texts = {
  title: { zh: '收到的作品', en: 'Accepted posts' },
  sub: {
    zh: '这里列出沙箱按平台文档收下的每一条，标题、文案、封面和视频都是收到时的原样。',
    en: 'Every post the sandbox took by the documents; title, caption, cover and video as they came.',
  },
  empty: {
    zh: '还没有收到作品。到杏播里排期一条，到点就会出现在这里。',
    en: 'Nothing yet. Schedule a post in Xingbo and it will appear here when it is due.',
  },
  platform: { zh: '平台', en: 'Platform' },
  account: { zh: '账号', en: 'Account' },
  words: { zh: '标题与文案', en: 'Title and caption' },
  state: { zh: '状态', en: 'State' },
  accepted: { zh: '收到时间（北京）', en: 'Accepted (Beijing)' },
  video: { zh: '视频', en: 'Video' },
  open: { zh: '查看', en: 'Open' },
  live: { zh: '已发布', en: 'Published' },
  wait: { zh: '审核转码中', en: 'In review' },
  gone: { zh: '已下架', en: 'Removed' },
  no: { zh: '审核不通过', en: 'Turned down' },
  picture: { zh: '图文', en: 'Picture' },
  fate: { zh: '接下来', en: 'What happens next' },
  reject: { zh: '审核不通过', en: 'Turn it down' },
  removeByPlatform: { zh: '平台下架', en: 'Remove as the platform' },
  removeByAuthor: { zh: '本人删除', en: 'Delete as its author' },
  reason: { zh: '不通过的原因', en: 'Why it was turned down' },
  loginAs: {
    zh: '浏览器当前登录的快手账号',
    en: 'Kuaishou account this browser is logged in with',
  },
  change: { zh: '切换', en: 'Switch' },
  id: { zh: '作品编号', en: 'Post id' },
  link: { zh: '作品链接', en: 'Link' },
  postTitle: { zh: '标题', en: 'Title' },
  caption: { zh: '文案', en: 'Caption' },
  bytes: { zh: '{n} 字节', en: '{n} bytes' },
  none: { zh: '（无）', en: '(none)' },
  videoHash: { zh: '视频 SHA-256', en: 'Video SHA-256' },
  coverHash: { zh: '封面 SHA-256', en: 'Cover SHA-256' },
  coverAlt: { zh: '封面', en: 'Cover' },
  shareId: { zh: '分享编号', en: 'Share id' },
  webhook: { zh: '事件通知', en: 'Webhook' },
  back: { zh: '返回列表', en: 'Back to the list' },
  appTitle: { zh: '扮演抖音 App 的发布页', en: 'Playing the Douyin app' },
  appSub: {
    zh: '真机上这一步在抖音 App 里完成：核对内容，本人点发布。',
    en: 'On a real phone this happens in the Douyin app: check, then the person presses Post.',
  },
  postAs: { zh: '以哪个抖音号发布', en: 'Post as' },
  post: { zh: '发布', en: 'Post' },
  posted: { zh: '已发布', en: 'Posted' },
  copyThis: {
    zh: '作品链接，可粘贴回交接页作为凭证：',
    en: 'Link of the post, to paste as proof:',
  },
} as const satisfies Record<string, Bilingual>

const problemTexts = {
  badLink: { zh: '不是抖音分享链接', en: 'Not a Douyin share link' },
  badKey: { zh: 'client_key 不对', en: 'Wrong client_key' },
  badSignature: { zh: '签名不对或已过期', en: 'Signature wrong or expired' },
  badShare: { zh: '分享编号不存在', en: 'Unknown share id' },
  noVideo: { zh: '取不到视频', en: 'The video cannot be fetched' },
  alreadyPosted: { zh: '这条分享已经发布过', en: 'This share has been posted already' },
} as const satisfies Record<ShareProblem, Bilingual>

const deliveryTexts = {
  none: { zh: '未配置通知地址', en: 'No address set' },
  due: { zh: '待送达', en: 'Not delivered yet' },
  done: { zh: '已送达', en: 'Delivered' },
  failed: { zh: '送达失败', en: 'Failed' },
} as const satisfies Record<DeliveryState, Bilingual>

const stateOf = (post: Post, now: number): 'live' | 'wait' | 'gone' | 'no' => {
  if (post.deletedAt !== null) return 'gone'
  if (post.rejectedAt !== null) return 'no'
  return now < post.publishedAt ? 'wait' : 'live'
}

/** The list of everything accepted, newest first. */
export function homePage(
  language: Language,
  posts: readonly Post[],
  login: { readonly account: string; readonly known: readonly string[] },
  now: number,
): string {
  const t = speaker(language)
  const row = (post: Post): Html => {
    const state = stateOf(post, now)
    return html`<tr><td>${platformTag(language, post.platform)}</td><td>${post.account}</td>
<td class="words"><b>${post.title}</b>${post.caption}</td>
<td class="state ${state}">${t(texts[state])}</td>
<td class="n">${clock(language, post.acceptedAt)}</td>
<td class="n">${post.videoFile ? t(texts.bytes, { n: post.videoBytes.toLocaleString('en-US') }) : t(texts.picture)}</td>
<td><a href="/posts/${post.seq}?lang=${language}">${t(texts.open)}</a></td></tr>`
  }
  const list =
    posts.length === 0
      ? html`<p class="empty">${t(texts.empty)}</p>`
      : html`<table><thead><tr><th>${t(texts.platform)}<th>${t(texts.account)}<th>${t(texts.words)}<th>${t(texts.state)}<th>${t(texts.accepted)}<th>${t(texts.video)}<th></tr></thead>
<tbody>${posts.map(row)}</tbody></table>`
  return page(
    language,
    t(texts.title),
    '/',
    html`<h1>${t(texts.title)}</h1><p class="sub">${t(texts.sub)}</p><div class="scroll">${list}</div>
<form method="post" action="/__sandbox/kuaishou/login?lang=${language}">
<label for="account">${t(texts.loginAs)}</label>
<input id="account" name="account" value="${login.account}" list="known" required maxlength="60">
<datalist id="known">${login.known.map((name) => html`<option value="${name}">`)}</datalist>
<button>${t(texts.change)}</button></form>`,
  )
}

const measured = (t: ReturnType<typeof speaker>, words: string): Html =>
  words === ''
    ? html`${t(texts.none)}`
    : html`<span class="words">${words}</span> <span class="mono">${t(texts.bytes, { n: Buffer.byteLength(words) })}</span>`

/** One post with everything known of it. */
export function postPage(
  language: Language,
  post: Post,
  sent: readonly Delivery[],
  now: number,
): string {
  const t = speaker(language)
  const state = stateOf(post, now)
  const delivery = (one: Delivery): Html =>
    html`<dt>${t(texts.webhook)}</dt><dd>${t(deliveryTexts[one.state])} · ${one.answer} · ×${one.tries}</dd>`
  const cover = post.coverFile
    ? html`<img src="/files/${post.coverFile}" alt="${t(texts.coverAlt)}">`
    : null
  return page(
    language,
    post.title || post.caption.slice(0, 20),
    `/posts/${post.seq}`,
    html`<p><a href="/?lang=${language}">${t(texts.back)}</a></p><div class="cards">
<div>${post.videoFile ? html`<video controls preload="metadata" src="/files/${post.videoFile}"></video>` : null}${cover}${fateForm(language, post)}</div>
<dl><dt>${t(texts.platform)}</dt><dd>${platformTag(language, post.platform)}</dd>
<dt>${t(texts.account)}</dt><dd>${post.account} <span class="mono">${post.openId}</span></dd>
<dt>${t(texts.state)}</dt><dd class="state ${state}">${t(texts[state])}</dd>
<dt>${t(texts.accepted)}</dt><dd>${clock(language, post.acceptedAt)}</dd>
<dt>${t(texts.postTitle)}</dt><dd>${measured(t, post.title)}</dd>
<dt>${t(texts.caption)}</dt><dd>${measured(t, post.caption)}</dd>
<dt>${t(texts.id)}</dt><dd class="mono">${post.id}</dd>
<dt>${t(texts.link)}</dt><dd class="mono">${post.link}</dd>
${post.shareId ? html`<dt>${t(texts.shareId)}</dt><dd class="mono">${post.shareId}</dd>` : null}
${
  post.videoFile
    ? html`<dt>${t(texts.video)}</dt><dd>${t(texts.bytes, { n: post.videoBytes.toLocaleString('en-US') })}</dd>
<dt>${t(texts.videoHash)}</dt><dd class="mono">${post.videoSha256}</dd>`
    : null
}
${post.coverSha256 ? html`<dt>${t(texts.coverHash)}</dt><dd class="mono">${post.coverSha256}</dd>` : null}
${post.rejectedAt !== null ? html`<dt>${t(texts.reason)}</dt><dd>${post.rejectReason}</dd>` : null}
${Object.entries(post.extra).map(([name, value]) => html`<dt class="mono">${name}</dt><dd class="mono">${typeof value === 'string' ? value : JSON.stringify(value)}</dd>`)}
${sent.map(delivery)}</dl></div>`,
  )
}

/** What the platform or the author may still do to a post that is there. */
function fateForm(language: Language, post: Post): Html | null {
  if (post.deletedAt !== null || post.rejectedAt !== null) return null
  const t = speaker(language)
  const button = (fate: string, label: Bilingual) =>
    html`<button class="plain" name="fate" value="${fate}">${t(label)}</button>`
  return html`<div class="card"><h2>${t(texts.fate)}</h2><form method="post" action="/posts/${post.seq}?lang=${language}">
${button('rejected', texts.reject)}${button('removed', texts.removeByPlatform)}${button('deleted', texts.removeByAuthor)}</form></div>`
}

/** What the Douyin app would show for a share link, with its 发布 button. */
export function appPage(language: Language, schema: string, draft: ShareDraft): string {
  const t = speaker(language)
  const problems = draft.problems.map(
    (problem) => html`<p class="problem" role="alert">${t(problemTexts[problem])}</p>`,
  )
  const body =
    problems.length > 0
      ? problems
      : [
          html`<div class="card"><video controls preload="metadata" src="${draft.videoUrl}"></video>
<p class="words"><b>${draft.title}</b>${draft.caption}</p></div>
<form method="post" action="/__sandbox/douyin-app/confirm?lang=${language}">
<input type="hidden" name="schema" value="${schema}"><input type="hidden" name="as" value="page">
<label>${t(texts.postAs)}<input name="account" value="douyin-1" required maxlength="60"></label>
<button>${t(texts.post)}</button></form>`,
        ]
  return page(
    language,
    t(texts.appTitle),
    `/__sandbox/douyin-app?schema=${encodeURIComponent(schema)}`,
    html`<div class="phone"><h1>${t(texts.appTitle)}</h1><p class="sub">${t(texts.appSub)}</p>${body}</div>`,
  )
}

/** After pressing 发布. */
export function postedPage(language: Language, link: string, webhook: DeliveryState): string {
  const t = speaker(language)
  return page(
    language,
    t(texts.posted),
    '/',
    html`<div class="phone"><div class="card"><p class="done">✓ ${t(texts.posted)}</p>
<p>${t(texts.copyThis)}</p><p><input readonly value="${link}" aria-label="${t(texts.link)}"></p>
<p class="sub">${t(texts.webhook)}：${t(deliveryTexts[webhook])}</p>
<p><a href="/?lang=${language}">${t(texts.back)}</a></p></div></div>`,
  )
}
