import type { Context, Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { announcement } from '../mails/announcement.js'
import { answerReceipt, passedOn } from '../mails/answer.js'
import { approvalReminder, correction, handover, withdrawalNotice } from '../mails/later.js'
import type { Letter } from '../mails/letter.js'
import { sharedMail } from '../mails/shared.js'
import { newestIssued } from '../records/notices.js'
import { recipientBatches } from '../records/recipients.js'
import { askedFor, exampleRecipient, inventedExample } from '../rules/example.js'
import type { Mode } from '../rules/recipient.js'
import { serviceNames } from './contents.js'
import { senderNow } from './issue.js'

/** The letter of the last notice that was sent to one of its customers, or of an invented one, worded with these words. */
export async function exampleLetter(
  context: Context,
  mode: Mode,
  { locale, wording }: { locale: Locale; wording: Wording | null },
): Promise<Letter> {
  const [services, sender, newest] = await Promise.all([serviceNames(), senderNow(), newestIssued()])
  const real = newest && (await firstOf(newest._id))
  const example =
    newest && real
      ? { notice: newest, recipient: real }
      : inventedExample(context.now, context.today, sender, [...services.keys()][0] ?? null)
  const { notice, recipient } = askedFor(example, mode)
  const contact = { name: recipient.contacts[0]?.name ?? 'Åse Ørsted', locale }
  return { notice: { ...notice, sender, wording }, recipient, contact, services }
}

async function firstOf(notice: string) {
  for await (const [recipient] of recipientBatches(notice, {}, 1)) return recipient ?? null
  return null
}

/** The mail of that group of texts; null where it is none about a notice. */
export async function exampleOfNotice(
  context: Context,
  group: string,
  words: { locale: Locale; wording: Wording | null },
): Promise<MailContent | null> {
  switch (group) {
    case 'announcement':
    case 'announcement-notice':
      return announcement(await exampleLetter(context, 'notice', words))
    case 'announcement-approval':
      return announcement(await exampleLetter(context, 'approval', words))
    case 'announcement-information':
      return announcement(await exampleLetter(context, 'information', words))
    case 'announcement-instruction': {
      const letter = await exampleLetter(context, 'notice', words)
      return announcement({ ...letter, recipient: { ...letter.recipient, blockedBy: ['instruction'] } })
    }
    case 'handover':
      return handover(await exampleLetter(context, 'notice', words))
    case 'shared':
      return shared(await exampleLetter(context, 'notice', words))
    case 'passed-on':
    case 'answer-receipt':
      return answered(context, group, await exampleLetter(context, 'approval', words))
    case 'correction': {
      const letter = await exampleLetter(context, 'notice', words)
      const { recipient } = letter
      const lastDay = addDays(recipient.printedLastDay ?? context.today, 3)
      return correction({ ...letter, recipient: { ...recipient, lastDay } })
    }
    case 'reminder':
      return approvalReminder(await exampleLetter(context, 'approval', words))
    case 'withdrawal': {
      const letter = await exampleLetter(context, 'notice', words)
      const because = { da: 'Leverandøren har ændret sit tilbud.', en: 'The supplier has changed its offer.' }
      const withdrawal = letter.notice.withdrawal ?? { on: context.today, because, finished: true }
      return withdrawalNotice({ ...letter, notice: { ...letter.notice, withdrawal } })
    }
    default:
      return null
  }
}

/** To a person who answers for two customers. */
function shared(letter: Letter): MailContent {
  const { recipient } = letter
  const other = {
    ...letter,
    recipient: { ...recipient, customerName: 'Eksempelby Forsyning A/S', caseNumber: null },
  }
  return sharedMail([letter, other].map((each) => ({ letter: each, content: announcement(each) })))
}

function answered(
  { now, today }: Context,
  group: 'passed-on' | 'answer-receipt',
  letter: Letter,
): MailContent {
  const whole = { ...letter, recipient: exampleRecipient(letter.recipient) }
  if (group === 'passed-on') return passedOn(whole, { name: 'Bo Holm' })
  const by = { name: letter.contact.name, title: letter.contact.locale === 'da' ? 'direktør' : 'director' }
  const lines = letter.recipient.lines.map(({ line }) => ({
    line,
    answer: 'approved' as const,
    waivesRest: false,
  }))
  return answerReceipt(whole, {
    key: 'example',
    at: now,
    on: today,
    by,
    channel: 'page',
    contact: null,
    lines,
    instruction: null,
  })
}
