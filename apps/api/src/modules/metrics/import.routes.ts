import type { Actor } from '@xingbo/shared/identity/actor'
import { importCan } from '@xingbo/shared/metrics/import.rules'
import * as api from '@xingbo/shared/metrics/import.schema'
import { importKinds } from '@xingbo/shared/metrics/import-kind'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { languageOf } from '../../http/error-handler.ts'
import { DomainError, found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { presentImport, presentImportRow, presentReportRow } from './import.presenter.ts'
import {
  findImportView,
  type ImportRowView,
  listImportRows,
  listImportViews,
} from './import.repository.ts'
import { importFile } from './import.service.ts'
import { answerImportRow } from './import-answer.service.ts'
import { importReportCsv } from './parsing/report.ts'
import { pendingOf } from './pending-row.service.ts'
import { listPublicationsById } from './snapshot.repository.ts'

const form = z.object({
  kind: z.enum(importKinds),
  accountId: z.string().min(1).nullable().default(null),
  asOf: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .nullable()
    .default(null),
})

/** For showing only: the last part of the path, without a phone number somebody put into it. */
const shownName = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\p{C}/gu, '')
    .replace(/1[3-9]\d{9}/g, '…')
    .slice(0, 200) || '—'

export const importRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { read } = deps.db

  /** The form's fields and its file, whatever their order. */
  async function readForm(request: FastifyRequest) {
    const part = await request.file({ limits: { fileSize: api.importFileBytes } })
    if (!part) throw new DomainError('RULE_VIOLATION', { key: 'metrics.import.fileNeeded' })
    const bytes = await part.toBuffer()
    const field = (name: string) => {
      const value = part.fields[name]
      return value && 'value' in value && value.value !== '' ? value.value : undefined
    }
    const fields = form.safeParse({
      kind: field('kind'),
      accountId: field('accountId'),
      asOf: field('asOf'),
    })
    if (!fields.success) throw new DomainError('VALIDATION', { key: 'request.invalid' })
    return { ...fields.data, fileName: shownName(part.filename), bytes }
  }

  async function openImport(actor: Actor, importId: string) {
    const view = found(await findImportView(read, actor.institutionId, importId))
    const may = importCan.readRows(actor.role, view.row.kind)
    if (!may.ok) throw new DomainError('FORBIDDEN', may.reason)
    return view
  }

  async function publicationsOf(institutionId: string, rows: readonly ImportRowView[]) {
    const ids = new Set(
      rows.flatMap(({ publicationId, candidates }) => [
        ...(publicationId === null ? [] : [publicationId]),
        ...candidates.map((candidate) => candidate.publicationId),
      ]),
    )
    const list = await listPublicationsById(read, institutionId, [...ids])
    return new Map(list.map((one) => [one.id, one]))
  }

  app.route({
    ...toRoute(api.listImports),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { items, total } = await listImportViews(read, institutionId, request.query)
      return { items: items.map(presentImport), total }
    },
  })
  app.route({
    ...toRoute(api.createImport),
    handler: async (request) =>
      presentImport(await importFile(deps, actorOf(request), await readForm(request))),
  })
  app.route({
    ...toRoute(api.getImport),
    handler: async (request) => {
      const actor = actorOf(request)
      const view = await openImport(actor, request.params.importId)
      const { items, total } = await listImportRows(read, view.row.id, request.query)
      const publications = await publicationsOf(actor.institutionId, items)
      return {
        import: presentImport(view),
        rows: {
          items: items.map((row) => presentImportRow(row, pendingOf(row), publications)),
          total,
        },
      }
    },
  })
  app.route({
    ...toRoute(api.getImportReport),
    handler: async (request, reply) => {
      const actor = actorOf(request)
      const { row: file } = await openImport(actor, request.params.importId)
      const { items } = await listImportRows(read, file.id, {})
      const publications = await publicationsOf(actor.institutionId, items)
      const csv = importReportCsv(
        items.map((row) => presentReportRow(row, publications)),
        languageOf(request),
      )
      return reply
        .header('content-disposition', `attachment; filename="import-${file.id}.csv"`)
        .header('cache-control', 'private, no-store')
        .type('text/csv; charset=utf-8')
        .send(Buffer.from(csv))
    },
  })
  app.route({
    ...toRoute(api.resolveImportRow),
    handler: async (request) => {
      const actor = actorOf(request)
      const row = await answerImportRow(deps, actor, request.params, request.body)
      return presentImportRow(row, null, await publicationsOf(actor.institutionId, [row]))
    },
  })
}
