import type { Context } from '../../base/context.js'
import { enqueue } from '../../mail/actions.js'
import { holdForObjection, recipientById, releaseObjection } from '../../notices/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { alertMail, customerWroteMail, outcomeMail, receiptMail } from '../mails.js'
import { confirmedMail } from '../mails/remedy.js'
import { finishStep, objectionById, postponeStep } from '../records.js'
import { releaseDay, requirements, type Objection } from '../rules.js'
import { tryMove } from './move.js'
import { customerReaders, staffReaders } from './readers.js'

/**
 * What follows from a kept objection: the customer's part of the notice is held, receipt and alert go out. All of it may be
 * repeated, so a timer takes it up where a crash ended it.
 */
export async function finishRaising(context: Context, objection: Objection): Promise<Objection> {
  await holdForObjection(context, objection.recipient, objection.reference)
  const recipient = await recipientById(objection.recipient)
  const found = {
    metPermission: recipient?.lines.some(({ permittedFrom }) => permittedFrom !== null) ?? false,
    useHadBegun: objection.useHadBegun || (recipient?.lines.some((line) => began(line)) ?? false),
  }
  const told = { ...objection, ...found }
  const [customer, staff] = await Promise.all([customerReaders(context, told), staffReaders(told.owner)])
  const zone = customer[0]?.notice.rules.zone ?? danishDateRules.zone
  await enqueue(context, [
    ...customer.map((reader) => receiptMail(told, reader)),
    ...staff.map((reader) => alertMail(told, reader, zone)),
  ])
  await finishStep(objection, 'raised', found)
  return { ...told, unfinished: null }
}

/** What follows from an outcome, on the day it takes effect: the hold is let go of, and the customer is told. */
export async function finishSettling(context: Context, objection: Objection): Promise<Objection> {
  const { outcome, unfinished } = objection
  if (!outcome || unfinished?.step !== 'settled') return objection
  await tellOutcome(context, objection)
  const from = releaseDay(outcome, objection.endsOn, objection.outcomeOn ?? context.today)
  if (from > context.today) {
    await postponeStep(objection, from)
    return { ...objection, unfinished: { step: 'settled', from } }
  }
  const { release } = requirements[outcome]
  if (release) await releaseObjection(context, objection.recipient, objection.reference, release, from)
  const released = release && objection.blocking ? await letGo(context, objection) : objection
  await finishStep(objection, 'settled')
  return { ...released, unfinished: null }
}

async function tellOutcome(context: Context, objection: Objection): Promise<void> {
  const readers = await customerReaders(context, objection)
  await enqueue(
    context,
    readers.map((reader) => outcomeMail(objection, reader)),
  )
  const last = objection.moves.at(-1)
  const { outcome } = objection
  const own = outcome === 'withdrawn-by-customer' || outcome === 'remedied'
  if (!own || last?.by.kind !== 'customer') return
  const staff = await staffReaders(objection.owner)
  await enqueue(
    context,
    staff.map((reader) =>
      outcome === 'remedied' ? confirmedMail(objection, reader) : customerWroteMail(objection, null, reader),
    ),
  )
}

// Only an agreement that ended later still blocks here; all other outcomes let go when they were given.
async function letGo(context: Context, objection: Objection): Promise<Objection> {
  const moved = await tryMove(
    context,
    objection,
    { blocking: false },
    { event: 'objection.released', facts: { outcome: objection.outcome, endsOn: objection.endsOn } },
  )
  return moved ?? (await objectionById(objection._id)) ?? objection
}

function began({ mode, inUseSince }: { mode: string; inUseSince: string | null }): boolean {
  return mode !== 'information' && inUseSince !== null
}
