import { useQuery } from '@tanstack/react-query'
import {
  institutionTierLabels,
  ownershipLabels,
} from '@xingbo/shared/institutions/institution.labels'
import { Skeleton, Space } from 'antd'
import { useFormats } from '../../lib/formats.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ExpiryTag } from '../../ui/ExpiryTag.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { EditInstitution } from './InstitutionDrawers.tsx'
import { institutionQuery } from './institution.queries.ts'
import { institutionTexts } from './institution.texts.ts'

type InstitutionPanelProps = { editing: boolean; onClose: () => void }

/** Who the institution is, as on its licence. */
export function InstitutionPanel({ editing, onClose }: InstitutionPanelProps) {
  const t = useTexts(institutionTexts)
  const formats = useFormats()
  const tier = useLabel(institutionTierLabels)
  const ownership = useLabel(ownershipLabels)
  const { data, error, refetch } = useQuery(institutionQuery)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active />
  return (
    <Panel title={data.name}>
      <Facts
        facts={[
          [t('shortName'), data.shortName],
          [t('city'), data.city],
          [t('tier'), data.tier && tier(data.tier)],
          [t('ownership'), data.ownership && ownership(data.ownership)],
          [t('level'), data.level],
          [t('kind'), data.kind],
          [t('licenseNumber'), data.licenseNumber],
          [
            t('licenseExpiresOn'),
            data.licenseExpiresOn && (
              <Space wrap>
                {formats.day(data.licenseExpiresOn)}
                <ExpiryTag expiresOn={data.licenseExpiresOn} onlyIfSoon />
              </Space>
            ),
          ],
          [t('timeZone'), data.timeZone],
          [t('duplicateDays'), t('days', { n: data.duplicateDays })],
          [t('goal'), data.goal],
        ]}
      />
      <EditInstitution institution={data} open={editing} onClose={onClose} />
    </Panel>
  )
}
