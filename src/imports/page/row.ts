import type { Locale } from '../../base/context.js'
import { lettersOf } from '../../base/spreadsheet.js'
import { textIn } from '../../i18n/texts.js'
import type { AskedRow } from '../actions/choose.js'
import type { Import } from '../records.js'
import { headingOf } from '../rules/fields.js'
import { headingsOf } from '../rules/heading-rows.js'
import { asNew, type Match } from '../rules/matches.js'
import { shortened, type Message } from '../rules/plan.js'
import { rowLabel } from '../rules/rows.js'
import { calledBy, matchInWords, type MatchKind } from './matches.js'
import { differencesOf, matchesOf, remarksOf, verdictState } from './run.js'

type Option = { value: string; text: string; hint?: string }

/** One row of the file: what was read in it, what it is taken for, and what else it may be. */
export function rowPage(
  { register, fileName, choices, mapping }: Import,
  { read, inFile, row, alike, messages, sheet, differences }: AskedRow,
  locale: Locale,
) {
  const t = textIn(locale)
  const headings = headingsOf(sheet, mapping)
  const chosen = choices.find((choice) => choice.row === row.number)
  const kind: MatchKind = register === 'customers' ? 'customer' : 'vendor'
  return {
    rowNumber: row.number,
    rowLabel: rowLabel(row.number),
    fileName,
    kind,
    state: verdictState(row.verdict, locale),
    matches: matchesOf(row, register, locale),
    remarks: remarksOf(messages, register, locale),
    differences: differencesOf(differences, register, locale),
    cells: mapping.columns.flatMap((field, place) => {
      if (field === null) return []
      const letter = lettersOf(place + 1)
      const text = read.cells.get(field)?.text ?? ''
      const printed = inFile.get(letter) ?? ''
      return {
        field: `cells.${letter}`,
        label: t('imports:row.cell-of', {
          letter,
          heading: (headings[place] ?? '').replace(/\s+/g, ' '),
          field: headingOf(register, field, locale),
        }),
        text,
        long: text.includes('\n') || text.length > 60,
        printed:
          text === printed
            ? ''
            : printed === ''
              ? t('imports:row.empty-in-file')
              : t('imports:row.in-file', { text: shortened(printed) }),
      }
    }),
    alike: alike.map(rowLabel).join(', '),
    whole: [...optionsFor(row.whole, kind, locale), ...sameAsRow(messages, locale)],
    wholeChosen: chosen?.whole ?? 'read',
    part: row.of ? optionsFor(row.of, 'engagement', locale) : null,
    partChosen: chosen?.part ?? 'read',
    out: row.verdict === 'out' ? 'yes' : 'no',
    elsewhere: t(`imports:row.elsewhere-${kind}`),
  }
}

/** A new one that looks like another row of the file may be the same, written in two ways. */
function sameAsRow(messages: readonly Message[], locale: Locale): Option[] {
  const alike = messages.find(({ text }) => text === 'looks-like-row')
  if (!alike) return []
  const { other = '', name = '' } = alike.facts
  return [
    {
      value: 'row',
      text: textIn(locale)('imports:row.same-as-row', { row: rowLabel(Number(other)), name: String(name) }),
    },
  ]
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
