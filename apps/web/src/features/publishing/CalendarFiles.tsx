import DownOutlined from '@ant-design/icons/DownOutlined'
import { useMutation } from '@tanstack/react-query'
import { addDays, bizDate, instantOf } from '@xingbo/shared/dates'
import {
  exportCalendar,
  type FileFormat,
  getCalendarTemplate,
} from '@xingbo/shared/publishing/calendar-file.schema'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { addressOf } from '../../lib/http.ts'
import { useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { CalendarImport } from './CalendarImport.tsx'
import { fileTexts } from './calendar-file.texts.ts'
import type { CalendarSearch } from './PublishingCalendar.tsx'
import { downloadMutation } from './schedule.queries.ts'

/** The calendar as a file: out, in, and an empty one to fill in. */
export function CalendarFiles({ search }: { search: CalendarSearch }) {
  const t = useTexts(fileTexts)
  const may = useMay()
  const formats = useFormats()
  const [importing, setImporting] = useState(false)
  const fetching = useMutation(downloadMutation())
  const exported = `calendar-${search.day ?? bizDate(new Date(), formats.zone)}`
  const imports = may('POST /api/schedule/import')
  const exportAs = (format: FileFormat) =>
    addressOf<typeof exportCalendar>(exportCalendar.route, {
      query: { ...periodOf(search, formats.zone), ...filterOf(search), format },
    })
  const templateAs = (format: FileFormat) =>
    addressOf<typeof getCalendarTemplate>(getCalendarTemplate.route, { query: { format } })
  const file = (key: string, label: string, name: string, address: string) => ({
    key,
    label,
    onClick: () => fetching.mutate({ address, name }),
  })
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...(imports
              ? [
                  { key: 'import', label: t('import'), onClick: () => setImporting(true) },
                  file('template', t('templateXlsx'), 'calendar-template.xlsx', templateAs('xlsx')),
                  file(
                    'template-csv',
                    t('templateCsv'),
                    'calendar-template.csv',
                    templateAs('csv'),
                  ),
                  { type: 'divider' as const },
                ]
              : []),
            file('export', t('exportXlsx'), `${exported}.xlsx`, exportAs('xlsx')),
            file('export-csv', t('exportCsv'), `${exported}.csv`, exportAs('csv')),
          ],
        }}
      >
        <Button loading={fetching.isPending}>
          {t('files')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <CalendarImport open={importing} onClose={() => setImporting(false)} />
    </>
  )
}

const filterOf = ({ platform, accountId, state }: CalendarSearch) => ({
  platform,
  accountId,
  state,
})

/** The period on screen: the day, the week or the month that holds the day of the address. */
function periodOf({ view, day }: CalendarSearch, zone: string): { from: string; to: string } {
  const shown = day ?? bizDate(new Date(), zone)
  const weekday = new Date(`${shown}T00:00:00Z`).getUTCDay() || 7
  const month = shown.slice(0, 7)
  const [first, end] =
    view === 'lanes'
      ? [shown, addDays(shown, 1)]
      : view === 'month'
        ? [`${month}-01`, `${addDays(`${month}-28`, 4).slice(0, 7)}-01`]
        : [addDays(shown, 1 - weekday), addDays(shown, 8 - weekday)]
  const at = (date: string) => instantOf(date, '00:00', zone).toISOString()
  return { from: at(first), to: at(end) }
}
