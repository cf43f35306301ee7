import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { customerByReference } from '../../customers/actions.js'
import { customerToTell } from '../../customers/rules.js'
import { previewMail, type MailContent } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { lawNow } from '../../transfers/actions.js'
import type { PdfInput } from '../../documents/pdf.js'
import { announcement } from '../mails/announcement.js'
import type { Letter } from '../mails/letter.js'
import { paperFile, paperKey, paperNames } from '../page/paper.js'
import { recipientFor } from '../rules/audience.js'
import { linesBeyond } from '../rules/beyond.js'
import { aboveOf, approvedBy } from './beyond.js'
import { modeOf } from '../rules/modes.js'
import type { Blocker } from '../rules/blockers.js'
import { servicesOf, type Notice } from '../rules/notice.js'
import type { RecipientContent } from '../rules/recipient.js'
import type { Summary } from '../rules/summary.js'
import { blockersOf } from './audience.js'
import { noticeByReference, serviceNames, withContents } from './contents.js'
import { senderNow } from './issue.js'

export type Preview = {
  notice: Notice
  blockers: Blocker[]
  summary: Summary
  /** One customer for each way in which the mails differ. */
  examples: RecipientContent[]
}

export async function previewNotice(context: Context, reference: string): Promise<Preview> {
  const notice = await asIfIssued(context, reference)
  const examples = new Map<string, RecipientContent>()
  const { blockers, summary } = await blockersOf(context, notice, (recipient) => {
    const key = `${paperKey(recipient)}/${recipient.contacts[0]?.locale ?? ''}`
    if (!examples.has(key)) examples.set(key, recipient)
  })
  // What asks something of the reader first: that is the mail to look at.
  const asks = (recipient: RecipientContent) =>
    (modeOf(recipient) === 'information' ? 'b' : 'a') + recipient.customerReference
  const inOrder = [...examples.values()].toSorted((a, b) => (asks(a) < asks(b) ? -1 : 1))
  return { notice, blockers, summary, examples: inOrder }
}

/** The mail a customer would get if the notice were issued now. Throws `NotFound` where it would get none. */
export async function previewFor(
  context: Context,
  reference: string,
  customerReference: string,
): Promise<{ recipient: RecipientContent; content: MailContent; text: string; html: string }> {
  const { letter } = await letterFor(context, reference, customerReference)
  const { recipient, contact } = letter
  const content = announcement(letter)
  return { recipient, content, ...(await previewMail(content, contact.locale, true)) }
}

/** The PDF that customer's mail would carry. */
export async function previewPaper(
  context: Context,
  reference: string,
  customerReference: string,
): Promise<{ name: string; file: PdfInput }> {
  const { letter } = await letterFor(context, reference, customerReference)
  const { locale } = letter.contact
  return { name: paperNames(reference, locale).pdf, file: paperFile(letter, locale) }
}

async function letterFor(
  context: Context,
  reference: string,
  customerReference: string,
): Promise<{ letter: Letter }> {
  const notice = await asIfIssued(context, reference)
  const customer = await customerByReference(customerReference)
  const told = customerToTell(customer, new Set(notice.lines.flatMap(servicesOf)), context.today)
  const [law, above] = await Promise.all([lawNow(), aboveOf(notice.lines, context.today)])
  const approved = await approvedBy([customer._id], context.today, above)
  const beyond = linesBeyond(notice.lines, above, approved.get(customer._id) ?? new Set())
  const recipient = told && recipientFor(notice, told, context.now, law, beyond)
  if (!recipient) throw new NotFound()
  const contact = recipient.contacts[0] ?? { name: '', locale: context.locale }
  return { letter: { notice, recipient, contact, services: await serviceNames() } }
}

async function asIfIssued(context: Context, reference: string): Promise<Notice> {
  const notice = await withContents(await noticeByReference(reference))
  if (notice.state !== 'draft') return notice
  const [sender, wording] = await Promise.all([senderNow(), currentWording()])
  return { ...notice, sender, wording, issuedAt: context.now, issuedOn: context.today }
}
