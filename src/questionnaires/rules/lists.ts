import { danishSortKey, searchTokens } from '../../db/keys.js'
import type { ListQuery, ListShape } from '../../lists/rules.js'
import type { Questionnaire } from './questionnaire.js'

export const questionnaireList = {
  name: 'questionnaires',
  filters: ['state', 'mail', 'year', 'why', 'set', 'band', 'campaign', 'vendor'],
  sorts: ['due', 'year', 'name'],
  columns: [
    { name: 'year', usual: true },
    { name: 'due', usual: true },
    { name: 'owner', usual: true },
    { name: 'next', usual: true },
    { name: 'why', usual: false },
    { name: 'set', usual: false },
    { name: 'campaign', usual: false },
  ],
} as const satisfies ListShape

export type QuestionnaireSort = (typeof questionnaireList.sorts)[number]
export type QuestionnaireQuery = ListQuery

/** 'open': something is still to come of it. */
export const statesAsked = ['open', 'prepared', 'asked', 'submitted', 'concluded', 'withdrawn'] as const

/** What the list finds and sorts a questionnaire by; kept on its record, set with every move of it. */
export type QuestionnaireListing = {
  tokens: string[]
  /** What filters ask for, as 'state:open', 'year:2026'. */
  keys: string[]
  /** Those still open first, the first due first; then the others, the last due first. */
  order: string
  sortKey: string
  /** One open questionnaire per vendor, year and set; null when it is over. */
  openKey: string | null
}

/** Whether anything is still to come of it. */
export function isOpen({ state }: Pick<Questionnaire, 'state'>): boolean {
  return state !== 'concluded' && state !== 'withdrawn'
}

export function questionnaireListing(questionnaire: Questionnaire): QuestionnaireListing {
  const { reference, vendor, vendorName, year, set, state, why, dueOn, delivery } = questionnaire
  const { owner, campaign, conclusion } = questionnaire
  const open = isOpen(questionnaire)
  return {
    tokens: searchTokens(reference, vendorName, owner.name, owner.email, campaign ?? ''),
    keys: [
      `state:${state}`,
      ...(open ? ['state:open'] : []),
      `mail:${delivery}`,
      `year:${year}`,
      `why:${why}`,
      `set:${set.id}`,
      `set:${set.id}@${set.version}`,
      `vendor:${vendor}`,
      ...(conclusion === null ? [] : [`band:${conclusion.band}`]),
      ...(campaign === null ? [] : [`campaign:${campaign}`]),
    ],
    order: open ? `0${dueOn}` : `1${backwards(dueOn)}`,
    sortKey: danishSortKey(vendorName),
    openKey: open ? `${vendor}/${year}/${set.id}` : null,
  }
}

/** A later day is a smaller text. */
function backwards(day: string): string {
  return day.replaceAll(/\d/g, (digit) => String(9 - Number(digit)))
}

/** The filters as keys of the record, of each filter one of several. */
export function keysAsked(query: QuestionnaireQuery): string[][] {
  return Object.entries(query.filters).map(([filter, values]) => values.map((value) => `${filter}:${value}`))
}
