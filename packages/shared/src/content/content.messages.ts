import type { Texts } from '../text.ts'

export const contentMessages = {
  'content.needsRevision': {
    zh: '还没有脚本版本，请先写脚本并存为新版本',
    en: 'There is no script revision yet; write the script and save it as a revision',
  },
  'content.draftAhead': {
    zh: '草稿比最新版本新，请先存为新版本再送审',
    en: 'The draft is ahead of the newest revision; save it as a revision first',
  },
  'content.needsDoctor': {
    zh: '还没有指定医生，请先在内容里选好医生',
    en: 'No doctor is assigned; choose one on the content item first',
  },
  'content.needsSignOff': { zh: '还差医生签发', en: 'The doctor has not signed it off yet' },
  'content.needsRun': {
    zh: '最新版本还没有做合规检查，请先检查',
    en: 'Compliance has not been checked on the newest revision; run the check first',
  },
  'content.openBlocks': {
    zh: '还有 {n} 条阻断问题没有处理',
    en: '{n} blocking findings are still open',
  },
  'content.needsDecision': {
    zh: '合规检查已做，还差医务合规人员的决定',
    en: 'The check is done; a reviewer still has to decide',
  },
  'content.needsCut': {
    zh: '还没有可用的成片，请先上传并选定成片',
    en: 'There is no usable cut; upload one and choose it first',
  },
  'content.ownCut': {
    zh: '成片是您上传的，请另一位医务合规人员终审',
    en: 'You uploaded this cut; another reviewer has to pass it',
  },
  'content.reasonNeeded': { zh: '请写明原因', en: 'Say why' },
  'content.sameStage': { zh: '已经在这一步了', en: 'It already stands there' },
  'content.liveByItself': {
    zh: '发布成功后自动进入，不用手动移动',
    en: 'It goes live by itself once a post is published',
  },
  'content.from.topic': { zh: '选题的下一步是脚本', en: 'A topic goes to script next' },
  'content.from.scripting': {
    zh: '脚本的下一步是医生审核',
    en: 'A script goes to doctor review next',
  },
  'content.from.doctor_review': {
    zh: '医生签发后进入合规审核；要修改请退回脚本',
    en: 'After sign-off it goes to compliance review; to change it, send it back to script',
  },
  'content.from.compliance_review': {
    zh: '合规通过后进入拍摄剪辑；要修改请退回脚本',
    en: 'After compliance it goes to production; to change it, send it back to script',
  },
  'content.from.production': {
    zh: '拍摄剪辑的下一步是终审；要改脚本请直接保存新版本，会自动回到医生审核',
    en: 'Production goes to final review next; saving a new script revision returns it to the doctor',
  },
  'content.from.final_review': {
    zh: '终审通过后进入待排期；也可以退回拍摄剪辑或医生审核',
    en: 'After final review it is ready; it may also go back to production or to the doctor',
  },
  'content.from.ready': {
    zh: '待排期的内容发布成功后自动进入已发布；要修改请退回拍摄剪辑或脚本',
    en: 'Ready content goes live once published; to change it, send it back to production or script',
  },
  'content.from.live': {
    zh: '已发布的内容只能归档或召回',
    en: 'Live content can only be archived or recalled',
  },
  'content.from.archived': { zh: '已归档，不再移动', en: 'It is archived and no longer moves' },
  'content.from.on_hold': {
    zh: '暂停中：先恢复到暂停前的那一步，再往下走',
    en: 'It is on hold: resume it where it stood, then move on',
  },
  'content.from.rejected': {
    zh: '已否决，只能退回脚本重做',
    en: 'It was rejected and can only go back to script',
  },
  'content.from.recalled': {
    zh: '已召回，只能归档',
    en: 'It was recalled and can only be archived',
  },
  'content.role.doctor': {
    zh: '医生请在「待我审核」里签发或退回',
    en: 'Doctors sign or return under “For me to sign”',
  },
  'content.role.team': {
    zh: '这一步由运营、编导、负责人或管理员来做',
    en: 'An operator, producer, manager or administrator makes this move',
  },
  'content.role.teamAndReviewer': {
    zh: '这一步由运营团队或医务合规人员来做',
    en: 'The operations team or a reviewer makes this move',
  },
  'content.role.reviewer': {
    zh: '终审由医务合规人员通过',
    en: 'Only a reviewer passes the final review',
  },
  'content.role.judges': {
    zh: '否决由医务合规人员、负责人或管理员来做',
    en: 'A reviewer, manager or administrator rejects',
  },
  'content.role.holders': {
    zh: '暂停、恢复和召回由运营、医务合规人员、负责人或管理员来做',
    en: 'An operator, reviewer, manager or administrator holds, resumes and recalls',
  },
  'content.closed': {
    zh: '已归档或已召回，不能再修改',
    en: 'Archived or recalled content cannot be changed',
  },
  'content.doctorFixed': {
    zh: '医生已经签发，换医生请先退回脚本',
    en: 'It is past the doctor; send it back to script before changing the doctor',
  },
  'content.natureFixed': {
    zh: '已经过了合规审核，改内容性质请先退回脚本',
    en: 'It is past compliance; send it back to script before changing its nature',
  },
  'content.topicArchived': {
    zh: '选题「{title}」已归档，恢复后才能开始制作',
    en: 'The topic “{title}” is archived; restore it to start',
  },
  'content.doctorGone': {
    zh: '医生「{name}」已归档，请选另一位医生',
    en: '{name} is archived; choose another doctor',
  },
  'content.holdLifted': { zh: '这条暂停已经解除', en: 'This hold was already lifted' },
  'content.alreadyHeld': {
    zh: '已经有一条未解除的暂停：{reason}',
    en: 'It is already held: {reason}',
  },
} as const satisfies Texts
