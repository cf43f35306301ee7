/** The chain below the customer's approved sub-processors: who else processes its data, at whatever distance. */
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { KnownNode } from '../../register/actions.js'
import { chainLinkRows, shapesOf } from '../../register/page.js'
import type { Reader } from './notice.js'

/** Null where nothing was approved that day: then there is no chain either. */
export function chainSection(
  nodes: readonly KnownNode[],
  on: Day,
  as: 'tree' | 'table',
  { locale, base }: Reader,
) {
  if (nodes.length === 0) return null
  const t = textIn(locale)
  const further = nodes.filter(({ depth }) => depth > 1).length
  const url = (shape: 'tree' | 'table') =>
    `${base}/list?${new URLSearchParams({ on, ...(shape === 'table' ? { as: shape } : {}) }).toString()}#chain`
  return {
    lead:
      further === 0
        ? t('chain:customer.none', { day: formatDay(on, locale) })
        : t('chain:customer.lead', { count: further, day: formatDay(on, locale) }),
    as,
    shapes: shapesOf(url, as, locale),
    // Where nobody uses anyone the list above says it all.
    rows: further === 0 ? [] : chainLinkRows(nodes, locale, false),
  }
}
