import type { Texts } from '../text.ts'

export const identityMessages = {
  'identity.workerUnknown': {
    zh: '没有这个工作节点的凭证，或已被撤销',
    en: 'This worker’s credential is not known, or has been taken back',
  },
  'identity.signInFirst': { zh: '请先登录', en: 'Please sign in first' },
  'identity.wrongLogin': {
    zh: '账号或密码不对',
    en: 'The user name or the password is not right',
  },
  'identity.throttled': {
    zh: '尝试次数过多，请 {minutes} 分钟后再试',
    en: 'Too many attempts; try again in {minutes} min',
  },
  'identity.notAllowed': {
    zh: '您的角色不能做这件事，需要时请找管理员',
    en: 'Your role may not do this; ask an administrator if you need to',
  },
  'identity.linkOnly': {
    zh: '这个链接只能处理指定的那一项，请登录后再做别的',
    en: 'This link serves one item only; sign in to do more',
  },
  'identity.linkSpent': {
    zh: '链接已用过或已过期，请向运营同事要一个新的，或直接登录',
    en: 'This link was used or has expired; ask for a new one, or sign in',
  },
  'identity.setupDone': { zh: '已经完成过初始设置', en: 'The first set-up is already done' },
  'identity.setupToken': {
    zh: '初始设置口令不对，请看启动终端里打印的那一行',
    en: 'The set-up token is not right; look at the line printed on the terminal',
  },
  'identity.usernameTaken': {
    zh: '账号名「{username}」已有人用',
    en: 'The user name “{username}” is taken',
  },
  'identity.wrongPassword': { zh: '当前密码不对', en: 'The present password is not right' },
  'identity.doctorRoleNeedsDoctor': {
    zh: '医生角色必须关联一位医生',
    en: 'The doctor role needs a doctor to be linked',
  },
  'identity.notYourself': {
    zh: '不能停用自己或改自己的角色',
    en: 'You cannot disable yourself or change your own role',
  },
  'identity.linkNotForThem': {
    zh: '这位同事不在本机构或没有相应权限，链接发给他打不开',
    en: 'This person is not here or may not do this, so a link would not open for them',
  },
  'identity.worksElsewhere': {
    zh: '这位同事还在别的机构工作，姓名和密码只能由本人或那边的管理员来改',
    en: 'This person also works in another institution; only they, or an administrator of both, may change name and password',
  },
  'identity.notMember': {
    zh: '您不是这家机构的成员',
    en: 'You are not a member of this institution',
  },
} as const satisfies Texts
