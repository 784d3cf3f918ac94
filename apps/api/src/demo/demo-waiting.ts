import { platforms } from '@xingbo/shared/accounts/platform'
import { bizDate, instantOf } from '@xingbo/shared/dates'
import type { Actor } from '@xingbo/shared/identity/actor'
import { emptyScript, type ScriptBody } from '@xingbo/shared/scripts/script-body'
import { parseScriptMarkdown } from '@xingbo/shared/scripts/script-markdown'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { contentItems } from '../db/schema/content.ts'
import type { Deps } from '../deps.ts'
import {
  complianceOf,
  decide as decideCompliance,
  waive,
} from '../modules/compliance/compliance.service.ts'
import { addContent, contentOf, moveContent } from '../modules/content/content.service.ts'
import { schedule } from '../modules/publishing/schedule.service.ts'
import { saveDraft, saveRevision } from '../modules/scripts/script.service.ts'
import { newestRevisionOf } from '../modules/scripts/script-facts.service.ts'
import { decide as decideSignOff } from '../modules/scripts/sign-off.service.ts'
import { insertCut } from './demo-media.ts'
import { actorFor, readData, type Seed } from './demo-people.ts'

const waiting = z.object({
  key: z.string(),
  institution: z.string(),
  topic: z.string(),
  to: z.enum(['compliance_review', 'production', 'final_review', 'ready', 'scheduled', 'on_hold']),
  title: z.string(),
  hook: z.string(),
  shots: z.array(z.tuple([z.string(), z.string()])),
  callToAction: z.string(),
  sources: z.array(z.string()),
  platforms: z.array(z.enum(platforms)),
  tags: z.array(z.string()),
})
type Waiting = z.infer<typeof waiting>

/** The demo has few films for many items, and the product asks why one goes out again. */
const sameFilm = '演示用的几段视频轮流使用'

const captionsFor = (one: Pick<Waiting, 'platforms' | 'title' | 'hook' | 'tags'>) =>
  Object.fromEntries(
    one.platforms.map((platform) => [
      platform,
      {
        title: [...one.title].slice(0, 20).join(''),
        body: `${one.hook}\n本内容为健康科普，仅供参考，不能代替面诊。`,
        tags: one.tags.slice(0, 4),
      },
    ]),
  )

/** On an official account the words are an article, so it says what the film says. */
const articleFor = (one: Waiting) => ({
  title: one.title,
  body: [
    one.hook,
    ...one.shots.map(([, text]) => text),
    one.callToAction,
    '本内容为健康科普，仅供参考，不能代替面诊。',
  ].join('\n\n'),
  tags: [],
})

const bodyOf = (one: Waiting): ScriptBody => ({
  ...emptyScript,
  title: one.title,
  hook: one.hook,
  shots: one.shots.map(([heading, text]) => ({ heading, text, note: '' })),
  callToAction: one.callToAction,
  captions: {
    ...captionsFor(one),
    ...(one.platforms.includes('wechat_oa') && { wechat_oa: articleFor(one) }),
  },
  sources: one.sources,
})

/** Items that wait at every stage, each brought there by the people and the rules of the product itself. */
export async function walkWaiting(deps: Deps, data: Seed): Promise<void> {
  const demo = new Walk(deps, data)
  await demo.topics()
  for (const one of z.array(waiting).parse(JSON.parse(readData('waiting.json'))))
    await demo.walk(one)
  await demo.scripts()
}

class Walk {
  private readonly deps: Deps
  private readonly data: Seed
  private at: Date
  constructor(deps: Deps, data: Seed) {
    this.deps = { ...deps, now: () => this.at }
    this.data = data
    this.at = new Date(deps.now().getTime() - 6 * 86_400_000)
  }

  /** Work takes time: every step is a little later than the one before. */
  private later(minutes = 37): void {
    this.at = new Date(this.at.getTime() + minutes * 60_000)
  }
  private who(username: string, institutionId: string): Actor {
    return actorFor(this.data, username, institutionId)
  }
  private dueOn(days: number): string {
    return bizDate(new Date(this.at.getTime() + days * 86_400_000))
  }

  private async add(
    topicKey: string,
    given: { title?: string; platforms: Waiting['platforms']; stage?: 'topic'; dueIn: number },
  ): Promise<string> {
    this.later()
    const topic = this.data.topics.find(({ key }) => key === topicKey)
    if (!topic) throw new Error(`the demo has no topic ${topicKey}`)
    const { view } = await addContent(this.deps, this.who('ops.xiaoman', topic.institution), {
      title: given.title ?? topic.title,
      topicId: topic.key,
      stage: given.stage ?? 'scripting',
      doctorId: topic.doctor,
      departmentId: topic.department,
      specialtyLineId: topic.specialtyLine,
      ownerUserId: topic.institution === 'qiwu' ? 'ops.tang' : 'ops.xiaoman',
      producerUserId: 'producer.yan',
      platforms: given.platforms,
      dueOn: this.dueOn(given.dueIn),
      nature: 'science',
      format: topic.format,
    })
    return view.row.id
  }

  private async move(
    actor: Actor,
    contentId: string,
    to: 'doctor_review' | 'final_review' | 'ready' | 'on_hold',
    reason = '',
  ) {
    this.later()
    const { view } = await contentOf(this.deps, actor.institutionId, contentId)
    await moveContent(this.deps, actor, {
      contentId,
      to,
      reason,
      revision: view.row.revision,
    })
  }

  private async revise(actor: Actor, contentId: string, body: ScriptBody, note: string) {
    this.later()
    const newest = await newestRevisionOf(this.deps.db.read, actor.institutionId, contentId)
    await saveRevision(this.deps, actor, {
      contentId,
      body,
      basedOn: newest?.number ?? null,
      draftRevision: null,
      note,
    })
  }

  /** Two ideas that are no scripts yet. */
  async topics(): Promise<void> {
    await this.add('topic-10', { platforms: ['douyin'], stage: 'topic', dueIn: 14 })
    await this.add('topic-12', { platforms: ['douyin', 'xiaohongshu'], stage: 'topic', dueIn: 20 })
  }

  /** One item of the story, as far along the line as it says. */
  async walk(one: Waiting): Promise<void> {
    const { deps } = this
    const place = one.institution
    const operator = this.who('ops.tang', place)
    const doctor = this.who('dr.lu', place)
    const reviewer = this.who('reviewer.he', place)
    const producer = this.who('producer.yan', place)
    const id = await this.add(one.topic, {
      title: one.title,
      platforms: one.platforms,
      dueIn: one.to === 'production' ? 3 : 8,
    })
    await this.revise(operator, id, bodyOf(one), '初稿')
    await this.move(operator, id, 'doctor_review')
    if (one.to === 'on_hold') {
      await this.move(operator, id, 'on_hold', '等科室统一口径')
      return
    }
    this.later(95)
    const newest = await newestRevisionOf(deps.db.read, place, id)
    if (!newest) throw new Error('the demo script was not saved')
    const name = this.data.doctors.find(({ key }) => key === doctor.doctorId)?.name ?? ''
    await decideSignOff(deps, doctor, {
      contentId: id,
      revisionNumber: newest.number,
      sha256: newest.sha256,
      decision: 'approved',
      reasons: [],
      comment: '',
      confirmedName: name,
    })
    if (one.to === 'compliance_review') return
    await this.passCompliance(reviewer, id, newest.sha256)
    if (one.to === 'production') return
    this.later(240)
    await this.chooseCut(place, id)
    await this.move(producer, id, 'final_review')
    if (one.to === 'final_review') return
    await this.move(reviewer, id, 'ready')
    if (one.to === 'scheduled') await this.schedule(id, operator)
  }

  private async passCompliance(reviewer: Actor, contentId: string, sha256: string): Promise<void> {
    this.later(60)
    const state = await complianceOf(this.deps.db.read, reviewer.institutionId, contentId)
    for (const finding of state.findings)
      if (finding.severity === 'block')
        await waive(this.deps, reviewer, {
          findingId: finding.id,
          reason: '语境为就医提醒，不指向任何服务',
        })
    await decideCompliance(this.deps, reviewer, {
      contentId,
      decision: 'passed',
      sha256,
      reason: '均为科普表述，来源已核对',
    })
  }

  private async chooseCut(institutionId: string, contentId: string): Promise<void> {
    await this.deps.db.inTransaction(async (tx) => {
      const cut = await insertCut(this.deps, tx, { institutionId, contentId, at: this.at })
      await tx
        .update(contentItems)
        .set({ finalAssetId: cut.assetId })
        .where(eq(contentItems.id, contentId))
    })
  }

  /** Tomorrow evening by API and by hand-off; by hand now, so that a phone has something to do. */
  private async schedule(contentId: string, operator: Actor): Promise<void> {
    this.later(20)
    const tomorrow = bizDate(new Date(Date.now() + 86_400_000))
    const at = (time: string) => instantOf(tomorrow, time).toISOString()
    await schedule(this.deps, operator, contentId, {
      timeZone: 'Asia/Shanghai',
      items: [
        { accountId: 'ks-qiwu', dueAt: at('19:30'), repeatReason: sameFilm },
        { accountId: 'dy-lu', dueAt: at('18:30'), repeatReason: sameFilm },
        { accountId: 'xhs-qiwu', dueAt: new Date().toISOString(), repeatReason: sameFilm },
      ],
    })
  }

  /** The sample scripts: two wait for their doctors, two drafts show what the engine refuses. */
  async scripts(): Promise<void> {
    const read = (name: string) => {
      const script = parseScriptMarkdown(readData(`scripts/${name}`))
      if (!script) throw new Error(`the demo cannot read ${name}`)
      return script.body
    }
    const caption = { platforms: ['douyin', 'xiaohongshu', 'kuaishou'] as Waiting['platforms'] }
    const neck = read('01-tuina-neck.md')
    const neckId = await this.add('topic-01', { ...caption, title: neck.title, dueIn: 6 })
    const tang = this.who('ops.tang', 'qiwu')
    const withCaptions = (body: ScriptBody, tags: string[]): ScriptBody => ({
      ...body,
      captions: captionsFor({ ...caption, title: body.title, hook: body.hook, tags }),
    })
    await this.revise(tang, neckId, withCaptions(neck, ['颈椎', '推拿', '健康科普']), '初稿')
    await this.move(tang, neckId, 'doctor_review')

    const xiaoman = this.who('ops.xiaoman', 'mianxi')
    const sleep = read('02-insomnia.md')
    const sleepTopic = this.data.topics.find(
      ({ institution, doctor }) => institution === 'mianxi' && doctor === 'cheng',
    )
    if (!sleepTopic) return
    const sleepId = await this.add(sleepTopic.key, {
      platforms: ['douyin', 'xiaohongshu'],
      title: sleep.title,
      dueIn: 5,
    })
    await this.revise(xiaoman, sleepId, withCaptions(sleep, ['失眠', '睡眠', '健康科普']), '初稿')
    await this.move(xiaoman, sleepId, 'doctor_review')

    const secret = read('10-insomnia-secret-draft.md')
    const secretId = await this.add(sleepTopic.key, {
      platforms: ['douyin'],
      title: secret.title,
      dueIn: 9,
    })
    await this.revise(xiaoman, secretId, secret, '外包供稿，待改')

    const cure = read('09-neck-cure-draft.md')
    const cureId = await this.add('topic-01', {
      platforms: ['douyin'],
      title: cure.title,
      dueIn: -1,
    })
    this.later()
    await saveDraft(this.deps, tang, {
      contentId: cureId,
      body: cure,
      basedOn: null,
      draftRevision: null,
    })
  }
}
