import * as accountApi from '@xingbo/shared/accounts/account.schema'
import { platforms } from '@xingbo/shared/accounts/platform'
import { getPlatformSettings } from '@xingbo/shared/accounts/platform-settings.schema'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { found } from '../../http/errors.ts'
import { actorOf, toRoute } from '../../http/route.ts'
import { waitingPostsOf } from '../publishing/account-posts.service.ts'
import { modeOf, presentAccount, presentConnection } from './account.presenter.ts'
import { findAccountView, listAccountViews } from './account.repository.ts'
import { addAccount, changeAccount, putAccountAway } from './account.service.ts'
import {
  callbackUrlOf,
  connectByApp,
  finishConnect,
  startConnect,
} from './account-connect.service.ts'
import { changeOwner } from './account-owner.service.ts'
import { resumeAccount } from './account-unsure.service.ts'
import { findConnection } from './connection.repository.ts'
import { showEventSettings } from './event-keys.service.ts'

export const accountRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.route({
    ...toRoute(accountApi.listAccounts),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { items, total } = await listAccountViews(deps.db.read, institutionId, request.query)
      return { items: items.map(presentAccount), total }
    },
  })
  app.route({
    ...toRoute(accountApi.getAccount),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { accountId } = request.params
      return presentAccount(found(await findAccountView(deps.db.read, institutionId, accountId)))
    },
  })
  app.route({
    ...toRoute(accountApi.createAccount),
    handler: async (request) =>
      presentAccount(await addAccount(deps, actorOf(request), request.body)),
  })
  app.route({
    ...toRoute(accountApi.updateAccount),
    handler: async (request) =>
      presentAccount(
        await changeAccount(deps, actorOf(request), request.params.accountId, request.body),
      ),
  })
  app.route({
    ...toRoute(accountApi.setAccountOwner),
    handler: async (request) =>
      presentAccount(
        await changeOwner(deps, actorOf(request), request.params.accountId, request.body.userId),
      ),
  })
  app.route({
    ...toRoute(accountApi.archiveAccount),
    handler: async (request) =>
      presentAccount(
        await putAccountAway(deps, actorOf(request), request.params.accountId, request.body),
      ),
  })
  app.route({
    ...toRoute(accountApi.connectAccount),
    handler: (request) => startConnect(deps, actorOf(request), request.params.accountId),
  })
  app.route({
    ...toRoute(accountApi.connectAccountByApp),
    handler: async (request) =>
      presentAccount(
        await connectByApp(deps, actorOf(request), request.params.accountId, request.body),
      ),
  })
  app.route({
    ...toRoute(accountApi.getAccountConnection),
    handler: async (request) => {
      const { institutionId } = actorOf(request)
      const { accountId } = request.params
      const row = found(await findConnection(deps.db.read, institutionId, accountId))
      const held = row.health === 'reauth_needed' || row.pausedAt !== null
      const posts = held ? await waitingPostsOf(deps.db.read, row) : []
      return presentConnection(row, posts.length)
    },
  })
  app.route({
    ...toRoute(accountApi.showEventSettings),
    handler: (request) => showEventSettings(deps, actorOf(request), request.params.accountId),
  })
  app.route({
    ...toRoute(accountApi.resumeAccount),
    handler: async (request) =>
      presentAccount(
        await resumeAccount(deps, actorOf(request), request.params.accountId, request.body.reason),
      ),
  })
  // No page of ours calls this one: the platform sends the browser here.
  app.route({
    method: 'GET',
    url: '/api/oauth/:platform/callback',
    schema: {
      summary: 'Where a platform sends the browser back; redirects to the account',
      tags: ['accounts'],
      params: z.object({ platform: z.enum(platforms) }),
      querystring: z.object({
        code: z.string().max(500).optional().catch(undefined),
        state: z.string().max(200).optional().catch(undefined),
      }),
    },
    handler: async (request, reply) => {
      const { params, query } = request
      const { accountId, outcome } = await finishConnect(
        deps,
        request.actor,
        params.platform,
        query,
      )
      const page = accountId ? `/accounts/${accountId}?` : '/institution?tab=accounts&'
      return reply.header('cache-control', 'no-store').redirect(`${page}connect=${outcome}`)
    },
  })
  app.route({
    ...toRoute(getPlatformSettings),
    handler: async () => platformSettings(deps),
  })
}

/** Where each platform is and whether we are somebody there; never who. */
function platformSettings({ settings }: Deps) {
  const { publicUrl, sandboxPort } = settings
  const { kuaishou, douyin, bilibili, weibo, wechatOa } = settings.platforms
  return {
    publicUrl,
    douyinDirect: douyin.direct,
    items: [
      {
        platform: 'kuaishou' as const,
        baseUrl: kuaishou.baseUrl,
        mode: modeOf(kuaishou.baseUrl, 'kuaishou.com', sandboxPort),
        credentialsSet: kuaishou.appId !== '' && kuaishou.appSecret !== '',
        settings: [
          'KUAISHOU_APP_ID',
          'KUAISHOU_APP_SECRET',
          'KUAISHOU_BASE_URL',
          'KUAISHOU_UPLOAD_HOSTS',
        ],
        callbackUrl: callbackUrlOf(publicUrl, 'kuaishou'),
      },
      {
        platform: 'bilibili' as const,
        baseUrl: bilibili.baseUrl,
        mode: modeOf(bilibili.baseUrl, 'bilibili.com', sandboxPort),
        credentialsSet: bilibili.clientId !== '' && bilibili.clientSecret !== '',
        settings: [
          'BILIBILI_CLIENT_ID',
          'BILIBILI_CLIENT_SECRET',
          'BILIBILI_BASE_URL',
          'BILIBILI_ACCOUNT_URL',
          'BILIBILI_TOKEN_URL',
          'BILIBILI_UPLOAD_URL',
          'BILIBILI_TID',
        ],
        callbackUrl: callbackUrlOf(publicUrl, 'bilibili'),
      },
      {
        platform: 'weibo' as const,
        baseUrl: weibo.baseUrl,
        mode: modeOf(weibo.baseUrl, 'weibo.com', sandboxPort),
        credentialsSet: weibo.appKey !== '' && weibo.appSecret !== '',
        settings: ['WEIBO_APP_KEY', 'WEIBO_APP_SECRET', 'WEIBO_BASE_URL', 'WEIBO_REAL_IP'],
        callbackUrl: callbackUrlOf(publicUrl, 'weibo'),
      },
      {
        platform: 'douyin' as const,
        baseUrl: douyin.baseUrl,
        mode: modeOf(douyin.baseUrl, 'douyin.com', sandboxPort),
        credentialsSet: douyin.clientKey !== '' && douyin.clientSecret !== '',
        settings: ['DOUYIN_CLIENT_KEY', 'DOUYIN_CLIENT_SECRET', 'DOUYIN_BASE_URL', 'DOUYIN_DIRECT'],
        callbackUrl: `${publicUrl}/api/webhooks/douyin`,
      },
      {
        platform: 'wechat_oa' as const,
        baseUrl: wechatOa.baseUrl,
        mode: modeOf(wechatOa.baseUrl, 'weixin.qq.com', sandboxPort),
        // Each account has an AppID, a secret and an address of its own.
        credentialsSet: null,
        settings: ['WECHAT_OA_BASE_URL'],
        callbackUrl: null,
      },
    ],
  }
}
