/** An answer as people read it, in lines. */
import type { Locale } from '../../base/context.js'
import { isDay } from '../../base/day.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Contact, Given, Identity, Signoff } from '../../question-sets/rules/answer.js'
import { isByCountry } from '../../question-sets/rules/given.js'
import type { Question } from '../../question-sets/rules/set.js'
import { countryName } from '../../transfers/countries.js'
import { countriesWritten } from '../rules/countries.js'

/** None where nothing was answered. The comment stands apart. */
export function answerLines(question: Question, value: Given['value'], locale: Locale): string[] {
  if (value === null) return []
  if (typeof value === 'number') {
    const number = formatNumber(value, locale)
    return [question.unit ? `${number} ${unitWord(question.unit, value, locale)}` : number]
  }
  if (typeof value === 'string') return [textLine(question, value, locale)]
  if (isByCountry(value))
    return Object.entries(value.byCountry).map(
      ([country, option]) => `${countryName(country, locale)}: ${optionText(question, option, locale)}`,
    )
  if (Array.isArray(value)) return listLines(question, value as readonly unknown[], locale)
  return partLines(value as Contact | Identity | Signoff, locale)
}

function textLine(question: Question, value: string, locale: Locale): string {
  if (question.type === 'single') return optionText(question, value, locale)
  return question.type === 'date' && isDay(value) ? formatDay(value, locale) : value
}

function listLines(question: Question, values: readonly unknown[], locale: Locale): string[] {
  if (question.type === 'countries') return [countriesWritten(values.map(String), locale)]
  if (question.type === 'table')
    return (values as readonly Record<string, string>[]).map((row) =>
      question.columns
        .flatMap(({ id, text, type }) => {
          const cell = row[id] ?? ''
          return cell === '' ? [] : [`${text[locale]}: ${cellText(type, cell, locale)}`]
        })
        .join(' · '),
    )
  return values.map((id) => optionText(question, String(id), locale))
}

/** As it stands in a field, or is read in a table. */
export function cellText(type: 'text' | 'date' | 'countries', cell: string, locale: Locale): string {
  if (type === 'countries') return countriesWritten(cell.split(', ').filter(Boolean), locale)
  return type === 'date' && isDay(cell) ? formatDay(cell, locale) : cell
}

function partLines(value: Contact | Identity | Signoff, locale: Locale): string[] {
  const t = textIn(locale)
  return Object.entries(value).flatMap(([part, text]) => {
    if (typeof text !== 'string' || text === '') return []
    const shown =
      part === 'country' ? countryName(text, locale) : isDay(text) ? formatDay(text, locale) : text
    return [`${t(`questionnaires-respond:part.${part}`)}: ${shown}`]
  })
}

function optionText({ options }: Question, id: string, locale: Locale): string {
  return options.find((option) => option.id === id)?.text[locale] ?? id
}

/** Units that have a text of their own are written in the reader's language; others as the set has them. */
export function unitWord(unit: string, count: number, locale: Locale): string {
  return unit === 'days' || unit === 'hours' || unit === 'months'
    ? textIn(locale)(`questionnaires-respond:unit.${unit}`, { count })
    : unit
}
