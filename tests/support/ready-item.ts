import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '@xingbo/shared/canonical-json'
import type { ScriptBody } from '@xingbo/shared/scripts/script-body'
import { eq } from 'drizzle-orm'
import { accounts } from '../../apps/api/src/db/schema/accounts.ts'
import { complianceDecisions, complianceRuns } from '../../apps/api/src/db/schema/compliance.ts'
import { contentItems } from '../../apps/api/src/db/schema/content.ts'
import { institutions } from '../../apps/api/src/db/schema/institutions.ts'
import { assets } from '../../apps/api/src/db/schema/media.ts'
import { scriptRevisions, signOffs } from '../../apps/api/src/db/schema/scripts.ts'
import type { Deps } from '../../apps/api/src/deps.ts'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

/** A caption no two test items share, so that what the sandbox accepted can be told apart. */
export const captionOf = (id: string) => ({
  title: `这几种情况先别做颈椎推拿 ${id}`,
  body: `脖子一僵，先看清这四种情况。\n第二行 ${id}`,
  tags: ['颈椎', '健康科普'],
})

export const bodyOf = (id: string): ScriptBody => ({
  title: `选题 ${id}`,
  hook: '脖子一僵，很多人先想到按一按。',
  shots: [{ heading: '开场', text: '先把不适合推拿的情况说清楚。', note: '' }],
  callToAction: '症状不缓解，请到正规医院就诊。',
  captions: {
    kuaishou: captionOf(id),
    douyin: captionOf(id),
    xiaohongshu: { ...captionOf(id), title: `别急着推拿 ${id}` },
    wechat_oa: { ...captionOf(id), tags: [] },
  },
  sources: ['《颈椎病诊治与康复指南（2010版）》'],
  aiGenerated: false,
})

/**
 * An item that has walked the whole line: signed, passed, with a checked cut, ready to schedule. The video is
 * a few bytes: the sandbox keeps bytes, it does not play them.
 */
export async function readyItem(deps: Deps, id: string, institutionId = 'a'): Promise<string> {
  const at = deps.now()
  const body = bodyOf(id)
  const hash = sha256(canonicalJson(body))
  const video = Buffer.from(`video of ${id} ${'x'.repeat(2_000)}`)
  const assetId = `ast_${id}`
  const dir = join(deps.settings.mediaDir, assetId)
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'original'), video)
  writeFileSync(join(dir, 'poster.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xd9]))
  await deps.db.inTransaction(async (tx) => {
    await tx.insert(contentItems).values({
      id,
      institutionId,
      title: body.title,
      stage: 'ready',
      stageEnteredAt: at,
      doctorId: `doc-${institutionId}`,
      departmentId: `dep-${institutionId}`,
      position: 1,
      finalAssetId: assetId,
      platforms: ['kuaishou', 'douyin', 'xiaohongshu'],
      createdAt: at,
      updatedAt: at,
    })
    await tx.insert(scriptRevisions).values({
      id: `rev_${id}`,
      institutionId,
      contentId: id,
      number: 1,
      body,
      sha256: hash,
      authorId: `operator-${institutionId}`,
      createdAt: at,
    })
    await tx.insert(signOffs).values({
      id: `sig_${id}`,
      institutionId,
      contentId: id,
      revisionId: `rev_${id}`,
      revisionNumber: 1,
      sha256: hash,
      doctorId: `doc-${institutionId}`,
      userId: `doctor-${institutionId}`,
      decision: 'approved',
      confirmedName: '陆闻溪',
      via: 'password',
      decidedAt: at,
    })
    await tx.insert(complianceRuns).values({
      id: `run_${id}`,
      institutionId,
      contentId: id,
      revisionId: `rev_${id}`,
      revisionNumber: 1,
      sha256: hash,
      nature: 'science',
      engineVersion: 'test',
      ranBy: 'system',
      ranAt: at,
    })
    await tx.insert(complianceDecisions).values({
      id: `dec_${id}`,
      institutionId,
      contentId: id,
      runId: `run_${id}`,
      sha256: hash,
      decision: 'passed',
      reason: '',
      reviewerId: `reviewer-${institutionId}`,
      decidedAt: at,
    })
    await tx.insert(assets).values({
      id: assetId,
      institutionId,
      contentId: id,
      kind: 'cut',
      fileName: `${id}.mp4`,
      mimeType: 'video/mp4',
      sizeBytes: video.length,
      sha256: sha256(video),
      state: 'ready',
      width: 1080,
      height: 1920,
      durationMs: 20_000,
      uploadedBy: `producer-${institutionId}`,
      createdAt: at,
      readyAt: at,
    })
  })
  return id
}

/** Connects the Kuaishou account of an institution with tokens the sandbox gives out. */
export async function connectKuaishou(
  deps: Deps,
  sandboxUrl: string,
  accountId = 'kuaishou-a',
): Promise<void> {
  const res = await fetch(`${sandboxUrl}/__sandbox/kuaishou/grant`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: accountId }),
  })
  const granted = (await res.json()) as {
    open_id: string
    access_token: string
    refresh_token: string
    expires_in: number
    refresh_token_expires_in: number
  }
  await deps.db.inTransaction(async (tx) => {
    const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId))
    const [institution] = await tx
      .select()
      .from(institutions)
      .where(eq(institutions.id, account?.institutionId ?? ''))
    if (!institution) throw new Error(`no account ${accountId}`)
    const vault = deps.vault.of(institution.dataKey)
    const ends = (seconds: number) => new Date(deps.now().getTime() + seconds * 1000)
    await tx
      .update(accounts)
      .set({
        openId: granted.open_id,
        accessToken: vault.seal(`accounts.access_token.${accountId}`, granted.access_token),
        accessTokenExpiresAt: ends(granted.expires_in),
        refreshToken: vault.seal(`accounts.refresh_token.${accountId}`, granted.refresh_token),
        refreshTokenExpiresAt: ends(granted.refresh_token_expires_in),
      })
      .where(eq(accounts.id, accountId))
  })
}
