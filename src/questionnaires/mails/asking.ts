/** What goes to the one who is to answer, until the answers are in. */
import { daysBetween, type Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Message } from '../../mail/rules.js'
import { askingKey } from '../rules/asking.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { aboutRow, factsOf, toVendor, type Reader, type Writing } from './shared.js'

/** The questionnaire itself: what is asked, why, by when, and how it is answered. */
export function askedMail(writing: Writing, reader: Reader): Message {
  const { questionnaire } = writing
  const { locale } = reader
  const t = textIn(locale)
  const due = formatDay(questionnaire.dueOn, locale)
  const facts = { ...factsOf(writing, locale), due }
  return toVendor(
    writing,
    reader,
    {
      key: askingKey(questionnaire),
      kind: 'questionnaire-asked',
      button: t('questionnaires-asking:mail.open'),
    },
    {
      subject: t('questionnaires-asking:mail.asked.subject', facts),
      lead: t('questionnaires-asking:mail.asked.lead', facts),
      sections: [
        {
          rows: [
            [t('questionnaires-asking:mail.set'), writing.about[locale].set],
            aboutRow(writing, locale),
            [t('questionnaires-asking:mail.due'), due],
            [t('questionnaires-asking:mail.reference'), questionnaire.reference],
          ],
        },
        {
          heading: t('questionnaires-asking:mail.asked.why-title'),
          paragraphs: [t(`questionnaires-asking:mail.asked.why-${questionnaire.why}`, facts)],
        },
        {
          heading: t('questionnaires-asking:mail.asked.how-title'),
          list: [
            t('questionnaires-asking:mail.asked.how-saved'),
            t('questionnaires-asking:mail.asked.how-colleagues'),
            ...(questionnaire.previous === null ? [] : [t('questionnaires-asking:mail.asked.how-previous')]),
            t('questionnaires-asking:mail.asked.how-submit'),
          ],
        },
        { paragraphs: [t('questionnaires-asking:mail.asked.personal')] },
      ],
    },
  )
}

/** Unique for the round, the due date, the day of the setting and the reader. */
export function reminderKey(
  { reference, round, dueOn }: Pick<Questionnaire, 'reference' | 'round' | 'dueOn'>,
  offset: number,
  address: string,
): string {
  return `questionnaire/reminder/${reference}/${round}/${dueOn}/${offset}/${address.toLowerCase()}`
}

/** `offset`: in days from the due date, as the setting has it. */
export function reminderMail(writing: Writing, reader: Reader, offset: number, today: Day): Message {
  const { questionnaire } = writing
  const { reference, dueOn } = questionnaire
  const { locale } = reader
  const t = textIn(locale)
  const days = Math.abs(daysBetween(today, dueOn))
  const when = dueOn < today ? 'after' : dueOn === today ? 'today' : 'before'
  const facts = { ...factsOf(writing, locale), due: formatDay(dueOn, locale), count: days }
  return toVendor(
    writing,
    reader,
    {
      key: reminderKey(questionnaire, offset, reader.email),
      kind: 'questionnaire-reminder',
      button: t('questionnaires-asking:mail.continue'),
    },
    {
      subject: t(`questionnaires-asking:mail.reminder.subject-${when}`, facts),
      lead: t(`questionnaires-asking:mail.reminder.lead-${when}`, facts),
      sections: [
        {
          rows: [
            aboutRow(writing, locale),
            [t('questionnaires-asking:mail.due'), facts.due],
            [t('questionnaires-asking:mail.reference'), reference],
          ],
        },
        {
          paragraphs: [
            t('questionnaires-asking:mail.reminder.saved'),
            t(`questionnaires-asking:mail.reminder.more-${when === 'after' ? 'after' : 'before'}`),
          ],
        },
      ],
    },
  )
}

/** Sent back by the reviewer: only what is still open is asked; `open` are the questions as they read. */
export function sentBackMail(
  writing: Writing,
  reader: Reader,
  open: readonly { question: string; remark: string }[],
): Message {
  const { questionnaire } = writing
  const { reference, round, dueOn } = questionnaire
  const { locale } = reader
  const t = textIn(locale)
  const facts = { ...factsOf(writing, locale), due: formatDay(dueOn, locale), count: open.length }
  return toVendor(
    writing,
    reader,
    {
      key: `questionnaire/sent-back/${reference}/${round}/${reader.email.toLowerCase()}`,
      kind: 'questionnaire-sent-back',
      button: t('questionnaires-asking:mail.open-open'),
    },
    {
      subject: t('questionnaires-asking:mail.sent-back.subject', facts),
      lead: t('questionnaires-asking:mail.sent-back.lead', facts),
      sections: [
        {
          heading: t('questionnaires-asking:mail.sent-back.open'),
          list: open.map(({ question, remark }) => (remark ? `${question} – ${remark}` : question)),
        },
        {
          rows: [
            [t('questionnaires-asking:mail.due'), facts.due],
            [t('questionnaires-asking:mail.reference'), reference],
          ],
        },
        { paragraphs: [t('questionnaires-asking:mail.sent-back.rest')] },
      ],
    },
  )
}
