/** C.8, C.2: the duties of the period, counted anew from the log; what the law of duties is, is the rule's, and has its own tables. */
import { daysBetween, earlierOf, isWithin, laterOf, type Day } from '../../src/base/day.js'
import { gapsIn } from '../../src/audits/rules/figures-statements.js'
import { isOfPeriod } from '../../src/questionnaires/rules/period.js'
import {
  isCertificate,
  judgeCentre,
  lanesOf,
  reliedOnUntil,
  type Statement,
  type Terms,
} from '../../src/statements/rules.js'
import {
  dutyKinds,
  supervisionOfYear,
  vendorYear,
  type Held,
  type Supervised,
  type VendorYear,
} from '../../src/supervision/rules.js'
import { add, last, rowOf, type Book, type Numbers, type Period, type Rows } from './book.js'
import { actsIn, engagementsIn, type LoggedEngagement } from './log-engagements.js'
import { listsIn } from './log-lists.js'
import { askedIn, foundIn, settingsIn, statementsIn } from './log-papers.js'

export function recomputeSupervision(
  log: Book,
  period: Period,
  today: Day,
): { numbers: Numbers; rows: Rows } {
  const years = yearsIn(log, period, today)
  const found = supervisionOfYear(years)
  const numbers: Numbers = {
    'supervision.vendors': found.vendors,
    'supervision.engagements': found.engagements,
    'supervision.weaker': found.weaker.length,
  }
  for (const kind of dutyKinds)
    for (const what of ['owed', 'done', 'weaker', 'overdue'] as const)
      numbers[`supervision.${kind}-${what}`] = found.duties[kind][what]
  return merge({ numbers, rows: {} }, papers(log, period, today, years))
}

function yearsIn(log: Book, period: Period, today: Day): VendorYear[] {
  const statements = statementsIn(log)
  const [asked, found, acts] = [askedIn(log), foundIn(log), actsIn(log)]
  const { terms, equivalents } = settingsIn(log)
  const byVendor = new Map<string, LoggedEngagement[]>()
  for (const each of engagementsIn(log, listsIn(log), laterOf(period.to, today)))
    byVendor.set(each.vendor, [...(byVendor.get(each.vendor) ?? []), each])
  return [...byVendor].flatMap(([vendor, engagements]) => {
    const supervised = engagements.map(({ places, inUse, ...each }): Supervised => {
      const used =
        inUse.since !== null && inUse.since <= today && (inUse.until === null || inUse.until > today)
      const dataCentres = (used ? places : []).map((place) => {
        const verdict = judgeCentre(place, reachable(statements, vendor), equivalents, today, terms)
        const facts = verdict.statement?.facts
        return { ...place, covered: verdict.ok, until: facts ? reliedOnUntil(facts) : null, by: null }
      })
      return { ...each, dataCentres }
    })
    const changes = {
      asked: asked.filter((each) => each.vendor === vendor),
      held: statements.filter((each) => each.vendor === vendor).flatMap(heldOf),
      found: found.filter((each) => each.vendor === vendor),
      acts,
    }
    const named = { id: vendor, reference: vendor, name: vendor, sortKey: vendor }
    return vendorYear(named, supervised, period, changes, today) ?? []
  })
}

/** The operator's own, and those of suppliers that its own leaves to theirs. */
function reachable(statements: readonly Statement[], vendor: string): Statement[] {
  const own = statements.filter((each) => each.vendor === vendor)
  const others = own.flatMap(({ subservices }) => subservices.flatMap((each) => each.vendor ?? []))
  return [...own, ...statements.filter((each) => each.vendor !== vendor && others.includes(each.vendor))]
}

function heldOf(statement: Statement): Held[] {
  const { reference, state, facts, request, receivedOn, conclusion, replacedBy } = statement
  if (state === 'withdrawn' || replacedBy !== null || facts?.kind === 'bridge-letter') return []
  const verdicts = {
    accepted: 'accepted',
    rejected: 'rejected',
    'accepted-with-follow-up': 'follow-up',
  } as const
  const asked = request?.arrivedAt ? 'requested' : 'unsent'
  return [
    {
      reference,
      state: conclusion ? verdicts[conclusion.verdict] : state === 'requested' ? asked : 'received',
      concept: facts && !isCertificate(facts.kind) && facts.kind !== 'soc-3' ? 5 : 4,
      askedOn: request?.askedOn ?? null,
      receivedOn,
      concludedOn: conclusion?.on ?? null,
      periodEnd: facts?.period?.to ?? null,
      expectedOn: conclusion?.nextOn ?? null,
      until: facts ? reliedOnUntil(facts) : null,
    },
  ]
}

/** Days without cover, of whoever was supervised or judged in the period; and the questionnaires' conclusions. */
function papers(
  log: Book,
  period: Period,
  today: Day,
  years: readonly VendorYear[],
): { numbers: Numbers; rows: Rows } {
  const end = earlierOf(period.to, today)
  const statements = statementsIn(log)
  const { terms } = settingsIn(log)
  const judged = statements.filter(({ conclusion }) =>
    isWithin(conclusion?.on ?? null, { ...period, to: end }),
  )
  const vendors = new Set([...judged.map(({ vendor }) => vendor), ...years.map(({ vendor }) => vendor.id)])
  const gaps = [...vendors].flatMap((vendor) =>
    gapsOf(
      statements.filter((each) => each.vendor === vendor),
      { from: period.from, to: end },
      terms,
    ),
  )
  const bands: Record<string, number> = {}
  const scores = askedIn(log).flatMap((each) => {
    if (!isOfPeriod(each, period) || each.concludedOn === null) return []
    const { band, score } = log
      .of('questionnaire')
      .get(each.id)!
      .findLast(({ event }) => event === 'questionnaire.concluded')!.facts as {
      band: string
      score: number | null
    }
    bands[band] = (bands[band] ?? 0) + 1
    return score === null ? [] : [rowOf(each.reference, { score })]
  })
  const numbers: Numbers = { 'statements.gap-days': 0 }
  for (const { days } of gaps) add(numbers, 'statements.gap-days', days)
  return {
    numbers,
    rows: {
      'statements.read-list': judged.map(({ _id, reference }) => {
        const { exceptions } = last(log.of('statement').get(_id)!, 'statement.concluded')!.facts
        return rowOf(reference, { exceptions: exceptions as number })
      }),
      'statements.gaps': gaps.map(({ sort, from, to, days }) => `${sort} ${from} ${to} days=${days}`),
      'questionnaires.list': scores,
      'questionnaires.bands': Object.entries(bands).map(([band, count]) => `${band} count=${count}`),
    },
  }
}

function gapsOf(statements: readonly Statement[], period: Period, terms: Terms) {
  return lanesOf(statements, period.to, terms).flatMap(({ sort, gaps }) =>
    gapsIn(gaps, period).map(({ from, to }) => ({ sort, from, to, days: daysBetween(from, to) + 1 })),
  )
}

type Counted = { numbers: Numbers; rows: Rows }

export function merge(...all: Counted[]): Counted {
  return {
    numbers: Object.assign({}, ...all.map(({ numbers }) => numbers)) as Numbers,
    rows: Object.assign({}, ...all.map(({ rows }) => rows)) as Rows,
  }
}
