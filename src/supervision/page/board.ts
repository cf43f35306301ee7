import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { riskBands, type Service } from '../../register/rules.js'
import {
  boardParams,
  boardSorts,
  dutyOf,
  dutyStates,
  progresses,
  worst,
  type BoardQuery,
  type BoardSummary,
  type DutyKind,
  type VendorYear,
} from '../rules.js'
import { wheelOf } from './wheel.js'
import {
  conceptWord,
  dutyWords,
  engagementUrl,
  foundWords,
  progressTones,
  scoredWords,
  stateShown,
  weakWords,
} from './words.js'

type Reader = { locale: Locale; today: Day }
type Values = {
  rows: readonly VendorYear[]
  next: string | null
  previous: string | null
  count: number
  summary: BoardSummary
  services: readonly Service[]
}

export function boardPage(values: Values, query: BoardQuery, { locale, today }: Reader) {
  const t = textIn(locale)
  const { rows, next, previous, count, summary, services } = values
  const at = (page: string | null) => page && `/supervision?${boardParams({ ...query, page })}`
  const plain = {
    ...query,
    q: '',
    state: null,
    band: null,
    service: null,
    weak: false,
    month: null,
    page: '',
  }
  const present = Number(today.slice(0, 4))
  return {
    query,
    rows: rows.map((row) => boardRow(row, locale)),
    none: summary.vendors === 0,
    narrowed: boardParams({ ...query, page: '' }) !== boardParams({ ...plain, sort: query.sort }),
    clear: `/supervision?${boardParams(plain)}`,
    years: [...new Set([present - 2, present - 1, present, present + 1, query.year])]
      .toSorted((a, b) => a - b)
      .map((year) => ({
        year,
        url: `/supervision?${boardParams({ ...query, year, month: null, page: '' })}`,
        current: year === query.year,
      })),
    states: dutyStates.map((value) => ({ value, text: t(`supervision:state.${value}`) })),
    bands: riskBands.map((value) => ({
      value,
      text: t('supervision:band', { band: value.replace('-', '–') }),
    })),
    services: services.map(({ _id, name }) => ({ value: _id, text: name[locale] })),
    sorts: boardSorts.map((value) => ({ value, text: t(`supervision:sort.${value}`) })),
    month:
      query.month === null
        ? null
        : {
            name: wheelOf(summary, query, today, locale).months[query.month - 1]?.name ?? '',
            clear: `/supervision?${boardParams({ ...query, month: null, page: '' })}`,
          },
    picture: pictureOf(summary, query, { locale, today }),
    exportUrl: `/supervision/export?${boardParams({ ...query, page: '' })}`,
    paging: { count, next: at(next), previous: at(previous) },
  }
}

function pictureOf(summary: BoardSummary, query: BoardQuery, { locale, today }: Reader) {
  const t = textIn(locale)
  const total = progresses.reduce((sum, each) => sum + summary.progress[each], 0)
  if (total === 0) return null
  let from = 0
  return {
    lead: t('supervision:picture.lead', { count: total, vendors: summary.vendors }),
    parts: progresses.map((each) => {
      const width = (summary.progress[each] / total) * 100
      const part = {
        from,
        width,
        tone: progressTones[each],
        words: t(`supervision:progress-count.${each}`, { count: summary.progress[each] }),
      }
      from += width
      return part
    }),
    wheel: wheelOf(summary, query, today, locale),
  }
}

/** What of the year stands in one cell: the duty of its kind that calls for somebody first, for all engagements together. */
function cellOf(row: VendorYear, kind: DutyKind, locale: Locale) {
  const t = textIn(locale)
  const state = worst(dutyOf(row.engagements, kind).map((duty) => duty.state))
  const those = row.engagements.flatMap((year) => year.duties.map((duty) => ({ year, duty })))
  const first = those.find(({ duty }) => duty.kind === kind && duty.state === state)
  if (!first) return null
  const words = dutyWords(
    first.duty,
    { engagement: first.year.engagement.reference, vendor: row.vendor.reference },
    locale,
  )
  const others = those.filter(({ duty }) => duty.kind === kind).length - 1
  return { ...words, others: others > 0 ? t('supervision:board.others', { count: others }) : '' }
}

export function boardRow(row: VendorYear, locale: Locale) {
  const t = textIn(locale)
  const riskiest = row.engagements.reduce((most, each) =>
    (each.engagement.scored?.total ?? 0) > (most.engagement.scored?.total ?? 0) ? each : most,
  )
  const weak = row.engagements.flatMap((each) => weakWords(each.weak, t) ?? [])
  return {
    name: row.vendor.name,
    reference: row.vendor.reference,
    url: `/vendors/${row.vendor.reference}`,
    ...scoredWords(riskiest.engagement.scored, t),
    scoreUrl: engagementUrl(riskiest),
    concept: riskiest.engagement.scored ? conceptWord(riskiest.engagement.scored.concept, t) : '',
    reached: riskiest.reached.map((concept) => conceptWord(concept, t)),
    weak: weak[0] ?? null,
    questionnaire: cellOf(row, 'questionnaire', locale),
    statement: cellOf(row, 'statement', locale),
    centre: cellOf(row, 'data-centre', locale),
    followUp: cellOf(row, 'follow-up', locale),
    covered: row.coveredTo ? formatShortDay(row.coveredTo, locale) : '',
    found: foundWords(row.found, t),
    findingsUrl: `/findings?q=${row.vendor.reference}`,
    next: row.nextDue ? formatShortDay(row.nextDue, locale) : '',
    state: stateShown(row.state, t),
    engagements: row.engagements.map((year) => ({
      reference: year.engagement.reference,
      activity: year.engagement.activity[locale],
      url: engagementUrl(year),
      ...scoredWords(year.engagement.scored, t),
      duties: year.duties.map((duty) =>
        dutyWords(duty, { engagement: year.engagement.reference, vendor: row.vendor.reference }, locale),
      ),
    })),
  }
}

const columns = [
  'vendor',
  'reference',
  'engagement',
  'activity',
  'points',
  'concept',
  'reached',
  'weaker',
  'duty',
  'why',
  'due',
  'state',
  'by',
  'findings',
] as const

export function boardHeadings(locale: Locale): string[] {
  const t = textIn(locale)
  return columns.map((column) => t(`supervision:export.${column}`))
}

/** One line for each duty: what a spreadsheet can count. Days as YYYY-MM-DD. */
export function boardCells(row: VendorYear, locale: Locale): string[][] {
  const t = textIn(locale)
  return row.engagements.flatMap(({ engagement, duties, reached, weak, found }) =>
    duties.map((duty) => {
      const words = dutyWords(
        duty,
        { engagement: engagement.reference, vendor: row.vendor.reference },
        locale,
      )
      return [
        row.vendor.name,
        row.vendor.reference,
        engagement.reference,
        engagement.activity[locale],
        engagement.scored ? String(engagement.scored.total) : '',
        engagement.scored ? conceptWord(engagement.scored.concept, t) : '',
        reached.map((concept) => conceptWord(concept, t)).join('; '),
        weakWords(weak, t)?.because ?? '',
        words.name,
        words.why,
        duty.dueOn,
        words.state.word,
        duty.by.join(', '),
        found.map(({ reference }) => reference).join(', '),
      ]
    }),
  )
}
