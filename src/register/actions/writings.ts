/** Approvals and what the log says of them, written as one: what a kill leaves out of it is written at the next start. */
import { recordEventOnce } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { customersByIds } from '../../customers/actions.js'
import { closeApprovals, countApproved, isCorrected, insertApprovals, whileUnlisted } from '../records.js'
import { dropWriting, keepWriting, writingBegunBefore } from '../records/writings.js'
import {
  endedIn,
  rowsOf,
  type Closing,
  type OnlyAfter,
  type Opening,
  type Saying,
  type Writing,
} from '../rules/writing.js'

type Whole = { opens?: Opening[]; closes?: Closing[]; says?: Saying[] }

export async function writeAsOne(context: Context, whole: Whole): Promise<void> {
  const writing = writingOf(context, newId(), whole)
  await keepWriting(writing)
  await finish(writing)
}

/**
 * Does what the writing follows from, and then writes it: neither without the other. Another attempt at the same, under the same key,
 * takes the place of one that broke off. `act` gives null, or throws `Refused`, where nothing was done.
 */
export async function writeAfter<Done>(
  context: Context,
  key: string,
  whole: Whole & { only: OnlyAfter },
  act: () => Promise<Done | null>,
): Promise<Done | null> {
  const writing = { ...writingOf(context, key, whole), only: whole.only }
  await keepWriting(writing)
  try {
    const done = await act()
    if (done === null) await dropWriting(key)
    else await finish(writing)
    return done
  } catch (error) {
    if (error instanceof Refused) await dropWriting(key)
    throw error
  }
}

function writingOf(
  { now: at, today, actor: by }: Context,
  _id: string,
  { opens = [], closes = [], says = [] }: Whole,
): Writing {
  return { _id, at, today, by, opens, closes, says }
}

/** A repeat of any of it changes nothing. */
async function finish(writing: Writing): Promise<void> {
  const { _id, today, opens, closes, says } = writing
  for (const opening of opens)
    await whileUnlisted([opening.engagement], () => insertApprovals(rowsOf(opening), today))
  const ended: Saying[] = []
  for (const closing of closes) {
    const { engagement, customers, to, notice } = closing
    await whileUnlisted([engagement], () =>
      closeApprovals(engagement, customers ?? undefined, { to, notice, recordedOn: today }),
    )
    ended.push(endedIn(closing, await countApproved(engagement, to)))
  }
  await say(writing, [...says, ...ended])
  await dropWriting(_id)
}

async function hasBeenDone(only: OnlyAfter): Promise<boolean> {
  if ('correction' in only) return isCorrected(only.customer, only.engagement, only.correction)
  const [customer] = await customersByIds([only.customer])
  return (
    customer !== undefined &&
    only.services.every((service) =>
      customer.services.some((bought) => bought.service === service && bought.from === only.from),
    )
  )
}

async function say({ _id, at, today, by }: Writing, says: readonly Saying[]): Promise<void> {
  const context: Context = { now: at, today, actor: by, locale: 'da' }
  for (const [number, { event, about, facts, personal }] of says.entries())
    await recordEventOnce(context, `${_id}-${number}`, event, about, facts, personal)
}

/** Longer than one writing takes: what is younger is being written by whoever began it. */
const longest = 60_000

/** What kills left half written. */
export async function finishWritings({ now }: Context): Promise<{ finished: number }> {
  let finished = 0
  for (;;) {
    const writing = await writingBegunBefore(new Date(now.getTime() - longest))
    if (!writing) return { finished }
    if (writing.only === undefined || (await hasBeenDone(writing.only))) await finish(writing)
    else await dropWriting(writing._id)
    finished += 1
  }
}
