import { setImmediate } from 'node:timers/promises'
import type { Actor } from '@xingbo/shared/identity/actor'
import { importCan, isWorks, platformOfWorks } from '@xingbo/shared/metrics/import.rules'
import type { ImportCounts } from '@xingbo/shared/metrics/import-fate'
import type { ImportKind } from '@xingbo/shared/metrics/import-kind'
import type { Reader, Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import { sha256Hex } from '../../security/tokens.ts'
import { recordAudit } from '../audit/audit.ts'
import { institutionVault } from '../institutions/institution.service.ts'
import { takeCosts } from './cost-intake.service.ts'
import {
  findImportAccount,
  findImportView,
  findSameFile,
  findZone,
  type ImportView,
  insertImport,
  insertImportRows,
  listOwnNames,
} from './import.repository.ts'
import { type OwnNames, type ParsedImport, parseFile } from './parsing/parse-file.ts'
import { UnreadableFile } from './parsing/unreadable-file.ts'
import { takeOrders, takeVisits } from './patient-intake.service.ts'
import type { RowOutcome } from './pending-row.service.ts'
import { takeWorks } from './work-intake.service.ts'

/** Clocks of two machines differ by seconds; more than this ahead is a mistake. */
const CLOCK_SLACK_MS = 5 * 60_000
/** Rows written at a time; between two such pieces the server answers others. */
const ROWS_AT_ONCE = 500

type ImportInput = {
  readonly kind: ImportKind
  /** Of works: the account the export belongs to. */
  readonly accountId: string | null
  /** The moment the figures are true for, when the person said so. */
  readonly asOf: Date | null
  readonly fileName: string
  readonly bytes: Buffer
}

const forbidUnless = (verdict: ReturnType<typeof importCan.bring>): void => {
  if (!verdict.ok) throw new DomainError('FORBIDDEN', verdict.reason)
}

/** Works belong to one account of the platform that wrote the file; nothing else belongs to any. */
async function accountOf(
  db: Reader,
  institutionId: string,
  { kind, accountId }: Pick<ImportInput, 'kind' | 'accountId'>,
): Promise<string | null> {
  if (!isWorks(kind)) return null
  if (accountId === null)
    throw new DomainError('RULE_VIOLATION', { key: 'metrics.import.accountNeeded' })
  const account = found(await findImportAccount(db, institutionId, accountId))
  if (account.platform !== platformOfWorks[kind])
    throw new DomainError('RULE_VIOLATION', {
      key: 'metrics.import.accountPlatform',
      values: { name: account.displayName },
    })
  return account.id
}

type Own = Awaited<ReturnType<typeof listOwnNames>>

const namesOf = (own: Own): OwnNames => ({
  institution: own.institution ? [own.institution.name, own.institution.shortName] : [],
  departments: own.departments.flatMap(({ id, name, aliases }) =>
    [name, ...aliases].map((one) => [one, id] as const),
  ),
  doctors: own.doctors.map(({ id, name }) => [name, id] as const),
  accounts: own.accounts.map(({ id, name }) => [name, id] as const),
  specialtyLines: own.specialtyLines.map(({ id, name }) => [name, id] as const),
  touchTokens: own.touchTokens.map(({ token }) => token),
})

const nameIn = (list: readonly { id: string; name: string }[]) => (id: string) =>
  list.find((one) => one.id === id)?.name ?? ''

/**
 * Imports a file: every row gets a fate and is kept with it, in one transaction. The same rows again change
 * nothing, whether they come in this file or in another.
 */
export async function importFile(
  deps: Deps,
  actor: Actor,
  input: ImportInput,
): Promise<ImportView> {
  const { institutionId } = actor
  const { kind, bytes } = input
  forbidUnless(importCan.bring(actor.role, kind))
  const { read } = deps.db
  const accountId = await accountOf(read, institutionId, input)
  const now = deps.now()
  if (input.asOf && input.asOf.getTime() > now.getTime() + CLOCK_SLACK_MS)
    throw new DomainError('RULE_VIOLATION', { key: 'metrics.import.asOfFuture' })
  const fileSha256 = sha256Hex(bytes)
  const same = await findSameFile(read, { institutionId, kind, accountId, fileSha256 })
  const asOf = input.asOf ?? same?.asOf ?? now
  const own = await listOwnNames(read, institutionId)
  const parsed = await parseFile({ kind, bytes, asOf, names: namesOf(own) }).catch(
    (error: unknown) => {
      if (error instanceof UnreadableFile) throw new DomainError('RULE_VIOLATION', error.reason)
      throw error
    },
  )

  const importId = newId('imp')
  return deps.db.inTransaction(async (tx) => {
    const source = { institutionId, importId, kind, accountId, asOf }
    const outcomes = await take(deps, tx, source, parsed, own)
    const counts = countsOf(outcomes)
    await insertImport(tx, {
      id: importId,
      institutionId,
      kind,
      accountId,
      fileName: input.fileName,
      fileSha256,
      headerFingerprint: parsed.file.fingerprint,
      asOf,
      counts,
      createdBy: actor.userId,
      createdAt: now,
    })
    for (let at = 0; at < outcomes.length; at += ROWS_AT_ONCE) {
      const piece = outcomes.slice(at, at + ROWS_AT_ONCE)
      await insertImportRows(
        tx,
        piece.map((row) => ({ ...row, id: newId('imr'), institutionId, importId })),
      )
      if (outcomes.length > ROWS_AT_ONCE) await setImmediate()
    }
    await recordAudit(tx, actor, now, {
      action: 'import.created',
      subjectType: 'import',
      subjectId: importId,
      detail: { kind, accountId, fileSha256, asOf, counts },
    })
    return found(await findImportView(tx, institutionId, importId))
  })
}

async function take(
  deps: Deps,
  tx: Tx,
  source: {
    institutionId: string
    importId: string
    kind: ImportKind
    accountId: string | null
    asOf: Date
  },
  parsed: ParsedImport,
  own: Own,
): Promise<RowOutcome[]> {
  const { accountId } = source
  if (parsed.of === 'works')
    return accountId === null
      ? []
      : takeWorks(tx, { ...source, accountId, now: deps.now() }, parsed.file.rows)
  const { institutionId } = source
  const zone = found(await findZone(tx, institutionId))
  const records = { ...source, accountId: null, zone }
  if (parsed.of === 'costs')
    return takeCosts(tx, records, parsed.file.rows, nameIn(own.specialtyLines))
  const vault = await institutionVault(deps, tx, institutionId)
  if (parsed.of === 'visits')
    return takeVisits(tx, vault, records, parsed.file.rows, nameIn(own.departments))
  const tokens = new Map(own.touchTokens.map(({ token, accountId }) => [token, accountId]))
  return takeOrders(tx, vault, records, parsed.file.rows, tokens)
}

function countsOf(outcomes: readonly RowOutcome[]): ImportCounts {
  const counts: ImportCounts = {}
  for (const { fate } of outcomes) counts[fate] = (counts[fate] ?? 0) + 1
  return counts
}
