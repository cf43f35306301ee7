import type { Context } from '../../base/context.js'
import { countPerPeriod, noticePeriodsFor } from '../../customers/actions.js'
import { askedNow } from '../../notices/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { customersApproving, engagementsAbove, engagementsByIds } from '../../register/actions.js'
import { instantAt, type Day } from '../../base/day.js'
import { reckon, type Reckoned, type TheirDays, type UpstreamNotice } from '../rules.js'
import { handlingDays } from './handling.js'

/** Whom their change concerns, by the notice we owe them, and by when each group must be told. */
export async function reckonFor(
  context: Context,
  notice: UpstreamNotice,
): Promise<{ reckoned: Reckoned; their: TheirDays; services: string[] }> {
  const services = await servicesConcerned(notice)
  const their = await theirDays(notice)
  const groups =
    services.length === 0
      ? []
      : await countPerPeriod(services, context.today, await approving(notice, context.today))
  return {
    reckoned: reckon(groups, their, { at: context.now, today: context.today }, danishDateRules),
    their,
    services,
  }
}

/**
 * Whom the sub-processor works for, or will: customers that have approved it, or one above it in the chain, or are being asked about
 * it. For others it does nothing.
 */
async function approving({ engagements }: UpstreamNotice, today: Day): Promise<string[]> {
  const above = await Promise.all(engagements.map((engagement) => engagementsAbove(engagement, today)))
  const chain = [...new Set(above.flat())]
  const [approved, asked] = await Promise.all([customersApproving(chain, today), askedNow(chain)])
  return [...new Set([...approved, ...asked.map(({ customer }) => customer)])]
}

/** The last day to tell customers, and whether some will have less than their notice however soon they are told. */
export type Outlook = { tellBy: Day | null; short: boolean }

/**
 * For lists and the overview, from the agreed periods alone, without counting anybody: the last day to tell those who can still be
 * told in time; where nobody can, at once. As reckoned at noon: what is told after 16:00 is told tomorrow.
 */
export async function outlookFor(notice: UpstreamNotice, today: Day): Promise<Outlook> {
  const [services, their] = await Promise.all([servicesConcerned(notice), theirDays(notice)])
  if (services.length === 0 || (their.startsOn === null && their.objectUntil === null)) return noOutlook
  const groups = (await noticePeriodsFor(services)).map((period) => ({ period, count: 1 }))
  if (groups.length === 0) return noOutlook
  const at = instantAt(today, '12:00', danishDateRules.zone)
  const { tellBy, short } = reckon(groups, their, { at, today }, danishDateRules)
  return { tellBy: tellBy ?? today, short: short > 0 }
}

export const noOutlook: Outlook = { tellBy: null, short: false }

async function servicesConcerned({ engagements }: Pick<UpstreamNotice, 'engagements'>): Promise<string[]> {
  const found = await engagementsByIds(engagements)
  return [...new Set(found.flatMap(({ services }) => services))]
}

async function theirDays({ startsOn, objectUntil }: UpstreamNotice): Promise<TheirDays> {
  return { startsOn, objectUntil, handlingDays: await handlingDays() }
}
