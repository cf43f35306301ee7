/** The days by which something is due, of every room that has such. */
import { allows, type Role } from '../../auth/permissions.js'
import type { Context } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import { breachDates } from '../../breaches/actions.js'
import { openFindings } from '../../findings/records.js'
import { questionnairesDue } from '../../questionnaires/actions/show.js'
import { vendorsByIds } from '../../register/actions.js'
import { settingsNow } from '../../statements/actions.js'
import { statementsOverdue } from '../../statements/records.js'
import { expectedBy } from '../../statements/rules.js'
import { runningNotices } from '../actions.js'
import type { DueDate } from '../page/calendar.js'

const most = 500
/** A year ahead: further than anybody plans by a calendar. */
const ahead = 366

/** What the role may read, the earliest first. */
export async function dueDates(context: Context, role: Role): Promise<DueDate[]> {
  const found = await Promise.all([
    allows(role, 'supervision:read') ? supervisionDates(context) : [],
    allows(role, 'notices:read') ? noticeDates(context) : [],
    allows(role, 'breaches:read') ? ownBreachDates() : [],
  ])
  return found.flat().toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

async function ownBreachDates(): Promise<DueDate[]> {
  return (await breachDates()).map((due): DueDate => ({
    kind: 'breach',
    ...due,
    path: `/breaches/${due.reference}`,
  }))
}

async function supervisionDates({ today }: Context): Promise<DueDate[]> {
  const [questionnaires, findings, statements, { terms }] = await Promise.all([
    questionnairesDue(most),
    openFindings(most),
    statementsOverdue(addDays(today, ahead), most),
    settingsNow(),
  ])
  const vendors = await vendorsByIds([
    ...new Set([...findings, ...statements].flatMap(({ vendor }) => vendor ?? [])),
  ])
  const names = new Map(vendors.map(({ _id, name }) => [_id, name]))
  return [
    ...questionnaires.map(({ reference, dueOn, vendorName }): DueDate => ({
      kind: 'questionnaire',
      reference,
      day: dueOn,
      vendor: vendorName,
      path: `/questionnaires/${reference}`,
    })),
    ...findings.map(({ reference, dueOn, vendor }): DueDate => ({
      kind: 'finding',
      reference,
      day: dueOn,
      vendor: (vendor && names.get(vendor)) ?? null,
      path: `/findings/${reference}`,
    })),
    ...statements.flatMap(({ reference, facts, vendor }): DueDate[] => {
      const day = facts && expectedBy(facts, terms)
      return day
        ? [
            {
              kind: 'statement',
              reference,
              day,
              vendor: names.get(vendor) ?? null,
              path: `/statements/${reference}`,
            },
          ]
        : []
    }),
  ]
}

async function noticeDates(context: Context): Promise<DueDate[]> {
  return (await runningNotices(context)).flatMap(({ notice: { reference }, next }): DueDate[] =>
    next ? [{ kind: next.kind, reference, day: next.on, vendor: null, path: `/notices/${reference}` }] : [],
  )
}
