/** Mails that follow the notice: its date corrected, an approval still missing, the whole withdrawn. */
import type { MailContent } from '../../mail/rules.js'
import { lineTitle, namesIn, type Rows } from '../page/facts.js'
import { startFor } from '../rules/audience.js'
import { modeOf } from '../rules/modes.js'
import { awaitsApproval } from '../rules/permission.js'
import { lastDayIn, linesOf } from './announcement.js'
import { framed, subjectOf, written, type Letter, type Written } from './letter.js'

/** The printed last day was too early: the right one, which is the later. */
export function correction(letter: Letter): MailContent {
  const mail = written(letter)
  const { notice, recipient, t, day } = mail
  const mode = modeOf(recipient)
  const last = lastDayIn(recipient) ?? notice.plannedStart
  return {
    ...framed(mail),
    subject: subjectOf(mail, t('notices:mail.correction.subject', { names: names(mail), day: day(last) })),
    lead: t(`notices:mail.correction.lead-${mode === 'approval' ? 'approval' : 'notice'}`, {
      day: day(last),
    }),
    sections: [
      {
        paragraphs: [t('notices:mail.correction.because')],
        rows: [
          ...changes(mail),
          [
            t('notices:mail.correction.before'),
            recipient.printedLastDay ? day(recipient.printedLastDay) : '',
          ],
          [t('notices:mail.correction.now'), t('notices:row.whole-day', { day: day(last) })],
          [
            t('notices:row.from-when'),
            t('notices:row.at-the-earliest', { day: day(startFor(recipient, notice.plannedStart)) }),
          ],
        ],
      },
    ],
    button: { label: t(`notices:mail.button.${mode}`) },
  }
}

/** Silence is refusal: whoever has to approve is asked again before the day is over. */
export function approvalReminder(letter: Letter): MailContent {
  const mail = written(letter)
  const { notice, recipient, t, day } = mail
  const last = lastDayIn(recipient) ?? notice.plannedStart
  const facts = { names: names(mail), day: day(last), mailbox: notice.sender?.replyTo ?? '' }
  // Approved already, the instruction is what is still missing.
  if (!recipient.lines.some(awaitsApproval) && recipient.blockedBy.includes('instruction'))
    return instructionReminder(mail, facts)
  return {
    ...framed(mail),
    subject: subjectOf(mail, t('notices:mail.reminder.subject', facts)),
    lead: t('notices:mail.reminder.lead', facts),
    sections: [
      { rows: [...changes(mail), [t('notices:row.last-day-approval'), t('notices:row.whole-day', facts)]] },
      {
        heading: t('notices:mail.heading.approve'),
        paragraphs: [t('notices:mail.approve', facts)],
        list: [
          t('answers:mail.page'),
          t('notices:mail.approve-who'),
          t('notices:mail.approve-what', { reference: notice.reference }),
        ],
      },
      { heading: t('notices:mail.heading.silence'), paragraphs: [t('notices:mail.silence-approval', facts)] },
    ],
    button: { label: t('notices:mail.button.approval') },
  }
}

/** No instruction, no transfer (C.6, 8.3): the period may well be over by then, and the customer still waits. */
function instructionReminder(mail: Written, facts: { names: string; day: string }): MailContent {
  const { t } = mail
  return {
    ...framed(mail),
    subject: subjectOf(mail, t('notices:mail.reminder.subject', facts)),
    lead: t('notices:mail.reminder.lead-instruction', facts),
    sections: [
      { rows: [...changes(mail), [t('notices:row.last-day-notice'), t('notices:row.whole-day', facts)]] },
      {
        heading: t('notices:mail.heading.instruction'),
        paragraphs: [t('notices:mail.instruction'), t('answers:mail.instruct')],
      },
    ],
    button: { label: t('notices:mail.button.instruction') },
  }
}

/** The change is not made: nothing was permitted, nothing is asked any more. */
export function withdrawalNotice(letter: Letter): MailContent {
  const mail = written(letter)
  const { notice, t, locale } = mail
  return {
    ...framed(mail),
    subject: subjectOf(mail, t('notices:mail.withdrawal.subject', { names: names(mail) })),
    lead: t('notices:mail.withdrawal.lead'),
    sections: [
      {
        paragraphs: [t('notices:mail.withdrawal.what', { reference: notice.reference })],
        rows: [...changes(mail), [t('notices:row.why'), notice.withdrawal?.because[locale] ?? '']],
      },
      { paragraphs: [t('notices:mail.withdrawal.effect')] },
    ],
    button: { label: t('notices:mail.button.information') },
  }
}

/** Somebody else is the customer's contact now: the notice stands as it was given, and here is the way to answer it. */
export function handover(letter: Letter): MailContent {
  const mail = written(letter)
  const { notice, recipient, t, day } = mail
  const mode = modeOf(recipient)
  const last = lastDayIn(recipient)
  const facts = {
    names: names(mail),
    customer: recipient.customerName,
    mailbox: notice.sender?.replyTo ?? '',
  }
  const asked: Rows =
    last === null || mode === 'information'
      ? []
      : [[t(`notices:row.last-day-${mode}`), t('notices:row.whole-day', { day: day(last) })]]
  return {
    ...framed(mail),
    subject: subjectOf(mail, t('notices:mail.handover.subject', facts)),
    lead: t('notices:mail.handover.lead', facts),
    sections: [
      { paragraphs: [t('notices:mail.handover.because')], rows: [...changes(mail), ...asked] },
      { paragraphs: [t('notices:mail.questions', facts)] },
    ],
    button: { label: t(`notices:mail.button.${mode}`) },
  }
}

function names({ notice, recipient }: Written): string {
  return namesIn(linesOf(notice.lines, recipient))
}

function changes({ notice, recipient, t }: Written): Rows {
  return linesOf(notice.lines, recipient).map((line) => [t('notices:row.change'), lineTitle(line, t)])
}
