/** Our own places where the customer's data may be (C.5), as its list page tells them beside the sub-processors. */
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { placesInWords, type Places } from '../../register/page.js'
import type { Reader } from './notice.js'

/** Null where no site of ours is on record that day. */
export function ownSites(places: Omit<Places, 'rows'>, { locale }: Reader) {
  const { own } = placesInWords({ ...places, rows: [] }, locale)
  return own.length === 0
    ? null
    : {
        lead: textIn(locale)('sites:customer.lead', { day: formatDay(places.on, locale) }),
        rows: own.map(({ name, kind, address, services }) => ({
          address,
          kind: name === '' ? kind : `${name} (${kind})`,
          services,
        })),
      }
}
