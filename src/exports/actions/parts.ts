/** What stands in a pack about a notice and about each of its customers. */
import { fileById, filesAboutAll, openFile, type StoredFile } from '../../files/actions.js'
import type { Notice, Recipient } from '../../notices/actions.js'
import { paperKey } from '../../notices/page/paper.js'
import { papersOf } from '../../notices/records/papers.js'
import { objectionsOfRecipients } from '../../objections/actions.js'
import type { Objection } from '../../objections/rules.js'
import { repliesOfRecipients, sameMail, type Reply } from '../../replies/actions.js'
import {
  filePath,
  filesOfPart,
  mostCustomersInIndex,
  mostCustomersWithFiles,
  noticeFolder,
  paperPath,
  partFolder,
  shownNotice,
  shownObjection,
  shownPart,
  shownReply,
  type Audience,
} from '../rules.js'
import type { Archive } from './archive.js'
import type { Collected } from './collected.js'
import { mailsOfParts, sharedMails, type PackedMail } from './mails.js'
import type { Section } from './subject.js'

/** What one gathering of a pack goes on with. */
export type Gathering = { archive: Archive; audience: Audience; collected: Collected }

export async function* addNotice(
  { archive, audience }: Gathering,
  { notice, own, count }: Section,
): AsyncGenerator<Buffer> {
  yield* archive.add(
    `${noticeFolder(notice.reference)}/notice.json`,
    inJson(shownNotice(notice, audience, own)),
  )
  const papers = (await papersOf(notice._id)).filter(
    ({ _id }) => own === null || _id.startsWith(`${notice._id}/${paperKey(own)}/`),
  )
  for (const [place, paper] of papers.entries()) {
    yield* archive.add(paperPath(notice.reference, paper, place + 1, 'pdf'), openFile(paper.pdf))
    if (paper.calendar)
      yield* archive.add(paperPath(notice.reference, paper, place + 1, 'ics'), openFile(paper.calendar))
  }
  if (count <= mostCustomersWithFiles) yield* addTexts(archive, await sharedMails(notice, audience))
}

/** All of a notice's customers that the pack is about, some at a time. */
export async function* addParts(gathering: Gathering, section: Section): AsyncGenerator<Buffer> {
  const apart = section.count <= mostCustomersWithFiles
  for await (const recipients of section.parts()) {
    const objections = await objectionsOfRecipients(recipients.map(({ _id }) => _id))
    const mails = await mailsOfParts(recipients, objections, gathering.audience)
    const replies = await repliesOfRecipients(recipients.map(({ _id }) => _id))
    // A customer's pack shows of these only what a field of its part names.
    const house = gathering.audience === 'house' ? recipients.map(({ _id }) => _id) : []
    const kept = await filesAboutAll('recipient', house)
    collect(gathering, section, recipients, mails, objections)
    for (const recipient of recipients) {
      const folder = partFolder(recipient.noticeReference, recipient.customerReference)
      yield* gathering.archive.add(`${folder}/part.json`, inJson(shownPart(recipient)))
      if (apart) yield* addTexts(gathering.archive, mails.get(recipient._id) ?? [])
      const own = objections.filter((objection) => objection.recipient === recipient._id)
      for (const objection of own)
        yield* gathering.archive.add(
          `${folder}/objections/${objection.reference}.json`,
          inJson(shownObjection(objection, gathering.audience)),
        )
      yield* addFiles(
        gathering,
        folder,
        recipient,
        own,
        kept.filter(({ about }) => about.id === recipient._id),
      )
      yield* addReplies(
        gathering,
        folder,
        replies.filter(({ part }) => part?.recipient === recipient._id),
      )
    }
  }
}

/** Exactly as stored: the link's live address was put in while sending, and is kept nowhere. */
async function* addTexts(archive: Archive, mails: readonly PackedMail[]): AsyncGenerator<Buffer> {
  for (const { mail, path } of mails) {
    yield* archive.add(`${path}.txt`, mail.text)
    yield* archive.add(`${path}.html`, mail.html)
  }
}

async function* addFiles(
  { archive, audience, collected }: Gathering,
  folder: string,
  recipient: Recipient,
  objections: readonly Objection[],
  more: readonly StoredFile[],
): AsyncGenerator<Buffer> {
  const known = filesOfPart(recipient, objections)
  const all = [
    ...known,
    ...more
      .filter(({ _id }) => known.every(({ file }) => file !== _id))
      .map(({ _id }) => ({ file: _id, of: 'house' as const })),
  ]
  for (const [place, { file, of }] of all.entries()) {
    const stored = await fileById(file)
    if (!stored) continue
    if (audience === 'customer' && of === 'house') collected.keptBack.push(stored)
    else yield* archive.add(filePath(folder, place + 1, stored.name), openFile(file))
  }
}

/**
 * What the customer wrote by mail, whole as it came; how staff read it is for the house. A mail for several customers quotes what named
 * all of them: one customer's pack has its hash.
 */
async function* addReplies(
  { archive, audience, collected }: Gathering,
  folder: string,
  replies: readonly Reply[],
): AsyncGenerator<Buffer> {
  for (const reply of replies) {
    const path = `${folder}/replies/${reply.reference}`
    const several = audience === 'customer' && (await sameMail(reply)).length > 1
    yield* archive.add(`${path}.json`, inJson(shownReply(reply, audience, several)))
    const stored = await fileById(reply.file)
    if (stored && several) collected.keptBack.push(stored)
    else if (stored) yield* archive.add(`${path}.eml`, openFile(reply.file))
  }
}

/** For the index, as many as it shows. */
function collect(
  { collected }: Gathering,
  { notice }: { notice: Notice },
  recipients: readonly Recipient[],
  mails: ReadonlyMap<string, PackedMail[]>,
  objections: readonly Objection[],
): void {
  for (const recipient of recipients) {
    if (collected.told.length >= mostCustomersInIndex) break
    collected.told.push({
      recipient,
      mails: (mails.get(recipient._id) ?? []).map(({ mail: { kind, to, subject, evidence } }) => ({
        kind,
        to,
        subject,
        evidence,
      })),
    })
  }
  collected.objections.push(...objections.slice(0, mostCustomersInIndex - collected.objections.length))
  if (!collected.story.has(notice._id)) collected.story.set(notice._id, [])
}

export function inJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
