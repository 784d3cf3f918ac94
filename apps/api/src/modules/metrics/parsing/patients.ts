import { readPhone } from '@xingbo/shared/leads/phone.rules'
import type { Message } from '@xingbo/shared/messages'
import { textOf } from './numbers.ts'
import type { Cell } from './read-table.ts'

/** Personal: in memory only until sealed or hashed, never logged, never part of a reason. */
export type Patient = {
  /** Without spaces; null when empty or masked. */
  readonly name: string | null
  /** E.164, or null when the cell holds no whole mobile number. */
  readonly phone: string | null
  /** Tells two rows' people apart within a file: a parent and a child on one phone, two namesakes. */
  readonly identity: string
}

export function readPatient(
  nameCell: Cell | undefined,
  phoneCell: Cell | undefined,
): { patient: Patient; repaired: boolean; reasons: Message[] } {
  const written = textOf(nameCell).replace(/\s/gu, '')
  const name = written === '' || /[*＊]/u.test(written) ? null : written
  const phoneText = textOf(phoneCell)
  const phone = readPhone(phoneText)
  const reasons: Message[] = []
  if (!phone.ok) reasons.push({ key: `metrics.row.phone.${phone.problem}` })
  else if (phone.repaired) reasons.push({ key: 'metrics.row.phoneRepaired' })
  if (name === null) reasons.push({ key: 'metrics.row.nameUnknown' })
  return {
    patient: {
      name,
      phone: phone.ok ? phone.e164 : null,
      identity: `${written}|${phone.ok ? phone.e164 : phoneText.normalize('NFKC')}`,
    },
    repaired: phone.ok && phone.repaired,
    reasons,
  }
}

export const isTestName = (...cells: (Cell | undefined)[]): boolean =>
  cells.some((cell) => textOf(cell).startsWith('测试'))

/** Free text that a spreadsheet would run as a formula loses its leading sign; nothing else changes. */
export function readFreeText(cell: Cell | undefined): { text: string; neutralised: boolean } {
  const written = textOf(cell).replace(/\s+/gu, ' ')
  const text = written.replace(/^[\s=+@＝＋＠-]+/u, '')
  return { text, neutralised: text !== written }
}
