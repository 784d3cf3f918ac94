import type { Texts } from '../text.ts'

export const scriptMessages = {
  'script.titleMissing': { zh: '先写上标题，再保存版本', en: 'Give it a title before saving' },
  'script.textMissing': {
    zh: '正文还是空的，写好要说的话再保存版本',
    en: 'There are no words yet; write what is to be said before saving',
  },
  'script.unchanged': {
    zh: '和 v{number} 一字不差，不需要保存新版本',
    en: 'It is the same as v{number}, word for word; no new revision is needed',
  },
  'script.rejected': {
    zh: '这条内容已否决，退回脚本后才能改',
    en: 'This item was rejected; send it back to script to change it',
  },
  'script.closed': {
    zh: '这条内容已离开制作线，脚本不能再改；要改请另建一条内容',
    en: 'This item has left the line and its script is closed; start a new item to change it',
  },
  'script.draftMoved': {
    zh: '{who} 在 {when} 改过这份草稿，您的改动还在本页，没有覆盖对方',
    en: '{who} changed this draft at {when}; your words are still on this page and nothing was overwritten',
  },
  'script.revisionMoved': {
    zh: '{who} 在 {when} 保存了 v{number}，请看过新版本再继续',
    en: '{who} saved v{number} at {when}; look at it before going on',
  },
  'script.alreadyApproved': {
    zh: '{who} 已在 {when} 签发了 v{number}，这次没有重复提交',
    en: '{who} already signed v{number} at {when}; nothing was submitted twice',
  },
  'script.alreadyReturned': {
    zh: '{who} 已在 {when} 把 v{number} 退回修改，这次没有提交',
    en: '{who} already sent v{number} back at {when}; nothing was submitted',
  },
  'script.noRevision': {
    zh: '还没有保存过版本，医生没有可看的脚本',
    en: 'No revision has been saved yet, so there is nothing for the doctor to read',
  },
  'script.noDoctor': {
    zh: '这条内容还没有指定医生，请先选好由谁签发',
    en: 'No doctor is assigned to this item; choose who is to sign it',
  },
  'script.noDoctorLogin': {
    zh: '{doctor} 还没有可用的登录账号，请管理员先添加',
    en: '{doctor} has no working login yet; ask an administrator to add one',
  },
  'script.notWithDoctor': {
    zh: '现在不在医生审核阶段，不需要签发',
    en: 'This item is not in doctor review, so there is nothing to sign',
  },
  'script.notSignatory': {
    zh: '这条脚本由{doctor}签发，别人不能代签',
    en: 'Only {doctor} can sign this script',
  },
  'script.ownWork': {
    zh: '这一版是您自己写的，需要请同事另存一版后再签发',
    en: 'You wrote this revision yourself; nobody signs their own work',
  },
  'script.draftAhead': {
    zh: '同事正在改这条脚本，等新版本保存后再签发',
    en: 'A colleague is changing this script; wait for the next revision before signing',
  },
  'script.nameMissing': { zh: '请输入您的姓名确认', en: 'Type your name to confirm' },
  'script.nameDiffers': {
    zh: '姓名对不上，请输入「{doctor}」',
    en: 'The name does not match; type “{doctor}”',
  },
  'script.reasonMissing': {
    zh: '请选一个退回原因，或写一句话',
    en: 'Choose a reason or write a sentence',
  },
  'script.otherNeedsWords': {
    zh: '选了「其他」，请写一句话说明',
    en: 'You chose “Something else”; say what in a sentence',
  },
} as const satisfies Texts
