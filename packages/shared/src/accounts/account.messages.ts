import type { Texts } from '../text.ts'

export const accountMessages = {
  'account.archived': { zh: '账号「{account}」已归档', en: 'The account {account} is archived' },
  'account.routeImpossible': {
    zh: '这个平台没有开放这种发布方式',
    en: 'This platform offers no such way of publishing',
  },
  'account.routeSwitchedOff': {
    zh: '抖音的代发布权限只开给极少数应用，本系统未获开通，请用手机交接',
    en: 'Douyin grants posting for others to very few applications and this one has none; use the hand-off',
  },
  'account.teamForbidden': {
    zh: '视频号禁止任何形式的代运营（R47，视频号健康医疗对外公约二.2），请改为由账号所有者本人运营',
    en: 'WeChat Channels forbids running an account for others (R47, health covenant 2.2); let its owner run it',
  },
  'account.teamDiscouraged': {
    zh: '抖音不支持把医生认证账号交给机构代运营（R47），「{account}」宜由医生自主运营，团队只做内容辅助',
    en: 'Douyin does not support running a doctor’s certified account for them (R47); let the doctor run {account}, with the team assisting',
  },
  'account.ownerDoctorMissing': {
    zh: '请选择账号属于哪位医生',
    en: 'Choose the doctor it belongs to',
  },
  'account.ownerDepartmentMissing': {
    zh: '请选择账号属于哪个科室',
    en: 'Choose the department it belongs to',
  },
  'account.handleTaken': {
    zh: '这个平台上已有平台号为「{handle}」的账号（归档的也算）',
    en: 'An account with the handle {handle} exists on this platform already (archived ones count)',
  },
  'account.personUnknown': {
    zh: '所选负责人不在本机构或已停用，请换一位',
    en: 'The chosen person is not active in this institution; choose another',
  },
  'account.banned': {
    zh: '账号「{account}」已被平台封禁，解封后才能发布',
    en: 'The platform has banned {account}; nothing can be published until it lifts the ban',
  },
  'account.limited': {
    zh: '账号「{account}」受平台限制，发布后可能没有流量',
    en: 'The platform limits {account}; posts may get little reach',
  },
  'account.tokenExpired': {
    zh: '账号「{account}」的平台授权已过期，请管理员重新连接',
    en: 'The authorisation of {account} has expired; an administrator must reconnect it',
  },
  'account.reauthNeeded': {
    zh: '账号「{account}」的平台授权已失效，请管理员重新连接',
    en: 'The authorisation of {account} is no longer valid; an administrator must reconnect it',
  },
  'account.notConnected': {
    zh: '账号「{account}」还没有连接平台，连接后才能用接口发布',
    en: '{account} is not connected to its platform yet; connect it to publish by API',
  },
  'account.noEvents': {
    zh: '只有公众号需要在后台填写消息推送地址',
    en: 'Only an official account has an address for its events',
  },
  'account.postLinkMissing': {
    zh: '账号「{account}」用接口发微博图文，每条必须带链接：请在账号里填写「图文链接」',
    en: '{account} posts pictures to Weibo by API, and each must carry a link: set its post link',
  },
  'account.authorizationSoon': {
    zh: '账号「{account}」的平台授权 {days} 天后到期，请提前重新连接',
    en: 'The authorisation of {account} ends in {days} d; reconnect it in time',
  },
  'account.certificationMissing': {
    zh: '账号「{account}」没有通过平台认证，未认证账号不得发布专业医疗科普（R46）',
    en: '{account} is not certified; uncertified accounts may not publish medical science (R46)',
  },
  'account.certificationPending': {
    zh: '账号「{account}」的认证还在审核，通过后才能发布专业医疗科普（R46）',
    en: 'The certification of {account} is still under review; medical science waits for it (R46)',
  },
  'account.certificationExpired': {
    zh: '账号「{account}」的平台认证已过期，续认证后才能发布（R46）',
    en: 'The certification of {account} has expired; renew it before publishing (R46)',
  },
  'account.certificationSoon': {
    zh: '账号「{account}」的平台认证 {days} 天后到期，请尽早续认证',
    en: 'The certification of {account} expires in {days} d; renew it in time',
  },
  'account.apiNotWired': {
    zh: '本系统还没有接入这个平台的发布接口，「{account}」的发布单会交给人来发',
    en: 'Publishing by API is not wired for this platform here yet; posts of {account} are handed to a person',
  },
  'account.noOwner': {
    zh: '账号「{account}」没有负责人，出问题时没有人会收到提醒',
    en: '{account} has nobody in charge; nobody is told when something is wrong',
  },
  'account.connectUnsupported': {
    zh: '这个平台没有可连接的接口，按它的发布方式由人来发',
    en: 'This platform has no interface to connect to; a person posts by hand',
  },
  'account.connectNotApi': {
    zh: '这个账号不走接口发布，不需要连接平台；要用接口，请先改发布方式',
    en: 'This account does not publish by API and needs no connection; change its route first',
  },
  'account.connectionTaken': {
    zh: '另一个账号已经连接了平台上的同一个号，不能再恢复这一个',
    en: 'Another account is connected to the same platform account; this one cannot be restored',
  },
  'account.appNotConfigured': {
    zh: '还没有配置这个平台的应用，见「设置 · 平台对接」',
    en: 'No application of this platform is configured; see Settings, Platforms',
  },
  'account.connectByApp': {
    zh: '这个平台用 AppID 和 AppSecret 连接，不需要跳转授权',
    en: 'This platform is connected by AppID and AppSecret, without a visit to it',
  },
  'account.connectByConsent': {
    zh: '这个平台要由账号所有者在平台上授权，不能填密钥',
    en: 'This platform is connected by its owner’s consent, not by a secret',
  },
  'account.appRefused': {
    zh: '平台没有接受这组 AppID 和 AppSecret（{code}），什么都没有改',
    en: 'The platform did not accept this AppID and AppSecret ({code}); nothing changed',
  },
  'account.appUnreachable': {
    zh: '暂时连不上平台，没有核实成，什么都没有改，请稍后再试',
    en: 'The platform cannot be reached; nothing was checked and nothing changed. Try again later',
  },
  'account.otherApp': {
    zh: '这个账号原来连接的是另一个 AppID，没有改，以免发错账号',
    en: 'This account was connected to another AppID; nothing changed, so that nothing goes to the wrong account',
  },
  'account.appTaken': {
    zh: '这个 AppID 已经连接在另一个账号上，没有重复连接',
    en: 'This AppID is connected to another account already; it was not connected twice',
  },
  'account.pausedUnsure': {
    zh: '账号「{account}」{minutes} 分钟内有 {count} 条发送结果不明，已自动暂停；核对后点「继续发布」',
    en: '{account} had {count} posts of unknown outcome within {minutes} min and was paused; look into them, then go on',
  },
  'account.notPaused': {
    zh: '这个账号没有被自动暂停，不需要继续',
    en: 'This account is not paused; there is nothing to resume',
  },
} as const satisfies Texts
