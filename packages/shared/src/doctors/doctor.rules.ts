import { expiryOf } from '../expiry.ts'
import type { Message } from '../messages.ts'
import { type Readiness, readinessOf } from '../readiness.ts'
import { no, type Verdict, yes } from '../verdict.ts'
import type { Credential } from './credential.schema.ts'
import type { Doctor } from './doctor.schema.ts'

export type DoctorFacts = Pick<Doctor, 'name' | 'internetScienceFiledOn' | 'archived'>
export type CredentialFacts = Pick<
  Credential,
  'kind' | 'expiresOn' | 'gatesPublishing' | 'archived'
>

/**
 * Whether anything in this doctor's name may be published on `today` (`YYYY-MM-DD`, business zone).
 * The law: only people with checked qualifications publish medical science (四部门通知 2025-08-01), and only
 * after telling their institution (负面清单 九). Which credentials gate is said on each of them.
 */
export function doctorReadiness(
  doctor: DoctorFacts,
  credentials: readonly CredentialFacts[],
  today: string,
): Readiness {
  const blocks: Message[] = []
  const warnings: Message[] = []
  const who = { doctor: doctor.name }
  if (doctor.archived) blocks.push({ key: 'doctor.archived', values: who })
  const standing = credentials.filter((credential) => !credential.archived)
  if (standing.length === 0) blocks.push({ key: 'doctor.noCredentials', values: who })
  for (const { kind, expiresOn, gatesPublishing } of standing) {
    const expiry = expiryOf(expiresOn, today)
    if (expiry.state === 'expired') {
      const values = { ...who, kind, on: String(expiresOn) }
      if (gatesPublishing) blocks.push({ key: 'doctor.credentialExpired', values })
      else warnings.push({ key: 'doctor.credentialLapsed', values })
    } else if (expiry.state === 'soon') {
      warnings.push(
        expiry.days === 0
          ? { key: 'doctor.credentialToday', values: { ...who, kind } }
          : { key: 'doctor.credentialSoon', values: { ...who, kind, days: expiry.days } },
      )
    }
  }
  const filedOn = doctor.internetScienceFiledOn
  if (!filedOn || filedOn > today) blocks.push({ key: 'doctor.notFiled', values: who })
  return readinessOf(blocks, warnings)
}

/** Nothing may hang on a doctor who leaves the lists. */
export function doctorArchiveVerdict(
  doctor: Pick<Doctor, 'name' | 'accounts' | 'ledLines'>,
): Verdict {
  const { name, accounts, ledLines } = doctor
  if (accounts + ledLines === 0) return yes
  return no('doctor.inUse', { doctor: name, accounts, lines: ledLines })
}

export function credentialPeriodVerdict(
  credential: Pick<Credential, 'issuedOn' | 'expiresOn'>,
): Verdict {
  const { issuedOn, expiresOn } = credential
  return issuedOn && expiresOn && expiresOn < issuedOn ? no('doctor.expiresBeforeIssued') : yes
}
