import type { Texts } from '@xingbo/shared/text'

export const healthTexts = {
  title: { zh: '系统健康', en: 'System health' },
  purpose: {
    zh: '发布靠什么在跑、现在好不好、不好时先做什么。出问题和恢复时都会发到收件箱。',
    en: 'What publishing runs on, how it is now, and what to do first when it is not well. Both ends of every episode go to the inbox.',
  },
  allWell: { zh: '全部正常', en: 'All well' },
  allWellHint: {
    zh: '各项都在限度以内，账号也没有需要处理的。',
    en: 'Everything is within its limit and no account needs attention.',
  },
  notWell: { zh: '有 {count} 项需要处理', en: '{count} need attention' },
  checked: { zh: '检查于 {when}', en: 'Checked {when}' },
  system: { zh: '运行状态', en: 'The installation' },
  accounts: { zh: '账号与资质', en: 'Accounts and credentials' },
  accountsNone: { zh: '没有需要处理的账号', en: 'No account needs attention' },
  history: { zh: '最近的告警', en: 'Recent alarms' },
  historyNone: { zh: '还没有发生过告警', en: 'There has been no alarm yet' },
  stateOk: { zh: '正常', en: 'Fine' },
  stateBad: { zh: '异常', en: 'Not well' },
  stateUnknown: { zh: '还不知道', en: 'Not known' },
  limitAbove: { zh: '限度 {limit}', en: 'limit {limit}' },
  limitBelow: { zh: '至少 {limit}', en: 'at least {limit}' },
  ifBad: { zh: '异常时：{what}', en: 'If not: {what}' },
  lockLimit: { zh: '应由本进程持有', en: 'should be held by this process' },
  since: { zh: '自 {when}', en: 'since {when}' },
  open: { zh: '去处理', en: 'Open' },
  going: { zh: '进行中', en: 'Going on' },
  over: { zh: '已恢复', en: 'Over' },
  lasted: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  seconds: { zh: '{n} 秒', en: '{n} s' },
  minutes: { zh: '{n} 分钟', en: '{n} min' },
  jobs: { zh: '{n} 个任务', en: '{n} jobs' },
  held: { zh: '由本进程持有', en: 'Held by this process' },
  notHeld: { zh: '没有持有', en: 'Not held' },
  unreachable: { zh: '连不上', en: 'Unreachable' },
  unknownValue: { zh: '没有测到', en: 'Not measured' },
  noWitness: { zh: '还没有可对照的时间', en: 'Nothing to compare with yet' },
  fast: { zh: '快 {n}', en: '{n} fast' },
  slow: { zh: '慢 {n}', en: '{n} slow' },
  inStep: { zh: '一致', en: 'In step' },
  noneWaits: { zh: '没有积压', en: 'Nothing waits' },
  what_due_unclaimed: {
    zh: '最早一条到点还没开始发送的发布单等了多久',
    en: 'How long the oldest due post has waited to be taken up',
  },
  do_due_unclaimed: {
    zh: '先看任务队列和发送进程是否在运行；到点 30 分钟内恢复会照常发出，过了会标为过期，不会补发。',
    en: 'See that the queue and the senders run. Posts go out if that happens within 30 minutes of their time; later ones expire and are not sent.',
  },
  what_clock_skew: {
    zh: '本机时钟与平台（或 Redis）报的时间相差多少',
    en: 'How far this machine’s clock is from what the platforms, or Redis, say',
  },
  do_clock_skew: {
    zh: '校准服务器时间（开启 NTP）。相差超过 1 分钟时发布自动暂停，准了自动恢复，不会提前发出。',
    en: 'Set the server’s clock (turn on NTP). Beyond a minute publishing pauses, and goes on by itself once it is right.',
  },
  what_queue_depth: {
    zh: '排在任务队列里的任务（含定好时间的）',
    en: 'Jobs in the queue, those for later included',
  },
  do_queue_depth: {
    zh: '看 Redis 或内置队列是否在运行、发送进程够不够。排期在数据库里，队列丢了也不会丢发布单。',
    en: 'See that Redis or the built-in queue runs and that there are senders enough. The schedule is in the database; nothing is lost with the queue.',
  },
  what_outbox_age: {
    zh: '最早一个还没交给队列的任务等了多久',
    en: 'How long the oldest job has waited to be handed to the queue',
  },
  do_outbox_age: {
    zh: '一般是队列连不上，先恢复队列；恢复后自动补交。',
    en: 'Usually the queue is away: bring it back, and jobs are handed over by themselves.',
  },
  what_data_lock: {
    zh: '数据目录只能由一个进程使用，锁在不在本进程手里',
    en: 'One process alone may use the data folder; whether this one holds it',
  },
  do_data_lock: {
    zh: '立即确认没有第二个进程在用同一个数据目录，然后重启本服务。',
    en: 'Make sure at once that no second process uses the same folder, then restart this one.',
  },
  what_disk_free: { zh: '数据目录所在磁盘还剩多少', en: 'Free space where the data lies' },
  do_disk_free: {
    zh: '清理磁盘或扩容。写满时发布会在发送前停住，腾出空间后自动恢复。',
    en: 'Make room. When it is full, publishing stops before anything is sent and goes on once there is room.',
  },
  what_wal_size: {
    zh: '数据库尚未合并的日志有多大',
    en: 'How large the database’s unmerged log is',
  },
  do_wal_size: {
    zh: '系统会自动合并；一直变大时，看有没有备份或长查询占着数据库。',
    en: 'It is merged by itself; if it keeps growing, look for a backup or a long query holding the database.',
  },
} as const satisfies Texts
