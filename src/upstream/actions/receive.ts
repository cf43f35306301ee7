import { createHash } from 'node:crypto'
import PostalMime, { type Email } from 'postal-mime'
import { record } from '../../audit-log/actions.js'
import { dayOf } from '../../base/day.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import { flowing, pagesOf } from '../../documents/pdf-text.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { engagementsOfVendor, vendorAddresses, vendorsByIds } from '../../register/actions.js'
import { insertUpstream, upstreamOnce, UpstreamNotices } from '../records.js'
import {
  addressesIn,
  readNotice,
  reckonedLimit,
  vendorOf,
  wordsOfPage,
  type UpstreamNotice,
} from '../rules.js'
import { endOfPeriod } from '../../notices/rules/deadlines.js'

export type Receiving = {
  /** As it came; null where it was told in words. */
  file: Upload | null
  text: string | null
  from: string | null
  subject: string | null
  receivedAt: Date
  source?: UpstreamNotice['source']
  /** The form's own id, where there is no file that says it is the same. */
  once?: string
  /** Where the day it came is reckoned. */
  zone: string
}

/** What is kept of a mail's text: a longer one is a quoted thread, and the file has all of it. */
const longestText = 40_000

/**
 * Takes in a sub-processor's notice of a change: keeps the file, reads what it seems to say, and waits for a person to confirm it.
 * The same file twice, or the same form, is one notice. Throws `Refused`: 'upstream-msg', and those of `storeFile`.
 */
export async function receiveUpstream(
  context: Context,
  receiving: Receiving,
): Promise<{ notice: UpstreamNotice; again: boolean }> {
  const { file } = receiving
  if (file && /\.msg$/i.test(file.name)) throw new Refused('upstream-msg', { name: file.name })
  const once = file
    ? `file/${createHash('sha256').update(file.bytes).digest('hex')}`
    : `form/${receiving.once ?? newId()}`
  const earlier = await upstreamOnce(once)
  if (earlier) return { notice: earlier, again: true }

  const read = { ...receiving, ...(file ? await readFile(file, receiving) : {}) }
  const _id = newId()
  const about = { kind: 'upstream-notice', id: _id }
  const stored = file ? await storeFile(context, { ...file, about }) : null
  const inserted = await insertUpstream(
    await noticeFrom(context, read, { _id, once, file: stored?._id ?? null }),
  )
  if (!inserted.again) await record(UpstreamNotices, inserted.notice)
  return inserted
}

async function noticeFrom(
  context: Context,
  { text, from, subject, receivedAt, source, file: upload, zone }: Receiving,
  own: { _id: string; once: string; file: string | null },
): Promise<UpstreamNotice> {
  const words = [subject, text].filter(Boolean).join('\n\n')
  const proposals = readNotice(words)
  const receivedOn = dayOf(receivedAt, zone)
  const vendor = vendorOf([...(from ? [from] : []), ...addressesIn(words)], await vendorAddresses())
  const [known] = vendor ? await vendorsByIds([vendor]) : []
  const engagements = vendor ? (await engagementsOfVendor(vendor)).filter(concerned) : []
  const owed = engagements.flatMap(({ theirNotice }) => theirNotice ?? [])
  const stated =
    proposals.objectUntil ?? (proposals.within ? endOfPeriod(receivedOn, proposals.within) : null)
  const reckoned = reckonedLimit(receivedOn, owed, proposals.startsOn)
  const reference = await nextReference('UN', Number(context.today.slice(0, 4)))
  return {
    ...own,
    reference,
    source: source ?? (upload ? 'upload' : 'typed'),
    from,
    subject,
    text: text === null ? null : text.slice(0, longestText),
    receivedAt,
    proposals,
    vendor,
    engagements: engagements.length === 1 ? engagements.map(({ _id }) => _id) : [],
    kinds: proposals.kinds,
    what: '',
    further: null,
    going: null,
    startsOn: proposals.startsOn,
    receivedOn,
    objectUntil: stated ?? reckoned,
    limitFrom: stated ? 'stated' : reckoned ? 'reckoned' : null,
    state: 'received',
    assessment: null,
    notices: [],
    objection: null,
    closing: null,
    tokens: searchTokens(reference, subject, from, known?.name),
    open: true,
    sample: known?.sample ?? false,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'upstream-notice.received',
      facts: { reference, vendor, receivedAt, file: own.file },
      personal: { from, subject },
    }),
  }
}

function concerned({
  role,
  endedOn,
  parent,
}: {
  role: string
  endedOn: string | null
  parent: string | null
}) {
  return role === 'sub-processor' && endedOn === null && parent === null
}

type ReadOff = Pick<Receiving, 'text' | 'from' | 'subject' | 'receivedAt'>

/** What a file says by itself; of a picture or a Word file nothing is read. */
async function readFile(file: Upload, given: Receiving): Promise<Partial<ReadOff>> {
  if (/\.eml$/i.test(file.name)) return readMail(file, given)
  if (/\.txt$/i.test(file.name)) return { text: together(given.text, file.bytes.toString('utf8')) }
  if (/\.pdf$/i.test(file.name)) return { text: together(given.text, await wordsOfPdf(file.bytes)) }
  return {}
}

async function wordsOfPdf(bytes: Uint8Array): Promise<string> {
  const read = await pagesOf(bytes)
  return read.outcome === 'read' ? flowing(read.pages) : ''
}

/** What was typed beside the file comes first. */
function together(...texts: (string | null | undefined)[]): string | null {
  const said = texts.map((text) => text?.trim() ?? '').filter((text) => text !== '')
  return said.length === 0 ? null : said.join('\n\n')
}

/** Letters in a mail that are read with it: many a mail only says that the notice is attached. */
const mostAttached = 3

async function attachedLetters(mail: Email): Promise<string[]> {
  const letters = mail.attachments.filter(({ filename, mimeType }) => /pdf$/i.test(filename ?? mimeType))
  return Promise.all(
    letters
      .slice(0, mostAttached)
      .map(({ content }) =>
        wordsOfPdf(typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)),
      ),
  )
}

/** A mail that cannot be read is kept all the same, and read by a person. */
async function readMail(file: Upload, given: Receiving): Promise<ReadOff> {
  try {
    const mail = await PostalMime.parse(file.bytes)
    const sent = mail.date ? new Date(mail.date) : null
    // A date from tomorrow, or from before there was mail, is no date of receipt.
    const plausible = sent && sent <= given.receivedAt && sent > new Date(Date.UTC(2000, 0, 1))
    return {
      text:
        together(mail.text?.trim() || wordsOfPage(mail.html ?? ''), ...(await attachedLetters(mail))) ??
        given.text,
      from: mail.from?.address ?? given.from,
      subject: mail.subject ?? given.subject,
      receivedAt: plausible ? sent : given.receivedAt,
    }
  } catch {
    return given
  }
}
