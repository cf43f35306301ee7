/** What of the list was corrected since the day it is of, or that it is the list as it was known on that day. */
import type { Block } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { correctedAfter, type Listed, type ListRow } from '../../register/rules.js'
import type { Order } from '../rules.js'

export type ListedWithCorrections = Listed & Partial<Pick<ListRow, 'corrections'>>

export function correctionBlocks(rows: readonly ListedWithCorrections[], order: Order): Block[] {
  const locale = order.language
  const t = textIn(locale)
  if (order.known === 'then')
    return [{ kind: 'note', text: t('past:annex.then', { day: formatDay(order.on, locale) }) }]
  const items = rows.flatMap(({ content, reference, corrections = [] }) =>
    correctedAfter({ corrections }, order.on).corrections.map(({ recordedOn, because }) =>
      t('past:annex.row', {
        name: content.vendorName,
        reference,
        on: formatDay(recordedOn, locale),
        because,
      }),
    ),
  )
  if (items.length === 0) return []
  return [
    { kind: 'heading', text: t('past:annex.title') },
    { kind: 'paragraph', text: t('past:annex.lead') },
    { kind: 'list', items },
  ]
}
