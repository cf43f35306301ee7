import type { Locale } from '../../base/context.js'
import type { Block } from '../../documents/blocks.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'

/** Text as somebody wrote it, by its empty lines; something where nothing is written yet. */
export function paragraphs(text: string, t: Text): Block[] {
  const parts = text.split(/\n{2,}/).filter((part) => part.trim() !== '')
  if (parts.length === 0) return [{ kind: 'paragraph', text: t('declaration:paper.nothing-yet') }]
  return parts.map((part) => ({ kind: 'paragraph', text: part.trim() }))
}

export function dayIn(day: string, locale: Locale): string {
  return day === '' ? textIn(locale)('declaration:paper.no-day') : formatDay(day, locale)
}
