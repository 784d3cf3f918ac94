import { join } from 'node:path'
import type { NoticeKind } from '@xingbo/shared/inbox/notice'
import type { RobotKind } from '@xingbo/shared/inbox/robot'
import type { Robot } from '@xingbo/shared/inbox/robot.schema'
import { onTestFinished } from 'vitest'
import type { Deps } from '../../../apps/api/src/deps.ts'
import { inboxDue, inboxHandlers } from '../../../apps/api/src/modules/inbox/inbox.jobs.ts'
import { notify, type Telling } from '../../../apps/api/src/modules/inbox/notice.service.ts'
import type { Ring } from '../../../apps/api/src/queue/job.ts'
import { sandboxRobots, sandboxRobotUrl } from '../../../apps/api/src/sandbox/robots.ts'
import { startSandbox } from '../../../apps/api/src/sandbox/sandbox.ts'
import { freePort } from '../../support/free-port.ts'
import { testApp } from '../../support/test-app.ts'

/** One message as the sandbox's group saw it. */
export type Heard = { kind: RobotKind; code: number; message: string; body: unknown }

/** The real app beside a sandbox that plays the robots on the same clock. */
export async function testInbox() {
  const port = await freePort()
  const house = await testApp({ XINGBO_SANDBOX_PORT: String(port) })
  const { deps, clock, as } = house
  const sandbox = await startSandbox({
    port,
    dir: join(house.dir, 'sandbox'),
    apps: deps.settings.platforms,
    now: () => clock.now,
  })
  onTestFinished(() => sandbox.close())

  const run = async (rings: readonly Ring[]) => {
    const handlers = new Map(inboxHandlers(deps).map((one) => [one.job.name, one]))
    for (const ring of rings) await handlers.get(ring.job)?.run(ring.payload as never)
    return rings.length
  }
  return {
    ...house,
    sandbox,
    /** What the rows say is due, done; as after a start with an empty queue. */
    sweep: async () => run(await inboxDue(deps)(clock.now)),
    heard: async (): Promise<Heard[]> =>
      (await (await fetch(`${sandbox.url}/__sandbox/robots`)).json()) as Heard[],
    addRobot: async (kind: RobotKind, over: { secret?: string; kinds?: NoticeKind[] } = {}) => {
      const secret = sandboxRobots.find((one) => one.kind === kind)?.secret ?? undefined
      const answer = await as('admin')('/api/robots', {
        body: {
          kind,
          name: `${kind}群`,
          url: sandboxRobotUrl(sandbox.url, kind),
          secret,
          language: 'zh',
          kinds: ['hand_off', 'alarm'],
          ...over,
        },
      })
      return { ...answer, body: answer.body as Robot }
    },
    tell: (over: Partial<Telling> = {}) => tell(deps, over),
    wait: (ms: number) => {
      clock.now = new Date(clock.now.getTime() + ms)
    },
  }
}

export const tell = (deps: Deps, over: Partial<Telling> = {}): Promise<number> =>
  deps.db.inTransaction((tx) =>
    notify(tx, deps, {
      institutionId: 'a',
      to: { roles: ['operator'] },
      kind: 'hand_off',
      severity: 'warning',
      subject: { type: 'publication', id: 'pub-1' },
      message: { key: 'inbox.robot.failing', values: { name: '甲', message: '一' } },
      mergeKey: 'episode-1',
      ...over,
    }),
  )
