import { doctorReadiness } from '@xingbo/shared/doctors/doctor.rules'
import type { Doctor } from '@xingbo/shared/doctors/doctor.schema'
import { useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useToday } from '../../lib/today.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReadinessList } from '../../ui/Readiness.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { doctorTexts } from './doctor.texts.ts'

/** Whether anything of this doctor may go out. */
export function DoctorReadiness({ doctor }: { doctor: Doctor }) {
  const t = useTexts(doctorTexts)
  const today = useToday()
  return (
    <Panel title={t('readiness')}>
      <ReadinessList readiness={doctorReadiness(doctor, doctor.credentials, today)} />
    </Panel>
  )
}

export function DoctorFacts({ doctor }: { doctor: Doctor }) {
  const t = useTexts(doctorTexts)
  const formats = useFormats()
  const filedOn = doctor.internetScienceFiledOn
  const filed = filedOn ? (
    formats.day(filedOn)
  ) : (
    <StatusTag tone="blocked">{t('notFiled')}</StatusTag>
  )
  return (
    <Panel title={t('facts')}>
      <Facts
        facts={[
          [t('department'), doctor.departmentName],
          [t('doctorTitle'), doctor.title],
          [t('scope'), doctor.scope],
          [t('primaryPractice'), doctor.primaryPractice],
          [t('specialties'), doctor.specialties.join('、')],
          [t('filedOn'), filed],
          [
            t('minutesPerWeek'),
            doctor.minutesPerWeek !== null && t('minutesText', { n: doctor.minutesPerWeek }),
          ],
        ]}
      />
    </Panel>
  )
}
