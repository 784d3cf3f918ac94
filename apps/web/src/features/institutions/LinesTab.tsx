import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SpecialtyLine } from '@xingbo/shared/institutions/specialty-line.schema'
import { Button, Flex, Space } from 'antd'
import { useState } from 'react'
import { unknown, useFormats } from '../../lib/formats.ts'
import { useTexts } from '../../lib/i18n.ts'
import type { ListSearch } from '../../lib/list-search.ts'
import { useMay } from '../../lib/me.ts'
import { ArchiveButton } from '../../ui/ArchiveButton.tsx'
import { ArchivedFilter } from '../../ui/ArchivedFilter.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { archiveLineMutation, lineQueries } from './institution.queries.ts'
import { institutionTexts } from './institution.texts.ts'
import { LineDrawer } from './LineDrawer.tsx'

type LinesTabProps = {
  search: ListSearch
  onSearch: (patch: Partial<ListSearch>) => void
  creating: boolean
  onCreate: () => void
  onClose: () => void
}

export function LinesTab({ search, onSearch, creating, onCreate, onClose }: LinesTabProps) {
  const t = useTexts(institutionTexts)
  const formats = useFormats()
  const may = useMay()
  const mayEdit = may('PATCH /api/specialty-lines/:lineId')
  const [edited, setEdited] = useState<SpecialtyLine | null>(null)
  const query = useQuery({ ...lineQueries.list(search), placeholderData: keepPreviousData })
  const archive = useMutation(archiveLineMutation(useQueryClient()))

  const actions = (row: SpecialtyLine) => (
    <ArchiveButton
      type="text"
      row={row}
      name={row.name}
      onArchive={(body) => archive.mutateAsync({ params: { lineId: row.id }, body })}
    />
  )
  const columns: Columns<SpecialtyLine> = [
    { key: 'name', title: t('lineName'), dataIndex: 'name' },
    {
      key: 'department',
      title: t('department'),
      render: (_, row) => row.departmentName ?? unknown,
    },
    { key: 'lead', title: t('leadDoctor'), render: (_, row) => row.leadDoctorName ?? unknown },
    { key: 'started', title: t('startedOn'), render: (_, row) => formats.day(row.startedOn) },
    {
      key: 'budget',
      title: t('monthlyBudget'),
      numeric: true,
      render: (_, row) => formats.money(row.monthlyBudgetFen),
    },
    {
      key: 'visits',
      title: t('targetVisits'),
      numeric: true,
      render: (_, row) => formats.exact(row.targetVisitsPerMonth),
    },
    { key: 'even', title: t('breakEvenBy'), render: (_, row) => formats.day(row.breakEvenBy) },
    ...(mayEdit
      ? [
          {
            key: 'actions',
            title: t('actions'),
            width: 96,
            render: (_: unknown, row: SpecialtyLine) => actions(row),
          },
        ]
      : []),
  ]
  return (
    <>
      <Flex wrap gap={8} style={{ marginBottom: 12 }}>
        <SearchField
          value={search.q}
          placeholder={t('searchLines')}
          onChange={(q) => onSearch({ q, page: undefined })}
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
        filtered={search.q !== undefined}
        onClearFilters={() => onSearch({ q: undefined, page: undefined })}
        empty={
          search.archived === 'only'
            ? { title: t('archivedNone') }
            : {
                title: t('noLines'),
                hint: t('noLinesHint'),
                action: mayEdit && (
                  <Button type="primary" onClick={onCreate}>
                    {t('addLine')}
                  </Button>
                ),
              }
        }
        {...(mayEdit && { onOpen: (row: SpecialtyLine) => !row.archived && setEdited(row) })}
        card={(row) => (
          <Space orientation="vertical" size={2}>
            <strong>{row.name}</strong>
            <span>
              {row.departmentName ?? unknown} · {row.leadDoctorName ?? unknown}
            </span>
            <span className="soft">
              {t('monthlyBudget')} {formats.money(row.monthlyBudgetFen)} · {t('breakEvenBy')}{' '}
              {formats.day(row.breakEvenBy)}
            </span>
          </Space>
        )}
        {...(mayEdit && { cardActions: actions })}
      />
      <LineDrawer
        line={creating ? 'new' : edited}
        onClose={creating ? onClose : () => setEdited(null)}
      />
    </>
  )
}
