import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '@xingbo/shared/identity/actor'
import { publishSnapshot, snapshotText } from '@xingbo/shared/publishing/snapshot.schema'
import { eq } from 'drizzle-orm'
import { openDatabase } from '../../../apps/api/src/db/database.ts'
import { migrateDatabase } from '../../../apps/api/src/db/migrate.ts'
import { accounts } from '../../../apps/api/src/db/schema/accounts.ts'
import { sessions } from '../../../apps/api/src/db/schema/identity.ts'
import { publications } from '../../../apps/api/src/db/schema/publishing.ts'
import type { Deps } from '../../../apps/api/src/deps.ts'
import { institutionVault } from '../../../apps/api/src/modules/institutions/institution.service.ts'
import { schedule } from '../../../apps/api/src/modules/publishing/schedule.service.ts'
import { sha256Hex } from '../../../apps/api/src/security/tokens.ts'
import { connectKuaishou, readyItem } from '../../support/ready-item.ts'
import { keepCredentials, seedPeople, testDeps } from '../../support/test-app.ts'

export type Sizes = { readonly posts: number; readonly accounts: number }

const operator: Actor = {
  userId: 'operator-a',
  displayName: 'operator-a',
  institutionId: 'a',
  role: 'operator',
  doctorId: null,
  sessionId: 'ses-operator-a',
  scope: null,
}
const accountOf = (n: number) => `kuaishou-a-${n}`

/**
 * A real database with `posts` scheduled posts over `accounts` connected accounts, all through the gate: each
 * account has every item once. `sandboxUrl` hands out tokens it knows; without it any token will do.
 */
export async function openHouse({ posts, accounts: many }: Sizes, sandboxUrl?: string) {
  const dir = mkdtempSync(join(tmpdir(), 'xingbo-bench-'))
  const db = openDatabase(join(dir, 'xingbo.db'))
  migrateDatabase(db)
  await seedPeople(db)
  await keepCredentials(db)
  await db.inTransaction(async (tx) => {
    const at = new Date()
    await tx.update(sessions).set({ createdAt: at, lastSeenAt: at })
  })
  const port = sandboxUrl && { XINGBO_SANDBOX_PORT: new URL(sandboxUrl).port }
  const { deps } = testDeps(db, dir, { ...port, XINGBO_PORT: '0' }, true)
  if (sandboxUrl) await connectKuaishou(deps, sandboxUrl)
  await copyAccounts(deps, many)
  await copyPosts(deps, { posts, accounts: many })
  return {
    deps,
    /** Puts every post at its time; `n` counts them. */
    async setDue(dueAt: (n: number) => Date): Promise<void> {
      const rows = await db.read.select({ id: publications.id }).from(publications)
      await db.inTransaction(async (tx) => {
        for (const [n, { id }] of rows.entries())
          await tx
            .update(publications)
            .set({ dueAt: dueAt(n) })
            .where(eq(publications.id, id))
      })
    },
    close() {
      db.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** As many accounts as asked for, with the token of the one there is; a token is sealed to its row. */
async function copyAccounts(deps: Deps, many: number): Promise<void> {
  const { db } = deps
  const [first] = await db.read.select().from(accounts).where(eq(accounts.id, 'kuaishou-a'))
  if (!first?.accessToken) throw new Error('there is no account to copy')
  const sealed = await institutionVault(deps, db.read, 'a')
  const token = sealed.open('accounts.access_token.kuaishou-a', first.accessToken)
  const lasts = new Date(Date.now() + 2 * 86_400_000)
  await db.inTransaction(async (tx) => {
    for (let n = 0; n < many; n += 1)
      await tx.insert(accounts).values({
        ...first,
        id: accountOf(n),

        accessToken: sealed.seal(`accounts.access_token.${accountOf(n)}`, token),
        accessTokenExpiresAt: lasts,
        displayName: `账号${n}`,
      })
  })
}

/** One post of each item goes the whole way of scheduling; the others are that post on another account. */
async function copyPosts(deps: Deps, { posts, accounts: many }: Sizes): Promise<void> {
  const { db } = deps
  const perAccount = Math.ceil(posts / many)
  const first = accountOf(0)
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  let n = 0
  for (let item = 0; item < perAccount; item += 1) {
    const contentId = await readyItem(deps, `bench${item}`)
    await schedule(deps, operator, contentId, {
      timeZone: 'Asia/Shanghai',
      items: [{ accountId: first, dueAt: tomorrow, repeatReason: '' }],
    })
    const [row] = await db.read
      .select()
      .from(publications)
      .where(eq(publications.contentId, contentId))
    if (!row) throw new Error('nothing was scheduled')
    const snapshot = publishSnapshot.parse(row.snapshot)
    await db.inTransaction(async (tx) => {
      n += 1
      for (let other = 1; other < many && n < posts; other += 1, n += 1) {
        const own = { ...snapshot, accountId: accountOf(other) }
        await tx.insert(publications).values({
          ...row,
          id: `${row.id}-${other}`,
          accountId: own.accountId,
          snapshot: own,
          snapshotSha256: sha256Hex(snapshotText(own)),
        })
      }
    })
  }
}
