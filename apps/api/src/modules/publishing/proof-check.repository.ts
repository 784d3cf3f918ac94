import type { Platform } from '@xingbo/shared/accounts/platform'
import type { Message } from '@xingbo/shared/messages'
import type { SeenLinkAccount } from '@xingbo/shared/publishing/proof-check.rules'
import type { ProofStanding } from '@xingbo/shared/publishing/proof-standing'
import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/database.ts'
import { accounts } from '../../db/schema/accounts.ts'
import { proofs, publications } from '../../db/schema/publishing.ts'

/** Which accounts the links of earlier proofs on this platform named; doubtful ones teach nothing. */
export async function listLinkAccounts(
  db: Reader,
  institutionId: string,
  platform: Platform,
  except: string,
): Promise<SeenLinkAccount[]> {
  const rows = await db
    .selectDistinct({
      linkAccountId: proofs.linkAccountId,
      accountId: publications.accountId,
      accountName: accounts.displayName,
    })
    .from(proofs)
    .innerJoin(publications, eq(publications.id, proofs.publicationId))
    .innerJoin(accounts, eq(accounts.id, publications.accountId))
    .where(
      and(
        eq(proofs.institutionId, institutionId),
        eq(publications.platform, platform),
        ne(proofs.publicationId, except),
        ne(proofs.standing, 'doubtful'),
        isNotNull(proofs.linkAccountId),
      ),
    )
  return rows.flatMap((row) =>
    row.linkAccountId === null ? [] : [{ ...row, linkAccountId: row.linkAccountId }],
  )
}

/** Proofs people gave for posts of this account that are out. */
export async function listGivenProofs(db: Reader, institutionId: string, accountId: string) {
  return db
    .select({ proof: proofs, publication: publications })
    .from(proofs)
    .innerJoin(publications, eq(publications.id, proofs.publicationId))
    .where(
      and(
        eq(proofs.institutionId, institutionId),
        eq(publications.accountId, accountId),
        eq(publications.state, 'published'),
        inArray(proofs.kind, ['link', 'screenshot']),
      ),
    )
}

export async function setStanding(
  tx: Tx,
  proofId: string,
  set: { standing: ProofStanding; doubts: readonly Message[]; checkedAt: Date },
): Promise<void> {
  await tx
    .update(proofs)
    .set({
      ...set,
      doubts: set.doubts.map(({ key, values }) => ({ key, values: { ...values } })),
    })
    .where(eq(proofs.id, proofId))
}
