import type * as api from '@xingbo/shared/content/topic.schema'
import type { Actor } from '@xingbo/shared/identity/actor'
import type { z } from 'zod'
import { newId } from '../../db/new-id.ts'
import type { Deps } from '../../deps.ts'
import { DomainError, found } from '../../http/errors.ts'
import { recordAudit } from '../audit/audit.ts'
import { stale } from '../audit/stale.ts'
import type { ContentDetail } from './content.repository.ts'
import { addContentIn, contentOf } from './content.service.ts'
import { changesOf, checkReferences } from './references.service.ts'
import {
  findTopicRow,
  findTopicView,
  insertTopic,
  listTopicViews,
  type TopicView,
  updateTopicRow,
} from './topic.repository.ts'

export const topicsOf = (deps: Deps, actor: Actor, query: z.output<typeof api.listTopics.query>) =>
  listTopicViews(deps.db.read, actor.institutionId, query)

export async function addTopic(
  deps: Deps,
  actor: Actor,
  input: z.output<typeof api.createTopic.body>,
): Promise<TopicView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    await checkReferences(tx, institutionId, input)
    const at = deps.now()
    const id = newId('top', at.getTime())
    await insertTopic(tx, {
      id,
      institutionId,
      ...input,
      createdAt: at,
      updatedAt: at,
      updatedBy: actor.userId,
    })
    await recordAudit(tx, actor, at, {
      action: 'topic.created',
      subjectType: 'topic',
      subjectId: id,
      detail: { title: input.title },
    })
    return found(await findTopicView(tx, institutionId, id))
  })
}

export async function changeTopic(
  deps: Deps,
  actor: Actor,
  { topicId, revision, ...patch }: z.output<typeof api.updateTopic.body> & { topicId: string },
): Promise<TopicView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    const before = found(await findTopicRow(tx, institutionId, topicId))
    if (before.revision !== revision) throw await stale(tx, 'topic', topicId)
    if (before.archivedAt) throw new DomainError('RULE_VIOLATION', { key: 'row.archived' })
    const { set, changes } = changesOf(before, patch)
    if (Object.keys(changes).length === 0)
      return found(await findTopicView(tx, institutionId, topicId))
    await checkReferences(tx, institutionId, set)
    const at = deps.now()
    const row = await updateTopicRow(
      tx,
      { institutionId, id: topicId, revision },
      { ...set, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'topic', topicId)
    await recordAudit(tx, actor, at, {
      action: 'topic.changed',
      subjectType: 'topic',
      subjectId: topicId,
      detail: { changes },
    })
    return found(await findTopicView(tx, institutionId, topicId))
  })
}

/** Takes a topic out of the lists or brings it back; asking for what already is does nothing twice. */
export async function archiveTopic(
  deps: Deps,
  actor: Actor,
  input: { topicId: string; revision: number; archived: boolean },
): Promise<TopicView> {
  const { institutionId } = actor
  return deps.db.inTransaction(async (tx) => {
    found(await findTopicRow(tx, institutionId, input.topicId))
    const at = deps.now()
    const row = await updateTopicRow(
      tx,
      { institutionId, id: input.topicId, revision: input.revision },
      { archivedAt: input.archived ? at : null, updatedAt: at, updatedBy: actor.userId },
    )
    if (!row) throw await stale(tx, 'topic', input.topicId)
    await recordAudit(tx, actor, at, {
      action: input.archived ? 'topic.archived' : 'topic.restored',
      subjectType: 'topic',
      subjectId: input.topicId,
      detail: {},
    })
    return found(await findTopicView(tx, institutionId, input.topicId))
  })
}

/** Makes a content item of a topic; it starts in `scripting`, since the topic was chosen by starting it. */
export async function startTopic(
  deps: Deps,
  actor: Actor,
  { topicId, ...input }: z.output<typeof api.startTopic.body> & { topicId: string },
): Promise<ContentDetail> {
  const id = await deps.db.inTransaction(async (tx) => {
    const topic = found(await findTopicRow(tx, actor.institutionId, topicId))
    return addContentIn(deps, tx, actor, {
      title: topic.title,
      topicId,
      stage: 'scripting',
      doctorId: input.doctorId === undefined ? topic.doctorId : input.doctorId,
      departmentId: topic.departmentId,
      specialtyLineId: topic.specialtyLineId,
      ownerUserId: input.ownerUserId === undefined ? actor.userId : input.ownerUserId,
      producerUserId: null,
      platforms: input.platforms,
      dueOn: input.dueOn,
      nature: 'science',
      format: topic.format,
    })
  })
  return contentOf(deps, actor.institutionId, id)
}
