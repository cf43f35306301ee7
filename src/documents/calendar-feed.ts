import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import { addDays } from '../base/day.js'
import type { CalendarEntry } from './calendar-file.js'

/** Many all-day entries as one calendar that programs fetch again and again (RFC 5545, RFC 7986 REFRESH-INTERVAL). */
export function calendarFeed(
  name: string,
  entries: readonly Pick<CalendarEntry, 'uid' | 'summary' | 'description' | 'day' | 'url' | 'stamp'>[],
): string {
  const calendar = ical({
    name,
    prodId: { company: 'Tilsyn', product: 'Tilsyn' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 6 * 3600,
  })
  for (const { uid, summary, description, day, url, stamp } of entries)
    calendar.createEvent({
      id: uid,
      stamp,
      start: new Date(`${day}T00:00:00Z`),
      end: new Date(`${addDays(day, 1)}T00:00:00Z`),
      allDay: true,
      summary,
      description,
      transparency: ICalEventTransparency.TRANSPARENT,
      ...(url ? { url } : {}),
    })
  return calendar.toString()
}
