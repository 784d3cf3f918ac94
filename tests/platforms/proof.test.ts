import { platforms } from '@xingbo/shared/accounts/platform'
import { proofLinkVerdict } from '@xingbo/shared/publishing/proof.rules'
import { expect, test } from 'vitest'

test.each([
  ['douyin', 'https://www.douyin.com/video/7345678901234567890', '7345678901234567890'],
  [
    'douyin',
    'https://www.iesdouyin.com/share/video/7345678901234567890/?region=CN',
    '7345678901234567890',
  ],
  [
    'douyin',
    'https://www.douyin.com/user/self?modal_id=7345678901234567890',
    '7345678901234567890',
  ],
  ['douyin', 'https://www.douyin.com/note/7345678901234567890', '7345678901234567890'],
  [
    'douyin',
    '8.99 复制打开抖音，看看【栖梧医院】落枕了 https://v.douyin.com/iRNBho6u/ 07/12 z@T.yG',
    null,
  ],
  ['douyin', 'v.douyin.com/iRNBho6u', null],
  [
    'xiaohongshu',
    'https://www.xiaohongshu.com/explore/65a1b2c3d4e5f60718293a4b?xsec_token=AB',
    '65a1b2c3d4e5f60718293a4b',
  ],
  [
    'xiaohongshu',
    'https://www.xiaohongshu.com/discovery/item/65a1b2c3d4e5f60718293a4b',
    '65a1b2c3d4e5f60718293a4b',
  ],
  [
    'xiaohongshu',
    '43 栖梧医院发布了一篇小红书笔记，快来看吧！😆 AbC 😆 http://xhslink.com/a/abcDEF，复制本条信息',
    null,
  ],
  ['kuaishou', 'https://www.kuaishou.com/short-video/3xcezrvdb75jv52', '3xcezrvdb75jv52'],
  ['kuaishou', 'https://v.kuaishou.com/AbCd12 该作品在快手被播放过', null],
  ['channels', 'https://weixin.qq.com/sph/AbCdEfGh', null],
  ['wechat_oa', 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOp', 'AbCdEfGhIjKlMnOp'],
  ['wechat_oa', 'http://mp.weixin.qq.com/s?__biz=MzA&mid=2650000001&idx=1&sn=ab', '2650000001'],
  [
    'bilibili',
    '【落枕】 https://www.bilibili.com/video/BV1xx411c7mD/?share_source=copy_web',
    'BV1xx411c7mD',
  ],
  ['bilibili', 'https://b23.tv/AbCdEf1', null],
  ['weibo', 'https://weibo.com/1234567890/OxYzAbCdE', 'OxYzAbCdE'],
  ['weibo', 'https://m.weibo.cn/status/4990000000000000', '4990000000000000'],
  ['weibo', 'https://weibo.com/tv/show/1034:4990000000000000', '1034:4990000000000000'],
  ['toutiao', 'https://www.toutiao.com/video/7345678901234567890/', '7345678901234567890'],
  ['toutiao', 'https://m.toutiao.com/is/AbCdEf/', null],
  ['jd_health', 'https://health.m.jd.com/content/123', null],
] as const)('%s takes %s', (platform, text, remoteId) => {
  const verdict = proofLinkVerdict(platform, text)
  expect(verdict).toMatchObject({ ok: true, remoteId })
  if (verdict.ok) expect(verdict.url).toMatch(/^https:\/\/[a-z0-9.]+\/\S+$/)
})

test.each([
  ['douyin', '', 'noLink'],
  ['douyin', '已经发了', 'noLink'],
  ['douyin', 'https://www.douyin.com/user/MS4wLjABAAAA', 'profileLink'],
  [
    'xiaohongshu',
    'https://www.xiaohongshu.com/user/profile/5a1b2c3d4e5f60718293a4b0',
    'profileLink',
  ],
  ['weibo', 'https://weibo.com/u/1234567890', 'profileLink'],
  ['weibo', 'https://weibo.com/1234567890', 'profileLink'],
  ['bilibili', 'https://space.bilibili.com/123', 'profileLink'],
  ['douyin', 'https://www.kuaishou.com/short-video/3xcezrvdb75jv52', 'otherPlatform'],
  ['kuaishou', 'https://v.douyin.com/iRNBho6u/', 'otherPlatform'],
  ['douyin', 'https://www.douyin.com/', 'notAWork'],
  ['douyin', 'https://evil.example/video/7345678901234567890', 'notAWork'],
  ['douyin', 'https://www.douyin.com.evil.example/video/7345678901234567890', 'notAWork'],
  ['douyin', 'https://evilwww.douyin.com/video/7345678901234567890', 'notAWork'],
  ['douyin', 'https://www.douyin.com@evil.example/video/7345678901234567890', 'noLink'],
  ['douyin', 'https://evil.example/https://www.douyin.com/video/7345678901234567890', 'notAWork'],
  ['douyin', 'https://www.douyin.com:8080/video/7345678901234567890', 'noLink'],
  ['douyin', 'ftp://www.douyin.com/video/7345678901234567890', 'noLink'],
  ['douyin', 'javascript:alert(1)//www.douyin.com/video/7345678901234567890', 'noLink'],
] as const)('%s refuses %s', (platform, text, why) => {
  expect(proofLinkVerdict(platform, text)).toMatchObject({
    ok: false,
    reason: { key: `publishing.proof.${why}` },
  })
})

test('a long paste is answered at once', () => {
  const started = performance.now()
  for (const platform of platforms)
    proofLinkVerdict(platform, `${'a.'.repeat(20_000)}${'-'.repeat(20_000)}`)
  expect(performance.now() - started).toBeLessThan(2000)
})
