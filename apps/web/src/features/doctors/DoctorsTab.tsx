import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { doctorReadiness } from '@xingbo/shared/doctors/doctor.rules'
import type { Doctor } from '@xingbo/shared/doctors/doctor.schema'
import { Button, Flex, Select, Space } from 'antd'
import { departmentChoices } from '../../lib/choices.ts'
import { useTexts } from '../../lib/i18n.ts'
import type { ListSearch } from '../../lib/list-search.ts'
import { useMay } from '../../lib/me.ts'
import { useToday } from '../../lib/today.ts'
import { ArchivedFilter } from '../../ui/ArchivedFilter.tsx'
import { ExpiryTag } from '../../ui/ExpiryTag.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { ReadinessTag } from '../../ui/Readiness.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { StatusTag } from '../../ui/StatusTag.tsx'
import { DoctorDrawer } from './DoctorDrawer.tsx'
import { doctorQueries } from './doctor.queries.ts'
import { doctorTexts } from './doctor.texts.ts'

type DoctorSearch = ListSearch & { departmentId?: string | undefined }

type DoctorsTabProps = {
  search: DoctorSearch
  onSearch: (patch: Partial<DoctorSearch>) => void
  onOpen: (doctorId: string) => void
  creating: boolean
  onCreate: () => void
  onClose: () => void
}

/** The credential that ends first; the server lists them in that order. */
const nextToExpire = (doctor: Doctor) => doctor.credentials.find(({ expiresOn }) => expiresOn)

export function DoctorsTab(props: DoctorsTabProps) {
  const { search, onSearch, onOpen, creating, onCreate, onClose } = props
  const t = useTexts(doctorTexts)
  const today = useToday()
  const may = useMay()
  const query = useQuery({ ...doctorQueries.list(search), placeholderData: keepPreviousData })
  const departments = useQuery(departmentChoices)

  const status = (row: Doctor) =>
    row.archived ? (
      <StatusTag tone="ended">{t('archived')}</StatusTag>
    ) : (
      <ReadinessTag readiness={doctorReadiness(row, row.credentials, today)} />
    )
  const expiry = (row: Doctor) => {
    const next = nextToExpire(row)
    return (
      next && (
        <Space size={8}>
          <span>{next.kind}</span>
          <ExpiryTag expiresOn={next.expiresOn} />
        </Space>
      )
    )
  }
  const columns: Columns<Doctor> = [
    { key: 'name', title: t('name'), dataIndex: 'name' },
    { key: 'title', title: t('doctorTitle'), dataIndex: 'title' },
    { key: 'department', title: t('department'), dataIndex: 'departmentName' },
    {
      key: 'specialties',
      title: t('specialties'),
      ellipsis: true,
      render: (_, row) => row.specialties.join('、'),
    },
    { key: 'expiry', title: t('nextExpiry'), render: (_, row) => expiry(row) },
    { key: 'status', title: t('readiness'), render: (_, row) => status(row) },
  ]
  return (
    <>
      <Flex wrap gap={8} style={{ marginBottom: 12 }}>
        <SearchField
          value={search.q}
          placeholder={t('search')}
          onChange={(q) => onSearch({ q, page: undefined })}
        />
        <Select
          aria-label={t('department')}
          allowClear
          placeholder={t('allDepartments')}
          style={{ width: 150 }}
          {...(search.departmentId && { value: search.departmentId })}
          options={departments.data?.items.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(departmentId?: string) => onSearch({ departmentId, page: undefined })}
        />
        <ArchivedFilter
          value={search.archived}
          onChange={(archived) => onSearch({ archived, page: undefined })}
        />
      </Flex>
      <QueryTable
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        search={search}
        onSearch={onSearch}
        filtered={search.q !== undefined || search.departmentId !== undefined}
        onClearFilters={() => onSearch({ q: undefined, departmentId: undefined, page: undefined })}
        empty={
          search.archived === 'only'
            ? { title: t('archivedNone') }
            : {
                title: t('noDoctors'),
                hint: t('noDoctorsHint'),
                action: may('POST /api/doctors') && (
                  <Button type="primary" onClick={onCreate}>
                    {t('addDoctor')}
                  </Button>
                ),
              }
        }
        onOpen={(row) => onOpen(row.id)}
        card={(row) => (
          <Space orientation="vertical" size={4}>
            <Space wrap>
              <strong>{row.name}</strong>
              {status(row)}
            </Space>
            <span>
              {row.title} · {row.departmentName}
            </span>
            {expiry(row)}
          </Space>
        )}
      />
      <DoctorDrawer doctor={creating ? 'new' : null} onClose={onClose} onCreated={onOpen} />
    </>
  )
}
