import type { Bilingual } from '../text.ts'

/** What the audit log and the live channel call the things that change. */
export const auditSubjectLabels = {
  user: { zh: '人员', en: 'Person' },
  institution: { zh: '机构', en: 'Institution' },
  department: { zh: '科室', en: 'Department' },
  specialty_line: { zh: '专病线', en: 'Specialty line' },
  doctor: { zh: '医生', en: 'Doctor' },
  credential: { zh: '资质', en: 'Credential' },
  account: { zh: '平台账号', en: 'Account' },
  topic: { zh: '选题', en: 'Topic' },
  content: { zh: '内容', en: 'Content item' },
  script: { zh: '脚本', en: 'Script' },
  sign_off: { zh: '签发', en: 'Sign-off' },
  compliance: { zh: '合规', en: 'Compliance' },
  asset: { zh: '素材', en: 'File' },
  publication: { zh: '发布单', en: 'Publication' },
  schedule: { zh: '批量排期', en: 'Set of posts' },
  slot: { zh: '发布时段', en: 'Posting time' },
  touch_token: { zh: '触点码', en: 'Touch token' },
  lead: { zh: '潜客', en: 'Lead' },
  import: { zh: '数据导入', en: 'Import' },
  robot: { zh: '群机器人', en: 'Group robot' },
  hold: { zh: '暂停', en: 'Hold' },
  worker: { zh: '工作节点', en: 'Worker' },
} as const satisfies Record<string, Bilingual>
export type AuditSubject = keyof typeof auditSubjectLabels
