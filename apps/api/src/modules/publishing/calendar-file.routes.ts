import { bizDate } from '@xingbo/shared/dates'
import * as api from '@xingbo/shared/publishing/calendar-file.schema'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { languageOf } from '../../http/error-handler.ts'
import { DomainError, found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { errorsFile, exportFile, templateFile } from './calendar-file.service.ts'
import { readCalendar } from './calendar-import.service.ts'
import { findScheduling } from './plan.repository.ts'
import { listPublicationViews } from './publication.repository.ts'

/** More than anybody plans in the months a calendar shows. */
const MOST_EXPORTED = 5_000
const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const satisfies Record<api.FileFormat, string>

const sendFile = (reply: FastifyReply, name: string, format: api.FileFormat, bytes: Buffer) =>
  reply
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'private, no-store')
    .type(types[format])
    .send(bytes)

async function fileOf(request: FastifyRequest): Promise<Buffer> {
  const part = await request.file({ limits: { fileSize: api.calendarFileBytes } })
  if (!part) throw new DomainError('RULE_VIOLATION', { key: 'metrics.import.fileNeeded' })
  return part.toBuffer()
}

/** The content calendar as a file: a template, an export, and what an import would do. */
export const calendarFileRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { read } = deps.db
  const zoneOf = async (institutionId: string) =>
    found(await findScheduling(read, institutionId)).zone
  const rowsOf = async (request: FastifyRequest) =>
    readCalendar(read, actorOf(request).institutionId, deps.now(), await fileOf(request))

  app.route({
    ...toRoute(api.getCalendarTemplate),
    handler: async (request, reply) => {
      const { format } = request.query
      const { institutionId } = actorOf(request)
      const bytes = await templateFile(read, institutionId, languageOf(request), format)
      return sendFile(reply, 'calendar-template', format, bytes)
    },
  })
  app.route({
    ...toRoute(api.exportCalendar),
    handler: async (request, reply) => {
      const { from, to, format, ...filter } = request.query
      const { institutionId } = actorOf(request)
      const zone = await zoneOf(institutionId)
      const { items } = await listPublicationViews(read, institutionId, {
        ...filter,
        from: new Date(from),
        to: new Date(to),
        page: 1,
        pageSize: MOST_EXPORTED,
      })
      const bytes = await exportFile(items, zone, languageOf(request), format)
      return sendFile(reply, `calendar-${bizDate(new Date(from), zone)}`, format, bytes)
    },
  })
  app.route({
    ...toRoute(api.readCalendarFile),
    handler: async (request) => ({ rows: await rowsOf(request) }),
  })
  app.route({
    ...toRoute(api.getCalendarFileErrors),
    handler: async (request, reply) =>
      sendFile(
        reply,
        'calendar-errors',
        'csv',
        errorsFile(await rowsOf(request), languageOf(request)),
      ),
  })
}
