import { maskName, maskPhone } from '@xingbo/shared/leads/mask.rules'
import { readPhone } from '@xingbo/shared/leads/phone.rules'
import type { InstitutionVault } from '../../security/vault.ts'
import type { LeadRow } from './lead.repository.ts'
import { namePlace, phonePlace } from './lead.service.ts'
import { phoneIndex } from './patient-record.service.ts'

/** What a list may show of a lead; null once erased. */
export function maskedOf(
  vault: InstitutionVault,
  row: Pick<LeadRow, 'id' | 'name' | 'phone'>,
): { name: string; phone: string } | null {
  if (row.name === null || row.phone === null) return null
  return {
    name: maskName(vault.open(namePlace(row.id), row.name)),
    phone: maskPhone(vault.open(phonePlace(row.id), row.phone)),
  }
}

/** What to look up for a searched phone; null for anything that is no whole number. */
export function searchedPhone(vault: InstitutionVault, q: string): string | null {
  const phone = readPhone(q)
  return phone.ok ? phoneIndex(vault, phone.e164) : null
}
