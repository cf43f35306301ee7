import type { Bilingual, Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { record } from '../../audit-log/actions.js'
import { customerByReference } from '../../customers/actions.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { affectedById, AffectedCustomers, countAffected, insertAffected } from '../records.js'
import {
  affectedId,
  mayClose,
  refuseClosed,
  type AffectedCustomer,
  type Channel,
  type Standing,
  type UseCase,
} from '../rules.js'
import { affectedFrom } from './derive.js'
import { caseOf, moveCustomer, moveTo } from './move.js'

/** `on`: the first day it was no longer used. */
export async function stopUse(
  context: Context,
  reference: string,
  { on, how }: { on: Day; how: string },
): Promise<UseCase> {
  const useCase = await caseOf(reference)
  refuseClosed(useCase)
  if (on < useCase.since) throw new Refused('unpermitted-stopped-too-early')
  return moveTo(
    context,
    useCase,
    { stopped: { on, how } },
    {
      event: 'unpermitted-use.stopped',
      facts: { on },
      personal: { how },
    },
  )
}

export async function writeWords(
  context: Context,
  reference: string,
  { what, done }: { what: Bilingual; done: Bilingual },
): Promise<UseCase> {
  const useCase = await caseOf(reference)
  refuseClosed(useCase)
  return moveTo(
    context,
    useCase,
    { what, done },
    {
      event: 'unpermitted-use.words-written',
      facts: {},
      personal: { before: { what: useCase.what, done: useCase.done }, after: { what, done } },
    },
  )
}

/** A customer that services and approvals did not show, or one that was left out before. */
export async function addCustomerTo(
  context: Context,
  reference: string,
  input: { customer: string; since: Day; because: string },
): Promise<void> {
  const useCase = await caseOf(reference)
  refuseClosed(useCase)
  const customer = await customerByReference(input.customer)
  const days = { since: input.since, until: useCase.stopped?.on ?? null }
  const known = await affectedById(affectedId(useCase._id, customer._id))
  if (known) {
    await changed(
      await moveCustomer(
        context,
        known,
        { standing: 'affected', since: input.since, because: input.because },
        {
          event: 'unpermitted-customer.added',
          facts: { since: input.since },
          personal: { because: input.because },
        },
      ),
    )
    return
  }
  const affected = affectedFrom(context, useCase, customer, days, input.because)
  await insertAffected([affected])
  await record(AffectedCustomers, affected)
}

/** It was not used for this customer after all; the reason stays on record. Who was told already stays in the case. */
export async function leaveOut(
  context: Context,
  reference: string,
  customer: string,
  because: string,
): Promise<void> {
  const { useCase, affected } = await affectedOf(reference, customer)
  refuseClosed(useCase)
  if (affected.told === 'told' || affected.told === 'queued') throw new Refused('unpermitted-told-already')
  await changed(
    await moveCustomer(
      context,
      affected,
      { standing: 'left-out', because },
      {
        event: 'unpermitted-customer.left-out',
        facts: {},
        personal: { because },
      },
    ),
  )
}

/** Told by letter, Digital Post, telephone: registered by staff, with a file where there is one. */
export async function registerTold(
  context: Context,
  reference: string,
  customer: string,
  { channel, on, file }: { channel: Channel; on: Day; file: Upload | null },
): Promise<void> {
  const { useCase, affected } = await affectedOf(reference, customer)
  refuseClosed(useCase)
  const about = { kind: 'unpermitted-use', id: useCase._id }
  const stored = file ? await storeFile(context, { ...file, about, sample: useCase.sample }) : null
  const delivery = { channel, on, file: stored?._id ?? null }
  await changed(
    await moveCustomer(
      context,
      affected,
      { told: 'told', toldOn: on, undelivered: null, delivery },
      {
        event: 'unpermitted-customer.told-otherwise',
        facts: { channel, on, file: delivery.file },
      },
    ),
  )
}

export async function closeCase(context: Context, reference: string, lesson: string): Promise<UseCase> {
  const useCase = await caseOf(reference)
  const standing = await standingOf(useCase)
  mayClose(useCase, standing)
  return moveTo(
    context,
    useCase,
    { lesson, closedOn: context.today, open: false },
    {
      event: 'unpermitted-use.closed',
      facts: { customers: standing.affected },
      personal: { lesson },
    },
  )
}

export async function standingOf({ _id }: Pick<UseCase, '_id'>): Promise<Standing> {
  const [affected, untold, due, unpermitted] = await Promise.all([
    countAffected(_id),
    countAffected(_id, { told: ['no', 'queued', 'undelivered'] }),
    countAffected(_id, { told: ['no', 'undelivered'] }),
    countAffected(_id, { unapproved: true }),
  ])
  return { affected, untold, due, unpermitted }
}

/** A customer in the case, by its own reference. */
export async function affectedOf(
  reference: string,
  customerReference: string,
): Promise<{ useCase: UseCase; affected: AffectedCustomer }> {
  const [useCase, customer] = await Promise.all([caseOf(reference), customerByReference(customerReference)])
  const affected = await affectedById(affectedId(useCase._id, customer._id))
  if (!affected) throw new NotFound()
  return { useCase, affected }
}

async function changed(moved: AffectedCustomer | null): Promise<void> {
  if (!moved) throw new Refused('changed-meanwhile')
}
