/** What happens in a year, told by the rooms whose it is. */
import { auditsOfYear } from '../../audits/records/audits.js'
import { noticesIssuedIn } from '../../audits/records/figures.js'
import type { Context } from '../../base/context.js'
import { addMonths, type Day } from '../../base/day.js'
import { readOrganisation } from '../../auth/records/organisation.js'
import { findingsDueBetween } from '../../findings/records.js'
import { contractsTurning } from '../../register/records/contracts.js'
import { engagementsWithTiaBy } from '../../register/records/transfers.js'
import { tiaDue } from '../../register/rules/transfers-due.js'
import { yearOf } from '../../supervision/actions.js'
import type { Duty, VendorYear } from '../../supervision/rules.js'
import { lawNow } from '../../transfers/actions.js'
import { countryName, endOf, tiaReviewMonths } from '../../transfers/rules.js'
import { firstDayOf, lastDayOf, yearState, type YearEvent, type YearKind } from '../rules/year.js'

/** Of those that are mended, and of those that are not. */
const mostFindings = 2000

export async function yearEvents(context: Context, year: number): Promise<YearEvent[]> {
  const all = await Promise.all([
    noticeEvents(context.today, year),
    supervisionEvents(context, year),
    findingEvents(context.today, year),
    basisEvents(context, year),
    auditEvents(context.today, year),
  ])
  return all.flat()
}

/** On the day a change was planned to begin. Notices are long: those of the year before may end in this one. */
async function noticeEvents(today: Day, year: number): Promise<YearEvent[]> {
  const notices = await noticesIssuedIn(firstDayOf(year - 1), lastDayOf(year))
  return notices
    .filter(({ plannedStart }) => plannedStart.startsWith(`${year}-`))
    .map(({ reference, state, plannedStart }) => ({
      kind: 'notice',
      what: 'year:what.notice',
      day: plannedStart,
      state: yearState(state === 'settled' || state === 'withdrawn', plannedStart, today),
      reference,
      name: '',
      path: `/notices/${reference}`,
    }))
}

const rings: Record<Duty['kind'], YearKind> = {
  questionnaire: 'questionnaire',
  statement: 'statement',
  'data-centre': 'statement',
  'follow-up': 'follow-up',
}

async function supervisionEvents(context: Context, year: number): Promise<YearEvent[]> {
  const rows = await yearOf(context, year)
  return rows.flatMap(({ vendor, engagements }: VendorYear) =>
    engagements.flatMap(({ engagement, duties }) =>
      duties.map(({ kind, dueOn, stage }): YearEvent => ({
        kind: rings[kind],
        what: `year:what.${kind}`,
        day: dueOn,
        state: yearState(stage === 'done' || stage === 'reviewed', dueOn, context.today),
        reference: engagement.reference,
        name: vendor.name,
        path: `/supervision/engagements/${engagement.reference}?year=${year}`,
      })),
    ),
  )
}

async function findingEvents(today: Day, year: number): Promise<YearEvent[]> {
  const found = await findingsDueBetween(firstDayOf(year), lastDayOf(year), mostFindings)
  return found.map(({ reference, dueOn, running }) => ({
    kind: 'follow-up',
    what: 'year:what.finding',
    day: dueOn,
    state: yearState(!running, dueOn, today),
    reference,
    name: '',
    path: `/findings/${reference}`,
  }))
}

async function basisEvents({ today, locale }: Context, year: number): Promise<YearEvent[]> {
  const last = lastDayOf(year)
  const [law, turning, assessed] = await Promise.all([
    lawNow(),
    contractsTurning(firstDayOf(year), last),
    engagementsWithTiaBy(last, addMonths(last, -tiaReviewMonths)),
  ])
  const reviews = tiaDue(assessed, last).flatMap(({ engagement, transfer, on }): YearEvent[] =>
    on === null || !on.startsWith(`${year}-`)
      ? []
      : [
          {
            kind: 'basis',
            what: 'year:what.tia',
            day: on,
            state: yearState(false, on, today),
            reference: engagement.reference,
            name: `${engagement.vendorName}, ${countryName(transfer.country, locale)}`,
            path: `/engagements/${engagement.reference}`,
          },
        ],
  )
  const endings = law.decisions.flatMap((decision): YearEvent[] => {
    const on = endOf(decision)
    if (on === null || !on.startsWith(`${year}-`)) return []
    return [
      {
        kind: 'basis',
        what: `year:what.${decision.kind}`,
        day: on,
        // The law ends by itself: past, it is over, and what is to be done about it stands on the overview.
        state: yearState(on < today, on, today),
        reference: decision._id,
        name: decision.country === null ? decision.name[locale] : countryName(decision.country, locale),
        path: `/decisions/${decision._id}`,
      },
    ]
  })
  const contracts = turning.flatMap(({ reference, contractTurnsOn }): YearEvent[] =>
    contractTurnsOn === undefined
      ? []
      : [
          {
            kind: 'basis',
            what: 'year:what.contract',
            day: contractTurnsOn,
            state: yearState(false, contractTurnsOn, today),
            reference,
            name: '',
            path: `/engagements/${reference}`,
          },
        ],
  )
  return [...reviews, ...contracts, ...endings]
}

/** C.7: every year. Owed by its end where none has been begun, from the year on in which the house was set up. */
async function auditEvents(today: Day, year: number): Promise<YearEvent[]> {
  const audits = (await auditsOfYear(year)).filter(({ state }) => state !== 'replaced')
  const last = lastDayOf(year)
  const setUp = (await readOrganisation())?.moves[0]?.at
  if (audits.length === 0 && setUp && setUp.getUTCFullYear() > year) return []
  if (audits.length === 0)
    return [
      {
        kind: 'audit',
        what: 'year:what.audit',
        day: last,
        state: yearState(false, last, today),
        reference: String(year),
        name: '',
        path: '/audits',
      },
    ]
  return audits.map(({ reference, state, signatures }) => {
    const signed = signatures
      .map(({ at }) => at.toISOString().slice(0, 10))
      .toSorted()
      .at(-1)
    const done = state === 'signed'
    return {
      kind: 'audit',
      what: done ? 'year:what.declaration' : 'year:what.audit',
      // Signed after the year is over, it stands at the end of the year it is about.
      day: done && signed !== undefined && signed <= last ? signed : last,
      state: yearState(done, last, today),
      reference,
      name: '',
      path: `/audits/${reference}`,
    }
  })
}
