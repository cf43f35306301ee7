import type { Context } from '../../base/context.js'
import { laterOf } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import { agreementOn } from '../../customers/rules.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { stopMails } from '../../mail/actions.js'
import { lawNow } from '../../transfers/actions.js'
import type { AnswerInput } from '../form.js'
import { blocksFor } from '../rules/audience.js'
import { answered, answeredOnPage, awaitsAnswer, mayAnswer, type PageAnswer } from '../rules/answers.js'
import type { Recipient } from '../rules/recipient.js'
import { recipientAndNotice } from './contents.js'
import { decideFor } from './move.js'
import { payOwed } from './owed.js'

/**
 * What the customer answered in writing outside its page, as staff registers it. An approval permits by itself on the day it may; the
 * timer sees to that. Giving up the rest of the period needs the customer's own words on file.
 * Throws `Refused`: 'file-missing', 'nothing-to-answer', 'answer-before-issue', 'answer-not-due'.
 */
export async function registerApproval(
  context: Context,
  id: string,
  input: AnswerInput,
  upload: Upload | undefined,
): Promise<Recipient> {
  const { recipient: known, notice } = await recipientAndNotice(id)
  if (input.answer !== 'no-answer' && !upload) throw new Refused('file-missing')
  if (notice.issuedAt === null || input.at < notice.issuedAt) throw new Refused('answer-before-issue')
  mayAnswer(known, input, context.today)
  const file = upload
    ? await storeFile(context, { ...upload, about: { kind: 'recipient', id }, sample: known.sample })
    : null
  const { answer, on, at, channel, by, waivesRest } = input
  const { recipient } = await decideFor(context, id, (recipient) => ({
    change: answered(recipient, input, file?._id ?? null, context.today),
    event: `answer-${answer}`,
    facts: { on, at, channel, waivesRest, file: file?._id ?? null, lines: input.lines },
    ...(by ? { personal: { by } } : {}),
  }))
  return answeredSince(context, recipient)
}

/**
 * What a contact with the right to approve has said on the customer's page and confirmed with a code: approvals and refusals line by
 * line, the rest of the period given up, an instruction on transfers. One move; the same code a second time finds it done.
 * `statement`: what stood above the button, word for word. Throws `Refused`: 'nothing-to-answer', 'answered-meanwhile'.
 */
export async function answerOnPage(
  context: Context,
  id: string,
  given: PageAnswer,
  statement: readonly string[],
): Promise<Recipient> {
  const { contact, code, by, lines, waive, instruction } = given
  const { recipient, moved } = await decideFor(context, id, (recipient) => {
    const change = answeredOnPage(recipient, given, context.now, context.today)
    return (
      change && {
        change,
        event: 'answered',
        facts: {
          on: context.today,
          channel: 'page',
          contact,
          code,
          lines,
          waive,
          instructed: instruction?.countries ?? [],
          statement: [...statement],
        },
        personal: { by },
      }
    )
  })
  return moved ? answeredSince(context, recipient) : recipient
}

/** Receipts go out; a reminder that has not left has become pointless. */
async function answeredSince(context: Context, recipient: Recipient): Promise<Recipient> {
  if (!awaitsAnswer(recipient))
    await stopMails(context, {
      about: { kind: 'recipient', ids: [recipient._id] },
      kinds: ['notice-reminder'],
    })
  return payOwed(context, recipient)
}

/** The customer's contact says that the notice has been read. Once; later ones change nothing. */
export async function confirmReceipt(context: Context, id: string, contact: string): Promise<Recipient> {
  const { recipient } = await decideFor(context, id, (recipient) =>
    recipient.receipt
      ? null
      : { change: { receipt: { at: context.now, contact } }, event: 'receipt-confirmed', facts: { contact } },
  )
  return recipient
}

/**
 * Reads the customer's instruction on transfers (C.6) anew; if it covers the change by now, the customer waits for nothing else.
 * Throws `Refused('instruction-still-missing')`.
 */
export async function recheckInstruction(context: Context, id: string): Promise<Recipient> {
  const { recipient: known, notice } = await recipientAndNotice(id)
  const [customer] = await customersByIds([known.customer])
  const agreement = customer && agreementOn(customer.agreements, context.today)
  const at = { law: await lawNow(), day: laterOf(notice.plannedStart, context.today) }
  if (!agreement || blocksFor(notice.lines, known.lines, agreement, at).length > 0)
    throw new Refused('instruction-still-missing')
  const { recipient } = await decideFor(context, id, (recipient) =>
    recipient.blockedBy.includes('instruction')
      ? {
          change: {
            blockedBy: recipient.blockedBy.filter((block) => block !== 'instruction'),
            notBefore: context.today,
          },
          event: 'instruction-given',
          facts: { instruction: agreement.transferInstruction },
        }
      : null,
  )
  return recipient
}
