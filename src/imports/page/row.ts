import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Import } from '../records.js'
import { headingOf } from '../rules/fields.js'
import type { ReadRow } from '../rules/headings.js'
import { asNew, type Match } from '../rules/matches.js'
import type { Message, PlannedRow } from '../rules/plan.js'
import { calledBy, matchInWords, type MatchKind } from './matches.js'
import { matchesOf, remarksOf, verdictState } from './run.js'

type Option = { value: string; text: string; hint?: string }

/** One row of the file: what was read in it, what it is taken for, and what else it may be. */
export function rowPage(
  { register, fileName, choices }: Import,
  { read, row, alike, messages }: { read: ReadRow; row: PlannedRow; alike: number[]; messages: Message[] },
  locale: Locale,
) {
  const t = textIn(locale)
  const chosen = choices.find((choice) => choice.row === row.number)
  const kind: MatchKind = register === 'customers' ? 'customer' : 'vendor'
  return {
    rowNumber: row.number,
    fileName,
    kind,
    state: verdictState(row.verdict, locale),
    matches: matchesOf(row, register, locale),
    remarks: remarksOf(messages, register, locale),
    cells: [...read.cells].map(([field, { text, heading, letter }]) => ({
      cell: `${letter}${row.number}`,
      heading,
      field: headingOf(register, field, locale),
      text,
    })),
    alike: alike.join(', '),
    whole: optionsFor(row.whole, kind, locale),
    wholeChosen: chosen?.whole ?? 'read',
    part: row.of ? optionsFor(row.of, 'engagement', locale) : null,
    partChosen: chosen?.part ?? 'read',
    out: chosen?.out === true ? 'yes' : 'no',
    elsewhere: t(`imports:row.elsewhere-${kind}`),
  }
}

/** As it was read, each record that fits or resembles it, and a new one. */
function optionsFor(match: Match, kind: MatchKind, locale: Locale): Option[] {
  const t = textIn(locale)
  const found = match.found ? [match.found] : []
  return [
    {
      value: 'read',
      text: t('imports:row.as-read'),
      ...(match.how === 'read' ? { hint: matchInWords(match, kind, locale) } : {}),
    },
    ...[...found, ...match.others].map((candidate) => ({
      value: candidate.id,
      text: calledBy(candidate),
      hint: candidate.ended ? t('imports:row.ended') : t(`imports:because.${candidate.by}`),
    })),
    { value: asNew, text: t(`imports:match.new-${kind}`) },
  ]
}
