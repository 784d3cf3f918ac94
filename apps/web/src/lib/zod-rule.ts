import { issueSentence } from '@xingbo/shared/issues'
import type { FormRule } from 'antd'
import type { z } from 'zod'
import { getLanguage } from './i18n.ts'

/**
 * Lets an antd field use the same zod check as the API, in our own words:
 * `<Form.Item name="title" required rules={[zodRule(createTopic.body.shape.title)]}>`.
 * An empty field counts as absent, so that `.optional()` and `.nullable()` fields may stay empty.
 */
export const zodRule = (schema: z.ZodType): FormRule => ({
  validator: async (_, value: unknown) => {
    const result = await schema.safeParseAsync(value === '' ? undefined : value, {
      reportInput: true,
    })
    if (result.success) return
    // An optional text that is empty is fine even where the schema has no `.optional()` but a default.
    if ((value === '' || value === undefined) && (await schema.safeParseAsync('')).success) return
    const [issue] = result.error.issues
    if (issue) throw new Error(issueSentence(issue, getLanguage()))
  },
})
