import type { Bilingual } from '../text.ts'

/** Group robots a message can be sent through. */
export const robotKinds = ['wecom', 'dingtalk', 'feishu'] as const
export type RobotKind = (typeof robotKinds)[number]
export const robotKindLabels = {
  wecom: { zh: '企业微信群机器人', en: 'WeCom group robot' },
  dingtalk: { zh: '钉钉群机器人', en: 'DingTalk robot' },
  feishu: { zh: '飞书群机器人', en: 'Feishu robot' },
} as const satisfies Record<RobotKind, Bilingual>

/**
 * `unknown`: the robot's host may or may not have taken it; it is not sent again.
 * `withdrawn`: the matter was settled before its turn came.
 */
export const robotMessageStates = [
  'waiting',
  'sending',
  'sent',
  'failed',
  'unknown',
  'withdrawn',
] as const
export type RobotMessageState = (typeof robotMessageStates)[number]
export const robotMessageStateLabels = {
  waiting: { zh: '等待发送', en: 'Waiting' },
  sending: { zh: '正在发送', en: 'Sending' },
  sent: { zh: '已送达', en: 'Delivered' },
  failed: { zh: '没有送达', en: 'Not delivered' },
  unknown: { zh: '结果不明', en: 'Outcome unknown' },
  withdrawn: { zh: '已处理，未发送', en: 'Settled before sending' },
} as const satisfies Record<RobotMessageState, Bilingual>
