import { bestTimeOf, HISTORY_WEEKS, type PlayedPost } from '@xingbo/shared/metrics/best-time.rules'
import type { BestTime } from '@xingbo/shared/publishing/slot.schema'
import type { Reader } from '../../db/database.ts'
import { found } from '../../http/errors.ts'
import { findAccountZone, listPlays } from './best-time.repository.ts'

/** When an account's posts were played most, by the newest count each of them has. */
export async function readBestTime(
  db: Reader,
  institutionId: string,
  accountId: string,
  now: Date,
): Promise<BestTime> {
  const zone = found(await findAccountZone(db, institutionId, accountId))
  const from = new Date(now.getTime() - HISTORY_WEEKS * 7 * 86_400_000)
  const posts = new Map<string, PlayedPost>()
  for (const { publicationId, publishedAt, plays } of await listPlays(
    db,
    institutionId,
    accountId,
    from,
  ))
    if (publishedAt && plays !== null && !posts.has(publicationId))
      posts.set(publicationId, { publishedAt, plays })
  return bestTimeOf([...posts.values()], now, zone)
}
