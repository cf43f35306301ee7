import type { MailContent, MailSection } from '../../mail/rules.js'
import { lineRows, lineTitle, namesIn, periodInWords, type Rows } from '../page/facts.js'
import { startFor } from '../rules/audience.js'
import { askOf, modeOf } from '../rules/modes.js'
import { callingOf, type Line } from '../rules/notice.js'
import type { Mode, RecipientContent } from '../rules/recipient.js'
import { framed, subjectOf, written, type Letter, type Written } from './letter.js'

/** What of the announcement is the same for all who read the same paper. */
export type AnnouncementBody = Pick<MailContent, 'lead' | 'sections' | 'button'> & { about: string }

export function announcementBody(letter: Letter): AnnouncementBody {
  const mail = written(letter)
  const { notice, recipient, t } = mail
  const mode = modeOf(recipient)
  return {
    about: subject(mail, mode, namesIn(linesOf(notice.lines, recipient))),
    lead: leadFor(mail, mode),
    sections: announcementSections(mail, mode),
    button: { label: t(`notices:mail.button.${askOf(recipient)}`) },
  }
}

/** The notice itself, in the words of the recipient's mode. */
export function announcement(letter: Letter, body = announcementBody(letter)): MailContent {
  const mail = written(letter)
  const { about, ...rest } = body
  return { ...framed(mail), ...rest, subject: subjectOf(mail, about) }
}

function subject({ notice, recipient, t, day }: Written, mode: Mode, names: string): string {
  const [first, ...more] = linesOf(notice.lines, recipient)
  const kind = first && more.length === 0 ? callingOf(first) : 'several'
  const what = t(`notices:mail.subject.${kind}`, { names })
  if (mode === 'information' || recipient.printedLastDay === null)
    return t('notices:mail.subject-information', { what })
  return t(`notices:mail.subject-${askOf(recipient)}`, { what, day: day(recipient.printedLastDay) })
}

/** The first line: what the reader must do. */
export function leadFor({ notice, recipient, t, day }: Written, mode: Mode): string {
  const last = lastDayIn(recipient)
  if (mode === 'information' || last === null)
    return t(
      `notices:mail.lead.${correctsOnly(linesOf(notice.lines, recipient)) ? 'correction' : 'information'}`,
    )
  return t(`notices:mail.lead.${askOf(recipient)}`, { day: day(last) })
}

/** The body below the first line; the PDF has the same. */
export function announcementSections(mail: Written, mode: Mode): MailSection[] {
  const { notice, recipient, t, locale, services, day } = mail
  const lines = linesOf(notice.lines, recipient)
  return [
    {
      paragraphs: [
        t(`notices:mail.intro.${mode}`, { sender: notice.sender?.name ?? '' }),
        ...(notice.supersedes
          ? [
              t('notices:supersedes', {
                reference: notice.supersedes.reference,
                day: day(notice.supersedes.on),
              }),
            ]
          : []),
      ],
    },
    ...lines.map((line) => ({
      heading: lineTitle(line, t),
      rows: [...modeRow(mail, line), ...lineRows(line, services, locale)],
    })),
    {
      heading: t('notices:mail.heading.why'),
      rows: [
        [t('notices:row.why'), notice.why[locale]],
        ...(notice.safeguards[locale]
          ? [[t('notices:row.safeguards'), notice.safeguards[locale]] as [string, string]]
          : []),
        ...dateRows(mail, mode),
      ],
    },
    ...instructionSection(mail),
    ...answerSections(mail, mode),
  ]
}

/** Where lines differ in what they ask for, each says its own. */
function modeRow({ recipient, t }: Written, line: Line): Rows {
  const modes = new Set(recipient.lines.map(({ mode }) => mode))
  const own = recipient.lines.find(({ line: id }) => id === line.id)?.mode
  return modes.size > 1 && own ? [[t('notices:row.asks'), t(`notices:asks.${own}`)]] : []
}

function dateRows({ notice, recipient, t, day, locale }: Written, mode: Mode): Rows {
  const last = lastDayIn(recipient)
  // What is put right holds from the moment it is told.
  if (correctsOnly(linesOf(notice.lines, recipient))) return []
  if (mode === 'information' || last === null)
    return [[t('notices:row.from-when'), startWords(notice.plannedStart)]]
  return [
    [t('notices:row.from-when'), startWords(startFor(recipient, notice.plannedStart))],
    [t('notices:row.period'), periodInWords(recipient.period, t)],
    [t(`notices:row.last-day-${mode}`), t('notices:row.whole-day', { day: day(last) })],
    ...(notice.goLive === 'together'
      ? [
          [
            t('answers:together-title'),
            t('answers:together', { because: notice.togetherBecause?.[locale] ?? '' }),
          ] as [string, string],
        ]
      : []),
  ]

  function startWords(on: string): string {
    return t('notices:row.at-the-earliest', { day: day(on) })
  }
}

function instructionSection({ recipient, t }: Written): MailSection[] {
  if (!recipient.blockedBy.includes('instruction')) return []
  return [
    {
      heading: t('notices:mail.heading.instruction'),
      paragraphs: [t('notices:mail.instruction'), t('answers:mail.instruct')],
    },
  ]
}

function answerSections({ notice, recipient, t, day }: Written, mode: Mode): MailSection[] {
  const mailbox = notice.sender?.replyTo ?? ''
  const last = lastDayIn(recipient)
  if (mode === 'information' || last === null)
    return [
      {
        heading: t('notices:mail.heading.questions'),
        paragraphs: [t('notices:mail.questions', { mailbox })],
      },
    ]
  if (mode === 'approval')
    return [
      {
        heading: t('notices:mail.heading.approve'),
        paragraphs: [t('notices:mail.approve', { mailbox })],
        list: [
          t('answers:mail.page'),
          t('notices:mail.approve-who'),
          t('notices:mail.approve-what', { reference: notice.reference }),
        ],
      },
      {
        heading: t('notices:mail.heading.silence'),
        paragraphs: [t('notices:mail.silence-approval', { day: day(last) })],
      },
    ]
  return [
    {
      heading: t('notices:mail.heading.object'),
      paragraphs: [t(`notices:mail.object-until.${recipient.agreement.objectionUntil}`, { day: day(last) })],
      list: [
        t('notices:mail.object-page'),
        t('notices:mail.object-reply', { mailbox }),
        t('notices:mail.object-effect'),
      ],
    },
    { heading: t('notices:mail.heading.silence'), paragraphs: [t('notices:mail.silence-notice')] },
  ]
}

function correctsOnly(lines: readonly Line[]): boolean {
  return lines.every(({ kind }) => kind === 'correction')
}

/** The lines this recipient is told of, in the notice's order. */
export function linesOf(lines: readonly Line[], recipient: Pick<RecipientContent, 'lines'>): Line[] {
  return lines.filter(({ id }) => recipient.lines.some(({ line }) => line === id))
}

/** The day the reader is told: the effective one once it is known, before that the printed one. */
export function lastDayIn({
  lastDay,
  printedLastDay,
}: Pick<RecipientContent, 'lastDay' | 'printedLastDay'>): string | null {
  return lastDay ?? printedLastDay
}
