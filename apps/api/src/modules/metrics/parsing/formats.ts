import type { ImportKind } from '@xingbo/shared/metrics/import-kind'

/**
 * The columns of each file by field, with every name a column is known to go by. `required` are those
 * the file is recognised by and useless without. Douyin: facts of the creator back office's 作品列表;
 * Xiaohongshu: 笔记列表明细表, whose older files lack 曝光; the rest: the hospital's own lists.
 */
export const formats = {
  douyin_works: {
    columns: {
      title: ['作品名称', '作品标题'],
      publishedAt: ['发布时间'],
      format: ['体裁'],
      reviewState: ['审核状态'],
      plays: ['播放量', '播放次数'],
      completionRate: ['完播率'],
      coverClickRate: ['封面点击率'],
      avgPlaySeconds: ['平均播放时长'],
      likes: ['点赞量', '点赞数'],
      shares: ['分享量', '分享数'],
      comments: ['评论量', '评论数'],
      favorites: ['收藏量', '收藏数'],
      profileVisits: ['主页访问量'],
      followersGained: ['粉丝增量'],
    },
    required: ['title', 'publishedAt', 'plays'],
  },
  xiaohongshu_notes: {
    columns: {
      title: ['笔记标题'],
      publishedAt: ['首次发布时间'],
      format: ['体裁'],
      impressions: ['曝光', '曝光量'],
      plays: ['观看量', '观看数'],
      coverClickRate: ['封面点击率'],
      likes: ['点赞', '点赞数'],
      comments: ['评论', '评论数'],
      favorites: ['收藏', '收藏数'],
      followersGained: ['涨粉', '涨粉数'],
      shares: ['分享', '分享数'],
      avgPlaySeconds: ['人均观看时长'],
    },
    required: ['title', 'publishedAt', 'plays'],
  },
  visits: {
    columns: {
      day: ['就诊日期', '就诊时间'],
      department: ['科室', '就诊科室'],
      doctor: ['医生', '接诊医生'],
      name: ['患者姓名', '姓名'],
      phone: ['手机号', '联系电话', '电话'],
      source: ['来源渠道备注', '来源渠道', '来源'],
      fee: ['费用', '金额'],
      payStatus: ['支付状态', '缴费状态'],
    },
    required: ['day', 'department', 'name', 'phone', 'fee'],
  },
  orders: {
    columns: {
      orderNumber: ['订单号', '订单编号'],
      institution: ['机构'],
      package: ['服务包', '服务包名称'],
      orderedAt: ['下单时间'],
      name: ['患者姓名', '姓名'],
      phone: ['手机号', '联系电话'],
      account: ['来源账号'],
      touchCode: ['触点码'],
      source: ['自述来源'],
      quantity: ['数量'],
      amount: ['应付金额'],
      paid: ['实付金额'],
      paidAt: ['支付时间'],
      status: ['订单状态'],
      totalTimes: ['总次数'],
      usedTimes: ['已核销次数'],
      lastUsedOn: ['最近核销时间'],
      usedWith: ['核销医生'],
      refund: ['退款金额'],
      refundedAt: ['退款时间'],
      note: ['备注'],
    },
    required: ['orderNumber', 'package', 'orderedAt', 'paid', 'status'],
  },
  costs: {
    columns: {
      month: ['月份'],
      line: ['专病线'],
      account: ['账号', '平台账号'],
      kind: ['费用类别', '类别'],
      amount: ['金额'],
    },
    required: ['month', 'line', 'kind', 'amount'],
  },
} as const satisfies Record<
  ImportKind,
  {
    readonly columns: Readonly<Record<string, readonly string[]>>
    readonly required: readonly string[]
  }
>

export type FieldOf<K extends ImportKind> = keyof (typeof formats)[K]['columns'] & string
