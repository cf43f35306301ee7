/** What a sub-processor sees by its link: its own points, and nothing of anybody else's. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { isSettled, type Departure, type DepartureSettings } from '../rules.js'
import { retentionsOffered } from './case.js'
import { pointRow } from './points.js'

export function vendorDeparturePage(
  {
    departure,
    files,
    settings,
    house,
  }: {
    departure: Departure
    files: ReadonlyMap<string, StoredFile>
    settings: DepartureSettings
    house: string
  },
  { today, locale, base }: { today: Day; locale: Locale; base: string },
) {
  const t = textIn(locale)
  const { points } = departure
  const waiting = points.filter((point) => !isSettled(point))
  const over = !departure.running || waiting.length === 0
  const which =
    departure.state === 'called-off'
      ? 'called-off'
      : over
        ? 'over'
        : waiting.some(({ state }) => state !== 'answered')
          ? 'asked'
          : 'answered'
  return {
    title: t('departures:vendor.title', { reference: departure.reference }),
    lead: t(`departures:vendor.lead.${which}`, { house }),
    base,
    facts: [
      [
        t('departures:vendor-mail.whose'),
        departure.customerName ?? t('departures:vendor-mail.all-customers'),
      ],
      [t('departures:field.endedOn'), formatDay(departure.endedOn, locale)],
    ],
    points: points.map((point) => pointRow(point, { today, locale, base, files })),
    choices: waiting.map((point) => {
      const row = pointRow(point, { today, locale, base, files })
      return { value: point.id, text: row.label, hint: row.handling }
    }),
    chosen: waiting.filter(({ state }) => state !== 'answered').map(({ id }) => id),
    takes: departure.running && waiting.length > 0,
    retentions: retentionsOffered(departure, settings, locale),
    today,
  }
}
