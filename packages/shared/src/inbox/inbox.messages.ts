import type { Texts } from '../text.ts'

export const inboxMessages = {
  'inbox.robot.badUrl': {
    zh: '这不是这个平台的机器人地址，应以 https://{host} 开头',
    en: 'This is not a robot address of this platform; it should begin with https://{host}',
  },
  'inbox.robot.secretNeeded': {
    zh: '这种机器人要填加签密钥：在群机器人的安全设置里勾选「加签」后复制',
    en: 'This robot needs its signing secret: turn on signing in its security settings and copy it',
  },
  'inbox.robot.test': {
    zh: '这是一条测试消息：{name} 已接到「{institution}」的杏播。',
    en: 'A test message: {name} is connected to Xingbo at {institution}.',
  },
  'inbox.robot.failing': {
    zh: '机器人「{name}」的消息没有送达：{message}',
    en: 'A message of the robot {name} was not delivered: {message}',
  },
  'inbox.settings.badQuiet': {
    zh: '安静时段的开始和结束要一起填，且不能相同',
    en: 'Quiet hours need a beginning and an end, and the two must differ',
  },
} as const satisfies Texts
