import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Department } from '@xingbo/shared/institutions/department.schema'
import { departmentArchiveVerdict } from '@xingbo/shared/institutions/institution.rules'
import { Button, Flex, Space } from 'antd'
import { useState } from 'react'
import { useTexts } from '../../lib/i18n.ts'
import type { ListSearch } from '../../lib/list-search.ts'
import { useMay } from '../../lib/me.ts'
import { ArchiveButton } from '../../ui/ArchiveButton.tsx'
import { ArchivedFilter } from '../../ui/ArchivedFilter.tsx'
import { type Columns, QueryTable } from '../../ui/QueryTable.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { DepartmentDrawer } from './DepartmentDrawer.tsx'
import { archiveDepartmentMutation, departmentQueries } from './institution.queries.ts'
import { institutionTexts } from './institution.texts.ts'

type DepartmentsTabProps = {
  search: ListSearch
  onSearch: (patch: Partial<ListSearch>) => void
  creating: boolean
  onCreate: () => void
  onClose: () => void
}

export function DepartmentsTab(props: DepartmentsTabProps) {
  const { search, onSearch, creating, onCreate, onClose } = props
  const t = useTexts(institutionTexts)
  const may = useMay()
  const mayEdit = may('PATCH /api/departments/:departmentId')
  const [edited, setEdited] = useState<Department | null>(null)
  const query = useQuery({ ...departmentQueries.list(search), placeholderData: keepPreviousData })
  const archive = useMutation(archiveDepartmentMutation(useQueryClient()))

  const holds = (row: Department) =>
    t('holdsText', { doctors: row.doctors, lines: row.lines, accounts: row.accounts })
  const actions = (row: Department) => (
    <ArchiveButton
      type="text"
      row={row}
      name={row.name}
      verdict={departmentArchiveVerdict(row)}
      onArchive={(body) => archive.mutateAsync({ params: { departmentId: row.id }, body })}
    />
  )
  const columns: Columns<Department> = [
    { key: 'name', title: t('departmentName'), dataIndex: 'name' },
    { key: 'aliases', title: t('aliases'), render: (_, row) => row.aliases.join('、') },
    { key: 'holds', title: t('holds'), render: (_, row) => holds(row) },
    ...(mayEdit
      ? [
          {
            key: 'actions',
            title: t('actions'),
            width: 96,
            render: (_: unknown, row: Department) => actions(row),
          },
        ]
      : []),
  ]
  return (
    <>
      <Flex wrap gap={8} style={{ marginBottom: 12 }}>
        <SearchField
          value={search.q}
          placeholder={t('searchDepartments')}
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
                title: t('noDepartments'),
                hint: t('noDepartmentsHint'),
                action: mayEdit && (
                  <Button type="primary" onClick={onCreate}>
                    {t('addDepartment')}
                  </Button>
                ),
              }
        }
        {...(mayEdit && { onOpen: (row: Department) => !row.archived && setEdited(row) })}
        card={(row) => (
          <Space orientation="vertical" size={2}>
            <strong>{row.name}</strong>
            {row.aliases.length > 0 && <span>{row.aliases.join('、')}</span>}
            <span className="soft">{holds(row)}</span>
          </Space>
        )}
        {...(mayEdit && { cardActions: actions })}
      />
      <DepartmentDrawer
        department={creating ? 'new' : edited}
        onClose={creating ? onClose : () => setEdited(null)}
      />
    </>
  )
}
