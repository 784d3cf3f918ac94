import type { AccountEvent, AccountEvents, EventKeys, PlatformTools } from '../platform.port.ts'
import { decryptMessage, NotOurs, sameSignature } from './crypto.ts'
import { statusOf } from './status.ts'

/** An event older than this is a replay; WeChat itself gives up after three tries of five seconds. */
const oldestMs = 5 * 60_000
/** Its clock may run a little ahead of ours. */
const aheadMs = 60_000

/** The text of the first element of that name, with or without CDATA; messages hold nothing deeper that matters. */
function element(xml: string, name: string): string | undefined {
  const inside = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1]
  if (inside === undefined) return undefined
  return /^<!\[CDATA\[([\s\S]*)\]\]>$/.exec(inside)?.[1] ?? inside
}

/** Events of an official account, in the encrypted ("safe") mode: developers.weixin.qq.com, 消息加解密说明. */
export function wechatOaEvents(tools: PlatformTools): AccountEvents {
  function fresh(timestamp: string | undefined): timestamp is string {
    if (!timestamp || !/^\d{1,12}$/.test(timestamp)) return false
    const age = tools.now().getTime() - Number(timestamp) * 1000
    return age <= oldestMs && age >= -aheadMs
  }
  return {
    answerCheck({ token }, { signature, timestamp, nonce, echostr }) {
      if (!fresh(timestamp) || nonce === undefined) return null
      return sameSignature(signature, token, timestamp, nonce) ? (echostr ?? '') : null
    },
    read(keys, { msg_signature: signature, timestamp, nonce }, rawBody) {
      if (!fresh(timestamp) || nonce === undefined) return { kind: 'forged' }
      const encrypted = element(rawBody.toString('utf8'), 'Encrypt')
      if (!encrypted || !sameSignature(signature, keys.token, timestamp, nonce, encrypted))
        return { kind: 'forged' }
      return opened(keys, encrypted)
    },
  }
}

function opened({ encodingAesKey, appId }: EventKeys, encrypted: string): AccountEvent {
  try {
    const { message, receiver } = decryptMessage(encodingAesKey, encrypted)
    return receiver === appId ? eventOf(appId, message) : { kind: 'forged' }
  } catch (error) {
    if (error instanceof NotOurs) return { kind: 'forged' }
    throw error
  }
}

function eventOf(appId: string, xml: string): AccountEvent {
  const event = element(xml, 'Event') ?? element(xml, 'MsgType')
  if (!event) return { kind: 'unreadable' }
  if (event !== 'PUBLISHJOBFINISH') return { kind: 'other', event }
  const remoteId = element(xml, 'publish_id')
  const status = element(xml, 'publish_status')
  if (!remoteId || !status || !/^\d+$/.test(status)) return { kind: 'unreadable' }
  return {
    kind: 'settled',
    messageId: ['wechat_oa', appId, element(xml, 'CreateTime') ?? '', remoteId, status].join(':'),
    remoteId,
    status: statusOf(Number(status), element(xml, 'article_url')),
  }
}
