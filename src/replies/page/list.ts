import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { ReplyQuery } from '../form.js'
import { shelves, type Reply, type Shelf } from '../rules.js'
import { stateOf, subjectOf, urlOf } from './words.js'

type Count = { count: number; capped: boolean }

export type Listed = {
  rows: readonly Reply[]
  next: string | null
  previous: string | null
  count: Count
  open: ReadonlyMap<Shelf, Count>
}

export function listPage(
  listed: Listed,
  query: ReplyQuery,
  { locale, zone }: { locale: Locale; zone: string },
) {
  const t = textIn(locale)
  const shown = (shelf: Shelf) => {
    const count = listed.open.get(shelf)
    return count && count.count > 0 ? ` (${count.count}${count.capped ? '+' : ''})` : ''
  }
  const url = (page: string | null) =>
    page && `/replies?${new URLSearchParams({ show: query.shelf ?? 'all', q: query.q, page }).toString()}`
  return {
    query: { show: query.shelf ?? 'all', q: query.q },
    shelves: [
      ...shelves.map((shelf) => ({ value: shelf, text: `${t(`replies:shelf.${shelf}`)}${shown(shelf)}` })),
      { value: 'all', text: t('replies:shelf.all') },
    ],
    narrowed: query.q !== '' || query.shelf !== 'waiting',
    empty: t(query.q === '' && query.shelf ? `replies:empty.${query.shelf}` : 'replies:empty.search'),
    unmatched: query.shelf === 'unmatched' ? 0 : (listed.open.get('unmatched')?.count ?? 0),
    rows: listed.rows.map((reply) => ({
      reference: reply.reference,
      url: urlOf(reply),
      subject: subjectOf(reply, t),
      sender: reply.from.name || reply.from.address || t('replies:nobody'),
      address: reply.from.name ? reply.from.address : '',
      customer: reply.part?.customerName ?? reply.about?.party ?? '',
      notice: reply.part?.noticeReference ?? reply.about?.reference ?? '',
      arrived: formatInstant(reply.arrivedAt, locale, zone),
      kind: t(`replies:kind.${reply.kind}`),
      state: stateOf(reply, t),
    })),
    paging: { count: listed.count, next: url(listed.next), previous: url(listed.previous) },
  }
}
