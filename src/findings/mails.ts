import type { Locale } from '../base/context.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { MailContent, MailSection, Message } from '../mail/rules.js'
import type { Sender } from '../notices/rules.js'
import type { Finding, FindingNote, ReminderDay } from './rules.js'

/** Somebody at the vendor, who opens the finding by a link; or on staff, who signs in. */
export type FindingReader = {
  name: string
  address: string
  locale: Locale
  /** Who it is, for the mail's key. */
  id: string
  link: string | null
}

export type FindingLetter = { finding: Finding; reader: FindingReader; sender: Sender }

/** Its owner is told what was found, by when it is to be put right, and how to answer. */
export function openedMail(letter: FindingLetter): Message {
  return mail(letter, 'opened', letter.finding.dueOn)
}

/** `days`: from the due day. One for each reminder and due day, so that a new day is reminded of anew. */
export function reminderMail(letter: FindingLetter, days: ReminderDay): Message {
  const when = days < 0 ? 'before' : days === 0 ? 'today' : 'after'
  return mail(letter, `reminder-${when}`, `${letter.finding.dueOn}/${days}`)
}

/** To the DPO: it is not put right, and has been overdue for a fortnight. */
export function escalationMail(letter: FindingLetter): Message {
  return mail(letter, 'escalated', letter.finding.dueOn)
}

/** What one side wrote reaches the other: our note, their answer or question, and how it ended. */
export function noteMail(
  letter: FindingLetter,
  note: FindingNote,
  what: 'note' | 'answer' | 'question' | 'closed' | 'accepted' | 'reopened',
): Message {
  return mail(letter, what, String(letter.finding.version), [
    {
      heading: textIn(letter.reader.locale)(`findings:mail.words.${what}`),
      paragraphs: paragraphs(note.text),
    },
  ])
}

function mail(letter: FindingLetter, what: string, which: string, more: MailSection[] = []): Message {
  const { finding, reader, sender } = letter
  const { locale } = reader
  const t = textIn(locale)
  const vendor = finding.vendorName ?? t('findings:mail.ourselves')
  const facts = {
    reference: finding.reference,
    due: formatDay(finding.dueOn, locale),
    sender: sender.name,
    vendor,
  }
  const to = reader.link === null ? 'staff' : 'vendor'
  return {
    key: `finding/${what}/${finding.reference}/${which}/${reader.id}`,
    kind: `finding-${what}`,
    to: { address: reader.address, name: reader.name },
    locale,
    content: {
      subject: t(`findings:mail.subject.${what}`, facts),
      lead: t(`findings:mail.lead.${to}.${what}`, facts),
      greeting: t('findings:mail.greeting', { name: reader.name }),
      sections: [
        ...more,
        {
          heading: t('findings:mail.what'),
          paragraphs: paragraphs(finding.text[locale]),
          rows: rowsOf(letter, vendor),
        },
        ...(to === 'vendor' && finding.running ? [{ paragraphs: [t('findings:mail.how')] }] : []),
      ],
      button: { label: t(`findings:mail.button.${to}`) },
      ...closing(letter),
    },
    ...(reader.link === null ? { opens: `/findings/${finding.reference}` } : { link: reader.link }),
    about: { kind: 'finding', id: finding._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: finding.sample,
  }
}

function rowsOf({ finding, reader }: FindingLetter, vendor: string): [string, string][] {
  const t = textIn(reader.locale)
  return [
    [t('findings:mail.reference'), finding.reference],
    ...(reader.link === null ? ([[t('findings:field.vendor'), vendor]] as [string, string][]) : []),
    [t('findings:field.severity'), t(`findings:severity.${finding.severity}`)],
    ...(finding.running
      ? ([[t('findings:field.dueOn'), formatDay(finding.dueOn, reader.locale)]] as [string, string][])
      : []),
  ]
}

function closing({ reader, sender }: FindingLetter): Pick<MailContent, 'closing'> {
  if (reader.link === null) return {}
  return {
    closing: [
      textIn(reader.locale)('findings:mail.regards'),
      [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
    ],
  }
}

function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/).filter((each) => each.trim() !== '')
}
