import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { fileById, storeFile, type Upload } from '../../files/actions.js'
import { newId } from '../../base/ids.js'
import type { AuthorityInput } from '../form.js'
import { countAffected } from '../records.js'
import {
  isOurs,
  mayClose,
  mayConcludeNoBreach,
  refuseClosed,
  type Breach,
  type ClosingRecord,
} from '../rules.js'
import { leaveOutUntold } from './customers.js'
import { breachOf, decideOn, moveTo } from './move.js'
import { standingOf } from './standing.js'

/** Where the data are ours: the authority was told, or why it need not be (Art. 33(1)). */
export async function noteAuthority(
  context: Context,
  reference: string,
  input: AuthorityInput & { file: Upload | null },
): Promise<Breach> {
  const breach = await breachOf(reference)
  refuseClosed(breach)
  if (!isOurs(breach)) throw new Refused('breach-not-ours')
  if (input.decision === 'not') {
    if (breach.phases.length > 0) throw new Refused('breach-role-settled')
    return moveTo(
      context,
      breach,
      { authority: null, authorityNot: input.because },
      { event: 'breach.authority-not-told', facts: {}, personal: { because: input.because } },
    )
  }
  if (input.toldAt.getTime() < breach.awareAt.getTime()) throw new Refused('breach-told-too-early')
  const about = { kind: 'breach', id: breach._id }
  const stored = input.file ? await storeFile(context, { ...input.file, about, sample: breach.sample }) : null
  const authority = {
    toldAt: input.toldAt,
    reference: input.reference,
    file: stored?._id ?? breach.authority?.file ?? null,
  }
  return moveTo(
    context,
    breach,
    { authority, authorityNot: null },
    { event: 'breach.authority-told', facts: { ...authority, awareAt: breach.awareAt } },
  )
}

/** What staff, or the sub-processor by its link, adds to the case. */
export async function addNote(
  context: Context,
  { _id, sample }: Breach,
  { from, name, text, files }: { from: 'vendor' | 'staff'; name: string; text: string; files: Upload[] },
): Promise<{ breach: Breach; note: string }> {
  const stored: string[] = []
  for (const file of files)
    stored.push((await storeFile(context, { ...file, about: { kind: 'breach', id: _id }, sample }))._id)
  const note = { id: newId(), at: context.now, from, name, text, files: stored }
  const breach = await decideOn(context, _id, (now) => {
    refuseClosed(now)
    return {
      change: { notes: [...now.notes, note] },
      event: from === 'vendor' ? 'breach.more-reported' : 'breach.noted',
      facts: { note: note.id, files: stored },
      personal: { name, text },
    }
  })
  if (!breach) throw new NotFound()
  return { breach, note: note.id }
}

export async function closeBreach(
  context: Context,
  reference: string,
  closing: ClosingRecord,
): Promise<Breach> {
  const breach = await breachOf(reference)
  const standing = await standingOf(breach)
  mayClose(breach, standing)
  return moveTo(
    context,
    breach,
    { closing, closedAt: context.now, open: false, state: 'closed' },
    {
      event: 'breach.closed',
      facts: {
        customers: standing.affected,
        risk: breach.risk?.conclusion ?? null,
        phases: breach.phases.length,
      },
      personal: closing,
    },
  )
}

/**
 * It was none after all: closed with the reason, and counted apart. Nobody is told any more; whoever was told has been told so.
 */
export async function concludeNoBreach(
  context: Context,
  reference: string,
  { because, takenBack }: { because: string; takenBack: boolean },
): Promise<Breach> {
  const breach = await breachOf(reference)
  const told = await countAffected(breach._id, { told: ['told', 'queued'] })
  mayConcludeNoBreach(breach, told, takenBack)
  const leftOut = await leaveOutUntold(context, breach, because)
  const { now: at } = context
  return moveTo(
    context,
    breach,
    { noBreach: { because, at }, closedAt: at, open: false, state: 'closed' },
    { event: 'breach.no-breach', facts: { told, takenBack, leftOut }, personal: { because } },
  )
}

/** Something more has come to light. What was recorded stays, and is written anew when it closes again. */
export async function reopenBreach(context: Context, reference: string, because: string): Promise<Breach> {
  const breach = await breachOf(reference)
  if (breach.open) throw new Refused('breach-is-open')
  const { affected, untold } = await standingOf(breach)
  return moveTo(
    context,
    breach,
    {
      open: true,
      closedAt: null,
      noBreach: null,
      state: affected > 0 && untold === 0 ? 'told' : 'assessing',
    },
    { event: 'breach.reopened', facts: {}, personal: { because } },
  )
}

/** A file of the case; anything else is not found. */
export async function breachFile(breach: Breach, id: string): Promise<string> {
  const found = await fileById(id)
  if (found?.about.kind !== 'breach' || found.about.id !== breach._id) throw new NotFound()
  return id
}
