import type { Texts } from '@xingbo/shared/text'

export const fileTexts = {
  files: { zh: '导入导出', en: 'Files' },
  import: { zh: '导入排期表', en: 'Import a calendar' },
  exportXlsx: { zh: '导出这段时间（Excel）', en: 'Export this period (Excel)' },
  exportCsv: { zh: '导出这段时间（CSV）', en: 'Export this period (CSV)' },
  templateXlsx: { zh: '下载模板（Excel）', en: 'Template (Excel)' },
  templateCsv: { zh: '下载模板（CSV）', en: 'Template (CSV)' },
  hint: {
    zh: '模板里已有全部待排期的内容，填上账号、日期、时间即可。先预览每一行，确认后才保存；同一个文件再导一次不会有变化。',
    en: 'The template already holds every ready item; fill in account, date and time. Every row is shown before anything is saved, and the same file again changes nothing.',
  },
  choose: { zh: '选择或拖入文件（.xlsx、.csv）', en: 'Choose or drop a file (.xlsx, .csv)' },
  another: { zh: '换一个文件', en: 'Another file' },
  reading: { zh: '正在读取…', en: 'Reading…' },
  row: { zh: '第 {n} 行', en: 'Row {n}' },
  count: { zh: '{fate} {n}', en: '{fate} {n}' },
  errors: { zh: '下载错误行', en: 'Download refused rows' },
  empty: { zh: '文件里没有填好的行', en: 'No filled-in row in this file' },
  save: { zh: '导入 {n} 条', en: 'Import {n}' },
  saveNone: { zh: '导入', en: 'Import' },
  skipped: {
    zh: '不能导入的行会被跳过，改好后再导一次即可。',
    en: 'Refused rows are skipped; put them right and import again.',
  },
  done: { zh: '已导入 {n} 条', en: '{n} imported' },
  undoDone: { zh: '已撤销 {n} 条，保留 {left} 条', en: '{n} undone, {left} kept' },
  close: { zh: '关闭', en: 'Close' },
} as const satisfies Texts
