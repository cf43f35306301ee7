import type { Context } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import { searchTokens } from '../../db/keys.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import type { DetailsInput, RiskInput, TimesInput } from '../form.js'
import { everyAffected, firstTold } from '../records.js'
import {
  dueBy,
  mayChangeRole,
  refuseClosed,
  refuseUnseen,
  servicesOf,
  type Breach,
  type NoticeContent,
} from '../rules.js'
import { hoursOf } from './affected-from.js'
import { finishDeriving } from './derive.js'
import { engagementsNamed } from './enter.js'
import { breachOf, decideFor, moveTo } from './move.js'
import { settleState } from './standing.js'

/**
 * Whose data, with whom, which services, and when it was going on: looked over by staff, so somebody is at it. Customers that follow
 * from it come in; nobody drops out by this, that takes a reason for each.
 */
export async function saveDetails(context: Context, reference: string, input: DetailsInput): Promise<Breach> {
  const breach = await breachOf(reference)
  mayChangeRole(breach, input.role)
  const engagements = await engagementsNamed(input.engagements)
  if (engagements.length === 0 && input.services.length === 0) throw new Refused('breach-nowhere')
  const { role, from, until, foundAt: widenedAt } = input
  const changed = { engagements, ownServices: input.services, role, from, until, widenedAt }
  const moved = await moveTo(
    context,
    breach,
    {
      ...changed,
      state: breach.state === 'reported' ? 'assessing' : breach.state,
      derived: false,
      tokens: searchTokens(
        reference,
        breach.vendorName,
        ...engagements.map((each) => each.reference),
        breach.report,
      ),
    },
    {
      event: 'breach.assessed',
      facts: {
        role,
        engagements: engagements.map((each) => each.reference),
        services: servicesOf(changed),
        from,
        until,
        widenedAt,
      },
    },
  )
  const derived = await finishDeriving(context, moved)
  if (role !== breach.role) await renewHours(context, derived)
  await settleState(context, derived)
  return breachOf(reference)
}

/** The three instants, put right with the reason. Everybody's last instant follows from when we became aware. */
export async function correctTimes(context: Context, reference: string, input: TimesInput): Promise<Breach> {
  const breach = await breachOf(reference)
  refuseClosed(breach)
  const { vendorKnewAt, vendorToldAt, awareAt, because } = input
  const awareOn = dayOf(awareAt, danishDateRules.zone)
  const first = await firstTold(breach._id)
  // Nobody is told of what nobody knows yet.
  if (first && first < awareAt) throw new Refused('breach-told-before-aware')
  const before = {
    vendorKnewAt: breach.vendorKnewAt,
    vendorToldAt: breach.vendorToldAt,
    awareAt: breach.awareAt,
  }
  const moved = await moveTo(
    context,
    breach,
    { vendorKnewAt, vendorToldAt, awareAt, awareOn },
    {
      event: 'breach.times-corrected',
      facts: { before, after: { vendorKnewAt, vendorToldAt, awareAt }, awareOn },
      personal: { because },
    },
  )
  await renewHours(context, moved)
  return moved
}

async function renewHours(context: Context, breach: Breach): Promise<void> {
  // Gathered first: the order they are read in changes with what is written.
  const all: { id: string; customer: string; foundAt: Date | null }[] = []
  for await (const some of everyAffected(breach._id))
    all.push(...some.map(({ _id, customer, foundAt }) => ({ id: _id, customer, foundAt: foundAt ?? null })))
  const size = 500
  for (let from = 0; from < all.length; from += size) {
    const some = all.slice(from, from + size)
    const customers = await customersByIds(some.map(({ customer }) => customer))
    for (const { id, customer, foundAt } of some) {
      const found = customers.find(({ _id }) => _id === customer)
      if (!found) continue
      const { hours, until } = hoursOf(breach, found, foundAt)
      await decideFor(context, id, (affected) =>
        affected.until?.getTime() === until?.getTime() && affected.hours === hours
          ? null
          : {
              change: dueBy(affected, hours, until),
              event: 'breach-customer.hours-changed',
              facts: { hours, until },
            },
      )
    }
  }
}

/** What the next phase will say; what has been sent stays as it was sent. */
export async function saveContent(
  context: Context,
  reference: string,
  content: NoticeContent,
  seen?: string,
): Promise<Breach> {
  const breach = await breachOf(reference)
  refuseClosed(breach)
  refuseUnseen(breach, seen)
  return moveTo(
    context,
    breach,
    { content, wordsAt: context.now, state: breach.state === 'reported' ? 'assessing' : breach.state },
    {
      event: 'breach.words-written',
      facts: { subjectCount: content.subjectCount, recordCount: content.recordCount },
      personal: { before: breach.content, after: content },
    },
  )
}

export async function judgeRisk(context: Context, reference: string, input: RiskInput): Promise<Breach> {
  const breach = await breachOf(reference)
  refuseClosed(breach)
  const { groups, conclusion } = input
  return moveTo(
    context,
    breach,
    { risk: { ...input, at: context.now, by: context.actor.id } },
    {
      event: 'breach.risk-judged',
      facts: {
        conclusion,
        groups: groups.map(({ likelihood, consequence, harms }) => ({ likelihood, consequence, harms })),
      },
      personal: { because: input.because, safeguards: input.safeguards, groups },
    },
  )
}
