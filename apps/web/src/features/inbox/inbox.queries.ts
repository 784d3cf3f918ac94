import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EndpointInput } from '@xingbo/shared/contract'
import type { NoticeKind } from '@xingbo/shared/inbox/notice'
import * as api from '@xingbo/shared/inbox/notice.schema'
import * as robotApi from '@xingbo/shared/inbox/robot.schema'
import { liveQueries } from '../../lib/live.ts'
import { request } from '../../lib/request.ts'

const root = ['inbox'] as const
export type InboxSearch = {
  kind?: NoticeKind | undefined
  show?: 'all' | undefined
  page?: number | undefined
  pageSize?: number | undefined
}

export const inboxQueries = {
  list: (query: InboxSearch) =>
    queryOptions({
      queryKey: [...root, 'list', query],
      queryFn: ({ signal }) => request(api.listNotices, { query }, signal),
    }),
  count: () =>
    queryOptions({
      queryKey: [...root, 'count'],
      queryFn: ({ signal }) => request(api.countNotices, {}, signal),
    }),
}
liveQueries('notice', root)

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: root })

/** Without ids: everything of mine. */
export const readMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (ids?: string[]) => request(api.readNotices, { body: { ids } }),
    onSettled: () => refresh(client),
  })

export const muteMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (kinds: NoticeKind[]) => request(api.muteKinds, { body: { kinds } }),
    onSettled: () => refresh(client),
  })

const settingsKey = ['notice-settings'] as const
export const noticeSettingsQuery = queryOptions({
  queryKey: settingsKey,
  queryFn: ({ signal }) => request(api.getNoticeSettings, {}, signal),
})
export const noticeSettingsMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: api.NoticeSettings) => request(api.changeNoticeSettings, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: settingsKey }),
    meta: { errors: 'shown' },
  })

const robots = ['robots'] as const
export const robotQueries = {
  all: () => robots,
  list: () =>
    queryOptions({
      queryKey: [...robots, 'list'],
      queryFn: ({ signal }) => request(robotApi.listRobots, {}, signal),
    }),
  messages: (robotId: string) =>
    queryOptions({
      queryKey: [...robots, 'messages', robotId],
      queryFn: ({ signal }) => request(robotApi.listRobotMessages, { params: { robotId } }, signal),
    }),
}
liveQueries('robot', robots)

const refreshRobots = (client: QueryClient) => client.invalidateQueries({ queryKey: robots })
export const addRobotMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: EndpointInput<typeof robotApi.addRobot>['body']) =>
      request(robotApi.addRobot, { body }),
    onSettled: () => refreshRobots(client),
    meta: { errors: 'shown' },
  })
type RobotChange = { robotId: string; body: EndpointInput<typeof robotApi.changeRobot>['body'] }
export const changeRobotMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ robotId, body }: RobotChange) =>
      request(robotApi.changeRobot, { params: { robotId }, body }),
    onSettled: () => refreshRobots(client),
    meta: { errors: 'shown' },
  })
export const removeRobotMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, revision }: Pick<robotApi.Robot, 'id' | 'revision'>) =>
      request(robotApi.removeRobot, { params: { robotId: id }, body: { revision } }),
    onSettled: () => refreshRobots(client),
  })
export const testRobotMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (robotId: string) => request(robotApi.testRobot, { params: { robotId } }),
    onSettled: () => refreshRobots(client),
  })
