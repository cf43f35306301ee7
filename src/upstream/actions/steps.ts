import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { searchTokens } from '../../db/keys.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { engagementsByIds, vendorsByIds } from '../../register/actions.js'
import {
  answered,
  assessed,
  closed,
  confirmed,
  reckonedLimit,
  reopened,
  type ObjectionOutcome,
  type UpstreamFacts,
  type UpstreamNotice,
  type Verdict,
} from '../rules.js'
import { noticesOf, wasTold } from './linked.js'
import { moveTo, upstreamOf } from './move.js'

/** What staff read in their notice. Where it names no limit for objecting, the limit follows from what is agreed with them. */
export async function confirmUpstream(
  context: Context,
  reference: string,
  input: Omit<UpstreamFacts, 'limitFrom'>,
): Promise<UpstreamNotice> {
  const notice = await upstreamOf(reference)
  const [vendor] = input.vendor ? await vendorsByIds([input.vendor]) : []
  const engagements = await engagementsByIds(input.engagements)
  if (engagements.length !== input.engagements.length) throw new NotFound()
  const owed = engagements.flatMap(({ theirNotice }) => theirNotice ?? [])
  const reckoned = reckonedLimit(input.receivedOn, owed, input.startsOn)
  const kept = notice.limitFrom === 'reckoned' && input.objectUntil === notice.objectUntil
  const objectUntil = kept ? reckoned : (input.objectUntil ?? reckoned)
  const facts: UpstreamFacts = {
    ...input,
    objectUntil,
    limitFrom: objectUntil === null ? null : kept || input.objectUntil === null ? 'reckoned' : 'stated',
  }
  const change = confirmed(notice, facts)
  const tokens = searchTokens(reference, notice.subject, notice.from, vendor?.name, input.further, input.what)
  return moveTo(
    context,
    notice,
    { ...change, tokens, sample: vendor?.sample ?? notice.sample },
    {
      event: notice.state === 'received' ? 'upstream-notice.confirmed' : 'upstream-notice.corrected',
      facts: { before: openFacts(notice), after: openFacts(facts) },
      personal: { what: input.what, further: input.further },
    },
  )
}

export async function assessUpstream(
  context: Context,
  reference: string,
  input: { verdict: Verdict; because: string | null },
): Promise<UpstreamNotice> {
  const notice = await upstreamOf(reference)
  return moveTo(context, notice, assessed(notice, input, context.today), {
    event: 'upstream-notice.assessed',
    facts: { verdict: input.verdict },
    personal: { because: input.because },
  })
}

export type Answering = {
  answer: { on: string; text: string } | null
  file: Upload | null
  outcome: ObjectionOutcome | null
  note: string | null
}

/** What the sub-processor answered to our objection, and how that ended. */
export async function answerObjection(
  context: Context,
  reference: string,
  { answer, file: upload, outcome, note }: Answering,
): Promise<UpstreamNotice> {
  const notice = await upstreamOf(reference)
  const before = { answer: answer && { ...answer, file: null }, outcome, note }
  // Refused before a file is kept.
  answered(notice, before, context.today)
  const about = { kind: 'upstream-notice', id: notice._id }
  const stored =
    upload && answer ? await storeFile(context, { ...upload, about, sample: notice.sample }) : null
  const change = answered(
    notice,
    {
      ...before,
      answer: answer && { ...answer, file: stored?._id ?? notice.objection?.answer?.file ?? null },
    },
    context.today,
  )
  return moveTo(context, notice, change, {
    event: outcome === null ? 'upstream-notice.answered' : 'upstream-notice.objection-settled',
    facts: { outcome, answeredOn: answer?.on ?? null, file: stored?._id ?? null },
    personal: { answer: answer?.text ?? null, note },
  })
}

export async function closeUpstream(
  context: Context,
  reference: string,
  note: string,
): Promise<UpstreamNotice> {
  const notice = await upstreamOf(reference)
  const told = wasTold(await noticesOf(notice))
  return moveTo(context, notice, closed(notice, note, told, context.today), {
    event: 'upstream-notice.closed',
    facts: { told },
    personal: { because: note },
  })
}

export async function reopenUpstream(
  context: Context,
  reference: string,
  because: string,
): Promise<UpstreamNotice> {
  const notice = await upstreamOf(reference)
  return moveTo(context, notice, reopened(notice), {
    event: 'upstream-notice.reopened',
    facts: {},
    personal: { because },
  })
}

function openFacts({
  vendor,
  engagements,
  kinds,
  startsOn,
  receivedOn,
  objectUntil,
  limitFrom,
}: UpstreamFacts) {
  return { vendor, engagements, kinds, startsOn, receivedOn, objectUntil, limitFrom }
}
