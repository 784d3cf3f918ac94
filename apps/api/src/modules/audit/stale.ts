import { and, desc, eq } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { auditEntries } from '../../db/schema/audit.ts'
import { DomainError } from '../../http/errors.ts'

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
/** `11/21 10:05`, as a refusal names the moment of what came first; reads the same in both languages. */
export const clockText = (at: Date): string => clock.format(at)

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
  return new DomainError('CONFLICT', {
    key: 'row.stale',
    values: { who: last?.who ?? '—', when: last ? clockText(last.at) : '—' },
  })
}
