import ical, {
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { addDays, type Day } from '../base/day.js'

export type CalendarEntry = {
  /** Stable for ever: the same entry sent again replaces the first one in the reader's calendar. */
  uid: string
  summary: string
  description: string
  day: Day
  /** How many days before at 09:00 the reader is reminded. */
  alarmDays?: number
  url?: string
  organiser?: { name: string; email: string }
  stamp: Date
}

/** An all-day entry as an iCalendar file (RFC 5545); it takes no time off the reader's day. */
export function calendarFile(entry: CalendarEntry): string {
  const calendar = ical({
    prodId: { company: 'Tilsyn', product: 'Tilsyn' },
    method: ICalCalendarMethod.PUBLISH,
  })
  const event = calendar.createEvent({
    id: entry.uid,
    stamp: entry.stamp,
    start: new Date(`${entry.day}T00:00:00Z`),
    end: new Date(`${addDays(entry.day, 1)}T00:00:00Z`),
    allDay: true,
    summary: entry.summary,
    description: entry.description,
    busystatus: ICalEventBusyStatus.FREE,
    transparency: ICalEventTransparency.TRANSPARENT,
    ...(entry.url ? { url: entry.url } : {}),
    ...(entry.organiser ? { organizer: entry.organiser } : {}),
  })
  if (entry.alarmDays !== undefined)
    event.createAlarm({ type: ICalAlarmType.display, trigger: entry.alarmDays * 86_400 - 9 * 3_600 })
  return calendar.toString()
}
