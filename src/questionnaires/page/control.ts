/** A question as its control is printed: what stands in its fields, and what it can be answered with. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Given } from '../../question-sets/rules/answer.js'
import { isByCountry } from '../../question-sets/rules/given.js'
import type { Question } from '../../question-sets/rules/set.js'
import { countries, countryName } from '../../transfers/countries.js'
import { keyOf } from '../form/answer.js'
import { countriesWritten } from '../rules/countries.js'
import { cellText, unitWord } from './words.js'

/** What differs from one kind of answer to another; the template `_control` has a branch for each. */
export type Control = {
  key: string
  type: Question['type']
  label: string
  options: { value: string; text: string; comment: boolean; exclusive: boolean }[]
  stored: unknown
  /** contact, identity, signoff */
  parts: { name: string; label: string; kind: string; autocomplete?: string; stored: string }[]
  /** table */
  columns: { id: string; label: string; type: string }[]
  rows: Record<string, string>[]
  /** per-country */
  places: { code: string; name: string; stored: string }[]
  countries: readonly { value: string; text: string }[]
  unit: string | null
  min: number | null
  max: number | null
}

/** `rows`: how many empty ones stand below those that are filled. */
export function controlOf(
  question: Question,
  value: Given['value'],
  {
    locale,
    countriesAsked,
    rows = 1,
  }: { locale: Locale; countriesAsked: readonly string[]; rows?: number | undefined },
): Control {
  const { type } = question
  const isTable = type === 'table' && Array.isArray(value)
  const filled = isTable ? (value as readonly Record<string, string>[]) : []
  return {
    key: keyOf(question),
    type,
    label: question.text[locale],
    options: question.options.map(({ id, text, requiresComment, exclusive }) => ({
      value: id,
      text: text[locale],
      comment: requiresComment,
      exclusive: exclusive ?? false,
    })),
    stored: storedField(question, value, locale),
    parts: partsOf(type, value, locale),
    columns: question.columns.map(({ id, text, type: kind }) => ({ id, label: text[locale], type: kind })),
    rows:
      type === 'table'
        ? [
            ...filled.map((row) => rowFields(question, row, locale)),
            ...Array.from({ length: rows }, () => ({})),
          ]
        : [],
    places: type === 'per-country' ? placesOf(value, countriesAsked, locale) : [],
    countries:
      type === 'identity' || type === 'countries'
        ? countries(locale).map(({ code, name }) => ({ value: code, text: name }))
        : [],
    unit: question.unit === null ? null : unitWord(question.unit, 2, locale),
    min: question.min,
    max: question.max,
  }
}

function storedField({ type }: Question, value: Given['value'], locale: Locale): unknown {
  if (value === null) return ''
  if (type === 'countries') return countriesWritten(value as readonly string[], locale)
  return value
}

function rowFields({ columns }: Question, row: Record<string, string>, locale: Locale) {
  return Object.fromEntries(
    columns.map(({ id, type }) => {
      const cell = row[id] ?? ''
      return [id, type === 'countries' ? cellText(type, cell, locale) : cell]
    }),
  )
}

function placesOf(value: Given['value'], asked: readonly string[], locale: Locale) {
  const told = isByCountry(value) ? value.byCountry : {}
  return asked.map((code) => ({ code, name: countryName(code, locale), stored: told[code] ?? '' }))
}

const fieldsOf = {
  contact: [
    ['name', 'text', 'name'],
    ['email', 'email', 'email'],
    ['phone', 'tel', 'tel'],
    ['incidents', 'text', undefined],
  ],
  identity: [
    ['name', 'text', 'organization'],
    ['registration', 'text', undefined],
    ['address', 'textarea', 'street-address'],
    ['country', 'select', undefined],
  ],
  signoff: [
    ['name', 'text', 'name'],
    ['title', 'text', 'organization-title'],
    ['on', 'date', undefined],
  ],
} as const

function partsOf(type: Question['type'], value: Given['value'], locale: Locale): Control['parts'] {
  if (type !== 'contact' && type !== 'identity' && type !== 'signoff') return []
  const told = (value ?? {}) as Record<string, string>
  const t = textIn(locale)
  return fieldsOf[type].map(([name, kind, autocomplete]) => ({
    name,
    kind,
    label: t(`questionnaires-respond:part.${name}`),
    stored: told[name] ?? '',
    ...(autocomplete === undefined ? {} : { autocomplete }),
  }))
}
