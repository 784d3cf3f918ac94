/** A week of hours, a month of days, or a list a phone can show. */
export const calendarViews = ['week', 'month', 'list'] as const
export type CalendarView = (typeof calendarViews)[number]

/** What FullCalendar calls them. */
export const viewTypes = {
  week: 'timeGridWeek',
  month: 'dayGridMonth',
  list: 'listWeek',
} as const satisfies Record<CalendarView, string>
