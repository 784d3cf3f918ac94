import type { Platform } from '@xingbo/shared/accounts/platform'
import { readTold } from '@xingbo/shared/funnel/self-reported.rules'
import { expect, test } from 'vitest'

const platforms = (...all: Platform[]) => ({ kind: 'platforms', platforms: all })
const elsewhere = { kind: 'elsewhere' }
const unknown = { kind: 'unknown' }

test.each<[string, ReturnType<typeof platforms> | { kind: string }]>([
  ['抖音', platforms('douyin')],
  ['dy', platforms('douyin')],
  ['抖音看到陆医生', platforms('douyin')],
  ['抖音 沈医生', platforms('douyin')],
  ['@陆医生抖音', platforms('douyin')],
  ['ＤＹ', platforms('douyin')],
  ['小红书看到阮医生', platforms('xiaohongshu')],
  ['小红薯', platforms('xiaohongshu')],
  ['快手', platforms('kuaishou')],
  ['视频号转发看到的', platforms('channels')],
  ['视频号，老公转的', platforms('channels')],
  ['视 频 号', platforms('channels')],
  ['妈妈带来，公众号预约', platforms('wechat_oa')],
  ['B站', platforms('bilibili')],
  ['b 站', platforms('bilibili')],
  ['微博', platforms('weibo')],
  ['今日头条', platforms('toutiao')],
  ['京东健康上问的', platforms('jd_health')],
  ['抖音/小红书都看过', platforms('douyin', 'xiaohongshu')],
  ['不是抖音，是快手', platforms('kuaishou')],
  ['没看过抖音，朋友介绍', elsewhere],
  ['老患者', elsewhere],
  ['朋友介绍', elsewhere],
  ['+朋友', elsewhere],
  ['现场挂号', elsewhere],
  ['急诊转诊', elsewhere],
  ['114预约', elsewhere],
  ['体检中心转来', elsewhere],
  ['服务包核销', elsewhere],
  ['百度', elsewhere],
  ['', unknown],
  ['不详', unknown],
  ['不记得', unknown],
  // A screen, but which? Passed on by family or not, the platform stays unknown.
  ['短视频', unknown],
  ['刷到推拿科的视频', unknown],
  ['家里人转的视频', unknown],
  ['朋友圈', unknown],
  ['微信', unknown],
  ['看了直播来的，"就是讲枕头那次"', unknown],
  // Names that only look like one.
  ['想快手术', unknown],
  ['手头条件不好', unknown],
  ['留了视频号码', unknown],
  ['dyson', unknown],
  ['测试', { kind: 'test' }],
  ['测试数据 抖音', { kind: 'test' }],
])('「%s」', (text, told) => {
  expect(readTold(text)).toEqual(told)
})
