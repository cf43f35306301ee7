import { danishSortKey, numberFragments, searchTokens } from '../../db/keys.js'
import type { ListQuery, ListShape } from '../../lists/rules.js'
import type { Objection } from './objection.js'

export const objectionList = {
  name: 'objections',
  filters: ['state', 'in-time', 'outcome', 'owner', 'notice', 'customer'],
  sorts: ['answer', 'received', 'name'],
  columns: [
    { name: 'notice', usual: true },
    { name: 'received', usual: true },
    { name: 'in-time', usual: true },
    { name: 'owner', usual: true },
    { name: 'next', usual: true },
    { name: 'channel', usual: false },
    { name: 'reasons', usual: false },
  ],
} as const satisfies ListShape

export type ObjectionQuery = ListQuery
export type ObjectionSort = (typeof objectionList.sorts)[number]

/** 'open': it holds the customer's part of the notice. */
export const objectionStates = ['open', 'received', 'assessed', 'settled'] as const

/** What the list finds and sorts an objection by; kept on its record, set with every move of it. */
export type ObjectionListing = {
  tokens: string[]
  /** What filters ask for, as 'state:open', 'in-time:no'. */
  keys: string[]
  /** Those that block first, the first to be answered first; then the others, the last settled first. */
  order: string
  sortKey: string
}

export function objectionListing(objection: Objection): ObjectionListing {
  const { reference, customerName, customerReference, noticeReference, caseNumber, reasons } = objection
  return {
    tokens: searchTokens(
      reference,
      customerName,
      customerReference,
      noticeReference,
      caseNumber,
      ...numberFragments(caseNumber),
      objection.raisedBy.name,
      reasons,
    ),
    keys: [
      `state:${objection.state}`,
      ...(objection.blocking ? ['state:open'] : []),
      `in-time:${objection.timely ? 'yes' : 'no'}`,
      ...(objection.outcome === null ? [] : [`outcome:${objection.outcome}`]),
      `owner:${objection.owner ?? 'none'}`,
      `notice:${noticeReference}`,
      `customer:${customerReference}`,
    ],
    order: objection.blocking ? `0${objection.answerBy}` : `1${backwards(objection.outcomeOn ?? '')}`,
    sortKey: danishSortKey(customerName),
  }
}

/** A later day is a smaller text. */
function backwards(day: string): string {
  return day.replaceAll(/\d/g, (digit) => String(9 - Number(digit)))
}

/** The filters as keys of the record, of each filter one of several. */
export function keysAsked(query: ObjectionQuery): string[][] {
  return Object.entries(query.filters).map(([filter, values]) => values.map((value) => `${filter}:${value}`))
}
