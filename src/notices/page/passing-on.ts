/**
 * What a customer that is a processor itself passes on to those it processes for: the same change in its own first person, with
 * the last day *it* has (GDPR art. 28(2) and (4): each processor in the chain informs the one above it).
 */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatWeekday } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { lastDayIn, linesOf } from '../mails/announcement.js'
import type { Letter } from '../mails/letter.js'
import { startFor } from '../rules/audience.js'
import { earliestUse, latestDayToSend, type DateRules } from '../rules/deadlines.js'
import { modeOf } from '../rules/modes.js'
import { lineRows, lineTitle, namesIn, type Rows } from './facts.js'

type Passage = { heading?: string; paragraphs: string[]; rows: Rows }

/** No name of a customer stands in it: it says "we", and whoever passes it on signs it. */
function passagesOf({ notice, recipient, services }: Letter, locale: Locale): Passage[] {
  const t = textIn(locale)
  const mode = modeOf(recipient)
  const last = lastDayIn(recipient)
  const sender = notice.sender?.name ?? ''
  const lines = linesOf(notice.lines, recipient)
  const start = formatWeekday(startFor(recipient, notice.plannedStart), locale)
  const asked = mode !== 'information' && last !== null
  return [
    {
      paragraphs: [
        t('passing-on:intro', { sender, day: notice.issuedOn ? formatDay(notice.issuedOn, locale) : '' }),
      ],
      rows: [],
    },
    ...lines.map((line) => ({
      heading: lineTitle(line, t),
      paragraphs: [],
      rows: lineRows(line, services, locale),
    })),
    {
      heading: t('notices:mail.heading.why'),
      paragraphs: [],
      rows: [
        [t('notices:row.why'), notice.why[locale]],
        ...(notice.safeguards[locale]
          ? [[t('notices:row.safeguards'), notice.safeguards[locale]] as [string, string]]
          : []),
        [t('notices:row.from-when'), t('notices:row.at-the-earliest', { day: start })],
      ],
    },
    {
      heading: t('passing-on:your-answer'),
      paragraphs: [
        asked
          ? t(`passing-on:answer-${mode}`, { day: formatWeekday(last, locale), sender })
          : t('passing-on:answer-information'),
      ],
      rows: [],
    },
  ]
}

/** To be copied into a mail of one's own. */
export function passingOnText(letter: Letter, locale: Locale): string {
  const head = titleOf(letter, locale)
  const parts = passagesOf(letter, locale).map(({ heading, paragraphs, rows }) =>
    [
      ...(heading ? [heading] : []),
      ...paragraphs,
      ...rows.map(([label, value]) => `${label}: ${value}`),
    ].join('\n'),
  )
  return [head, ...parts].join('\n\n')
}

export function passingOnFile(letter: Letter, locale: Locale): PdfInput {
  const t = textIn(locale)
  const { notice } = letter
  return {
    title: titleOf(letter, locale),
    kicker: t('passing-on:kicker'),
    subject: notice.reference,
    author: notice.sender?.name ?? 'Tilsyn',
    locale,
    createdAt: notice.issuedAt ?? new Date(0),
    blocks: passagesOf(letter, locale).flatMap(({ heading, paragraphs, rows }): Block[] => [
      ...(heading ? [{ kind: 'heading' as const, text: heading }] : []),
      ...paragraphs.map((text): Block => ({ kind: 'paragraph', text })),
      ...(rows.length > 0 ? [{ kind: 'pairs' as const, rows }] : []),
    ]),
    footer: t('passing-on:footer', { sender: notice.sender?.name ?? '', reference: notice.reference }),
    pageLabel: (page, pages) => t('notices:paper.page', { page, pages }),
  }
}

export function passingOnName(reference: string, locale: Locale): string {
  return textIn(locale)('passing-on:pdf-name', { reference })
}

function titleOf({ notice, recipient }: Letter, locale: Locale): string {
  return textIn(locale)('passing-on:title', { names: namesIn(linesOf(notice.lines, recipient)) })
}

/**
 * The last day on which a customer can tell its own customers, if they are to have `days` days and still be heard within the customer's
 * own period. Asked of the forward rule, as for our own notices; no slack, since how they send is theirs. Null where there is none.
 */
export function tellBy(last: Day, days: number, rules: DateRules): Day | null {
  const found = latestDayToSend(
    earliestUse(last),
    { length: days, unit: 'days' },
    { ...rules, slackBusinessDays: 0 },
  )
  return found?.sendBy ?? null
}

/** The reckoning as the page shows it. */
export function tellByWords(last: Day | null, days: number, rules: DateRules, today: Day, locale: Locale) {
  const t = textIn(locale)
  if (last === null || today > last) return null
  const by = tellBy(last, days, rules)
  const facts = { count: days, last: formatWeekday(last, locale) }
  return by !== null && by >= today
    ? { late: false, words: t('passing-on:tell-by', { ...facts, day: formatWeekday(by, locale) }) }
    : {
        late: true,
        words: t('passing-on:too-late', { ...facts }),
      }
}
