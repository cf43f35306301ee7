import { approvalsOfCustomers, engagementsAbove } from '../../register/actions.js'
import type { Day } from '../../base/day.js'
import { askedNow } from '../records/asked-now.js'
import type { Above } from '../rules/beyond.js'
import type { Line } from '../rules/notice.js'

/** Who stands above each line in the chain. */
export async function aboveOf(lines: readonly Line[], day: Day): Promise<Above> {
  const below = lines.filter(({ content, replacedContent }) => (content ?? replacedContent)?.parent)
  return new Map(
    await Promise.all(
      below.map(async ({ id, content, replacedContent }) => {
        const parent = (content ?? replacedContent)?.parent ?? ''
        return [id, await engagementsAbove(parent, day)] as const
      }),
    ),
  )
}

/**
 * By customer: the engagements on its list that day or from a later one, and of those above the lines also what it is being asked
 * about: it will have that one by the time the link below it comes.
 */
export async function approvedBy(
  customers: readonly string[],
  day: Day,
  above: Above,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const approved = new Map<string, Set<string>>()
  for (const { customer, engagement, to } of await approvalsOfCustomers(customers))
    if (to === null || to > day) add(customer, engagement)
  for (const { customer, engagement } of await askedNow([...new Set([...above.values()].flat())], customers))
    add(customer, engagement)
  return approved

  function add(customer: string, engagement: string): void {
    approved.set(customer, (approved.get(customer) ?? new Set()).add(engagement))
  }
}
