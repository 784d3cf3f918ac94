import type { Texts } from '@xingbo/shared/text'

export const connectionTexts = {
  connection: { zh: '平台连接', en: 'Connection' },
  connect: { zh: '连接{platform}', en: 'Connect {platform}' },
  reconnect: { zh: '重新连接', en: 'Reconnect' },
  consentHint: {
    zh: '会打开{platform}，请用这个账号登录并同意授权，十分钟内完成；完成后自动回到这里。',
    en: '{platform} opens; sign in there as this account and consent within ten minutes. You come back here.',
  },
  appHint: {
    zh: '{platform}用账号自己的 AppID 和 AppSecret 连接，填写后先到平台核实再保存。',
    en: 'An account of {platform} is connected by its own AppID and AppSecret; they are tried before they are kept.',
  },
  notConnected: { zh: '还没有连接', en: 'Not connected' },
  connected: { zh: '已授权', en: 'Authorised' },
  lost: { zh: '授权失效，需重新连接', en: 'Authorisation lost; reconnect' },
  struggling: { zh: '已授权，但续期没有成功', en: 'Authorised, but not refreshed' },
  held: {
    zh: '有 {count} 条发布单在等这个账号；重新连接后，还没过时间的会自动发出。',
    en: '{count} posts wait for this account; once it is reconnected, those still in time go out by themselves.',
  },
  state: { zh: '授权', en: 'Authorisation' },
  until: { zh: '有效期', en: 'Valid' },
  untilOver: { zh: '已失效', en: 'No longer' },
  untilNone: {
    zh: '一直有效，直到平台上重置密钥',
    en: 'Until its secret is reset at the platform',
  },
  untilMoves: { zh: '到 {day}，会自动延长', en: 'Until {day}, and prolonged by itself' },
  untilEnds: { zh: '到 {day}，之前需要重新连接', en: 'Until {day}; reconnect before then' },
  appId: { zh: 'AppID', en: 'AppID' },
  scopes: { zh: '授权范围', en: 'Allowed' },
  nextRefresh: { zh: '下次自动续期', en: 'Next refresh' },
  failed: {
    zh: '上次没有成功（{code}），已连续 {count} 次，到时间自动再试',
    en: 'The last one failed ({code}), {count} in a row; tried again then',
  },
  connectedAt: { zh: '连接时间', en: 'Connected' },
  refreshedAt: { zh: '上次续期', en: 'Last refreshed' },
  renewals: { zh: '授权延长', en: 'Prolonged' },
  renewalsUsed: {
    zh: '已用 {used} 次，平台最多 {limit} 次；用完后需要重新连接',
    en: '{used} of {limit} times the platform allows; then it must be reconnected',
  },
  eventsHint: {
    zh: '填好消息推送后，发布结果由公众号主动告诉我们；不填也能用，只是要等我们去查。',
    en: 'With event delivery set up the account tells us results itself; without it we go and ask.',
  },
  eventsShow: { zh: '查看消息推送设置', en: 'Show the event settings' },
  eventsUrl: { zh: '服务器地址', en: 'Server URL' },
  eventsMode: { zh: '消息加解密方式', en: 'Encryption' },
  eventsSafe: { zh: '安全模式', en: 'Safe mode' },
  appTitle: { zh: '用 AppID 连接', en: 'Connect by AppID' },
  appWhere: {
    zh: '在公众平台「设置与开发 · 开发接口管理」里可以看到；还要把本服务器的出口 IP 加进那里的白名单。',
    en: 'Both stand in the platform’s back office under development settings; the address this server calls from must be on its allow-list too.',
  },
  appSecretHint: {
    zh: '加密保存，之后谁也看不到；平台上重置后需要在这里重新填写',
    en: 'Kept encrypted and never shown again; enter it anew after a reset at the platform',
  },
  pausedHint: {
    zh: '这个账号的发布单先停着，其他账号不受影响。先到「发布」里逐条核对结果不明的几条。',
    en: 'Its posts are held; other accounts go on. Look into the posts of unknown outcome first.',
  },
  resume: { zh: '继续发布', en: 'Go on' },
  resumeTitle: { zh: '让账号继续发布', en: 'Let the account go on' },
  resumeReason: { zh: '核对结果', en: 'What you found' },
  resumeReasonHint: {
    zh: '会记入审计日志，如：三条都已在平台上找到并认领',
    en: 'Kept in the audit log, e.g. all three were found on the platform and bound',
  },
} as const satisfies Texts
