import type { Context, Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import {
  answerMail,
  confirmReminderMail,
  declinedMail,
  messageMail,
  receiptMail,
  type CustomerLetter,
} from '../mails.js'
import type { CustomerRequest, RequestMessage } from '../rules.js'

/** The mail of that group of texts as a customer would get it, worded with these words; null where there is no such group. */
export async function exampleOfRequest(
  context: Context,
  group: string,
  { locale, wording }: { locale: Locale; wording: Wording | null },
): Promise<MailContent | null> {
  const letter = (changes: Partial<CustomerRequest>): CustomerLetter => ({
    request: { ...invented(context, locale), ...changes },
    contact: { id: 'example', name: 'Åse Ørsted', email: 'example@example.com', locale },
    link: 'example',
    sender,
    wording,
  })
  const sender = await senderNow()
  const over = { running: false, waits: true, answeredOn: context.today }
  switch (group) {
    case 'request-receipt':
      return receiptMail(letter({})).content
    case 'request-answer':
      return answerMail(letter({ ...over, kind: 'extra-instruction' })).content
    case 'request-told':
      return answerMail(letter({ ...over, kind: 'unlawful-instruction', begunBy: 'us' })).content
    case 'request-declined':
      return declinedMail(letter({ running: false, reason: said[locale] })).content
    case 'request-message':
      return messageMail(letter({}), message(context, locale)).content
    case 'request-reminder':
      return confirmReminderMail(letter({ ...over, kind: 'extra-instruction' }), 7).content
    default:
      return null
  }
}

const asked = {
  da: 'Vi vil gerne have en kopi af aftalen om backup.',
  en: 'We would like a copy of the contract on backup.',
}
const said = {
  da: 'Aftalen er under genforhandling. Kopien følger, når den er underskrevet.',
  en: 'The contract is being renegotiated. The copy follows once it is signed.',
}

function message({ now }: Context, locale: Locale): RequestMessage {
  const by = { kind: 'staff' as const, id: 'example', name: '' }
  return { id: 'example', at: now, by, direction: 'to-customer', text: said[locale], files: [] }
}

function invented({ now, today }: Context, locale: Locale): CustomerRequest {
  return {
    _id: 'example',
    reference: `RQ-${today.slice(0, 4)}-000`,
    once: 'example',
    kind: 'contract-copy',
    begunBy: 'customer',
    customer: 'example',
    customerReference: 'C-0000',
    customerName: 'Eksempelby Kommune',
    caseNumber: '26/0117',
    askedBy: { name: 'Åse Ørsted', contact: 'example' },
    channel: 'page',
    receivedAt: now,
    receivedOn: today,
    text: asked[locale],
    engagements: [],
    subjectAskedOn: null,
    wishedOn: null,
    authority: null,
    instruction: null,
    files: [],
    state: 'received',
    running: true,
    waits: false,
    owner: null,
    dueOn: addDays(today, 14),
    assessment: null,
    answer: null,
    answeredOn: null,
    reason: null,
    endedOn: null,
    confirmation: null,
    asks: false,
    remindOn: null,
    messages: [],
    unfinished: null,
    sample: true,
    version: 1,
    moves: [],
    unlogged: false,
  }
}
