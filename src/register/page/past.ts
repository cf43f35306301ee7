/** Corrections in words, and the line between what was known then and what is known now. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { CorrectionGround, Difference, Service } from '../rules.js'
import { differenceRows } from './differences.js'

export type Mark = { tone: 'wait' | 'calm'; word: string; text: string; file: string | null }

/** 'Corrected on 3 November 2026: the address was mistyped.' One for each correction, and one for what was entered late. */
export function markRows(
  { corrections, enteredOn }: { corrections: readonly CorrectionGround[]; enteredOn: Day | null },
  locale: Locale,
): Mark[] {
  const t = textIn(locale)
  const entered =
    enteredOn !== null && !corrections.some(({ recordedOn }) => recordedOn === enteredOn)
      ? [
          {
            tone: 'calm' as const,
            word: t('past:mark.entered'),
            text: formatShortDay(enteredOn, locale),
            file: null,
          },
        ]
      : []
  return [
    ...corrections.map(({ recordedOn, because, file }) => ({
      tone: 'wait' as const,
      word: t('past:mark.word'),
      text: t('past:mark.corrected', { on: formatShortDay(recordedOn, locale), because }),
      file: file === null ? null : `/files/${file}`,
    })),
    ...entered,
  ]
}

/** Null where there is nothing to choose between. `url`: the page's address, without what this line adds to it. */
export function thenOrNow(
  {
    asThen,
    differs,
    differences,
    entered,
    vendors,
  }: {
    asThen: boolean
    differs: boolean
    differences: readonly Difference[]
    entered: number
    vendors: ReadonlyMap<string, string>
  },
  { on, services, url, locale }: { on: Day; services: readonly Service[]; url: string; locale: Locale },
) {
  if (!differs) return null
  const t = textIn(locale)
  const day = formatDay(on, locale)
  const sentences = [
    ...differenceRows(differences, { services, vendors }, locale).map(({ said, more }) =>
      [said, ...more].join(' '),
    ),
    ...(entered === 0 ? [] : [t('past:entered', { count: entered })]),
  ]
  return {
    asThen,
    text: t(asThen ? 'past:then.shown' : 'past:now.shown', { day }),
    sentences,
    lead: sentences.length === 0 ? '' : t('past:since'),
    link: { url: withKnown(url, !asThen), text: t(asThen ? 'past:now.link' : 'past:then.link', { day }) },
  }
}

function withKnown(url: string, asThen: boolean): string {
  const [path = '', query = ''] = url.split('?')
  const asked = new URLSearchParams(query)
  asked.delete('known')
  if (asThen) asked.set('known', 'then')
  return asked.size === 0 ? path : `${path}?${asked.toString()}`
}
