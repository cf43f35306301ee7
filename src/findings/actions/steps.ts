import { revokeLinks } from '../../auth/links.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { noteMail, openedMail } from '../mails.js'
import {
  accepted,
  answered,
  changed,
  closed,
  noted,
  reopened,
  remindersResumed,
  remindersStopped,
  type Finding,
  type FindingNote,
  type FindingOwner,
  type NoteKind,
  type Severity,
} from '../rules.js'
import { findingOf, moveTo } from './move.js'
import { ownersOf, post, staffToTell } from './readers.js'

/** Who writes, by the name shown. */
export type Writer = { from: 'staff' | 'vendor'; name: string }
export type Words = { text: string; files: readonly Upload[] }

/** It is put right, says its owner; whoever of us looks at it is told where the vendor says so. */
export async function answerFinding(
  context: Context,
  reference: string,
  writer: Writer,
  words: Words,
): Promise<Finding> {
  const finding = await findingOf(reference)
  const note = (files: string[]) => noteOf(context, writer, 'answer', words.text, true, files)
  // Refused before a file is kept.
  answered(finding, note([]))
  const files = await keep(context, finding, words.files)
  const moved = await moveTo(context, finding, answered(finding, note(files)), {
    event: 'finding.answered',
    facts: { from: writer.from, files },
    personal: { by: writer.name, text: words.text },
  })
  if (writer.from === 'vendor')
    await post(context, moved, await staffToTell(moved), (letter) => noteMail(letter, note(files), 'answer'))
  return moved
}

/** A note for ourselves, or one that the vendor reads; and what the vendor asks. */
export async function noteOnFinding(
  context: Context,
  reference: string,
  writer: Writer,
  { text, files: uploads, external }: Words & { external: boolean },
): Promise<Finding> {
  const finding = await findingOf(reference)
  const files = await keep(context, finding, uploads)
  const kind = writer.from === 'vendor' ? 'question' : 'note'
  const note = noteOf(context, writer, kind, text, external, files)
  const moved = await moveTo(context, finding, noted(finding, note), {
    event: kind === 'question' ? 'finding.asked' : 'finding.noted',
    facts: { external, files },
    personal: { by: writer.name, text },
  })
  if (writer.from === 'vendor')
    await post(context, moved, await staffToTell(moved), (letter) => noteMail(letter, note, 'question'))
  else if (external) await tellVendor(context, moved, note, 'note')
  return moved
}

/** Throws `Refused('finding-needs-evidence')` where nothing shows that it is put right. */
export async function closeFinding(
  context: Context,
  reference: string,
  by: string,
  { text, files: uploads, elsewhere, external }: Words & { elsewhere: boolean; external: boolean },
): Promise<Finding> {
  const finding = await findingOf(reference)
  const note = (files: string[]) =>
    noteOf(context, { from: 'staff', name: by }, 'closed', text, external, files)
  closed(finding, note([]), elsewhere || uploads.length > 0)
  const files = await keep(context, finding, uploads)
  const moved = await moveTo(context, finding, closed(finding, note(files), elsewhere), {
    event: 'finding.closed',
    facts: { files, elsewhere },
    personal: { because: text },
  })
  if (external) await tellVendor(context, moved, note(files), 'closed')
  return moved
}

export async function acceptFinding(
  context: Context,
  reference: string,
  by: string,
  { because, external }: { because: string; external: boolean },
): Promise<Finding> {
  const finding = await findingOf(reference)
  const note = noteOf(context, { from: 'staff', name: by }, 'accepted', because, external, [])
  const moved = await moveTo(context, finding, accepted(finding, note), {
    event: 'finding.accepted',
    facts: {},
    personal: { because },
  })
  if (external) await tellVendor(context, moved, note, 'accepted')
  return moved
}

export async function reopenFinding(
  context: Context,
  reference: string,
  by: string,
  { because, dueOn }: { because: string; dueOn: Day },
): Promise<Finding> {
  const finding = await findingOf(reference)
  const note = noteOf(context, { from: 'staff', name: by }, 'reopened', because, true, [])
  const moved = await moveTo(context, finding, reopened(finding, note, dueOn, context.today), {
    event: 'finding.reopened',
    facts: { before: { state: finding.state, dueOn: finding.dueOn }, after: { state: 'open', dueOn } },
    personal: { because },
  })
  await post(context, moved, await ownersOf(context, moved), (letter) => noteMail(letter, note, 'reopened'))
  return moved
}

export type Changing = { owner: FindingOwner | null; dueOn: Day; severity: Severity; because: string }

/** A new owner is told of it as the first was; the one there is, of a new day. */
export async function changeFinding(
  context: Context,
  reference: string,
  by: string,
  { owner, dueOn, severity, because }: Changing,
): Promise<Finding> {
  const finding = await findingOf(reference)
  const note = noteOf(context, { from: 'staff', name: by }, 'changed', because, false, [])
  const moved = await moveTo(
    context,
    finding,
    changed(finding, { owner, dueOn, severity }, note, context.today),
    {
      event: 'finding.changed',
      facts: {
        before: { dueOn: finding.dueOn, severity: finding.severity },
        after: { dueOn, severity },
      },
      personal: { because, before: { owner: finding.owner }, after: { owner } },
    },
  )
  if (finding.owner?.kind === 'vendor' && !sameOwner(finding.owner, owner))
    await revokeLinks(context, { about: { kind: 'finding', ids: [finding._id] } })
  if (moved.state === 'open') await post(context, moved, await ownersOf(context, moved), openedMail)
  return moved
}

export async function stopReminders(context: Context, reference: string, because: string): Promise<Finding> {
  const finding = await findingOf(reference)
  return moveTo(context, finding, remindersStopped(finding, because, context.now), {
    event: 'finding.reminders-stopped',
    facts: {},
    personal: { because },
  })
}

export async function resumeReminders(context: Context, reference: string): Promise<Finding> {
  const finding = await findingOf(reference)
  return moveTo(context, finding, remindersResumed(finding, context.today), {
    event: 'finding.reminders-resumed',
    facts: {},
  })
}

function sameOwner(before: FindingOwner, after: FindingOwner | null): boolean {
  return before.kind === 'vendor' && after?.kind === 'vendor' && before.email === after.email
}

async function tellVendor(
  context: Context,
  finding: Finding,
  note: FindingNote,
  what: 'note' | 'closed' | 'accepted',
): Promise<void> {
  if (finding.owner?.kind !== 'vendor') return
  await post(context, finding, await ownersOf(context, finding), (letter) => noteMail(letter, note, what))
}

function noteOf(
  { now }: Context,
  { from, name }: Writer,
  kind: NoteKind,
  text: string,
  external: boolean,
  files: string[],
): FindingNote {
  return { at: now, by: name, from, kind, text, external, files }
}

async function keep(context: Context, finding: Finding, uploads: readonly Upload[]): Promise<string[]> {
  const about = { kind: 'finding', id: finding._id }
  const kept: string[] = []
  for (const upload of uploads)
    kept.push((await storeFile(context, { ...upload, about, sample: finding.sample }))._id)
  return kept
}
