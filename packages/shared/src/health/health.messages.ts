import type { Texts } from '../text.ts'

/** What people are told when an episode begins and when it ends. */
export const healthMessages = {
  'health.clockUntrusted': {
    zh: '本机时钟与平台相差 {seconds} 秒，暂不发送，以免提前；时钟准了自动继续',
    en: 'This machine’s clock is {seconds} s off the platforms’; held so that nothing goes out early, and going on by itself once it is right',
  },
  'health.metricsRefused': {
    zh: '只给本机或带口令的监控程序看，见设置 XINGBO_METRICS_TOKEN',
    en: 'For this machine, or a scraper with the token, only; see the setting XINGBO_METRICS_TOKEN',
  },
  'health.due_unclaimed.began': {
    zh: '有发布单到点 {minutes} 分钟还没有开始发送，请到「系统健康」看是哪里停了',
    en: 'A post is {minutes} min past its time and nothing has taken it up; see System health',
  },
  'health.due_unclaimed.ended': {
    zh: '到点的发布单又都按时开始发送了',
    en: 'Posts that are due are taken up on time again',
  },
  'health.clock_skew.began': {
    zh: '本机时钟与平台相差 {seconds} 秒，为免提前或错过发送，发布已暂停；校准时钟后自动恢复',
    en: 'This machine’s clock is {seconds} s off the platforms’; publishing is paused until it is right, so that nothing goes out early',
  },
  'health.clock_skew.ended': {
    zh: '时钟已经准了，发布自动恢复',
    en: 'The clock is right again; publishing goes on by itself',
  },
  'health.queue_depth.began': {
    zh: '任务队列积压或连不上（{count}），发布可能变慢；到点的发布单不会丢',
    en: 'The job queue is backed up or cannot be reached ({count}); posting may be slow, nothing is lost',
  },
  'health.queue_depth.ended': { zh: '任务队列恢复正常', en: 'The job queue is back to normal' },
  'health.outbox_age.began': {
    zh: '有任务 {seconds} 秒还没有转交给队列，发布可能变慢；不会丢',
    en: 'A job has waited {seconds} s to be handed to the queue; posting may be slow, nothing is lost',
  },
  'health.outbox_age.ended': {
    zh: '任务转交恢复正常',
    en: 'Jobs are handed to the queue on time again',
  },
  'health.data_lock.began': {
    zh: '数据目录的锁不在本进程手里，可能有第二个进程在用同一份数据，请立即检查',
    en: 'The lock on the data folder is not held; a second process may be using the same data. Look now',
  },
  'health.data_lock.ended': { zh: '数据目录的锁恢复正常', en: 'The data folder is locked again' },
  'health.disk_free.began': {
    zh: '数据目录所在磁盘只剩 {mb} MB，写满后将无法发布，请清理或扩容',
    en: 'Only {mb} MB are free where the data lies; publishing stops when it is full. Make room',
  },
  'health.disk_free.ended': { zh: '磁盘余量恢复正常', en: 'There is enough free space again' },
  'health.wal_size.began': {
    zh: '数据库日志有 {mb} MB，没有及时合并，查询会变慢',
    en: 'The database log has grown to {mb} MB and is not being merged; reading slows down',
  },
  'health.wal_size.ended': { zh: '数据库日志恢复正常', en: 'The database log is small again' },
  'health.authorization_lost.began': {
    zh: '{platform}账号「{account}」的平台授权已失效，{count} 条待发的发布单已停下等待；重新连接后自动继续',
    en: '{account} on {platform} lost its authorisation; {count} waiting posts are held and go on once it is reconnected',
  },
  'health.authorization_lost.ended': {
    zh: '{platform}账号「{account}」已重新连接，等待的发布单自动继续',
    en: '{account} on {platform} is connected again; posts that waited go on',
  },
  'health.account_paused.began': {
    zh: '{platform}账号「{account}」{minutes} 分钟内有 {count} 条发送结果不明，已自动暂停；核对后在账号页点「继续发布」',
    en: '{account} on {platform} had {count} posts of unknown outcome within {minutes} min and was paused; look into them, then go on from its page',
  },
  'health.account_paused.ended': {
    zh: '{platform}账号「{account}」已继续发布',
    en: '{account} on {platform} goes on publishing',
  },
  'health.account_errors.began': {
    zh: '{platform}账号「{account}」一小时内有 {count} 次发送没有成功，请查看发布单上的原因',
    en: '{account} on {platform} had {count} failed submissions within the hour; see the reasons on its posts',
  },
  'health.account_errors.ended': {
    zh: '{platform}账号「{account}」一小时内没有再频繁出错',
    en: '{account} on {platform} has stopped failing often',
  },
  'health.authorization_ends.began': {
    zh: '{platform}账号「{account}」的平台授权 {end} 到期，之后还有 {count} 条排期，请在这之前重新连接',
    en: 'The authorisation of {account} on {platform} ends {end}, with {count} posts scheduled after it; reconnect before then',
  },
  'health.authorization_ends.ended': {
    zh: '{platform}账号「{account}」的排期不再受授权到期影响',
    en: 'The schedule of {account} on {platform} no longer outlasts its authorisation',
  },
  'health.certification_ends.began': {
    zh: '{platform}账号「{account}」的平台认证 {end} 到期，之后还有 {count} 条排期，请在这之前续认证',
    en: 'The certification of {account} on {platform} ends {end}, with {count} posts scheduled after it; renew it before then',
  },
  'health.certification_ends.ended': {
    zh: '{platform}账号「{account}」的排期不再受认证到期影响',
    en: 'The schedule of {account} on {platform} no longer outlasts its certification',
  },
  'health.credential_ends.began': {
    zh: '{doctor}医生的「{credential}」{end} 到期，之后还有 {count} 条排期，请在这之前更新资质',
    en: '“{credential}” of Dr {doctor} ends {end}, with {count} posts scheduled after it; renew it before then',
  },
  'health.credential_ends.ended': {
    zh: '{doctor}医生的排期不再受「{credential}」到期影响',
    en: 'The schedule of Dr {doctor} no longer outlasts “{credential}”',
  },
} as const satisfies Texts
