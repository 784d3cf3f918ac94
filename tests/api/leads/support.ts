import { currentConsent } from '@xingbo/shared/leads/consent'
import type { App } from '../imports/support.ts'

/** A phone's browser, as WeChat's own says of itself. */
export const wechat = {
  'user-agent':
    'Mozilla/5.0 (Linux; Android 14; V2302A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260183 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/wxpic,*/*;q=0.8',
  'accept-language': 'zh-CN,zh;q=0.9',
}

type Form = {
  name?: string
  phone?: string
  wish?: string
  website?: string
  consent?: boolean
  consentVersion?: string
}

/** Leaves contact details on a landing page, as somebody unknown. */
export async function leave(app: App['app'], token: string, form: Form, language = 'zh-CN') {
  const res = await app.inject({
    method: 'POST',
    url: `/api/public/touch/${token}/lead`,
    headers: { ...wechat, 'accept-language': language },
    payload: {
      name: '赵小满',
      phone: '19900000011',
      consent: true,
      consentVersion: currentConsent,
      ...form,
    },
  })
  return {
    status: res.statusCode,
    body: res.json<{ message?: string; issues?: { path: string; message: string }[] }>(),
  }
}
