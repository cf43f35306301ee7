import { record } from '../../audit-log/actions.js'
import { organisation } from '../../auth/organisation.js'
import type { Context } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { engagementByReference, engagementsByIds, vendorsByIds } from '../../register/actions.js'
import type { Engagement, Vendor } from '../../register/rules.js'
import type { ReportInput } from '../form.js'
import { Breaches, breachOnce, insertBreach } from '../records.js'
import { authorityHoursOn, emptyContent, type AffectedEngagement, type Breach } from '../rules.js'
import { alertEntered } from './alert.js'
import { finishDeriving } from './derive.js'

/** Entered by staff. Throws `Refused('breach-nowhere')` where neither an engagement nor a service is named. */
export async function enterBreach(
  context: Context,
  input: ReportInput & { sample?: boolean },
): Promise<Breach> {
  const engagement = input.engagement === null ? null : await engagementByReference(input.engagement)
  if (!engagement && input.services.length === 0) throw new Refused('breach-nowhere')
  const [vendor] = engagement ? await vendorsByIds([engagement.vendor]) : []
  const { once, role, report, vendorKnewAt, vendorToldAt, awareAt, services } = input
  return insert(context, {
    once,
    role,
    reportedBy: 'staff',
    report,
    vendor: vendor ?? null,
    vendorContact: null,
    engagements: engagement ? affectedEngagements([engagement], vendor?.name ?? '') : [],
    ownServices: services,
    vendorKnewAt,
    vendorToldAt,
    awareAt,
    sample: input.sample ?? false,
  })
}

export type Entered = Pick<
  Breach,
  | 'once'
  | 'role'
  | 'reportedBy'
  | 'report'
  | 'vendorContact'
  | 'engagements'
  | 'ownServices'
  | 'vendorKnewAt'
  | 'vendorToldAt'
  | 'awareAt'
  | 'sample'
> & { vendor: Vendor | null; notes?: Breach['notes']; _id?: string }

/** Kept, staff alerted at once, and whom it concerns looked up: what a crash leaves, the timer does. The same form twice is one breach. */
export async function insert(context: Context, { vendor, ...entered }: Entered): Promise<Breach> {
  // Looked for first, so that a form sent twice leaves no gap in the numbers.
  const earlier = await breachOnce(entered.once)
  if (earlier) return earlier
  const reference = await nextReference('BR', Number(context.today.slice(0, 4)))
  const { dpo } = (await organisation()) ?? { dpo: { name: '', phone: '', email: '' } }
  const awareOn = dayOf(entered.awareAt, danishDateRules.zone)
  const { role, reportedBy, vendorKnewAt, vendorToldAt, awareAt, report, engagements } = entered
  const inserted = await insertBreach({
    _id: newId(),
    reference,
    notes: [],
    ...entered,
    state: 'reported',
    open: true,
    vendor: vendor?._id ?? null,
    vendorReference: vendor?.reference ?? null,
    vendorName: vendor?.name ?? null,
    from: null,
    until: null,
    awareOn,
    derived: false,
    // 33(3)(b): the contact point is ours, whoever the breach was with.
    content: emptyContent({ name: dpo.name, phone: dpo.phone, email: dpo.email }),
    phases: [],
    risk: null,
    nobody: null,
    authorityHours: authorityHoursOn(awareOn),
    authority: null,
    authorityNot: null,
    // Nobody is called out for an invented one.
    alerted: entered.sample ? 'entered' : null,
    closing: null,
    closedAt: null,
    tokens: searchTokens(reference, vendor?.name, ...engagements.map((each) => each.reference), report),
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'breach.entered',
      facts: {
        reference,
        role,
        reportedBy,
        vendor: vendor?.reference ?? null,
        engagements: engagements.map((each) => each.reference),
        vendorKnewAt,
        vendorToldAt,
        awareAt,
        awareOn,
      },
      personal: { report },
    }),
  })
  const { breach, again } = inserted
  if (again) return breach
  await record(Breaches, breach)
  if (breach.alerted === null) await alertEntered(context, breach)
  return finishDeriving(context, breach)
}

export function affectedEngagements(
  engagements: readonly Engagement[],
  vendorName: string,
): AffectedEngagement[] {
  return engagements.map(({ _id, reference, activity, services }) => ({
    id: _id,
    reference,
    vendorName,
    activity,
    services,
  }))
}

/** The engagements with what they are called, by their ids. */
export async function engagementsNamed(ids: readonly string[]): Promise<AffectedEngagement[]> {
  const engagements = ids.length === 0 ? [] : await engagementsByIds([...ids])
  const vendors = await vendorsByIds([...new Set(engagements.map(({ vendor }) => vendor))])
  const names = new Map(vendors.map(({ _id, name }) => [_id, name]))
  return engagements.flatMap((engagement) =>
    affectedEngagements([engagement], names.get(engagement.vendor) ?? ''),
  )
}
