import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { batchesToTell } from '../../customers/actions.js'
import { engagementsByIds } from '../../register/actions.js'
import { lawNow } from '../../transfers/actions.js'
import type { Law } from '../../transfers/rules.js'
import { recipientFor } from '../rules/audience.js'
import { linesBeyond } from '../rules/beyond.js'
import { blockersIn, type Blocker, type LineFacts } from '../rules/blockers.js'
import { isUsed, servicesOf, type Notice } from '../rules/notice.js'
import type { RecipientContent } from '../rules/recipient.js'
import { addToSummary, emptySummary, type Summary } from '../rules/summary.js'
import { useBlocksOf } from '../rules/use.js'
import { aboveOf, approvedBy } from './beyond.js'
import { continuedElsewhere, kindsFound } from './kinds.js'

const nobody: ReadonlyMap<string, ReadonlySet<string>> = new Map()
const nothing: ReadonlySet<string> = new Set()

/** Everyone the notice concerns on the day, some at a time. The notice's lines carry their contents. */
export async function* audienceOf(
  notice: Notice,
  on: Day,
  issuedAt: Date,
): AsyncGenerator<RecipientContent[]> {
  const services = [...new Set(notice.lines.flatMap(servicesOf))]
  const [law, above] = await Promise.all([lawNow(), aboveOf(notice.lines, on)])
  for await (const customers of batchesToTell(services, on)) {
    const ids = customers.map(({ _id }) => _id)
    // Only what hangs on somebody asks whether the customer has approved that one.
    const approved = above.size > 0 ? await approvedBy(ids, on, above) : nobody
    const beyond = (id: string) => linesBeyond(notice.lines, above, approved.get(id) ?? nothing)
    yield customers.flatMap(
      (customer) => recipientFor(notice, customer, issuedAt, law, beyond(customer._id)) ?? [],
    )
  }
}

/** What issuing it now would mean. `meet` is shown each of them. */
async function summaryOf(
  context: Context,
  notice: Notice,
  meet: (recipient: RecipientContent) => void = () => {},
): Promise<Summary> {
  const summary = emptySummary()
  for await (const recipients of audienceOf(notice, context.today, context.now))
    for (const recipient of recipients) {
      addToSummary(summary, recipient, notice.plannedStart)
      meet(recipient)
    }
  return summary
}

/** What stands in its way, and whom it would reach. */
export async function blockersOf(
  context: Context,
  notice: Notice,
  meet?: (recipient: RecipientContent) => void,
): Promise<{ blockers: Blocker[]; summary: Summary }> {
  const { reference, goLive, plannedStart } = notice
  const summary = await summaryOf(context, notice, meet)
  const law = await lawNow()
  const lines = await lineFactsOf(law, notice, context.today)
  return {
    summary,
    blockers: blockersIn({ reference, goLive, plannedStart, lines, summary, law, today: context.today }),
  }
}

async function lineFactsOf(law: Law, notice: Notice, today: Day): Promise<LineFacts[]> {
  const [engagements, kinds, elsewhere] = await Promise.all([
    engagementsByIds(notice.lines.map(({ engagement }) => engagement)),
    kindsFound(notice.lines, today),
    continuedElsewhere(notice),
  ])
  return notice.lines.flatMap((line): LineFacts[] => {
    const facts = { line, found: kinds.get(line.id) ?? null }
    if (line.site !== undefined) return [{ ...facts, reference: line.site, useBlocks: [] }]
    const engagement = engagements.find(({ _id }) => _id === line.engagement)
    if (!engagement) return []
    return [
      {
        ...facts,
        reference: engagement.reference,
        useBlocks: isUsed(line) ? useBlocksOf(law, engagement, today) : [],
        elsewhere: elsewhere.get(line.id) ?? null,
      },
    ]
  })
}
