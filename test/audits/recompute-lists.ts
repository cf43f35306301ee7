import { addDays, earlierOf, type Day } from '../../src/base/day.js'
import { isInstructed, transfersOf, type Transferring } from '../../src/audits/rules/figures-transfers.js'
import { shippedLaw, type TransferInstruction } from '../../src/transfers/rules.js'
import { dayIn, type Book, type LoggedEntry, type Numbers, type Period } from './book.js'

type IssuedLine = { id: string; kind: string; engagement: string; site?: string }

export function linesOf(entries: readonly LoggedEntry[]): IssuedLine[] {
  const issued = entries.findLast(({ event }) => event === 'notice.issued')
  return (issued?.facts['lines'] ?? []) as IssuedLine[]
}

type Turn = { on: Day; there: boolean }
/** By engagement and customer. */
type Lists = Map<string, Map<string, Turn[]>>

/** B.1: on a customer's list from its signing or the permission until its approval is ended. */
export function recomputeLists(log: Book, { from, to }: Period, today: Day): Numbers {
  const lists = listsIn(log)
  const end = earlierOf(to, today)
  const before = addDays(from, -1)
  const all = [...lists.keys()]
  const on = (day: Day) => all.filter((each) => holdersOn(lists, each, day).length > 0)
  const [start, atEnd] = [on(before), on(end)]
  const added = all.filter((each) => {
    const begun = [...(lists.get(each)?.values() ?? [])].flat().filter(({ there }) => there)
    return !start.includes(each) && begun.some((turn) => turn.on >= from && turn.on <= end)
  })
  const facts = new Map(atEnd.map((each) => [each, factsOn(log, each, end)]))
  return {
    'sub-processors.start': start.length,
    'sub-processors.end': atEnd.length,
    'sub-processors.vendors': new Set([...facts.values()].map((each) => each['vendor'])).size,
    'sub-processors.added': added.length,
    'sub-processors.removed': [...start, ...added].filter((each) => !atEnd.includes(each)).length,
    ...transfers(log, lists, facts, end),
  }
}

function listsIn(log: Book): Lists {
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
    if (event === 'engagement.listed-for-informed')
      for (const customer of facts['of'] as string[]) turn(about, customer, facts['from'] as Day, true)
    if (event === 'engagement.approvals-ended') {
      const of = facts['of'] as string[] | 'all'
      const gone = of === 'all' ? [...(lists.get(about)?.keys() ?? [])] : of
      for (const customer of gone) turn(about, customer, facts['to'] as Day, false)
    }
    if (event !== 'recipient.permitted') continue
    for (const id of facts['lines'] as string[]) {
      const line = lines.get(facts['notice'] as string)?.get(id)
      const customer = about.split('/')[1] ?? ''
      if (line && line.site === undefined) turn(line.engagement, customer, facts['from'] as Day, true)
    }
  }
  return lists
}

function holdersOn(lists: Lists, engagement: string, day: Day): string[] {
  return [...(lists.get(engagement) ?? [])].flatMap(([customer, turns]) => {
    const reached = turns.filter(({ on }) => on <= day).toSorted((a, b) => (a.on < b.on ? -1 : 1))
    return reached.at(-1)?.there ? [customer] : []
  })
}

/** As its moves had left it by the end of the day. */
function factsOn(log: Book, engagement: string, day: Day): Record<string, unknown> {
  const entries = log.of('engagement').get(engagement) ?? []
  return Object.assign(
    {},
    ...entries.flatMap((entry) => {
      if (entry.event === 'engagement.added') return [entry.facts]
      return entry.event === 'engagement.edited' && dayIn(entry) <= day
        ? [entry.facts['after'] as object]
        : []
    }),
  ) as Record<string, unknown>
}

/** The law is the shipped one: no test changes it. */
function transfers(
  log: Book,
  lists: Lists,
  facts: ReadonlyMap<string, Record<string, unknown>>,
  day: Day,
): Numbers {
  const all = [...facts].flatMap(([engagement, known]) =>
    transfersOf(shippedLaw, { ...known, engagement, reference: engagement } as unknown as Transferring, day),
  )
  const asking = all.filter(({ assessed }) => assessed !== null)
  const instructed = all.filter((each) =>
    holdersOn(lists, each.engagement, day).every((customer) => {
      const instruction = instructionOn(log, customer, day)
      return instruction === null || isInstructed(each, instruction)
    }),
  )
  return {
    'transfers.end': all.length,
    'transfers.lawful': all.filter(({ state }) => state === 'lawful').length,
    'transfers.instructed': instructed.length,
    'transfers.assessed': asking.filter(({ assessed }) => assessed).length,
    'transfers.died': 0,
    'transfers.stood-on-died': 0,
  }
}

/** What the customer's agreement of the day says (C.6). */
function instructionOn(log: Book, customer: string, day: Day): TransferInstruction | null {
  let found: TransferInstruction | null = null
  for (const { event, facts } of log.of('customer').get(customer) ?? []) {
    const agreement = (event === 'customer.added' ? facts['agreement'] : facts['after']) as
      { from?: Day; transferInstruction?: TransferInstruction } | undefined
    const from = agreement?.from ?? (facts['from'] as Day | undefined)
    if (agreement?.transferInstruction && from !== undefined && from <= day)
      found = agreement.transferInstruction
  }
  return found
}
