import type { Platform, PublishRoute } from '../accounts/platform.ts'
import type { Bilingual } from '../text.ts'
import {
  aitoearn,
  biliContract,
  channelsOpen,
  douyinFaq,
  douyinShare,
  douyinUpload,
  draftAdd,
  easydouyin,
  type Fact,
  houseRule,
  kuaishouCreate,
  labelling,
  material,
  sau,
  schemes,
  unknown,
  weiboLimits,
  weiboShare,
  weiboWiki,
  yixiaoer,
} from './platform-sources.ts'
import type { PostForm } from './post-form.ts'

/** In characters (Unicode code points) or, for tags, pieces; `null` where no limit is known. */
export type Limit = Fact & { readonly min?: number; readonly max: number | null }
/** `hashed` `#tag ` in the caption · `wrapped` `#tag#` in the caption · `field` a list beside it · `none`. */
export type TagStyle = 'hashed' | 'wrapped' | 'field' | 'none'
/** `in_app`: a box the person ticks while posting · `in_content`: words the video or caption must carry. */
export type Declaration = Fact & {
  readonly id: string
  readonly label: Bilingual
  readonly where: 'in_app' | 'in_content'
  readonly applies: 'always' | 'if_ai' | 'if_acted' | 'if_opinion'
}
/** What a post of one form may hold, and the way it goes. */
export type FormCapability = {
  readonly form: PostForm
  readonly route: Fact & { readonly value: PublishRoute }
  /** `null`: there is no title field, the title becomes the first line of the caption. */
  readonly title: (Limit & { readonly required: boolean }) | null
  readonly body: Limit
  readonly tags: Limit & {
    readonly style: TagStyle
    readonly maxChars?: number
    /** `#topic#` in the text itself is refused as well. */
    readonly refusedInText?: true
  }
  readonly cover: Fact & { readonly required: boolean; readonly maxBytes: number | null }
  /** The text must end with a link the account's owner has set (`postLink`). */
  readonly link?: Fact
}
export type PlatformCapability = FormCapability & {
  /** Where the API takes another form than a person posts, with that form's own limits. */
  readonly byApi?: FormCapability
  readonly media: Fact & {
    readonly maxBytes: number | null
    readonly maxSeconds: number | null
    /** MIME types; empty where nothing is known. */
    readonly formats: readonly string[]
    readonly orientation: 'portrait' | 'landscape' | 'any'
  }
  /** May a post be handed over ahead of its time? Where not, our own clock sends it. */
  readonly scheduling: Fact & { readonly byApi: boolean }
  /** What is known of how often one may post; numbers a schedule is warned by stand in posting-limits.ts. */
  readonly quota: Fact & { readonly note: Bilingual | null }
  /** Seconds the platform wants between two submissions of one account; 0 where no rule is known. */
  readonly spacingSeconds: Fact & { readonly value: number }
  readonly declarations: readonly Declaration[]
  readonly open: Fact & { readonly appUrl: string | null; readonly webUrl: string | null }
}

const MB = 1024 * 1024
const GB = 1024 * MB
const mp4 = ['video/mp4']
const mp4Mov = ['video/mp4', 'video/quicktime']

const aiLabel = (fact: Fact, zh: string, en: string): Declaration => ({
  id: 'ai_generated',
  label: { zh, en },
  where: 'in_app',
  applies: 'if_ai',
  ...fact,
})
/** Where the app has no such choice, the words stand in the video or the caption. */
const healthInContent: Declaration = {
  id: 'health_reference',
  label: {
    zh: '画面或文案写明「健康科普仅供参考，不能代替面诊」',
    en: 'Video or caption says: health information for reference only, no substitute for a visit',
  },
  where: 'in_content',
  applies: 'always',
  ...houseRule,
}
const acted = (fact: Fact, zh: string, en: string): Declaration => ({
  id: 'acted',
  label: { zh, en },
  where: 'in_app',
  applies: 'if_acted',
  ...fact,
})

/**
 * What each platform takes and by which way, as dated data. Where two sources disagree the smaller limit
 * stands: a caption the app cuts short is no longer the one the doctor signed.
 */
export const platformCapabilities: Readonly<Record<Platform, PlatformCapability>> = {
  douyin: {
    form: 'video',
    route: { value: 'handoff', ...douyinShare },
    title: { max: 30, required: false, ...aitoearn },
    body: { max: 1000, ...aitoearn },
    tags: { max: 5, style: 'hashed', ...aitoearn },
    cover: { required: false, maxBytes: null, ...unknown },
    byApi: {
      form: 'video',
      route: { value: 'api', ...douyinUpload },
      title: { max: 30, required: false, ...aitoearn },
      body: { max: 1000, ...aitoearn },
      tags: { max: 5, style: 'hashed', ...aitoearn },
      cover: { required: false, maxBytes: null, ...unknown },
    },
    media: {
      maxBytes: 4 * GB,
      maxSeconds: 15 * 60,
      formats: mp4Mov,
      orientation: 'portrait',
      ...douyinUpload,
    },
    scheduling: { byApi: false, ...douyinUpload },
    quota: {
      note: {
        zh: '按应用和能力计，每天 8:00 重置，数值只在平台后台可见',
        en: 'Per application and capability, reset at 08:00; the number stands in the console only',
      },
      ...douyinFaq,
    },
    spacingSeconds: { value: 0, ...unknown },
    declarations: [
      aiLabel(labelling, '自主声明：勾选「内容由AI生成」', 'Declare: content made with AI'),
      acted(yixiaoer, '自主声明：勾选「虚构演绎」', 'Declare: acted, fictional'),
      healthInContent,
    ],
    open: { appUrl: 'snssdk1128://', webUrl: 'https://creator.douyin.com/', ...schemes },
  },
  xiaohongshu: {
    form: 'video',
    route: { value: 'manual', ...unknown },
    title: { max: 20, required: false, ...aitoearn },
    body: { max: 1000, ...aitoearn },
    tags: { max: 5, style: 'hashed', ...aitoearn },
    cover: { required: false, maxBytes: null, ...unknown },
    media: {
      maxBytes: GB,
      maxSeconds: 60 * 60,
      formats: mp4Mov,
      orientation: 'portrait',
      ...aitoearn,
    },
    scheduling: { byApi: false, ...unknown },
    quota: { note: null, ...unknown },
    spacingSeconds: { value: 0, ...unknown },
    declarations: [
      aiLabel(
        labelling,
        '「添加内容类型声明」里选 AI 生成',
        'Declare the content type: made with AI',
      ),
      acted(yixiaoer, '「添加内容类型声明」里选虚构演绎', 'Declare the content type: acted'),
      healthInContent,
    ],
    open: { appUrl: 'xhsdiscover://', webUrl: 'https://creator.xiaohongshu.com/', ...schemes },
  },
  kuaishou: {
    form: 'video',
    route: { value: 'api', ...kuaishouCreate },
    title: null,
    body: { max: 1000, ...aitoearn },
    tags: { max: 4, style: 'hashed', ...aitoearn },
    cover: { required: true, maxBytes: 10 * MB, ...kuaishouCreate, grade: 'C' },
    media: {
      maxBytes: 100 * MB,
      maxSeconds: 30 * 60,
      formats: mp4,
      orientation: 'portrait',
      ...aitoearn,
    },
    scheduling: { byApi: false, ...kuaishouCreate },
    quota: { note: null, ...unknown },
    spacingSeconds: { value: 0, ...unknown },
    declarations: [
      aiLabel(
        labelling,
        '接口没有声明字段：发布后在 App 内补 AI 生成声明',
        'No API field: add the AI declaration in the app after posting',
      ),
      acted(yixiaoer, '发布后在 App 内补「演绎」声明', 'Add in the app after posting: acted'),
      healthInContent,
    ],
    open: { appUrl: 'kwai://', webUrl: 'https://cp.kuaishou.com/', ...schemes },
  },
  channels: {
    form: 'video',
    route: { value: 'manual', ...channelsOpen },
    title: { min: 6, max: 16, required: false, ...sau },
    body: { max: 1000, ...aitoearn },
    tags: { max: null, style: 'hashed', ...unknown },
    cover: { required: false, maxBytes: null, ...unknown },
    media: {
      maxBytes: GB,
      maxSeconds: 60 * 60,
      formats: mp4,
      orientation: 'portrait',
      ...aitoearn,
    },
    scheduling: { byApi: false, ...unknown },
    quota: { note: null, ...unknown },
    spacingSeconds: { value: 0, ...unknown },
    declarations: [
      aiLabel(labelling, '声明「含AI生成内容」', 'Declare: contains AI-made content'),
      healthInContent,
    ],
    open: { appUrl: 'weixin://', webUrl: 'https://channels.weixin.qq.com/', ...schemes },
  },
  wechat_oa: {
    form: 'video',
    route: { value: 'manual', ...draftAdd },
    title: { max: 32, required: true, ...draftAdd },
    body: { max: 20_000, ...draftAdd },
    tags: { max: 0, style: 'none', ...draftAdd },
    cover: { required: true, maxBytes: 10 * MB, ...material },
    byApi: {
      form: 'article',
      route: { value: 'api', ...draftAdd },
      title: { max: 32, required: true, ...draftAdd },
      // 20,000 with the tags around each line, which are ours to add.
      body: { max: 15_000, ...draftAdd },
      tags: { max: 0, style: 'none', ...draftAdd },
      cover: { required: true, maxBytes: 10 * MB, ...material },
    },
    media: { maxBytes: 10 * MB, maxSeconds: null, formats: mp4, orientation: 'any', ...material },
    scheduling: { byApi: false, ...draftAdd },
    quota: {
      note: {
        zh: '接口每日调用次数以后台为准（错误码 45009）；发布不推送给粉丝',
        en: 'Daily calls as the console shows (code 45009); publishing is not pushed to followers',
      },
      ...draftAdd,
    },
    spacingSeconds: { value: 0, ...unknown },
    declarations: [
      aiLabel(labelling, '发表前选择 AI 生成的创作来源', 'Declare the source: made with AI'),
      healthInContent,
    ],
    open: { appUrl: 'weixin://', webUrl: 'https://mp.weixin.qq.com/', ...schemes },
  },
  bilibili: {
    form: 'video',
    route: { value: 'api', ...biliContract },
    title: { max: 79, required: true, ...biliContract },
    body: { max: 250, ...biliContract },
    tags: { min: 1, max: 10, maxChars: 199, style: 'field', ...biliContract },
    cover: { required: true, maxBytes: 5 * MB, ...biliContract },
    media: {
      maxBytes: 4 * GB,
      maxSeconds: 5 * 60 * 60 - 1,
      formats: ['video/mp4', 'video/x-flv'],
      orientation: 'landscape',
      ...biliContract,
    },
    scheduling: { byApi: false, ...biliContract },
    quota: {
      note: {
        zh: '非正式会员（错误码 123036）；正式会员未公布上限',
        en: 'for non-formal members (code 123036); none published for formal ones',
      },
      ...biliContract,
    },
    spacingSeconds: { value: 30, ...biliContract },
    declarations: [
      aiLabel(labelling, '「创作声明」里选 AI 生成', 'Declare in 创作声明: made with AI'),
      acted(yixiaoer, '「创作声明」里选虚构演绎', 'Declare in 创作声明: acted'),
      healthInContent,
    ],
    open: { appUrl: 'bilibili://', webUrl: 'https://member.bilibili.com/', ...schemes },
  },
  weibo: {
    form: 'video',
    route: { value: 'manual', ...weiboWiki },
    title: { max: 30, required: false, ...sau },
    body: { max: 2000, ...yixiaoer },
    tags: { max: null, style: 'wrapped', ...unknown },
    cover: { required: false, maxBytes: null, ...unknown },
    byApi: {
      form: 'picture',
      route: { value: 'api', ...weiboShare },
      title: null,
      body: { max: 140, ...weiboShare },
      tags: { max: 0, style: 'none', refusedInText: true, ...weiboShare },
      cover: { required: true, maxBytes: 5 * MB, ...weiboShare },
      link: weiboShare,
    },
    media: { maxBytes: GB, maxSeconds: 15 * 60, formats: mp4Mov, orientation: 'any', ...weiboWiki },
    scheduling: { byApi: false, ...weiboShare },
    quota: {
      note: {
        zh: '按应用等级、用户和 IP 限频，数值未公布；未审核应用只有 15 个测试账号可见',
        en: 'By application level, user and IP, unpublished; an unreviewed app is seen by 15 test accounts',
      },
      ...weiboLimits,
    },
    spacingSeconds: { value: 0, ...unknown },
    declarations: [
      aiLabel(labelling, '「选择内容声明」里选 AI 生成', 'Declare the content: made with AI'),
      healthInContent,
    ],
    open: { appUrl: 'sinaweibo://', webUrl: 'https://weibo.com/', ...schemes },
  },
  toutiao: {
    form: 'video',
    route: { value: 'manual', ...unknown },
    title: {
      max: 30,
      required: true,
      ...easydouyin,
    },
    body: { max: 400, ...yixiaoer },
    tags: { max: 5, style: 'wrapped', ...yixiaoer },
    cover: { required: false, maxBytes: null, ...unknown },
    media: { maxBytes: null, maxSeconds: null, formats: mp4, orientation: 'any', ...unknown },
    scheduling: { byApi: false, ...unknown },
    quota: { note: null, ...unknown },
    spacingSeconds: { value: 0, ...unknown },
    declarations: [
      {
        id: 'health_reference',
        label: {
          zh: '作品声明：选「健康医疗分享仅供参考」',
          en: 'Declare: health sharing for reference only',
        },
        where: 'in_app',
        applies: 'always',
        ...yixiaoer,
      },
      aiLabel(labelling, '作品声明：选 AI 生成', 'Declare: made with AI'),
      acted(yixiaoer, '作品声明：选虚构演绎', 'Declare: acted, fictional'),
    ],
    open: { appUrl: 'snssdk141://', webUrl: 'https://mp.toutiao.com/', ...schemes },
  },
  jd_health: {
    form: 'video',
    route: { value: 'manual', ...unknown },
    title: { max: null, required: false, ...unknown },
    body: { max: null, ...unknown },
    tags: { max: 0, style: 'none', ...unknown },
    cover: { required: false, maxBytes: null, ...unknown },
    media: { maxBytes: null, maxSeconds: null, formats: [], orientation: 'any', ...unknown },
    scheduling: { byApi: false, ...unknown },
    quota: { note: null, ...unknown },
    spacingSeconds: { value: 0, ...unknown },
    declarations: [
      aiLabel(labelling, '后台如有AI声明选项，一并勾选', 'Tick the AI declaration if there is one'),
      healthInContent,
    ],
    open: { appUrl: null, webUrl: null, ...unknown },
  },
}

/** The limits of a post in this form; without one, in the platform's usual form. */
export function formCapability(platform: Platform, form?: PostForm): FormCapability {
  const usual = platformCapabilities[platform]
  return form && usual.byApi?.form === form ? usual.byApi : usual
}
