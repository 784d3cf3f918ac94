import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type Department,
  departmentFields as fields,
} from '@xingbo/shared/institutions/department.schema'
import { Form, Input, Select } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { zodRule } from '../../lib/zod-rule.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import {
  createDepartmentMutation,
  departmentQueries,
  updateDepartmentMutation,
} from './institution.queries.ts'
import { institutionTexts } from './institution.texts.ts'

type Values = { name: string; aliases: string[] }

type DepartmentDrawerProps = {
  /** Which to edit; `'new'` to add one; `null` while closed. */
  department: Department | 'new' | null
  onClose: () => void
}

export function DepartmentDrawer({ department, onClose }: DepartmentDrawerProps) {
  const t = useTexts(institutionTexts)
  const client = useQueryClient()
  const create = useMutation(createDepartmentMutation(client))
  const update = useMutation(updateDepartmentMutation(client))
  const old = department === 'new' ? null : department
  return (
    <FormDrawer<Values>
      open={department !== null}
      onClose={onClose}
      title={old ? t('editDepartment') : t('addDepartment')}
      initialValues={old ? { name: old.name, aliases: old.aliases } : { aliases: [] }}
      onSubmit={(values) =>
        old
          ? update.mutateAsync({
              params: { departmentId: old.id },
              body: { revision: old.revision, ...values },
            })
          : create.mutateAsync(values)
      }
      {...(old && {
        onRefresh: () => client.invalidateQueries({ queryKey: departmentQueries.all() }),
      })}
    >
      <Form.Item name="name" label={t('departmentName')} required rules={[zodRule(fields.name)]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="aliases"
        label={t('aliases')}
        extra={t('aliasesHint')}
        rules={[zodRule(fields.aliases)]}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={['、', ',', '，', ' ']}
        />
      </Form.Item>
    </FormDrawer>
  )
}
