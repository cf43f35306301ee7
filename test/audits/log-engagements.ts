/** What the log alone tells of the engagements under supervision: since when, until when, what they owe, how they were scored. */
import type { Day } from '../../src/base/day.js'
import { bandOf } from '../../src/register/rules.js'
import {
  pointsOf,
  proposeAnswers,
  publishedModel,
  usualConcept,
  type Act,
  type Concept,
  type Model,
  type Standing,
  type Supervised,
} from '../../src/supervision/rules.js'
import { last, type Book, type LoggedEntry } from './book.js'
import type { Lists } from './log-lists.js'

type Place = { address: string; country: string }
type Use = { since: Day | null; until: Day | null }
type Known = {
  role: string
  vendor: string
  parent: string | null
  subjectCount?: never
  dataCategories: never[]
  owesStatement: boolean
  dataCentres: Place[]
}

export type LoggedEngagement = Omit<Supervised, 'dataCentres'> & {
  vendor: string
  places: Place[]
  inUse: Use
}

/** Sub-processors of our own; `end`: the last day on which a permission may begin to count. */
export function engagementsIn(log: Book, lists: Lists, end: Day): LoggedEngagement[] {
  const model = modelIn(log)
  return [...log.of('engagement')].flatMap(([id, entries]) => {
    const added = entries.find(({ event }) => event === 'engagement.added')
    if (!added) return []
    const known = knownOf(added, entries)
    if (known.role !== 'sub-processor' || known.parent !== null) return []
    if (!('owesStatement' in known)) log.lacks(added)
    const { uses, endedOn } = usesOf(added, entries)
    const inUse = uses.at(-1) ?? { since: null, until: null }
    const begun = [...uses.flatMap(({ since }) => since ?? []), ...approvedSince(lists, id, end)].toSorted()
    return {
      id,
      reference: id,
      vendor: known.vendor,
      activity: { da: '', en: '' },
      services: [],
      replaces: false,
      begunOn: begun[0] ?? null,
      endedOn: endedOn ?? inUse.until,
      assurance: known.owesStatement ? { owed: true } : null,
      places: endedOn === null ? (known.dataCentres ?? []) : [],
      inUse,
      scored: standingOf(log.of('supervision').get(id) ?? [], known, model),
    }
  })
}

function knownOf(added: LoggedEntry, entries: readonly LoggedEntry[]): Known {
  const known = { ...added.facts } as Record<string, unknown>
  for (const { event, facts } of entries) {
    const after = (facts['after'] ?? {}) as Record<string, unknown>
    if (event === 'engagement.moved' || event === 'engagement.move-undone') known['parent'] = after['parent']
    const stillSo = event === 'engagement.edited' || (event === 'engagement.corrected' && facts['stillSo'])
    if (!stillSo) continue
    Object.assign(known, after)
    for (const field of ['owesStatement', 'dataCentres']) if (field in facts) known[field] = facts[field]
  }
  return known as unknown as Known
}

function usesOf(added: LoggedEntry, entries: readonly LoggedEntry[]): { uses: Use[]; endedOn: Day | null } {
  const uses = [...((added.facts['earlierUse'] ?? []) as Use[])]
  const first = added.facts['inUse'] as Use
  if (first.since !== null) uses.push({ ...first })
  let endedOn = (added.facts['endedOn'] ?? null) as Day | null
  for (const { event, facts } of entries) {
    const present = uses.at(-1)
    if (event === 'engagement.taken-into-use') uses.push({ since: facts['since'] as Day, until: null })
    if (event === 'engagement.taken-out-of-use' && present) present.until = facts['until'] as Day
    if (event !== 'engagement.ended' && event !== 'engagement.continued') continue
    endedOn = facts['on'] as Day
    if (present) present.until ??= endedOn
  }
  return { uses, endedOn }
}

/** The first day of those approvals that still hold on the day. */
function approvedSince(lists: Lists, engagement: string, day: Day): Day[] {
  return [...(lists.get(engagement)?.values() ?? [])]
    .flatMap((turns) => {
      const reached = turns.filter(({ on }) => on <= day).toSorted((a, b) => (a.on < b.on ? -1 : 1))
      const gone = reached.findLastIndex(({ there }) => !there)
      return reached.slice(gone + 1).flatMap(({ on }) => on)
    })
    .toSorted()
    .slice(0, 1)
}

function modelIn(log: Book): Model {
  const values = structuredClone(publishedModel.values) as unknown as Record<string, Record<string, unknown>>
  let number = 1
  for (const { facts } of [...log.of('supervision-model').values()].flat())
    for (const [name, change] of Object.entries(facts)) {
      if (name === 'number') number = change as number
      const [group = '', key] = name.split('.')
      const after = (change as { after?: unknown } | null)?.after
      if (key !== undefined) values[group] = { ...values[group], [key]: after }
      else if (name !== 'number') values[group] = after as never
    }
  return { ...publishedModel, number, values: values as unknown as Model['values'] }
}

function standingOf(entries: readonly LoggedEntry[], known: Known, model: Model): Standing {
  const scored = last(entries, 'supervision.scored')?.facts['after'] as
    { total: number; concept: Concept } | undefined
  const rest = { weakerBecause: null, stale: false }
  if (scored) return { ...scored, band: bandOf(scored.total), confirmed: true, ...rest }
  const facts = { subjectCount: known.subjectCount ?? null, dataCategories: known.dataCategories }
  const { total, band } = pointsOf(proposeAnswers(facts, null).answers, model)
  const concept = usualConcept({ owed: known.owesStatement })
  return { total, band, concept, confirmed: false, ...rest }
}

/** What we did ourselves. */
export function actsIn(log: Book): Act[] {
  return [...log.of('supervision')].flatMap(([engagement, entries]) =>
    entries
      .filter(({ event }) => event === 'supervision.act-noted')
      .map(({ facts }) => ({ engagement, kind: facts['kind'], on: facts['on'] }) as Act),
  )
}
