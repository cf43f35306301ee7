/** A value from a file, which may hold anything: only what an answer to the question can be comes out. */
import { isDay } from '../../base/day.js'
import type { Contact, Identity, Value } from '../../question-sets/rules/answer.js'
import type { Question } from '../../question-sets/rules/set.js'
import { countryOf } from '../../transfers/countries.js'

const mostText = 5000
const mostCell = 500
const mostRows = 100

/** Null where it fits in no way. */
export function cleanValue(question: Question, raw: unknown): Value | null {
  const known = (id: unknown): id is string => question.options.some((option) => option.id === id)
  switch (question.type) {
    case 'single':
      return known(raw) ? raw : null
    case 'multi':
      return some(listOf(raw).filter(known))
    case 'text':
      return textOf(raw, mostText) || null
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) && within(question, raw) ? raw : null
    case 'date':
      return isDay(raw) ? raw : null
    case 'contact':
      return someOf(partsOf<keyof Contact>(raw, ['name', 'email', 'phone', 'incidents']))
    case 'identity':
      return someOf(partsOf<keyof Identity>(raw, ['name', 'registration', 'address', 'country']))
    case 'signoff':
      return null
    case 'countries':
      return some(
        listOf(raw).filter((code): code is string => typeof code === 'string' && countryOf(code) !== null),
      )
    case 'per-country': {
      const told = Object.entries(recordOf(recordOf(raw)['byCountry'])).flatMap(([country, option]) =>
        countryOf(country) !== null && known(option) ? [[country, option] as const] : [],
      )
      return told.length > 0 ? { byCountry: Object.fromEntries(told) } : null
    }
    case 'table': {
      const ids = question.columns.map(({ id }) => id)
      const rows = listOf(raw)
        .slice(0, mostRows)
        .map((row) => partsOf(row, ids))
      return some(rows.filter((row) => Object.values(row).some((cell) => cell !== '')))
    }
  }
}

export function within({ min, max }: Pick<Question, 'min' | 'max'>, value: number): boolean {
  return value >= (min ?? -Infinity) && value <= (max ?? Infinity)
}

function some<Item>(list: readonly Item[]): readonly Item[] | null {
  return list.length > 0 ? list : null
}

function someOf<Parts extends Record<string, string>>(parts: Parts): Parts | null {
  return Object.values(parts).some((part) => part !== '') ? parts : null
}

function partsOf<Part extends string>(raw: unknown, names: readonly Part[]): Record<Part, string> {
  const given = recordOf(raw)
  return Object.fromEntries(names.map((name) => [name, textOf(given[name], mostCell)])) as Record<
    Part,
    string
  >
}

function textOf(raw: unknown, most: number): string {
  return typeof raw === 'string' ? raw.normalize('NFC').trim().slice(0, most) : ''
}

function listOf(raw: unknown): unknown[] {
  return Array.isArray(raw) ? raw : []
}

function recordOf(raw: unknown): Record<string, unknown> {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {}
}
