import { ensureLinks, sharedLink } from '../../auth/links.js'
import type { Context } from '../../base/context.js'
import { addDays, dayOf } from '../../base/day.js'
import { enqueue, mailsToFollowUp, markFollowedUp, type MailRow, type Message } from '../../mail/actions.js'
import { withCarriers } from '../../mail/together.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import {
  declarationKind,
  declarationMail,
  tellsOfCorrection,
  type Announced,
  type DeclarationLetter,
} from '../mails.js'
import { sharedDeclaration } from '../mails/shared.js'
import { auditById } from '../records/audits.js'
import { copiesByIds, copiesToSend } from '../records/copies.js'
import { openSendings } from '../records/sendings.js'
import type { Copy } from '../rules/sending.js'
import { moveCopyOn } from './copies.js'
import { signedDeclarationOf } from './declarations.js'
import { readersOf, type Readers } from './readers.js'

const batch = 200
const mostOpen = 20
/** The customer's own supervision of the year is long over by then. */
const linkDays = 550

/**
 * Mails for every copy that waits for them, to each data protection contact of the day; a repeat writes none twice. While an edition
 * is being sent its copies wait until all are there, so that one person gets one mail.
 */
export async function writeMails(context: Context): Promise<number> {
  let written = 0
  for (;;) {
    const beingSent = (await openSendings(mostOpen)).map(({ audit }) => audit)
    const copies = await copiesToSend(beingSent, batch)
    if (copies.length === 0) return written
    let moved = 0
    for (const audit of new Set(copies.map((copy) => copy.audit))) {
      const some = copies.filter((copy) => copy.audit === audit)
      moved += await writeSome(context, await announcedOf(audit), await readersOf(context, some))
    }
    // Another process has them.
    if (moved === 0) return written
    written += moved
  }
}

/** What mails say of it; also of one that has been replaced since. */
export async function announcedOf(id: string): Promise<Announced> {
  const audit = await auditById(id)
  const declaration = audit && signedDeclarationOf(audit)
  if (!declaration) throw new Error('a copy of a declaration that is not signed')
  const earlier = audit.replaces ? await auditById(audit.replaces.audit) : null
  const { reference, year, edition, signedOn, hash } = declaration
  return {
    audit: id,
    reference,
    year,
    edition,
    period: audit.period,
    signedOn,
    hash,
    replaces: audit.replaces && earlier ? { reference: earlier.reference, why: audit.replaces.why } : null,
  }
}

async function writeSome(
  context: Context,
  declaration: Announced,
  readers: readonly Readers[],
): Promise<number> {
  const [sender, wording] = await Promise.all([senderNow(), currentWording()])
  const letters = readers
    .flatMap(({ copy, customer, contacts }) =>
      contacts.map((contact) => ({
        customer: copy.customer,
        sortKey: copy.sortKey,
        letter: { declaration, copy, contact, caseNumber: customer?.caseNumber ?? null, sender, wording },
      })),
    )
    .toSorted((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0))
  const links = await ensureLinks(
    context,
    letters.map(({ customer, letter: { copy, contact } }) => ({
      kind: 'customer' as const,
      customer,
      contact: contact.id,
      about: { kind: declarationKind, id: copy._id },
      expiresOn: addDays(context.today, linkDays),
    })),
  )
  const composed = letters.map(({ customer, letter }, place) => ({
    customer,
    letter,
    message: declarationMail(letter, links[place]?._id ?? ''),
  }))
  for (const corrected of [true, false])
    await enqueue(
      context,
      await withCarriers(
        composed.filter(({ letter }) => tellsOfCorrection(letter) === corrected),
        { customerOf: ({ customer }) => customer, carrierOf: sharedMail },
      ),
    )
  let moved = 0
  for (const { copy, contacts } of readers) {
    const reached = contacts.length > 0
    const after = await moveCopyOn(
      context,
      copy,
      reached ? { state: 'queued' } : { state: 'undelivered', undelivered: 'no-contact' },
      {
        event: reached ? 'declaration-copy.queued' : 'declaration-copy.not-reached',
        facts: { round: copy.round, contacts: contacts.map(({ id }) => id) },
      },
    )
    if (after) moved += 1
  }
  return moved
}

function sharedMail(
  those: readonly { letter: DeclarationLetter; message: Message }[],
  hash: string,
): Message {
  const [first] = those
  if (!first) throw new RangeError('a mail to nobody')
  const { reference, audit } = first.letter.declaration
  return {
    ...first.message,
    key: `${declarationKind}/${reference}/shared/${hash}`,
    kind: `${declarationKind}-shared`,
    content: sharedDeclaration(those.map(({ letter }) => letter)),
    ...(first.message.link === undefined ? {} : { link: sharedLink(first.message.link) }),
    opens: `declarations/${reference}/together`,
    about: { kind: declarationKind, id: audit },
    sample: those.every(({ message }) => message.sample),
  }
}

/** Takes up what became of the mails: one that arrived is enough, and a customer none reached is a task. */
export async function followDeclarations(context: Context): Promise<number> {
  let moved = 0
  for (;;) {
    const mails = await mailsToFollowUp(declarationKind, batch)
    if (mails.length === 0) return moved
    const found = await copiesByIds([...new Set(mails.map(({ about }) => about.id))])
    const copies = new Map(found.map((copy) => [copy._id, copy]))
    for (const mail of mails) {
      const copy = copies.get(mail.about.id)
      const change = copy && whatBecame(copy, mail)
      if (!copy || !change) continue
      const after = await moveCopyOn(context, copy, change, {
        event: change.state === 'told' ? 'declaration-copy.told' : 'declaration-copy.not-reached',
        facts: { mail: mail._id, because: change.undelivered ?? null },
      })
      if (!after) continue
      copies.set(after._id, after)
      moved += 1
    }
    await markFollowedUp(mails.map(({ _id }) => _id))
  }
}

/** A mail that was only kept in the house has told nobody, but for the sample's invented customers. */
function whatBecame(copy: Copy, mail: MailRow): Partial<Copy> | null {
  if (copy.state === 'told') return null
  const arrived =
    mail.state === 'accepted' ? mail.acceptedAt : mail.state === 'kept' && mail.sample ? mail.queuedAt : null
  if (arrived) return { state: 'told', toldOn: dayOf(arrived, danishDateRules.zone), undelivered: null }
  return { state: 'undelivered', undelivered: mail.state === 'kept' ? 'kept' : 'bounced' }
}
