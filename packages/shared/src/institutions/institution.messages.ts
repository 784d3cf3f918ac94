import type { Texts } from '../text.ts'

export const institutionMessages = {
  'institution.nameTaken': {
    zh: '您已经有一家叫「{name}」的机构了',
    en: 'You already have an institution called “{name}”',
  },
  'institution.departmentWordTaken': {
    zh: '「{word}」已经是「{department}」的名称或别名，导入时会分不清，请换一个',
    en: '“{word}” already names {department}; imports could not tell them apart. Choose another',
  },
  'institution.departmentArchivedTwin': {
    zh: '已归档的科室里有「{name}」，恢复它就可以',
    en: 'An archived department is called “{name}”; restore that one instead',
  },
  'institution.departmentInUse': {
    zh: '「{name}」下还有 {doctors} 位医生、{lines} 条专病线、{accounts} 个平台账号，先移走或归档它们',
    en: '{name} still holds doctors ({doctors}), specialty lines ({lines}) or accounts ({accounts}); move or archive them first',
  },
  'institution.departmentGone': {
    zh: '所选科室「{name}」已归档，请换一个科室，或先恢复它',
    en: 'The department {name} is archived; choose another or restore it first',
  },
  'institution.lineTaken': {
    zh: '已经有一条叫「{name}」的专病线了（归档的也算）',
    en: 'A specialty line called “{name}” exists already (archived ones count)',
  },
  'institution.lineEndsBeforeStart': {
    zh: '打平日期不能早于启动日期',
    en: 'The break-even day cannot be before the start',
  },
} as const satisfies Texts
