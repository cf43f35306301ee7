/** What other rooms hold about the vendors, as the values the rules of a year are reckoned from. */
import { dayOf, laterOf, type Day, type Period } from '../../base/day.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { announcedAsReplacement } from '../../notices/actions.js'
import { dayAsked, yearsToLookIn } from '../../questionnaires/rules/period.js'
import { approvedSince, vendorsByIds, whileListsStand } from '../../register/actions.js'
import { isCertificate, reliedOnUntil, type Statement } from '../../statements/rules.js'
import { centresNow, type JudgedCentre } from '../../statements/actions/centres.js'
import {
  findingsIn,
  questionnairesIn,
  statementsIn,
  subProcessors,
  supervisionsOf,
  type GatheredEngagement,
  type GatheredFinding,
  type GatheredQuestionnaire,
} from '../records.js'
import {
  changedSince,
  pointsOf,
  proposeAnswers,
  ranIn,
  usualConcept,
  vendorYear,
  type Asked,
  type Centre,
  type Changes,
  type Found,
  type Held,
  type Model,
  type Score,
  type Standing,
  type Supervised,
  type VendorYear,
} from '../rules.js'
import { factsOf } from './score.js'

const localDay = (at: Date): Day => dayOf(at, danishDateRules.zone)

/**
 * Every sub-processor's year, or one vendor's: in a few queries, however many there are. `stamp`: of the register's lists, under
 * which what comes from the register alone is remembered.
 */
export async function reckonYear(
  today: Day,
  year: Period,
  stamp: string | null,
  model: Model,
  of: { vendor?: string } = {},
): Promise<VendorYear[]> {
  const [all, approved] = await whileListsStand(stamp, `supervision/${today}/${year.from}/${year.to}`, () =>
    Promise.all([
      subProcessors(),
      // By the end of the year: what is permitted from a day to come is owed from then on.
      approvedSince(laterOf(year.to, today)),
    ]),
  )
  const engagements = of.vendor === undefined ? all : all.filter(({ vendor }) => vendor === of.vendor)
  const running = engagements.filter((engagement) => ranIn(spanOf(engagement, approved), year))
  const ids = [...new Set(running.map(({ vendor }) => vendor))]
  const fresh = running.filter((engagement) => (spanOf(engagement, approved).begunOn ?? '') >= year.from)
  const [vendors, supervisions, asked, held, found, centres, replacing] = await Promise.all([
    vendorsByIds(ids),
    supervisionsOf(ids),
    questionnairesIn(yearsToLookIn(year), of.vendor === undefined ? null : ids),
    statementsIn(ids),
    findingsIn(ids),
    centresOf(running, today),
    announcedAsReplacement(fresh.map(({ _id }) => _id)),
  ])
  const known = new Map(supervisions.map((each) => [each._id, each]))
  const by = {
    engagements: grouped(running),
    asked: grouped(asked),
    held: grouped(held),
    found: grouped(found),
    acts: grouped(supervisions),
  }
  return vendors.flatMap(({ _id, reference, name, sortKey }): VendorYear[] => {
    const statements = by.held.get(_id) ?? []
    const changes: Changes = {
      asked: (by.asked.get(_id) ?? []).flatMap(askedOf),
      held: statements.flatMap(heldOf),
      found: (by.found.get(_id) ?? []).map(foundOf),
      acts: (by.acts.get(_id) ?? []).flatMap((each) =>
        each.acts.map(({ kind, on }) => ({ kind, on, engagement: each._id })),
      ),
    }
    const own = (by.engagements.get(_id) ?? []).map((engagement): Supervised => ({
      id: engagement._id,
      reference: engagement.reference,
      activity: engagement.activity,
      services: engagement.services,
      ...spanOf(engagement, approved),
      replaces: replacing.has(engagement._id),
      assurance: engagement.assurance ?? null,
      dataCentres: (centres.get(engagement.reference) ?? []).map(centreOf),
      scored: standingOf(engagement, known.get(engagement._id)?.scores.at(-1) ?? null, model),
    }))
    const row = vendorYear({ id: _id, reference, name, sortKey }, own, year, changes, today)
    return row ? [row] : []
  })
}

/** The data centres these engagements use, by engagement, as the room of statements judges them. */
async function centresOf(
  engagements: readonly GatheredEngagement[],
  today: Day,
): Promise<Map<string, JudgedCentre[]>> {
  const centres = new Map<string, JudgedCentre[]>()
  if (!engagements.some(({ places }) => places.some(({ kind }) => kind === 'data-centre'))) return centres
  for (const judged of await centresNow(today)) {
    if (judged.centre.holder === 'site' || !judged.inUse) continue
    centres.set(judged.centre.reference, [...(centres.get(judged.centre.reference) ?? []), judged])
  }
  return centres
}

function centreOf({ centre, verdict }: JudgedCentre): Centre {
  const facts = verdict.statement?.facts
  return {
    address: centre.address,
    covered: verdict.ok,
    until: facts ? reliedOnUntil(facts) : null,
    by: verdict.statement?.reference ?? null,
  }
}

/** The confirmed score, or the proposed one until somebody has confirmed it. */
function standingOf(engagement: GatheredEngagement, score: Score | null, model: Model): Standing {
  const facts = factsOf(engagement)
  if (score) {
    const { total, band, concept, weakerBecause } = score
    return {
      total,
      band,
      concept,
      weakerBecause,
      confirmed: true,
      stale: changedSince(score, facts).length > 0,
    }
  }
  const { total, band } = pointsOf(proposeAnswers(facts, null).answers, model)
  const concept = usualConcept(engagement.assurance ?? null)
  return { total, band, concept, weakerBecause: null, confirmed: false, stale: false }
}

/** The first day it was permitted or in use, and the first it no longer ran. */
function spanOf(
  { _id, inUse, earlierUse, endedOn }: GatheredEngagement,
  approved: ReadonlyMap<string, Day>,
): { begunOn: Day | null; endedOn: Day | null } {
  const begun = [...(earlierUse ?? []), inUse].flatMap(({ since }) => since ?? [])
  const permitted = approved.get(_id)
  const begunOn = [...begun, ...(permitted ? [permitted] : [])].toSorted()[0] ?? null
  return { begunOn, endedOn: endedOn ?? inUse.until }
}

function askedOf(each: GatheredQuestionnaire): Asked[] {
  const { reference, year, engagements, state, dueOn, arrivedAt, submitted, conclusion } = each
  const on = dayAsked(each, danishDateRules.zone)
  if (state === 'withdrawn') return []
  return [
    {
      reference,
      year,
      on,
      engagements,
      // Nothing counts as asked whose mail no server has taken.
      state: state === 'asked' && arrivedAt === null ? 'prepared' : state,
      dueOn,
      submittedOn: submitted ? localDay(submitted.at) : null,
      concludedOn: conclusion ? localDay(conclusion.at) : null,
    },
  ]
}

function heldOf(statement: Statement): Held[] {
  const { reference, state, facts, request, receivedOn, conclusion, expectedOn, replacedBy } = statement
  // A bridge letter is management's word: it covers days and is no statement of its own.
  if (state === 'withdrawn' || replacedBy !== null || facts?.kind === 'bridge-letter') return []
  const verdict = conclusion?.verdict
  return [
    {
      reference,
      state:
        state === 'requested'
          ? request?.arrivedAt
            ? 'requested'
            : 'unsent'
          : state !== 'concluded'
            ? 'received'
            : verdict === 'accepted'
              ? 'accepted'
              : verdict === 'rejected'
                ? 'rejected'
                : 'follow-up',
      concept: facts && !isCertificate(facts.kind) && facts.kind !== 'soc-3' ? 5 : 4,
      askedOn: request?.askedOn ?? null,
      receivedOn,
      concludedOn: conclusion?.on ?? null,
      periodEnd: facts?.period?.to ?? null,
      expectedOn,
      until: facts ? reliedOnUntil(facts) : null,
    },
  ]
}

function foundOf({ reference, severity, engagements, openedOn, state, moves }: GatheredFinding): Found {
  const last = moves.at(-1)
  const over = state === 'closed' || state === 'accepted'
  return {
    reference,
    severity,
    engagements,
    openedOn,
    closedOn: over ? (last ? localDay(last.at) : openedOn) : null,
  }
}

function grouped<Each extends { vendor: string | null }>(all: readonly Each[]): Map<string, Each[]> {
  const groups = new Map<string, Each[]>()
  for (const each of all) {
    if (each.vendor === null) continue
    const group = groups.get(each.vendor)
    if (group) group.push(each)
    else groups.set(each.vendor, [each])
  }
  return groups
}
