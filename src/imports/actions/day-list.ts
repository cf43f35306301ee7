import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { customerByReference } from '../../customers/actions.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { allServices, pastList } from '../../register/actions.js'
import { rowsIn } from '../../register/page/map.js'
import { listRows, nameIn } from '../../register/page.js'
import { rowsMatching } from '../../register/records.js'
import { servicesOn } from '../../register/rules.js'
import { lawNow } from '../../transfers/actions.js'
import { defused } from '../rules/defused.js'

/** Whose list, on which day, and what of it is shown: as the page's address has it. */
export type DayListQuery = {
  on: Day
  customer: string
  service: string
  search: string
  country: string
  /** As the register knew it on that day, before later corrections. */
  asKnownThen: boolean
}

const columns = [
  'reference',
  'name',
  'number',
  'address',
  'activity',
  'services',
  'storage',
  'access',
  'bases',
  'state',
  'since',
  'approval',
] as const

/** Rows above the headings: whose list it is, on which day, and how much of it is shown. */
export const titleRows = 4

/** A list on a day as it is shown: to be read, not to be brought in. It says itself what it is. */
export async function* dayListRows(context: Context, query: DayListQuery): AsyncGenerator<string[]> {
  const { today, locale } = context
  const t = textIn(locale)
  const customer = query.customer === '' ? null : await customerByReference(query.customer)
  const services = await allServices()
  const service = services.find(({ reference }) => reference === query.service) ?? null
  const [law, past] = await Promise.all([
    lawNow(),
    pastList({ customer: customer?._id, service: service?._id }, query.on, today, query.asKnownThen),
  ])
  const shown = rowsIn(rowsMatching(past.rows, query.search), query.country)
  const whose = customer ? `${customer.name} (${customer.reference})` : t('imports:list.all')
  yield [
    t(past.asThen ? 'imports:list.title-then' : 'imports:list.title', { day: formatDay(query.on, locale) }),
  ]
  yield [defused(service ? `${whose}, ${nameIn(service.name, locale)}` : whose)]
  yield [
    t(shown.length === past.rows.length ? 'imports:list.whole' : 'imports:list.part', {
      shown: shown.length,
      count: past.rows.length,
      day: formatDay(today, locale),
    }),
  ]
  yield []
  yield columns.map((column) => t(`imports:list.column.${column}`))
  for (const row of listRows(law, shown, servicesOn(services, query.on), query.on, locale)) {
    const bases = row.bases.map(({ country, basis, state }) =>
      [country, basis || '–', state?.word].filter(Boolean).join(': '),
    )
    yield [
      row.reference,
      row.name,
      row.number,
      row.address,
      row.activity,
      row.services,
      row.storage,
      row.access,
      bases.join('\n'),
      row.state.word,
      row.since,
      row.approval || row.customers,
    ].map(defused)
  }
}
