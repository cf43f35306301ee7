import type { Context, Locale } from '../../base/context.js'
import { addBusinessDays } from '../../base/calendar.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { exampleLetter, exampleOfNotice } from '../../notices/actions.js'
import { messageMail, outcomeMail, receiptMail } from '../mails.js'
import { remedyMail } from '../mails/remedy.js'
import { openObjections } from '../records.js'
import type { Objection, ObjectionMessage } from '../rules.js'

/** The mail of that group of texts as a customer would get it, worded with these words; null where there is no such group. */
export async function exampleMail(
  context: Context,
  group: string,
  words: { locale: Locale; wording: Wording | null },
): Promise<MailContent | null> {
  if (!group.startsWith('objection-')) return exampleOfNotice(context, group, words)
  const letter = await exampleLetter(context, 'notice', words)
  const reader = { ...letter, to: { contact: 'example', address: 'example@example.com', link: 'example' } }
  const [open] = await openObjections(1)
  const objection = open ?? invented(context, letter)
  switch (group) {
    case 'objection-receipt':
      return receiptMail(objection, reader).content
    case 'objection-message':
      return messageMail(objection, messageFor(context, words.locale), reader).content
    case 'objection-remedy': {
      const { id, at, text } = messageFor(context, words.locale)
      return remedyMail(objection, { id, at, text }, reader).content
    }
    case 'objection-outcome':
      return outcomeMail({ ...objection, outcome: objection.outcome ?? 'customer-exempted' }, reader).content
    default:
      return null
  }
}

function messageFor({ now }: Context, locale: Locale): ObjectionMessage {
  const text = {
    da: 'Kun to navngivne medarbejdere har adgang.',
    en: 'Only two named employees have access.',
  }
  return {
    id: 'example',
    at: now,
    by: { kind: 'staff', id: 'example', name: '' },
    direction: 'to-customer',
    text: text[locale],
  }
}

function invented(
  { now, today }: Context,
  { notice, recipient }: Awaited<ReturnType<typeof exampleLetter>>,
): Objection {
  return {
    _id: 'example',
    reference: `OB-${today.slice(0, 4)}-000`,
    once: 'example',
    notice: notice._id,
    noticeReference: notice.reference,
    recipient: recipient._id,
    customer: recipient.customer,
    customerReference: recipient.customerReference,
    customerName: recipient.customerName,
    caseNumber: recipient.caseNumber,
    raisedBy: { kind: 'contact', id: 'example', name: recipient.contacts[0]?.name ?? 'Åse Ørsted' },
    channel: 'page',
    receivedAt: now,
    receivedOn: today,
    reasons: null,
    files: [],
    timely: true,
    useHadBegun: false,
    metPermission: false,
    state: 'received',
    blocking: true,
    owner: null,
    answerBy: addBusinessDays(today, 5),
    assessment: null,
    assessedOn: null,
    outcome: null,
    outcomeOn: null,
    outcomeNote: null,
    outcomeFiles: [],
    confirmation: null,
    endsOn: null,
    messages: [],
    unfinished: null,
    sample: true,
    version: 1,
    moves: [],
    unlogged: false,
  }
}
