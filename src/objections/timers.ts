import type { Context } from '../base/context.js'
import type { Timer } from '../jobs/actions.js'
import { enqueue } from '../mail/actions.js'
import {
  permit,
  recipientsByIds,
  recipientsHeldPastTheirDays,
  recipientsPastTheirDays,
} from '../notices/actions.js'
import { mayBePermitted, type Recipient } from '../notices/rules.js'
import { finishRaising, finishSettling } from './actions/finish.js'
import { tryMove } from './actions/move.js'
import { staffReaders } from './actions/readers.js'
import { blockedMail } from './mails.js'
import { objectionsHolding, openObjections, unfinishedObjections } from './records.js'
import { mootOutcome, settleMoot, type Objection } from './rules.js'

const batch = 200
const lanes = 8
const minute = 60_000

/**
 * The only place that permits: it lives here because it must see the objections. Asks for what is due by now, so days of
 * standing still make it late and lose nothing; a permit is one conditional update, so an objection that comes at the same
 * moment either stops it or finds it done.
 */
export async function permitDueChanges(context: Context): Promise<{ permitted: number; blocked: number }> {
  const counts = { permitted: 0, blocked: 0 }
  const run = startRun()
  const judge = async (recipient: Recipient, objections: readonly string[]) => {
    const verdict = mayBePermitted(recipient, objections, recipient.unclassified?.length ?? 0, context.today)
    if (!verdict.yes) counts.blocked += await noteBlocked(context, recipient, verdict.because)
    else if (await permit(context, recipient, verdict)) counts.permitted += 1
  }
  await eachBatch(
    (after) => recipientsPastTheirDays(context.today, batch, after),
    async (recipients) => {
      const holding = await objectionsHolding(recipients.map(({ _id }) => _id))
      await run.each(recipients, (recipient) => judge(recipient, holding.get(recipient._id) ?? []))
    },
  )
  await eachBatch(
    (after) => recipientsHeldPastTheirDays(context.today, batch, after),
    (recipients) => run.each(recipients, (recipient) => judge(recipient, recipient.openObjections)),
  )
  run.end()
  return counts
}

/** Takes up what a crash left between keeping an objection and what follows from it, and agreements that have ended since. */
export async function finishObjections(context: Context): Promise<{ finished: number; moot: number }> {
  const run = startRun()
  const unfinished = await unfinishedObjections(context.today, batch)
  await run.each(unfinished, (objection) =>
    (objection.unfinished?.step === 'raised' ? finishRaising : finishSettling)(context, objection),
  )
  const moot = await closeMoot(context, run)
  run.end()
  return { finished: unfinished.length, moot }
}

export const objectionTimers: Timer[] = [
  { name: 'objections.finish', every: minute, run: finishObjections },
  { name: 'objections.permit-due-changes', every: minute, run: permitDueChanges },
]

/** Objections to a change that will not be made for the customer anyway end by themselves, and the customer is told. */
async function closeMoot(context: Context, run: Run): Promise<number> {
  const open = await openObjections(1000)
  const recipients = new Map(
    (await recipientsByIds(open.map(({ recipient }) => recipient))).map((each) => [each._id, each]),
  )
  let closed = 0
  await run.each(open, async (objection) => {
    const recipient = recipients.get(objection.recipient)
    const moot = objection.unfinished === null && recipient ? mootOutcome(recipient) : null
    if (moot && (await close(context, objection, moot))) closed += 1
  })
  return closed
}

async function close(
  context: Context,
  objection: Objection,
  moot: NonNullable<ReturnType<typeof mootOutcome>>,
): Promise<boolean> {
  const moved = await tryMove(context, objection, settleMoot(moot, context.today), {
    event: 'objection.settled',
    facts: { ...moot, moot: true, blocking: false },
  })
  if (!moved) return false
  await finishSettling(context, moved)
  return true
}

// Once for each reason and officer: the mail's key makes every later run harmless.
async function noteBlocked(context: Context, recipient: Recipient, because: string): Promise<number> {
  const { _id, noticeReference, customerName, customerReference, sample } = recipient
  const blocked = { recipient: _id, noticeReference, customerName, customerReference, because, sample }
  const readers = await staffReaders(null)
  const added = await enqueue(
    context,
    readers.map((reader) => blockedMail(blocked, reader)),
  )
  return added > 0 ? 1 : 0
}

type Run = {
  each: <Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>) => Promise<void>
  end: () => void
}

/** One failure does not stop the rest, and is told in the end: what is left undone is due again at the next run. */
function startRun(): Run {
  const failures: unknown[] = []
  return {
    each: async (items, act) => {
      const waiting = [...items]
      const lane = async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
          await act(next).catch((error: unknown) => failures.push(error))
      }
      await Promise.all(Array.from({ length: lanes }, lane))
    },
    end: () => {
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
    },
  }
}

async function eachBatch(
  find: (after: string) => Promise<Recipient[]>,
  act: (recipients: Recipient[]) => Promise<void>,
): Promise<void> {
  for (let after = ''; ;) {
    const found = await find(after)
    const last = found.at(-1)
    if (!last) return
    await act(found)
    after = last._id
  }
}
