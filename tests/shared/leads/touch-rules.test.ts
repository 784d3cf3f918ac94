import { maskName, maskPhone, withoutPerson } from '@xingbo/shared/leads/mask.rules'
import { isMachine, type Opening } from '@xingbo/shared/leads/touch.rules'
import { expect, test } from 'vitest'

const person: Opening = {
  method: 'GET',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/4G Language/zh_CN',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  acceptLanguage: 'zh-CN,zh-Hans;q=0.9',
  purpose: undefined,
  fetchDest: undefined,
}

test.each([
  ['WeChat on an iPhone', {}],
  [
    'Douyin on Android',
    {
      userAgent:
        'Mozilla/5.0 (Linux; Android 13; PGJM10) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/110.0.5481.154 Mobile Safari/537.36 aweme_310500 JsSdk/1.0 NetType/WIFI',
    },
  ],
  [
    'a CUBOT phone',
    {
      userAgent:
        'Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36',
    },
  ],
  ['a desktop browser', { fetchDest: 'document' }],
] satisfies [string, Partial<Opening>][])('%s is a person', (_, change) => {
  expect(isMachine({ ...person, ...change })).toBe(false)
})

test.each([
  ['a HEAD request', { method: 'HEAD' }],
  ['no browser at all', { userAgent: undefined }],
  [
    'Baidu',
    {
      userAgent:
        'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
    },
  ],
  [
    'Sogou',
    { userAgent: 'Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)' },
  ],
  [
    'ByteDance',
    { userAgent: 'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider)' },
  ],
  [
    'Bing',
    { userAgent: 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)' },
  ],
  ['a chat preview', { userAgent: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' }],
  ['curl', { userAgent: 'curl/8.5.0' }],
  [
    'a test browser',
    { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/126.0' },
  ],
  ['a prefetch', { purpose: 'prefetch;prerender' }],
  ['a server under a browser’s name, without a language', { acceptLanguage: undefined }],
  ['a server under a browser’s name, asking for anything', { accept: '*/*' }],
  ['a picture tag', { fetchDest: 'image' }],
] satisfies [string, Partial<Opening>][])('%s is a machine', (_, change) => {
  expect(isMachine({ ...person, ...change })).toBe(true)
})

test('names and phones are masked, and taken out of free text', () => {
  expect(['陆闻溪', '赵敏', '欧阳小满', 'A'].map(maskName)).toEqual(['陆**', '赵*', '欧**', 'A*'])
  expect(maskPhone('+8619900000009')).toBe('199****0009')
  expect(withoutPerson('赵小满介绍 电话199-0000 0011，2026年', '赵小满')).toBe(
    '…介绍 电话…，2026年',
  )
  expect(withoutPerson('抖音看到的', null)).toBe('抖音看到的')
})
