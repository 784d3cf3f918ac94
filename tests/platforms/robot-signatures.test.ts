import { describe, expect, test } from 'vitest'
import { dingtalkSign, feishuSign } from '../../apps/api/src/platforms/robots.ts'

// The expected values were computed with Python's hmac and, the first, with openssl as well.
describe('signatures of group robots', () => {
  test.each([
    [1795226400000, 'SECfictional-for-tests', 'bfjr1mPmtqLjOuxeAPQnFCXu0iCqLmqaFb/DaB+/sl0='],
    [1577262236757, 'this is secret', 'hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM='],
  ])('DingTalk signs %i', (timestamp, secret, expected) => {
    expect(dingtalkSign(timestamp, secret)).toBe(expected)
  })

  test.each([
    [1795226400, 'fictional-feishu-secret', 'C8y2ziWdiAtgA/Df8E24SpN/7E29P/kpKsm7bTMcot4='],
    [1599360473, 'demo', 'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8='],
  ])('Feishu signs %i with the text as the key', (timestamp, secret, expected) => {
    expect(feishuSign(timestamp, secret)).toBe(expected)
  })

  test('the two are not the same formula', () => {
    expect(dingtalkSign(1795226400, 'fictional-feishu-secret')).not.toBe(
      feishuSign(1795226400, 'fictional-feishu-secret'),
    )
  })
})
