import type { Bilingual } from '../text.ts'

/** What is watched of the installation as a whole, in the order in which a reader should care. */
export const systemSignals = [
  'due_unclaimed',
  'clock_skew',
  'queue_depth',
  'outbox_age',
  'data_lock',
  'disk_free',
  'wal_size',
] as const
export type SystemSignal = (typeof systemSignals)[number]

/** What is watched of each account, and of what its posts stand on. */
export const accountSignals = [
  'authorization_lost',
  'account_paused',
  'account_errors',
  'authorization_ends',
  'certification_ends',
  'credential_ends',
] as const
export type AccountSignal = (typeof accountSignals)[number]

export const alarmSignals = [...systemSignals, ...accountSignals] as const
export type AlarmSignal = (typeof alarmSignals)[number]

export const alarmSignalLabels = {
  due_unclaimed: { zh: '到点未发', en: 'Due but not taken up' },
  clock_skew: { zh: '时钟偏差', en: 'Clock skew' },
  queue_depth: { zh: '任务队列', en: 'Job queue' },
  outbox_age: { zh: '待转交任务', en: 'Jobs not handed over' },
  data_lock: { zh: '数据目录锁', en: 'Data folder lock' },
  disk_free: { zh: '磁盘余量', en: 'Free disk space' },
  wal_size: { zh: '数据库日志', en: 'Database log' },
  authorization_lost: { zh: '授权失效', en: 'Authorisation lost' },
  account_paused: { zh: '账号自动暂停', en: 'Account paused' },
  account_errors: { zh: '发布出错', en: 'Publishing errors' },
  authorization_ends: { zh: '授权将到期', en: 'Authorisation ending' },
  certification_ends: { zh: '认证将到期', en: 'Certification ending' },
  credential_ends: { zh: '资质将到期', en: 'Credential ending' },
} as const satisfies Record<AlarmSignal, Bilingual>
