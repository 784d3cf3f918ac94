import { and, desc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { auditEntries } from '../../db/schema/audit.ts'
import { DomainError } from '../../http/errors.ts'

/** The 409 of a lost compare-and-set: says who changed the row last and when, as the audit log knows it. */
export async function stale(
  db: Reader,
  subjectType: string,
  subjectId: string,
): Promise<DomainError> {
  const [last] = await db
    .select({ who: auditEntries.actorName, at: auditEntries.at })
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectType, subjectType), eq(auditEntries.subjectId, subjectId)))
    .orderBy(desc(auditEntries.seq))
    .limit(1)
  const clock = new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return new DomainError('CONFLICT', {
    key: 'row.stale',
    values: { who: last?.who ?? '—', when: last ? clock.format(last.at) : '—' },
  })
}
