import type { NoticeKind } from '@xingbo/shared/inbox/notice'
import { robotKinds } from '@xingbo/shared/inbox/robot'
import type { Deps } from '../deps.ts'
import { createRobot } from '../modules/inbox/robot.service.ts'
import { sandboxOriginOf } from '../modules/inbox/robot-send.service.ts'
import { sandboxRobots, sandboxRobotUrl } from '../sandbox/robots.ts'
import { actorFor, type Seed } from './demo-people.ts'

const names = { wecom: '运营群', dingtalk: '值班群', feishu: '内容群' }
const kinds: NoticeKind[] = [
  'hand_off',
  'publish_trouble',
  'proof_doubt',
  'account_health',
  'alarm',
]

/** The three groups of the sandbox, so that reminders are heard from the first minute. */
export async function addSandboxRobots(
  deps: Deps,
  data: Seed,
  institutionId: string,
): Promise<void> {
  const origin = sandboxOriginOf(deps)
  if (origin === null) return
  for (const kind of robotKinds) {
    const secret = sandboxRobots.find((one) => one.kind === kind)?.secret
    await createRobot(deps, actorFor(data, 'admin', institutionId), {
      kind,
      name: names[kind],
      url: sandboxRobotUrl(origin, kind),
      ...(secret && { secret }),
      language: 'zh',
      kinds,
    })
  }
}
