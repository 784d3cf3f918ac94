import type { PlatformErrorCategory } from '@xingbo/shared/publishing/platform-error'
import type { CodeTable } from '../envelope.ts'

const retryable: ReadonlySet<PlatformErrorCategory> = new Set([
  'auth_expired',
  'platform_busy',
  'rate_limited',
])
const codes: Partial<Record<PlatformErrorCategory, readonly number[]>> = {
  auth_expired: [10008, 28001003, 28001008, 2190008, 2190002],
  auth_revoked: [10007, 10010, 10020, 28001012, 28001045, 2190003],
  permission_missing: [
    10003, 10004, 10013, 28001014, 28001016, 28001018, 28001019, 28001020, 28001021, 28001056,
    2190004, 2190016,
  ],
  quota_exhausted: [28003017, 2190001, 2114007],
  rate_limited: [28003018],
  platform_busy: [28001005, 28001006, 2100004],
  validation: [10002, 10005, 10006, 28001007, 28001015, 2190015, 2100005],
  content_rejected: [2111001],
  media_invalid: [2190005, 2190006, 2190007, 2113001, 2113002],
  human_action_required: [28001046, 28001047, 2114005, 2100009],
}
/** Among these nothing says whether the call was carried out. */
const unclear: ReadonlySet<number> = new Set([28001005, 28001006, 2100004])

/**
 * Douyin's codes, both families at once, as both still occur: `dop/develop/openapi/status-code` and the
 * OAuth pages (official), and the older 2xxxxxx of code in use. 10011 to 10017 have no meaning each of
 * their own there except 10013, so they stay unknown.
 */
export const douyinCodes: CodeTable = new Map(
  Object.entries(codes).flatMap(([category, numbers]) =>
    numbers.map((code) => [
      String(code),
      {
        category: category as PlatformErrorCategory,
        precedesAcceptance: !unclear.has(code),
        retryable: retryable.has(category as PlatformErrorCategory),
      },
    ]),
  ),
)
