import type { Bilingual } from '../text.ts'

/** What the audit log calls each act; an act written without an entry here fails a test. */
export const auditActionLabels = {
  'content.changed': { zh: '修改了内容', en: 'Changed the content item' },
  'content.created': { zh: '新建了内容', en: 'Created the content item' },
  'content.moved': { zh: '移动了阶段', en: 'Moved the content item' },
  'content.placed': { zh: '调整了看板顺序', en: 'Changed the order on the board' },
  'content.resume_changed': {
    zh: '改了恢复后的阶段',
    en: 'Changed where the content item resumes',
  },
  'hold.lifted': { zh: '解除了暂停', en: 'Lifted a hold' },
  'hold.placed': { zh: '设置了暂停', en: 'Placed a hold' },
  'topic.archived': { zh: '归档了选题', en: 'Archived the topic' },
  'topic.changed': { zh: '修改了选题', en: 'Changed the topic' },
  'topic.created': { zh: '新建了选题', en: 'Created the topic' },
  'topic.restored': { zh: '恢复了选题', en: 'Restored the topic' },
} as const satisfies Record<string, Bilingual>
