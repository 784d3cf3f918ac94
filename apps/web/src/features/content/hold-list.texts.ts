import type { Texts } from '@xingbo/shared/text'

export const holdListTexts = {
  pageTitle: { zh: '暂停发布', en: 'Holds' },
  pagePurpose: {
    zh: '被暂停的医生、账号、选题和内容；发布前会再查一次。在它们自己的页面上暂停，在这里解除。',
    en: 'Doctors, accounts, topics and items on hold; asked once more before each post. Place a hold on the page of the thing, lift it here.',
  },
  kind: { zh: '类别', en: 'Kind' },
  whom: { zh: '暂停了什么', en: 'On hold' },
  reason: { zh: '原因', en: 'Reason' },
  placedBy: { zh: '谁暂停的', en: 'Stopped by' },
  since: { zh: '从何时起', en: 'Since' },
  state: { zh: '状态', en: 'State' },
  active: { zh: '生效中', en: 'In force' },
  liftedBy: { zh: '{who} 已解除', en: 'Lifted by {who}' },
  lift: { zh: '解除', en: 'Lift' },
  liftTitle: { zh: '解除「{name}」的暂停', en: 'Lift the hold on “{name}”' },
  lifted: { zh: '已解除', en: 'Lifted' },
  actions: { zh: '操作', en: 'Actions' },
  showAll: { zh: '含已解除', en: 'With lifted ones' },
  anyKind: { zh: '全部类别', en: 'Every kind' },
  emptyTitle: { zh: '没有暂停', en: 'Nothing is on hold' },
  emptyHint: { zh: '一切都可以按时发布。', en: 'Everything may go out at its time.' },
} as const satisfies Texts
