import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatInstant, formatWeekday } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/actions.js'
import { modeOf } from '../rules/modes.js'
import type { Notice } from '../rules/notice.js'
import { groundOf, isUndecided } from '../rules/permission.js'
import {
  contactTried,
  everObjected,
  isEnded,
  type Recipient,
  type RecipientLine,
} from '../rules/recipient.js'
import { lineTitle, periodInWords } from './facts.js'
import { waitsFor } from './notice.js'
import { recipientState } from './words.js'

/** How the customer's days were reckoned, each step with its reason. */
export function dateRows({ recipient, notice, locale }: RecipientView): [string, string][] {
  const t = textIn(locale)
  const day = (on: string | null) => (on === null ? '' : formatWeekday(on, locale))
  const { acceptedAt, dayZero, lastDay, printedLastDay, earliestUse, notBefore, delivery, correctionSentAt } =
    recipient
  if (modeOf(recipient) === 'information')
    return [
      [
        t('notices:recipient.arrived'),
        acceptedAt ? formatInstant(acceptedAt, locale, notice.rules.zone) : '',
      ],
    ]
  const [first] = recipient.moves
  return [
    ...(first?.event === 'recipient.joined'
      ? [
          [t('notices:recipient.joined'), formatInstant(first.at, locale, notice.rules.zone)] as [
            string,
            string,
          ],
        ]
      : []),
    [t('notices:recipient.period'), periodInWords(recipient.period, t)],
    [t('notices:recipient.printed'), day(printedLastDay)],
    [
      t('notices:recipient.arrived'),
      acceptedAt
        ? t(
            delivery?.registered ? 'notices:recipient.arrived-registered' : 'notices:recipient.arrived-mail',
            {
              at: formatInstant(acceptedAt, locale, notice.rules.zone),
              channel: t(`notices:channel.${delivery?.channel ?? 'mail'}`),
            },
          )
        : '',
    ],
    [t('notices:recipient.day-zero'), day(dayZero)],
    [t('notices:recipient.last-day'), day(lastDay)],
    [t('notices:recipient.earliest-use'), day(earliestUse)],
    ...(notBefore === null ? [] : [[t('notices:recipient.not-before'), day(notBefore)] as [string, string]]),
    ...(correctionSentAt
      ? [
          [t('notices:recipient.correction'), formatInstant(correctionSentAt, locale, notice.rules.zone)] as [
            string,
            string,
          ],
        ]
      : []),
  ]
}

export type RecipientView = { recipient: Recipient; notice: Notice; locale: Locale }

export function recipientHead({ recipient, notice, locale }: RecipientView) {
  const t = textIn(locale)
  const contact = contactTried(recipient)
  const { receipt, contacts, instruction } = recipient
  const reader = contacts.find(({ id }) => id === receipt?.contact)
  return {
    state: recipientState(recipient, t),
    mode: t(`notices:asks.${modeOf(recipient)}`),
    waits: waitsFor(recipient, t),
    ended: recipient.endedBecause ? t(`notices:ended.${recipient.endedBecause}`) : '',
    contact: contact ? `${contact.name}, ${contact.email}` : '',
    receipt: receipt
      ? t('notices:recipient.receipt-by', {
          at: formatInstant(receipt.at, locale, notice.rules.zone),
          name: reader?.name ?? t('notices:recipient.contact-unknown'),
        })
      : '',
    deliveryFile: recipient.delivery?.file ?? null,
    instruction: instruction
      ? [
          instruction.words,
          t('answers:staff.instruction-by', { ...instruction.by, on: formatDay(instruction.on, locale) }),
        ].join(' – ')
      : '',
  }
}

/** Line by line: what was asked, what came of it. */
export function lineStates({ recipient, notice, locale }: RecipientView) {
  const t = textIn(locale)
  return recipient.lines.flatMap((part) => {
    const line = notice.lines.find(({ id }) => id === part.line)
    if (!line) return []
    const { answer } = part
    return [
      {
        title: lineTitle(line, t),
        mode: t(`notices:mode.${part.mode}`),
        answer: answer
          ? t(`notices:answer.${answer.answer}`, {
              on: formatDay(answer.on, locale),
              by: answer.by ? `${answer.by.name}, ${answer.by.title}` : '–',
              channel: answer.channel ? t(`notices:channel.${answer.channel}`) : '–',
            })
          : '',
        waived: answer?.waivesRest === true,
        file: answer?.file ?? null,
        permittedFrom: part.permittedFrom,
        ground: part.permittedFrom === null ? '' : groundInWords(part, recipient, locale),
        inUseSince: part.inUseSince,
      },
    ]
  })
}

/** What silence yields is 'no objection received by …', never an approval (EDPB 07/2020, paras 151-157). */
function groundInWords(part: RecipientLine, recipient: Recipient, locale: Locale): string {
  const t = textIn(locale)
  const ground = groundOf(part)
  if (ground === 'no-objection' && everObjected(recipient)) return t('answers:staff.objection-settled')
  const { lastDay } = recipient
  return t(`answers:staff.${ground}`, { day: lastDay ? formatWeekday(lastDay, locale) : '' })
}

/** What staff can do for this customer now. */
export function recipientSteps({ recipient, notice, locale }: RecipientView, today: Day) {
  const t = textIn(locale)
  const open = notice.state === 'issued' && !isEnded(recipient.state)
  const undecided = recipient.lines.filter(isUndecided)
  // Under notice nothing is approved; only consent to an earlier start can be registered, while there is one.
  const consentOnly = undecided.every(({ mode }) => mode === 'notice')
  const { earliestUse } = recipient
  const tooLate = consentOnly && earliestUse !== null && earliestUse <= today
  return {
    delivery: open && ['queued', 'undelivered'].includes(recipient.state),
    again: open && recipient.state === 'undelivered',
    answer: open && undecided.length > 0 && !tooLate,
    consentOnly,
    instruction: open && recipient.blockedBy.includes('instruction'),
    objection:
      !['withdrawn', 'exempted', 'left'].includes(recipient.state) && modeOf(recipient) !== 'information',
    lines: undecided.flatMap((part) => {
      const line = notice.lines.find(({ id }) => id === part.line)
      return line ? [{ value: part.line, text: lineTitle(line, t) }] : []
    }),
  }
}

/** Every mail with what became of it, attempt by attempt. */
export function mailViews(mails: readonly MailRow[], zone: string, locale: Locale) {
  const t = textIn(locale)
  return mails.map((mail) => ({
    id: mail._id,
    subject: mail.subject,
    to: mail.to.name ? `${mail.to.name} <${mail.to.address}>` : mail.to.address,
    state: {
      tone: mailTone(mail),
      word: t(`notices:mail-state.${mail.state === 'kept' && mail.sample ? 'simulated' : mail.state}`),
    },
    acceptance: mail.acceptance ? t(`notices:acceptance.${mail.acceptance}`) : '',
    messageId: mail.messageId ?? '',
    evidence: mail.evidence.map((entry) => ({
      at: formatInstant(entry.at, locale, zone),
      attempt: entry.attempt,
      server: entry.server ?? '',
      reply: entry.reply,
    })),
  }))
}

function mailTone({ state, sample }: MailRow): string {
  if (state === 'accepted' || (state === 'kept' && sample)) return 'good'
  if (state === 'bounced' || state === 'given-up' || state === 'kept') return 'stop'
  return state === 'deferred' ? 'wait' : 'calm'
}
