import {
  contentCan,
  isOverdue,
  type Movable,
  mayMove,
  moveNeedsReason,
  nextStage,
  stageCan,
  waysFrom,
} from '@xingbo/shared/content/content.rules'
import type { LineFacts } from '@xingbo/shared/content/line-facts'
import { type Stage, stages } from '@xingbo/shared/content/stage'
import { type Role, roles } from '@xingbo/shared/identity/actor'
import { say } from '@xingbo/shared/messages'
import { languages } from '@xingbo/shared/text'
import { expect, test } from 'vitest'

const sha = 'a'.repeat(64)
const older = 'b'.repeat(64)
/** Nothing is missing: every refusal below comes from the line or the role. */
const complete: LineFacts = {
  script: { number: 3, sha256: sha, authorId: 'operator-a' },
  draftAhead: false,
  signedSha256: sha,
  compliance: { ranSha256: sha, openBlocks: 0, openReviews: 0, passedSha256: sha },
  cut: { ready: true, uploadedBy: 'producer-a' },
}
const nothing: LineFacts = {
  script: null,
  draftAhead: false,
  signedSha256: null,
  compliance: { ranSha256: null, openBlocks: 0, openReviews: 0, passedSha256: null },
  cut: { ready: false, uploadedBy: null },
}
const at = (stage: Stage, over: Partial<Movable> = {}): Movable => ({
  stage,
  resumeStage: stage === 'on_hold' ? 'production' : null,
  doctorId: 'doc-a',
  ...over,
})
const who = (role: Role, userId = `${role}-a`) => ({ role, userId })

/** product.md §3 as a table: every way a person may take an item, and who they are. */
const team = ['operator', 'producer', 'manager', 'admin']
const all = ['operator', 'producer', 'reviewer', 'manager', 'admin']
const holders = ['operator', 'reviewer', 'manager', 'admin']
const judges = ['reviewer', 'manager', 'admin']
const law: Record<Stage, Partial<Record<Stage, string[]>>> = {
  topic: { scripting: team, on_hold: holders, rejected: judges },
  scripting: { doctor_review: team, on_hold: holders, rejected: judges },
  doctor_review: { scripting: team, compliance_review: all, on_hold: holders, rejected: judges },
  compliance_review: { scripting: all, production: all, on_hold: holders, rejected: judges },
  production: { final_review: team, on_hold: holders, rejected: judges },
  final_review: {
    doctor_review: all,
    production: all,
    ready: ['reviewer'],
    on_hold: holders,
    rejected: judges,
  },
  ready: { scripting: all, production: all, on_hold: holders, rejected: judges },
  live: { archived: team, recalled: holders },
  archived: {},
  on_hold: { production: holders, rejected: judges },
  rejected: { scripting: all },
  recalled: { archived: team },
}

test('every stage × every stage × every role, with nothing missing', () => {
  const wrong: string[] = []
  let allowed = 0
  let refused = 0
  for (const from of stages)
    for (const to of stages)
      for (const role of roles) {
        const verdict = stageCan(at(from), complete, who(role), to)
        const expected = law[from][to]?.includes(role) ?? false
        if (verdict.ok) allowed++
        else refused++
        if (verdict.ok !== expected) wrong.push(`${role}: ${from} → ${to} is ${verdict.ok}`)
        if (!verdict.ok)
          for (const language of languages)
            if (!say(language, verdict.reason))
              wrong.push(`no ${language} sentence: ${from} → ${to}`)
      }
  process.stdout.write(`transitions: ${allowed} allowed, ${refused} refused\n`)
  expect(wrong).toEqual([])
  expect(allowed + refused).toBe(12 * 12 * 7)
  expect(allowed).toBe(Object.values(law).flatMap((ways) => Object.values(ways).flat()).length)
})

const sentence = (
  from: Stage,
  to: Stage,
  facts: LineFacts,
  role: Role,
  over?: Partial<Movable>,
) => {
  const verdict = stageCan(at(from, over), facts, who(role), to)
  return verdict.ok ? 'yes' : say('zh', verdict.reason)
}
const passedOld = { ...complete.compliance, passedSha256: older }
const missing: [Stage, Stage, LineFacts, Role, string, Partial<Movable>?][] = [
  ['scripting', 'doctor_review', nothing, 'operator', '还没有脚本版本，请先写脚本并存为新版本'],
  [
    'scripting',
    'doctor_review',
    { ...complete, draftAhead: true },
    'operator',
    '草稿比最新版本新，请先存为新版本再送审',
  ],
  [
    'scripting',
    'doctor_review',
    complete,
    'operator',
    '还没有指定医生，请先在内容里选好医生',
    { doctorId: null },
  ],
  [
    'doctor_review',
    'compliance_review',
    nothing,
    'operator',
    '还没有脚本版本，请先写脚本并存为新版本',
  ],
  [
    'doctor_review',
    'compliance_review',
    { ...complete, signedSha256: null },
    'operator',
    '还差医生签发',
  ],
  [
    'doctor_review',
    'compliance_review',
    { ...complete, signedSha256: older },
    'reviewer',
    '还差医生签发',
  ],
  [
    'compliance_review',
    'production',
    { ...complete, signedSha256: older },
    'reviewer',
    '还差医生签发',
  ],
  [
    'compliance_review',
    'production',
    { ...complete, compliance: { ...complete.compliance, ranSha256: older } },
    'reviewer',
    '最新版本还没有做合规检查，请先检查',
  ],
  [
    'compliance_review',
    'production',
    { ...complete, compliance: { ...complete.compliance, openBlocks: 2 } },
    'reviewer',
    '还有 2 条阻断问题没有处理',
  ],
  [
    'compliance_review',
    'production',
    { ...complete, compliance: passedOld },
    'operator',
    '合规检查已做，还差医务合规人员的决定',
  ],
  [
    'production',
    'final_review',
    { ...complete, cut: { ready: false, uploadedBy: null } },
    'producer',
    '还没有可用的成片，请先上传并选定成片',
  ],
  [
    'final_review',
    'ready',
    { ...complete, cut: { ready: false, uploadedBy: 'x' } },
    'reviewer',
    '还没有可用的成片，请先上传并选定成片',
  ],
  [
    'final_review',
    'ready',
    { ...complete, cut: { ready: true, uploadedBy: 'reviewer-a' } },
    'reviewer',
    '成片是您上传的，请另一位医务合规人员终审',
  ],
  ['final_review', 'ready', { ...complete, signedSha256: null }, 'reviewer', '还差医生签发'],
  [
    'final_review',
    'ready',
    { ...complete, compliance: passedOld },
    'reviewer',
    '合规检查已做，还差医务合规人员的决定',
  ],
  ['final_review', 'ready', complete, 'admin', '终审由医务合规人员通过'],
  ['ready', 'live', complete, 'admin', '发布成功后自动进入，不用手动移动'],
  ['scripting', 'ready', complete, 'admin', '脚本的下一步是医生审核'],
  ['doctor_review', 'compliance_review', complete, 'doctor', '医生请在「待我审核」里签发或退回'],
  ['on_hold', 'ready', complete, 'admin', '暂停中：先恢复到暂停前的那一步，再往下走'],
  ['ready', 'ready', complete, 'admin', '已经在这一步了'],
]
test.each(missing)('%s → %s says what is missing', (from, to, facts, role, expected, over) => {
  expect(sentence(from, to, facts, role, over)).toBe(expected)
})

test('the moves that send back or stop need a reason, and no others', () => {
  const needing = stages.flatMap((from) =>
    stages.filter((to) => moveNeedsReason(from, to)).map((to) => `${from} → ${to}`),
  )
  const beforeLive: Stage[] = [
    'topic',
    'scripting',
    'doctor_review',
    'compliance_review',
    'production',
    'final_review',
    'ready',
  ]
  expect(needing.sort()).toEqual(
    [
      ...beforeLive.flatMap((from) => [`${from} → on_hold`, `${from} → rejected`]),
      'on_hold → rejected',
      'final_review → production',
      'final_review → doctor_review',
      'ready → production',
      'ready → scripting',
      'live → recalled',
    ].sort(),
  )
})

test('a paused item resumes where it stood, whatever fell away meanwhile', () => {
  for (const resumeStage of stages) {
    const item = at('on_hold', { resumeStage })
    expect(stageCan(item, nothing, who('operator'), resumeStage).ok).toBe(resumeStage !== 'on_hold')
    expect(nextStage(item)).toBe(resumeStage)
  }
})

test('the next step is always one the line allows', () => {
  for (const stage of stages) {
    const next = nextStage(at(stage))
    if (next) expect(waysFrom(at(stage))).toContain(next)
  }
  expect(nextStage(at('ready'))).toBeNull()
  expect(nextStage(at('archived'))).toBeNull()
})

test('the part of the rule that needs no facts agrees with the whole where nothing is missing', () => {
  for (const from of stages)
    for (const to of stages)
      for (const role of roles)
        expect(mayMove(at(from), who(role), to)).toEqual(
          stageCan(at(from), complete, who(role), to),
        )
})

test('who signs may change until it is signed; the nature until compliance passed it', () => {
  expect(stages.filter((stage) => contentCan.changeDoctor(at(stage)).ok)).toEqual([
    'topic',
    'scripting',
    'doctor_review',
  ])
  expect(stages.filter((stage) => contentCan.changeNature(at(stage)).ok)).toEqual([
    'topic',
    'scripting',
    'doctor_review',
    'compliance_review',
  ])
  expect(stages.filter((stage) => !contentCan.edit(at(stage)).ok)).toEqual(['archived', 'recalled'])
})

test('overdue is what is past its day and still on the line', () => {
  expect(isOverdue({ stage: 'ready', dueOn: '2026-11-20' }, '2026-11-21')).toBe(true)
  expect(isOverdue({ stage: 'ready', dueOn: '2026-11-21' }, '2026-11-21')).toBe(false)
  expect(isOverdue({ stage: 'live', dueOn: '2026-11-20' }, '2026-11-21')).toBe(false)
  expect(isOverdue({ stage: 'ready', dueOn: null }, '2026-11-21')).toBe(false)
})
