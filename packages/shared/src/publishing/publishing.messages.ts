import type { Texts } from '../text.ts'
import { proofMessages } from './proof.messages.ts'
import { reminderMessages } from './reminder.messages.ts'

export const publishingMessages = {
  ...proofMessages,
  ...reminderMessages,
  'publishing.caption.titleMissing': {
    zh: '这个平台必须有标题',
    en: 'This platform needs a title',
  },
  'publishing.caption.titleTooShort': {
    zh: '标题至少 {min} 个字，现在 {count} 个',
    en: 'The title needs at least {min} characters; it has {count}',
  },
  'publishing.caption.titleTooLong': {
    zh: '标题最多 {max} 个字，超出 {over} 个',
    en: 'The title may have {max} characters; it is {over} over',
  },
  'publishing.caption.bodyTooLong': {
    zh: '文案连同话题最多 {max} 个字，超出 {over} 个',
    en: 'The caption with its hashtags may have {max} characters; it is {over} over',
  },
  'publishing.caption.linkMissing': {
    zh: '微博用接口发图文必须带链接：请先在账号里填写「图文链接」',
    en: 'Weibo takes picture posts by API only with a link: set the post link of the account first',
  },
  'publishing.caption.topicInText': {
    zh: '微博接口不收带 #话题# 的正文，请删去话题，或改由人工发布',
    en: 'Weibo’s API refuses #topics# in the text; take them out, or have a person post it',
  },
  'publishing.caption.tooManyTags': {
    zh: '话题最多 {max} 个，多了 {over} 个',
    en: 'At most {max} hashtags; there are {over} too many',
  },
  'publishing.caption.tooFewTags': {
    zh: '至少要有 {min} 个标签',
    en: 'At least {min} tag(s) needed',
  },
  'publishing.caption.tagsTooLong': {
    zh: '标签合计最多 {max} 个字，超出 {over} 个',
    en: 'All tags together may have {max} characters; they are {over} over',
  },
  'publishing.media.format': {
    zh: '这个平台只收 {formats} 格式的视频',
    en: 'This platform takes {formats} video only',
  },
  'publishing.media.tooLarge': {
    zh: '视频 {size}，超过平台上限 {max}',
    en: 'The video is {size}; the platform takes up to {max}',
  },
  'publishing.media.tooLong': {
    zh: '视频超过平台上限 {max} 分钟',
    en: 'The video is longer than the {max} minutes the platform takes',
  },
  'publishing.tooLateSending': {
    zh: '已经在发送，改不了了；结果出来后这里会显示',
    en: 'It is being sent and can no longer be changed; the outcome will show here',
  },
  'publishing.alreadySettled': {
    zh: '这条发布单已经有了结果，不能再改',
    en: 'This publication is settled and can no longer be changed',
  },
  'publishing.alreadyPublished': { zh: '这条已经确认发布', en: 'This one is already confirmed' },
  'publishing.noProofWanted': {
    zh: '还没到交接的时候，到时间后再回填',
    en: 'It is not waiting for a person; close it once it is due',
  },
  'publishing.notUnconfirmed': {
    zh: '这条发布单不在「待确认」，不需要对账',
    en: 'This publication is not unconfirmed',
  },
  'publishing.nothingChosen': { zh: '请先选择账号', en: 'Choose an account first' },
  'publishing.reasonMissing': { zh: '请先写明理由', en: 'Say why first' },
  'publishing.dueInPast': {
    zh: '时间已经过去了，请另选',
    en: 'That time has passed; choose another',
  },
  'publishing.dueTooFar': { zh: '最多提前一年排期', en: 'At most a year ahead' },
  'publishing.onHold': { zh: '已被暂停：{reason}', en: 'On hold: {reason}' },
  'publishing.notAsFrozen': {
    zh: '要发的内容与排期时冻结的不一致，没有发出；请重新排期',
    en: 'What would go out is not what was frozen at scheduling; nothing was sent. Schedule it again',
  },
  'publishing.interruptedTooOften': {
    zh: '发送前中断了 {count} 次，已停下，没有发出；请联系技术人员看日志后重新排期',
    en: 'Interrupted {count} times before sending; stopped, nothing was sent. Have the log looked at, then schedule again',
  },
  'publishing.notReady': {
    zh: '内容还没走到「待排期」',
    en: 'The item has not come to “ready” yet',
  },
  'publishing.notSigned': {
    zh: '医生签发的不是这一版，需重新签发',
    en: 'The doctor has not signed these very words; sign again',
  },
  'publishing.openFindings': {
    zh: '还有 {count} 条阻断级合规问题',
    en: '{count} blocking findings are open',
  },
  'publishing.notPassed': {
    zh: '这一版还没有通过合规审核',
    en: 'Compliance has not passed these very words',
  },
  'publishing.noCut': { zh: '成片不在或还没检查完', en: 'The cut is missing or not checked yet' },
  'publishing.cutChanged': {
    zh: '成片和排期时的不是同一个文件',
    en: 'The cut is not the file that was scheduled',
  },
  'publishing.noCaption': {
    zh: '签发的脚本里没有这个平台的文案，请先补上再走审核',
    en: 'The signed script has no caption for this platform; add one and pass review again',
  },
  'publishing.alreadyScheduled': {
    zh: '「{account}」上已有这条内容的发布单',
    en: 'This item already has a publication on “{account}”',
  },
  'publishing.routeNotYet': {
    zh: '{platform}的接口发布还没接通，请把账号的发布方式改为人工',
    en: 'Publishing to {platform} by API is not connected; set the account to manual',
  },
  'publishing.accountBusy': {
    zh: '同账号的上一条还在发，排在后面',
    en: 'The account’s previous post is still being sent; this one waits',
  },
  'publishing.pausing': {
    zh: '平台要求同账号两条之间隔 {seconds} 秒，到点自动接着发',
    en: 'The platform wants {seconds} s between two posts of an account; this one goes when they are over',
  },
  'publishing.missedItsTime': {
    zh: '过了时间 {minutes} 分钟还没能发出，不再自动发',
    en: 'Still not sent {minutes} min after its time; it will not be sent by itself any more',
  },
  'publishing.handOffMissed': {
    zh: '交接等了 {hours} 小时没人处理，已过期',
    en: 'Nobody handed it off within {hours} h; expired',
  },
  'publishing.refused': {
    zh: '平台拒绝：{message}（{code}）',
    en: 'Refused by the platform: {message} ({code})',
  },
  'publishing.retryLater': {
    zh: '平台暂时拒绝（{code}），第 {attempt} 次重试排在稍后',
    en: 'Refused for now ({code}); retry {attempt} follows',
  },
  'publishing.notConnected': {
    zh: '账号授权失效，请在账号页重新授权',
    en: 'The account’s authorisation has ended; reconnect it on its page',
  },
  'publishing.waitingForPlatform': {
    zh: '平台已收下，等待转码或审核',
    en: 'The platform has it; transcoding or review is pending',
  },
  'publishing.rejectedByPlatform': {
    zh: '平台审核未通过：{message}',
    en: 'The platform’s review rejected it: {message}',
  },
  'publishing.outcomeUnknown': {
    zh: '发送后没有得到明确结果，正在去平台核对，不会自动重发',
    en: 'No clear answer after sending; being looked up on the platform, never sent again by itself',
  },
  'publishing.needsPerson': {
    zh: '平台列表里没找到，也不能断定没发出，请人工核对',
    en: 'Not found in the platform’s list, yet not proved absent; a person has to look',
  },
  'publishing.severalCandidates': {
    zh: '平台列表里有 {count} 条一样的，请人工认领',
    en: 'The platform lists {count} that look the same; a person has to choose',
  },
  'publishing.foundOnPlatform': {
    zh: '在平台列表里找到并对上了',
    en: 'Found in the platform’s list and bound',
  },
  'publishing.quotaUsedUp': {
    zh: '平台当日额度用完（{code}），没有发出；请改到明天或换账号',
    en: 'The platform’s quota for today is used up ({code}); nothing was sent. Move it to tomorrow or to another account',
  },
  'publishing.pausedForPatience': {
    zh: '平台嫌发得太快，这个账号先停一停，到时自动继续',
    en: 'The platform asked for patience; this account waits and goes on by itself',
  },
  'publishing.pausedForQuota': {
    zh: '这个账号今天的平台额度用完了，明天零点后继续',
    en: 'This account’s quota for today is used up; it goes on after midnight',
  },
  'publishing.pausedNoPermission': {
    zh: '平台说这个账号没有发布权限，先停一小时；请到账号页检查授权',
    en: 'The platform says this account may not publish; it waits an hour. Check its authorisation',
  },
  'publishing.goneFromPlatform': {
    zh: '发布后在平台上两次都查不到了，可能被删除或下架',
    en: 'Looked for twice and no longer on the platform; it may have been deleted or removed',
  },
  'publishing.takenDownByPlatform': {
    zh: '发布后被平台下架：{message}',
    en: 'The platform took it down after publishing: {message}',
  },
  'publishing.linkTaken': {
    zh: '这个链接已经认领给另一条发布单',
    en: 'This link already belongs to another publication',
  },
  'publishing.interrupted': {
    zh: '上次在发出之前中断，重新开始',
    en: 'It was interrupted before anything was sent; starting again',
  },
  'publishing.badScreenshot': {
    zh: '请上传 JPG 或 PNG 截图，10 MB 以内',
    en: 'Upload a JPG or PNG screenshot of at most 10 MB',
  },
} as const satisfies Texts
