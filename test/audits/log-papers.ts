/** Statements, questionnaires and findings as the log alone tells of them: what each one's moves have left. */
import type { Day } from '../../src/base/day.js'
import type { StatementKind } from '../../src/statements/rules/kinds.js'
import { usualTerms, type SortOf, type Statement, type Terms } from '../../src/statements/rules.js'
import type { Asked, Found } from '../../src/supervision/rules.js'
import { dayIn, last, type Book, type LoggedEntry } from './book.js'

type Facts = Record<string, unknown>

export type OfVendor<Each> = Each & { vendor: string }

/** How the house reckons, as it was last set. */
export function settingsIn(log: Book): { terms: Terms; equivalents: SortOf[] } {
  const set = [...log.of('statement-settings').values()].flat().at(-1)?.facts['after'] as
    { terms: Terms; equivalents: SortOf[] } | undefined
  return { terms: { ...usualTerms, ...set?.terms }, equivalents: set?.equivalents ?? [] }
}

const states: Record<string, Statement['state']> = {
  'statement.requested': 'requested',
  'statement.received': 'received',
  'statement.read': 'read',
  'statement.corrected': 'read',
  'statement.concluded': 'concluded',
  'statement.reopened': 'read',
  'statement.withdrawn': 'withdrawn',
}

export function statementsIn(log: Book): Statement[] {
  return [...log.of('statement')].map(([id, entries]) => {
    const turned = last(entries, ...Object.keys(states))
    const first = entries.find(({ facts }) => facts['vendor'])?.facts ?? {}
    const received = last(entries, 'statement.received')?.facts
    const concluded = turned?.event === 'statement.concluded' ? turned : undefined
    if (concluded && !concluded.facts['sites']) log.lacks(concluded)
    const statement = {
      _id: id,
      reference: first['reference'],
      vendor: first['vendor'],
      state: states[turned?.event ?? ''],
      facts: factsOf(entries),
      request: requestOf(entries),
      receivedOn: received?.['receivedOn'] ?? null,
      conclusion: concluded
        ? { verdict: concluded.facts['verdict'], on: dayIn(concluded), nextOn: concluded.facts['nextOn'] }
        : null,
      checklist: concluded?.facts['entity'] ? { entity: { answer: concluded.facts['entity'] } } : {},
      subservices: ((concluded?.facts['carvedOut'] ?? []) as string[]).map((vendor) => ({
        method: 'carve-out',
        vendor,
      })),
      replacedBy: last(entries, 'statement.replaced') ? 'another' : null,
    }
    return statement as unknown as Statement
  })
}

function factsOf(entries: readonly LoggedEntry[]): Statement['facts'] {
  const read = last(entries, 'statement.read', 'statement.corrected')?.facts['after'] as Facts | undefined
  if (!read) return null
  const { sites = [], bridges = null } = last(entries, 'statement.concluded')?.facts ?? {}
  const { kind, expiresOn = null } = read as { kind: StatementKind; expiresOn?: Day | null }
  return {
    ...read,
    kind,
    sites,
    bridges,
    certificate: expiresOn === null ? null : { expiresOn, surveillance: [] },
  } as unknown as Statement['facts']
}

function requestOf(entries: readonly LoggedEntry[]): Statement['request'] {
  const asked = last(entries, 'statement.requested', 'statement.asked-again')
  if (!asked) return null
  const arrived = entries.find(({ event, at }) => event === 'statement.request-arrived' && at >= asked.at)
  return { askedOn: dayIn(asked), arrivedAt: arrived?.at ?? null } as Statement['request']
}

/** Without those that were withdrawn; one whose mail nobody took was not asked. */
export function askedIn(log: Book): (OfVendor<Asked> & { id: string })[] {
  return [...log.of('questionnaire')].flatMap(([id, entries]) => {
    const said = Object.assign(
      {},
      ...entries
        .filter(({ event }) => event === 'questionnaire.prepared' || event === 'questionnaire.changed')
        .map(({ facts }) => facts),
    ) as { reference: string; vendor: string; year: number; dueOn: Day; engagements?: string[] }
    if (last(entries, 'questionnaire.withdrawn')) return []
    if (!said.engagements) log.lacks(entries[0]!)
    const sent = entries.find(({ event }) => event === 'questionnaire.asked')
    const given = last(entries, 'questionnaire.submitted', 'questionnaire.answered-from-public')
    const turned = last(entries, ...Object.keys(askedStates))
    const arrived = last(entries, 'questionnaire.arrived', 'questionnaire.arrival-simulated')
    const state = askedStates[turned?.event ?? ''] ?? 'prepared'
    const asked = sent ?? given
    return {
      id,
      ...said,
      engagements: said.engagements ?? [],
      on: asked ? dayIn(asked) : said.dueOn,
      state: state === 'asked' && !arrived ? 'prepared' : state,
      submittedOn: given ? dayIn(given) : null,
      concludedOn: turned?.event === 'questionnaire.concluded' ? dayIn(turned) : null,
    }
  })
}

const askedStates: Record<string, Asked['state']> = {
  'questionnaire.asked': 'asked',
  'questionnaire.sent-back': 'asked',
  'questionnaire.submitted': 'submitted',
  'questionnaire.answered-from-public': 'submitted',
  'questionnaire.taken-up-again': 'submitted',
  'questionnaire.concluded': 'concluded',
}

export function foundIn(log: Book): (Found & { vendor: string | null })[] {
  return [...log.of('finding').values()].flatMap((entries) => {
    const opened = entries.find(({ event }) => event === 'finding.opened')
    if (!opened) return []
    if (!('vendor' in opened.facts)) log.lacks(opened)
    const { reference, vendor = null, engagements = [] } = opened.facts
    const turned = last(entries, 'finding.closed', 'finding.accepted', 'finding.reopened')
    const over = turned !== undefined && turned.event !== 'finding.reopened'
    const found = {
      reference,
      vendor,
      engagements,
      severity: opened.facts['severity'],
      openedOn: dayIn(opened),
      closedOn: over ? dayIn(entries.at(-1)!) : null,
    }
    return [found as Found & { vendor: string | null }]
  })
}
