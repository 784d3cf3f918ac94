import type { Platform } from '@xingbo/shared/accounts/platform'
import { complianceCan } from '@xingbo/shared/compliance/compliance.rules'
import type {
  ComplianceQueueItem,
  ComplianceState,
} from '@xingbo/shared/compliance/compliance.schema'
import type { EngineFinding } from '@xingbo/shared/compliance/finding.schema'
import type { Nature } from '@xingbo/shared/content/stage'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import { fieldsOf } from '@xingbo/shared/scripts/script-text'
import type { Reader, Tx } from '../../db/database.ts'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { assertVerdict, DomainError, found } from '../../http/errors.ts'
import { type AuditActor, recordAudit } from '../audit/audit.ts'
import { advanceStage } from '../content/stage.service.ts'
import { newestRevisionOf, scriptFactsOf } from '../scripts/script-facts.service.ts'
import { presentCompliance } from './compliance.presenter.ts'
import {
  findContentNature,
  findFinding,
  findLatestRun,
  insertDecision,
  insertRun,
  listDecisions,
  listFindings,
  listWaiting,
  setWaiver,
} from './compliance.repository.ts'
import { complianceFactsOf } from './compliance-facts.service.ts'
import { createEngine } from './engine/engine.ts'
import { loadComplianceData } from './engine/load-data.ts'

let made: ReturnType<typeof createEngine> | undefined
/** The engine, made on first use: reading its 1,071 terms takes longer than a check does. */
export function complianceEngine() {
  made ??= createEngine(loadComplianceData())
  return made
}

/** Runs the engine over a whole script. */
export function checkWords(
  nature: Nature,
  platforms: readonly Platform[],
  body: ScriptBody,
): { engineVersion: string; guessedNature: Nature; findings: readonly EngineFinding[] } {
  const fields = fieldsOf(body).map(({ field, text }) => ({ field, text }))
  const engine = complianceEngine()
  const { engineVersion, findings } = engine.check({
    nature,
    platforms: [...platforms],
    fields,
    facts: { aiGenerated: body.aiGenerated },
  })
  return { engineVersion, guessedNature: engine.guessNature(fields), findings }
}

/**
 * Runs the engine on the newest revision and keeps what it found, in the caller's transaction. Waivers of an
 * earlier run stand on if rule, words and place are the same ones.
 */
export async function checkNewest(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: AuditActor,
  contentId: string,
): Promise<void> {
  const { institutionId } = actor
  const content = found(await findContentNature(tx, institutionId, contentId))
  const revision = await newestRevisionOf(tx, institutionId, contentId)
  if (!revision) throw new DomainError('RULE_VIOLATION', { key: 'compliance.noScript' })
  const at = deps.now()
  const before = await findLatestRun(tx, institutionId, contentId)
  const sameWords = before?.sha256 === revision.sha256 && before.nature === content.nature
  const waived = new Map(
    before && sameWords
      ? (await listFindings(tx, before.id))
          .filter(({ row }) => row.waivedAt !== null)
          .map(({ row }) => [placeOf(row.detail), row])
      : [],
  )
  const { engineVersion, findings } = checkWords(content.nature, content.platforms, revision.body)
  const runId = newId('run', at.getTime())
  await insertRun(
    tx,
    {
      id: runId,
      institutionId,
      contentId,
      revisionId: revision.id,
      revisionNumber: revision.number,
      sha256: revision.sha256,
      nature: content.nature,
      engineVersion,
      ranBy: actor.userId,
      ranAt: at,
    },
    findings.map((detail, position) => {
      const kept = detail.waivable ? waived.get(placeOf(detail)) : undefined
      return {
        id: newId('fnd', at.getTime()),
        institutionId,
        runId,
        contentId,
        ruleId: detail.ruleId,
        detail,
        severity: detail.severity,
        waivable: detail.waivable,
        position,
        waivedBy: kept?.waivedBy ?? null,
        waivedAt: kept?.waivedAt ?? null,
        waiverReason: kept?.waiverReason ?? null,
      }
    }),
  )
  const countOf = (severity: string) => findings.filter((f) => f.severity === severity).length
  await recordAudit(tx, actor, at, {
    action: 'compliance.ran',
    subjectType: 'compliance',
    subjectId: contentId,
    detail: {
      revision: revision.number,
      sha256: revision.sha256,
      engineVersion,
      block: countOf('block'),
      review: countOf('review'),
      hint: countOf('hint'),
    },
  })
}

const placeOf = ({ ruleId, field, start, text }: EngineFinding): string =>
  [ruleId, field, start, text].join('\n')

export async function complianceOf(
  db: Reader,
  institutionId: string,
  contentId: string,
): Promise<ComplianceState> {
  const content = found(await findContentNature(db, institutionId, contentId))
  const revision = await newestRevisionOf(db, institutionId, contentId)
  const run = await findLatestRun(db, institutionId, contentId)
  const guessedNature = revision
    ? complianceEngine().guessNature(
        fieldsOf(revision.body).map(({ field, text }) => ({ field, text })),
      )
    : content.nature
  return presentCompliance({
    contentId,
    nature: content.nature,
    guessedNature,
    sha256: revision?.sha256 ?? null,
    run,
    findings: run ? await listFindings(db, run.id) : [],
    decisions: await listDecisions(db, institutionId, contentId),
  })
}

/** What the rules ask about an item under review. */
async function reviewFacts(db: Reader, institutionId: string, contentId: string) {
  const content = found(await findContentNature(db, institutionId, contentId))
  const script = await scriptFactsOf(db, institutionId, contentId)
  const compliance = await complianceFactsOf(db, institutionId, contentId)
  return { stage: content.stage, ...script, compliance }
}

export async function runAgain(
  deps: Deps,
  actor: Actor,
  contentId: string,
): Promise<ComplianceState> {
  return deps.db.inTransaction(async (tx) => {
    await checkNewest(deps, tx, actor, contentId)
    return complianceOf(tx, actor.institutionId, contentId)
  })
}

/** A waiver is part of the record: who, when, why, for which words. */
export async function waive(
  deps: Deps,
  actor: Actor,
  input: { findingId: string; reason: string },
): Promise<ComplianceState> {
  return deps.db.inTransaction(async (tx) => {
    const row = found(await findFinding(tx, actor.institutionId, input.findingId))
    const run = await findLatestRun(tx, actor.institutionId, row.contentId)
    if (run?.id !== row.runId)
      throw new DomainError('CONFLICT', { key: 'compliance.changedMeanwhile' })
    const facts = await reviewFacts(tx, actor.institutionId, row.contentId)
    assertVerdict(
      complianceCan.waive({ waivable: row.waivable, waived: row.waivedAt !== null }, facts, actor),
    )
    const at = deps.now()
    const waiver = { waivedBy: actor.userId, waivedAt: at, waiverReason: input.reason }
    if (!(await setWaiver(tx, row.id, waiver)))
      throw new DomainError('CONFLICT', { key: 'compliance.alreadyWaived' })
    await recordAudit(tx, actor, at, {
      action: 'compliance.waived',
      subjectType: 'compliance',
      subjectId: row.contentId,
      detail: {
        findingId: row.id,
        ruleId: row.ruleId,
        text: row.detail.text,
        sha256: run.sha256,
        reason: input.reason,
      },
    })
    return complianceOf(tx, actor.institutionId, row.contentId)
  })
}

/** Passes or returns the very words the reviewer had on screen. */
export async function decide(
  deps: Deps,
  actor: Actor,
  input: {
    contentId: string
    decision: 'passed' | 'returned'
    sha256: string
    reason: string
  },
): Promise<ComplianceState> {
  const { contentId, decision, reason } = input
  return deps.db.inTransaction(async (tx) => {
    const facts = await reviewFacts(tx, actor.institutionId, contentId)
    if (facts.script && facts.script.sha256 !== input.sha256)
      throw new DomainError('CONFLICT', { key: 'compliance.changedMeanwhile' })
    const rule = decision === 'passed' ? complianceCan.pass : complianceCan.return
    assertVerdict(rule(facts, actor, reason))
    const run = found(await findLatestRun(tx, actor.institutionId, contentId))
    const at = deps.now()
    await insertDecision(tx, {
      id: newId('cdc', at.getTime()),
      institutionId: actor.institutionId,
      contentId,
      runId: run.id,
      sha256: input.sha256,
      decision,
      reason,
      reviewerId: actor.userId,
      decidedAt: at,
    })
    await recordAudit(tx, actor, at, {
      action: `compliance.${decision}`,
      subjectType: 'compliance',
      subjectId: contentId,
      detail: { sha256: input.sha256, runId: run.id, reason },
    })
    await advanceStage(deps, tx, actor, {
      contentId,
      from: ['compliance_review'],
      to: decision === 'passed' ? 'production' : 'scripting',
      reason: decision === 'passed' ? '' : reason,
    })
    return complianceOf(tx, actor.institutionId, contentId)
  })
}

export async function queueOf(db: Reader, actor: Actor): Promise<ComplianceQueueItem[]> {
  const rows = await listWaiting(db, actor.institutionId)
  const items: ComplianceQueueItem[] = []
  for (const row of rows) {
    const facts = await complianceFactsOf(db, actor.institutionId, row.id)
    const { script } = await scriptFactsOf(db, actor.institutionId, row.id)
    items.push({
      contentId: row.id,
      title: row.title,
      doctorName: row.doctorName,
      stage: row.stage === 'final_review' ? 'final_review' : 'compliance_review',
      since: row.stageEnteredAt.toISOString(),
      dueOn: row.dueOn,
      openBlocks: facts.openBlocks,
      openReviews: facts.openReviews,
      mine: script?.authorId === actor.userId,
    })
  }
  return items
}
