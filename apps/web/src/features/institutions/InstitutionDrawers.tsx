import { useMutation, useQueryClient } from '@tanstack/react-query'
import { defaultZone } from '@xingbo/shared/dates'
import type { Institution } from '@xingbo/shared/institutions/institution.schema'
import { Alert, App } from 'antd'
import { useTexts } from '../../lib/i18n.ts'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { InstitutionFields } from './InstitutionFields.tsx'
import {
  createInstitutionMutation,
  institutionQuery,
  updateInstitutionMutation,
} from './institution.queries.ts'
import { institutionTexts } from './institution.texts.ts'

type Values = Omit<Institution, 'id' | 'revision'>

type EditInstitutionProps = { institution: Institution; open: boolean; onClose: () => void }

export function EditInstitution({ institution, open, onClose }: EditInstitutionProps) {
  const t = useTexts(institutionTexts)
  const client = useQueryClient()
  const update = useMutation(updateInstitutionMutation(client))
  const { id: _, revision, ...values } = institution
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={t('editInstitution')}
      initialValues={values}
      onSubmit={(body) => update.mutateAsync({ ...body, revision })}
      onRefresh={() => client.invalidateQueries({ queryKey: institutionQuery.queryKey })}
    >
      <InstitutionFields />
    </FormDrawer>
  )
}

/** Another tenant. Said plainly before it is made, because it cannot be unmade. */
export function NewInstitution({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts(institutionTexts)
  const { message } = App.useApp()
  const create = useMutation(createInstitutionMutation(useQueryClient()))
  const submit = async (body: Values) => {
    const { name } = await create.mutateAsync(body)
    void message.success(t('institutionCreated', { name }))
  }
  return (
    <FormDrawer<Values>
      open={open}
      onClose={onClose}
      title={t('newInstitution')}
      submitLabel={t('create')}
      initialValues={{ tier: '', ownership: '', timeZone: defaultZone, duplicateDays: 30 }}
      onSubmit={submit}
    >
      <Alert type="info" showIcon title={t('newInstitutionHint')} style={{ marginBottom: 16 }} />
      <InstitutionFields />
    </FormDrawer>
  )
}
