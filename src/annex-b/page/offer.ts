/** The form a download is asked for by. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { columnChoices, formats, type Columns, type Format } from '../rules.js'

export type Offer = {
  url: string
  on: Day
  /** The page shows the list of that day already: it is sent along and not asked again. */
  dayFixed: boolean
  language: Locale
  columns: Columns
  format: Format
  known: '' | 'then'
  choices: Record<'language' | 'columns' | 'format' | 'known', { value: string; text: string }[]>
  /** What is asked, in order: on a day that is not past there is nothing that was corrected since. */
  asked: ('language' | 'columns' | 'format' | 'known')[]
}

export function annexBOffer(
  url: string,
  {
    on,
    today,
    dayFixed = false,
    language,
    asThen = false,
  }: { on: Day; today: Day; dayFixed?: boolean; language?: Locale; asThen?: boolean },
  locale: Locale,
): Offer {
  const t = textIn(locale)
  return {
    url,
    on,
    dayFixed,
    language: language ?? locale,
    columns: 'b1',
    format: 'pdf',
    known: asThen ? 'then' : '',
    asked: ['language', 'columns', 'format', ...(dayFixed && on >= today ? [] : ['known' as const])],
    choices: {
      language: (['da', 'en'] as const).map((value) => ({ value, text: t(`register:language.${value}`) })),
      columns: columnChoices.map((value) => ({ value, text: t(`annex-b:columns.${value}`) })),
      format: formats.map((value) => ({ value, text: t(`annex-b:format.${value}`) })),
      known: (['now', 'then'] as const).map((value) => ({
        value: value === 'now' ? '' : value,
        text: t(`annex-b:offer.known-${value}`),
      })),
    },
  }
}
