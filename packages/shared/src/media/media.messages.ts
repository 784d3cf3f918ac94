import type { Texts } from '../text.ts'

export const mediaMessages = {
  // Why a file is not taken; kept with the asset, so each must say enough without the upload at hand.
  'media.empty': {
    zh: '文件是空的，请检查后再传',
    en: 'The file is empty; check it and try again',
  },
  'media.tooLarge': {
    zh: '文件太大：最多 {max}，这个有 {size}；请压缩后再传',
    en: 'The file is too large: at most {max}, this one has {size}. Compress it and try again',
  },
  'media.notAVideo': {
    zh: '不是视频：只收 MP4、MOV 和 WebM，按内容判断，不看文件名',
    en: 'Not a video: MP4, MOV and WebM are taken, judged by content and not by name',
  },
  'media.notAnImage': {
    zh: '不是图片：只收 JPG 和 PNG，按内容判断，不看文件名',
    en: 'Not a picture: JPG and PNG are taken, judged by content and not by name',
  },
  'media.neither': {
    zh: '不是视频也不是图片：只收 MP4、MOV、WebM 视频和 JPG、PNG 图片',
    en: 'Neither a video nor a picture: MP4, MOV and WebM videos and JPG and PNG pictures are taken',
  },
  'media.incomplete': {
    zh: '视频文件不完整，可能没有导出或拷贝完；请重新导出后再传',
    en: 'The video file is incomplete, perhaps not fully exported or copied; export it again',
  },
  'media.imageIncomplete': {
    zh: '图片文件不完整，请重新导出后再传',
    en: 'The picture file is incomplete; export it again',
  },
  'media.noPicture': { zh: '文件里没有画面', en: 'The file has no picture track' },
  'media.codec': {
    zh: '这种编码平台不收；请导出为 H.264（MP4）再传',
    en: 'Platforms do not take this encoding; export as H.264 (MP4) and try again',
  },
  'media.tooLong': {
    zh: '视频太长：最多 {hours} 小时',
    en: 'The video is too long: at most {hours} hours',
  },
  'media.tooManyPixels': {
    zh: '画面太大：长边最多 {pixels} 像素',
    en: 'The picture is too large: at most {pixels} pixels on the long side',
  },
  'media.unreadable': {
    zh: '检查这个文件用时太久，可能有问题；请重新导出后再传',
    en: 'Checking this file took too long; it may be faulty. Export it again',
  },
  'media.abandoned': {
    zh: '24 小时没有传完，已清除；需要时请重新上传',
    en: 'Not finished within 24 hours and removed; upload it again when needed',
  },
  'media.lost': {
    zh: '文件在服务器上找不到了，请重新上传',
    en: 'The file is no longer on the server; upload it again',
  },
  // What an upload's answer may say.
  'media.metadata': {
    zh: '上传请求缺少文件名、用途或所属内容',
    en: 'The upload does not name its file, purpose or content item',
  },
  'media.lengthFirst': {
    zh: '上传前要先说明文件大小',
    en: 'The size of the file must be given before it is sent',
  },
  'media.wrongOffset': {
    zh: '续传位置不对，请从服务器已收到的地方继续',
    en: 'Wrong position; continue from where the server stands',
  },
  'media.diskFull': {
    zh: '服务器存储空间不够，已有的文件不受影响；请联系管理员',
    en: 'The server is short of storage; existing files are safe. Tell your administrator',
  },
  'media.writeFailed': {
    zh: '没能写入服务器，已传的部分还在，请稍后继续',
    en: 'The server could not write; what was sent is kept. Continue shortly',
  },
  'media.linkExpired': {
    zh: '链接已过期或不完整，请重新获取',
    en: 'The link has expired or is incomplete; get a new one',
  },
  // Rules.
  'media.cutTooEarly': {
    zh: '还没到拍摄剪辑：医生签发、合规通过之后才能定成片',
    en: 'Not in production yet: the cut is chosen after sign-off and compliance',
  },
  'media.cutInReview': {
    zh: '正在终审的就是现在这条成片；要换，请先退回拍摄剪辑',
    en: 'This very cut is under final review; send the item back to production to change it',
  },
  'media.cutReviewed': {
    zh: '成片已过终审；要换，请先退回拍摄剪辑重新终审',
    en: 'The cut has passed final review; send the item back to production to change it',
  },
  'media.cutClosed': {
    zh: '这条内容已经发布或结束，成片不能再换',
    en: 'This item is out or closed; its cut can no longer change',
  },
  'media.notReady': {
    zh: '这个文件还没检查完或没有通过检查',
    en: 'This file is still being checked or did not pass',
  },
  'media.notACut': { zh: '只有视频能定为成片', en: 'Only a video can be the cut' },
  'media.notACover': { zh: '只有图片能定为封面', en: 'Only a picture can be the cover' },
  'media.cutFirst': { zh: '先定成片，再选封面', en: 'Choose the cut first, then its cover' },
  'media.stillUploading': {
    zh: '还在上传，取消上传即可',
    en: 'It is still uploading; cancel the upload instead',
  },
  'media.chosen': {
    zh: '这是选定的成片或封面，先换掉再删除',
    en: 'This is the chosen cut or cover; choose another before removing it',
  },
  'media.inUse': {
    zh: '发布单或发布凭证用着这个文件，要留作证据，不能删除',
    en: 'A publication or proof holds this file as evidence; it cannot be removed',
  },
  // What a person should know of a file that is taken all the same; the platform's name stands before it.
  'media.hint.orientation.portrait': {
    zh: '以竖屏为主，这条是横屏，会留黑边',
    en: 'is mostly portrait; this one is landscape, so bars will show',
  },
  'media.hint.orientation.landscape': {
    zh: '以横屏为主，这条是竖屏，会留黑边',
    en: 'is mostly landscape; this one is portrait, so bars will show',
  },
  'media.hint.format': {
    zh: '不收 {format}，发布前要转成 MP4',
    en: 'does not take {format}; convert to MP4 before publishing',
  },
  'media.hint.tooLarge': {
    zh: '最多收 {max}，这条有 {size}，发布前要压缩',
    en: 'takes at most {max}, this one has {size}; compress it before publishing',
  },
  'media.hint.tooLong': {
    zh: '最长收 {max}，这条有 {duration}',
    en: 'takes at most {max}, this one lasts {duration}',
  },
  'media.hint.silent': { zh: '没有声音', en: 'No sound' },
  'media.hint.hevc': {
    zh: 'HEVC（H.265）编码，部分电脑的浏览器不能直接播放',
    en: 'HEVC (H.265): browsers on some computers cannot play it',
  },
} as const satisfies Texts
