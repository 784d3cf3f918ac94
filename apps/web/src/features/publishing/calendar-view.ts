/** A week of hours, a month of days, a list a phone can show, or one day with a lane for every account. */
export const calendarViews = ['week', 'month', 'list', 'lanes'] as const
export type CalendarView = (typeof calendarViews)[number]
/** Those FullCalendar draws. */
export type GridView = Exclude<CalendarView, 'lanes'>

/** What FullCalendar calls them. */
export const viewTypes = {
  week: 'timeGridWeek',
  month: 'dayGridMonth',
  list: 'listWeek',
} as const satisfies Record<GridView, string>
