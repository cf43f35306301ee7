/** What goes out once the answers are in, or nobody is to answer any more. */
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Message } from '../../mail/rules.js'
import { aboutRow, factsOf, toVendor, type Reader, type StaffReader, type Writing } from './shared.js'

/** The receipt for the owner and every colleague who answered a part. */
export function submittedMail(writing: Writing, reader: Reader, zone: string): Message {
  const { questionnaire } = writing
  const { reference, round, submitted } = questionnaire
  const { locale } = reader
  const t = textIn(locale)
  const facts = factsOf(writing, locale)
  return toVendor(
    writing,
    reader,
    {
      key: `questionnaire/submitted/${reference}/${round}/${reader.email.toLowerCase()}`,
      kind: 'questionnaire-submitted',
      button: t('questionnaires-asking:mail.read'),
    },
    {
      subject: t('questionnaires-asking:mail.submitted.subject', facts),
      lead: t('questionnaires-asking:mail.submitted.lead', facts),
      sections: [
        {
          rows: [
            aboutRow(writing, locale),
            ...(submitted
              ? ([
                  [t('questionnaires-asking:mail.submitted.at'), formatInstant(submitted.at, locale, zone)],
                  [
                    t('questionnaires-asking:mail.submitted.by'),
                    [submitted.by.name, submitted.by.title].filter(Boolean).join(', '),
                  ],
                ] as [string, string][])
              : []),
            [t('questionnaires-asking:mail.reference'), reference],
          ],
        },
        { paragraphs: [t('questionnaires-asking:mail.submitted.next', facts)] },
      ],
    },
  )
}

/** The result, with the words meant for them; nothing of our own deliberation. `result`: the band as it is called. */
export function concludedMail(writing: Writing, reader: Reader, result: string): Message {
  const { questionnaire } = writing
  const { reference, round, conclusion } = questionnaire
  const { locale } = reader
  const t = textIn(locale)
  const facts = { ...factsOf(writing, locale), result }
  return toVendor(
    writing,
    reader,
    {
      key: `questionnaire/concluded/${reference}/${round}/${reader.email.toLowerCase()}`,
      kind: 'questionnaire-concluded',
      button: t('questionnaires-asking:mail.read'),
    },
    {
      subject: t('questionnaires-asking:mail.concluded.subject', facts),
      lead: t('questionnaires-asking:mail.concluded.lead', facts),
      sections: [
        {
          rows: [
            [t('questionnaires-asking:mail.concluded.result'), result],
            aboutRow(writing, locale),
            [t('questionnaires-asking:mail.reference'), reference],
          ],
        },
        ...(conclusion?.external
          ? [
              {
                heading: t('questionnaires-asking:mail.concluded.words'),
                paragraphs: conclusion.external.split(/\n{2,}/),
              },
            ]
          : []),
        { paragraphs: [t('questionnaires-asking:mail.concluded.next')] },
      ],
    },
  )
}

export function withdrawnMail(writing: Writing, reader: Reader, words: string): Message {
  const { questionnaire } = writing
  const { locale } = reader
  const t = textIn(locale)
  const facts = factsOf(writing, locale)
  return toVendor(
    writing,
    reader,
    {
      key: `questionnaire/withdrawn/${questionnaire.reference}/${reader.email.toLowerCase()}`,
      kind: 'questionnaire-withdrawn',
    },
    {
      subject: t('questionnaires-asking:mail.withdrawn.subject', facts),
      lead: t('questionnaires-asking:mail.withdrawn.lead', facts),
      sections: [
        ...(words ? [{ paragraphs: words.split(/\n{2,}/) }] : []),
        { paragraphs: [t('questionnaires-asking:mail.withdrawn.kept')] },
      ],
    },
  )
}

/** To the data protection officer: no answer came, and what has been done about it. */
export function escalationMail(
  writing: Writing,
  reader: StaffReader,
  { reminders }: { reminders: number },
): Message {
  const { questionnaire } = writing
  const { reference, dueOn, owner } = questionnaire
  const { locale } = reader
  const t = textIn(locale)
  const facts = { ...factsOf(writing, locale), due: formatDay(dueOn, locale) }
  return {
    key: `questionnaire/escalation/${reference}/${dueOn}/${reader.person}`,
    kind: 'questionnaire-escalation',
    to: { address: reader.email, name: reader.name },
    locale,
    content: {
      subject: t('questionnaires-asking:mail.escalation.subject', facts),
      lead: t('questionnaires-asking:mail.escalation.lead', facts),
      greeting: t('questionnaires-asking:mail.greeting', { name: reader.name }),
      sections: [
        {
          rows: [
            [t('questionnaires-asking:mail.escalation.vendor'), questionnaire.vendorName],
            aboutRow(writing, locale),
            [t('questionnaires-asking:mail.escalation.owner'), `${owner.name} (${owner.email})`],
            [t('questionnaires-asking:mail.due'), facts.due],
            [t('questionnaires-asking:mail.escalation.reminders'), String(reminders)],
          ],
        },
        { paragraphs: [t('questionnaires-asking:mail.escalation.what')] },
      ],
      button: { label: t('questionnaires-asking:mail.escalation.open') },
    },
    opens: `/questionnaires/${reference}`,
    about: { kind: 'questionnaire', id: questionnaire._id },
    sample: questionnaire.sample,
  }
}
