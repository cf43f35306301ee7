/** What changed from one edition to the next, a sentence each. */
import type { Locale } from '../../base/context.js'
import { isDay } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { ComparedField, Correcting, Difference } from '../rules/editions.js'
import { dayIn } from '../rules/editions.js'
import type { PublicEntry } from '../rules/entries.js'
import { calledIn, fieldInWords } from './entry.js'

export function changesInWords(changes: readonly Difference[], locale: Locale): string[] {
  return changes.map((change) => changeInWords(change, locale))
}

function changeInWords({ kind, entry, fields, before }: Difference, locale: Locale): string {
  const t = textIn(locale)
  const name = calledIn(entry, locale)
  if (kind !== 'changed') return t(`public-list:change.${kind}`, { name, activity: entry.activity[locale] })
  // Whose name was hidden or told: that is the change, and the fields that follow from it are not named.
  if (before.named !== undefined && before.named !== entry.named)
    return t(entry.named ? 'public-list:change.now-named' : 'public-list:change.now-unnamed', { name })
  const was = { ...entry, ...before }
  // A day that turned because use began says the same twice.
  const told = fields.includes('used') ? fields.filter((field) => field !== 'since') : fields
  const parts = told.map((field) => fieldChange(field, was, entry, locale, t))
  return t('public-list:change.changed', { name, what: parts.join('; ') })
}

function fieldChange(
  field: ComparedField,
  was: PublicEntry,
  is: PublicEntry,
  locale: Locale,
  t: Text,
): string {
  const nothing = t('public-list:nothing')
  return t('public-list:change.field', {
    field: t(`public-list:field.${field}`).toLocaleLowerCase(locale),
    before: fieldInWords(field, was, locale) || nothing,
    after: fieldInWords(field, is, locale) || nothing,
  })
}

export function correctionInWords({ edition, entries, note }: Correcting, locale: Locale): string {
  const t = textIn(locale)
  const said = t('public-list:corrects', { edition: editionName(edition, locale), count: entries.length })
  return note ? `${said} ${note[locale]}` : said
}

/** '22. november 2026', and from the second of a day on '22. november 2026 (2)'. */
export function editionName(id: string, locale: Locale): string {
  const day = dayIn(id)
  if (day === null || !isDay(day)) return id
  const number = id.slice(day.length + 1)
  return number === '' ? formatDay(day, locale) : `${formatDay(day, locale)} (${number})`
}
