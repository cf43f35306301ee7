import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { numberFragments, searchTokens } from '../../db/keys.js'
import type { ListQuery, ListShape } from '../../lists/rules.js'
import { servicesOf, type Notice } from './notice.js'
import type { Phase } from './recipient.js'

export const noticeList = {
  name: 'notices',
  filters: ['state', 'service', 'change', 'waits'],
  sorts: ['newest', 'start', 'waiting', 'changed'],
  columns: [
    { name: 'state', usual: true },
    { name: 'issued', usual: true },
    { name: 'start', usual: false },
    { name: 'services', usual: false },
    { name: 'customers', usual: true },
    { name: 'next', usual: true },
    { name: 'changed', usual: false },
  ],
} as const satisfies ListShape

export type NoticeQuery = ListQuery
export type NoticeSort = (typeof noticeList.sorts)[number]

export const noticeStates = ['draft', 'issuing', 'issued', 'settled', 'withdrawn', 'discarded'] as const

/** What customers or staff are waited for, with which of the notice's customers it is so; 'none' where nobody is. */
export const waits = ['objection', 'undelivered', 'instruction', 'approval', 'use', 'none'] as const
export type Waits = (typeof waits)[number]

/** What only customers' parts say of a notice. */
export type Tally = {
  counts: Partial<Record<Phase, number>>
  /** Somebody is asked for an instruction, or for an approval that has not come. */
  instruction: boolean
  approval: boolean
}

/**
 * What the list of notices is found by: derived from the notice and its customers' parts (docs/decisions/0010). It selects, sorts and
 * counts; what a page says is read from the notice.
 */
export type NoticeListing = {
  _id: string
  reference: string
  tokens: string[]
  /** What filters ask for, as 'state:draft', 'waits:objection'. */
  keys: string[]
  plannedStart: Day
  /** How many customers hold it up or wait to be told. */
  waiting: number
  changedAt: Date
  /** How many customers in each phase. */
  counts: Partial<Record<Phase, number>>
  /** Raised with each writing: who counted before another wrote does not write over it. */
  seq: number
  sample: boolean
}

/** `notice` carries its lines' contents. */
export function listingOf(
  notice: Notice,
  { counts, instruction, approval }: Tally,
  services: ReadonlyMap<string, Bilingual>,
): Omit<NoticeListing, 'seq'> {
  const about = [...new Set(notice.lines.flatMap(servicesOf))]
  const discarded = notice.state === 'withdrawn' && notice.issuedOn === null
  const running = notice.state === 'issued' || notice.state === 'issuing'
  const waiting: Record<Exclude<Waits, 'none'>, boolean> = {
    objection: (counts.objecting ?? 0) > 0,
    undelivered: (counts.undelivered ?? 0) > 0,
    instruction: running && instruction,
    approval: running && approval,
    use: (counts.permitted ?? 0) > 0,
  }
  const waited = waits.filter((each) => each !== 'none' && waiting[each])
  return {
    _id: notice._id,
    reference: notice.reference,
    tokens: tokensOf(notice, about, services),
    keys: [
      `state:${discarded ? 'discarded' : notice.state}`,
      ...about.map((service) => `service:${service}`),
      ...[...new Set(notice.lines.map(({ kind }) => kind))].map((kind) => `change:${kind}`),
      ...(waited.length > 0 ? waited : ['none']).map((each) => `waits:${each}`),
    ],
    plannedStart: notice.plannedStart,
    waiting: (counts.objecting ?? 0) + (counts.undelivered ?? 0),
    changedAt: notice.moves.at(-1)?.at ?? new Date(0),
    counts,
    sample: notice.sample,
  }
}

function tokensOf(
  { reference, why, lines }: Notice,
  about: readonly string[],
  services: ReadonlyMap<string, Bilingual>,
): string[] {
  const contents = lines.flatMap(({ content, replacedContent }) => [content, replacedContent])
  return searchTokens(
    reference,
    why.da,
    why.en,
    ...about.flatMap((id) => [services.get(id)?.da, services.get(id)?.en]),
    ...contents.flatMap((content) => [
      content?.vendorName,
      content?.activity.da,
      content?.activity.en,
      content?.registration?.number,
      ...numberFragments(content?.registration?.number),
    ]),
  )
}

/** The filters as keys of the entries, of each filter one of several. */
export function keysAsked(query: NoticeQuery): string[][] {
  return Object.entries(query.filters).map(([filter, values]) => values.map((value) => `${filter}:${value}`))
}
