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
  choices: Record<'language' | 'columns' | 'format', { value: string; text: string }[]>
}

export function annexBOffer(url: string, on: Day, locale: Locale, dayFixed = false): Offer {
  const t = textIn(locale)
  return {
    url,
    on,
    dayFixed,
    language: locale,
    columns: 'b1',
    format: 'pdf',
    choices: {
      language: (['da', 'en'] as const).map((value) => ({ value, text: t(`register:language.${value}`) })),
      columns: columnChoices.map((value) => ({ value, text: t(`annex-b:columns.${value}`) })),
      format: formats.map((value) => ({ value, text: t(`annex-b:format.${value}`) })),
    },
  }
}
