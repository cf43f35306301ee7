import { addDays, earlierOf, type Day } from '../../src/base/day.js'
import {
  diedIn,
  isInstructed,
  transfersOf,
  type Transferring,
} from '../../src/audits/rules/figures-transfers.js'
import {
  shippedLaw,
  type DecisionFacts,
  type Law,
  type TransferInstruction,
} from '../../src/transfers/rules.js'
import { dayIn, type Book, type Numbers, type Period, type Rows } from './book.js'
import { holdersOn, linesOf, listsIn, type Lists } from './log-lists.js'

/** B.1: on a customer's list from its signing or the permission until its approval is ended. */
export function recomputeLists(
  log: Book,
  { from, to }: Period,
  today: Day,
): { numbers: Numbers; rows: Rows } {
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
  const rowOf = (each: string, day: Day) =>
    ({ ...factsOn(log, each, day), engagement: each, reference: each }) as unknown as Transferring
  const known = new Map([
    ...start.map((each) => [each, rowOf(each, before)] as const),
    ...atEnd.map((each) => [each, rowOf(each, end)] as const),
  ])
  const law = lawIn(log)
  const died = diedIn(law, [...known.values()], { from, to: end })
  const judged = transfers(log, lists, law, {
    rows: atEnd.map((each) => known.get(each)!),
    day: end,
  })
  const vendors = atEnd.map((each) => factsOn(log, each, end)['vendor'])
  return {
    numbers: {
      'sub-processors.start': start.length,
      'sub-processors.end': atEnd.length,
      'sub-processors.vendors': new Set(vendors).size,
      'sub-processors.added': added.length,
      'sub-processors.removed': [...start, ...added].filter((each) => !atEnd.includes(each)).length,
      ...judged.numbers,
      'transfers.died': died.length,
      'transfers.stood-on-died': new Set(died.flatMap(({ rows }) => rows.map(({ engagement }) => engagement)))
        .size,
    },
    rows: judged.rows,
  }
}

/** As it is known now to have been on the day: what was found to have been wrong is put right. */
function factsOn(log: Book, engagement: string, day: Day): Record<string, unknown> {
  const facts: Record<string, unknown> = {}
  for (const entry of log.of('engagement').get(engagement) ?? []) {
    const { event, facts: said } = entry
    if (event === 'engagement.added') Object.assign(facts, said)
    const after = (said['after'] ?? {}) as object
    if (event === 'engagement.edited' && dayIn(entry) <= day) Object.assign(facts, after)
    const stretch = said as { from: Day; to: Day; stillSo?: boolean }
    const held = stretch.from <= day && (stretch.stillSo || day <= stretch.to)
    if (event === 'engagement.corrected' && held) Object.assign(facts, after)
  }
  return facts
}

/** The law as shipped, and what the house has entered of it since. */
function lawIn(log: Book): Law {
  const decisions = new Map(shippedLaw.decisions.map((each) => [each._id, each]))
  for (const [id, entries] of log.of('decision'))
    for (const { event, facts } of entries) {
      const before = decisions.get(id)
      if (event === 'decision.added') decisions.set(id, { ...(facts as unknown as DecisionFacts), _id: id })
      else if (before && facts['after'])
        decisions.set(id, { ...before, ...(facts['after'] as Partial<DecisionFacts>) })
    }
  return { decisions: [...decisions.values()] }
}

function transfers(
  log: Book,
  lists: Lists,
  law: Law,
  { rows, day }: { rows: readonly Transferring[]; day: Day },
): { numbers: Numbers; rows: Rows } {
  const all = rows.flatMap((row) => transfersOf(law, row, day))
  const asking = all.filter(({ assessed }) => assessed !== null)
  const instructed = all.filter((each) =>
    holdersOn(lists, each.engagement, day).every((customer) => {
      const instruction = instructionOn(log, customer, day)
      if (instruction === null || isInstructed(each, instruction)) return true
      return instructedByNotice(log, customer, each)
    }),
  )
  const lawful = all.filter(({ state }) => state === 'lawful')
  const kinds = [...new Set(all.map(({ bases, country }) => `${bases[0] ?? 'none'} ${country}`))]
  const of = (some: typeof all, kind: string) =>
    some.filter(({ bases, country }) => `${bases[0] ?? 'none'} ${country}` === kind).length
  return {
    numbers: {
      'transfers.end': all.length,
      'transfers.lawful': lawful.length,
      'transfers.instructed': instructed.length,
      'transfers.asking': asking.length,
      'transfers.assessed': asking.filter(({ assessed }) => assessed).length,
    },
    rows: {
      'transfers.by-basis': kinds.map(
        (kind) =>
          `${kind} transfers=${of(all, kind)} lawful=${of(lawful, kind)} instructed=${of(instructed, kind)}`,
      ),
    },
  }
}

/** On its page, when it was told of the engagement (C.6). */
function instructedByNotice(
  log: Book,
  customer: string,
  { engagement, country }: { engagement: string; country: string },
): boolean {
  return [...log.of('notice')].some(([notice, entries]) => {
    const answers = log.of('recipient').get(`${notice}/${customer}`) ?? []
    const countries = answers.flatMap(({ facts }) => (facts['instructed'] ?? []) as string[])
    return countries.includes(country) && linesOf(entries).some((line) => line.engagement === engagement)
  })
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
