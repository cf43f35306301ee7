/** Every customer's list as the log alone tells of it: by the ids in the events of approvals (B.1). */
import type { Day } from '../../src/base/day.js'
import type { Book, LoggedEntry } from './book.js'

export type IssuedLine = { id: string; kind: string; engagement: string; site?: string }

export function linesOf(entries: readonly LoggedEntry[]): IssuedLine[] {
  const issued = entries.findLast(({ event }) => event === 'notice.issued')
  return (issued?.facts['lines'] ?? []) as IssuedLine[]
}

type Turn = { on: Day; there: boolean }
/** By engagement and customer. */
export type Lists = Map<string, Map<string, Turn[]>>

export function listsIn(log: Book): Lists {
  const lines = new Map<string, Map<string, IssuedLine>>()
  for (const entries of log.of('notice').values()) {
    const reference = entries.find(({ facts }) => facts['reference'])?.facts['reference'] as string
    lines.set(reference, new Map(linesOf(entries).map((line) => [line.id, line])))
  }
  const lists: Lists = new Map()
  const turn = (engagement: string, customer: string, on: Day, there: boolean) => {
    const own = lists.get(engagement) ?? new Map<string, Turn[]>()
    own.set(customer, [...(own.get(customer) ?? []), { on, there }])
    lists.set(engagement, own)
  }
  for (const { event, about, facts } of log.all) {
    if (event === 'engagement.accepted-at-signing')
      for (const [day, customers] of Object.entries(facts['of'] as Record<Day, string[]>))
        for (const customer of customers) turn(about, customer, day, true)
    if (event === 'engagement.listed-for-informed' || event === 'engagement.approvals-resumed')
      for (const customer of facts['of'] as string[]) turn(about, customer, facts['from'] as Day, true)
    if (event === 'engagement.approvals-ended') {
      const of = facts['of'] as string[] | 'all'
      const gone = of === 'all' ? [...(lists.get(about)?.keys() ?? [])] : of
      for (const customer of gone) turn(about, customer, facts['to'] as Day, false)
    }
    if (event === 'engagement.approval-corrected') corrected(lists, about, facts)
    if (event !== 'recipient.permitted') continue
    for (const id of facts['lines'] as string[]) {
      const line = lines.get(facts['notice'] as string)?.get(id)
      const customer = about.split('/')[1] ?? ''
      if (line && line.site === undefined) turn(line.engagement, customer, facts['from'] as Day, true)
    }
  }
  return lists
}

type Span = { from: Day; to: Day | null } | null

/** Found to have been recorded wrongly: other days, or none at all. */
function corrected(lists: Lists, engagement: string, facts: Record<string, unknown>): void {
  const { customer, before, after } = facts as { customer: string; before: Span; after: Span }
  const own = lists.get(engagement) ?? new Map<string, Turn[]>()
  const kept = (own.get(customer) ?? []).filter(
    ({ on, there }) => before === null || on !== (there ? before.from : before.to),
  )
  const right: Turn[] = after
    ? [{ on: after.from, there: true }, ...(after.to === null ? [] : [{ on: after.to, there: false }])]
    : []
  own.set(customer, [...kept, ...right])
  lists.set(engagement, own)
}

export function holdersOn(lists: Lists, engagement: string, day: Day): string[] {
  return [...(lists.get(engagement) ?? [])].flatMap(([customer, turns]) => {
    const reached = turns.filter(({ on }) => on <= day).toSorted((a, b) => (a.on < b.on ? -1 : 1))
    return reached.at(-1)?.there ? [customer] : []
  })
}
