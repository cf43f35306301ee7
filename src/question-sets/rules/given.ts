import { isDay } from '../../base/day.js'
import type { Given, Value } from './answer.js'
import type { Option, Question } from './set.js'

/** The parts without which such an answer is not one. A registration number may be missing: not every country has them. */
const neededParts = {
  contact: ['name', 'email', 'incidents'],
  identity: ['name', 'address', 'country'],
  signoff: ['name', 'title', 'on'],
} as const

/** The option that says the question does not concern them; the reviewer may refuse it. */
export const notApplicable = 'na'

/**
 * What of an answer stands: null where there is none, or where it does not fit the question (an option that a new version
 * no longer has). 'None' beside something else is dropped.
 */
export function standing(question: Question, given: Given | undefined): Value | null {
  const value = given?.value ?? null
  return value === null ? null : reading[question.type](question, value)
}

/**
 * Answered as far as the asking goes. A date that is asked for may be left empty where the comment says why: 'never' is an
 * answer, and a form that only takes a date would make them invent one.
 */
export function isAnswered(question: Question, given: Given | undefined): boolean {
  if (standing(question, given) !== null) return true
  return question.type === 'date' && (given?.comment.trim() ?? '') !== ''
}

/** The options an answer names: the one, the several, or those given for countries. */
export function chosen(question: Question, value: Value | null): Option[] {
  const ids = new Set(
    typeof value === 'string'
      ? [value]
      : Array.isArray(value)
        ? (value as readonly unknown[]).filter((one) => typeof one === 'string')
        : isByCountry(value)
          ? Object.values(value.byCountry)
          : [],
  )
  return question.options.filter(({ id }) => ids.has(id))
}

export function isByCountry(value: unknown): value is { byCountry: Readonly<Record<string, string>> } {
  return isRecord(value) && isRecord(value['byCountry'])
}

const reading: Record<Question['type'], (question: Question, value: Value) => Value | null> = {
  single: (question, value) => (question.options.some(({ id }) => id === value) ? value : null),
  multi(question, value) {
    const picked = question.options.filter(({ id }) => texts(value).includes(id))
    const free = picked.filter(({ exclusive }) => !exclusive)
    const left = free.length > 0 ? free : picked
    return left.length > 0 ? left.map(({ id }) => id) : null
  },
  text: (_, value) => (typeof value === 'string' && value.trim() !== '' ? value : null),
  number: (_, value) => (typeof value === 'number' && Number.isFinite(value) ? value : null),
  date: (_, value) => (isDay(value) ? value : null),
  contact: (_, value) => whole(value, neededParts.contact),
  identity: (_, value) => whole(value, neededParts.identity),
  signoff: (_, value) => whole(value, neededParts.signoff),
  // A row that does not say who or what it is about says nothing.
  table(question, value) {
    const first = question.columns[0]?.id ?? ''
    const rows = Array.isArray(value) ? (value as readonly unknown[]).filter(isRecord) : []
    const filled = rows.filter((row) => isFilled(row[first]))
    return filled.length > 0 ? (filled as readonly Record<string, string>[]) : null
  },
  countries: (_, value) => (texts(value).length > 0 ? texts(value) : null),
  'per-country'(question, value) {
    if (!isByCountry(value)) return null
    const known = Object.entries(value.byCountry).filter(([, given]) =>
      question.options.some(({ id }) => id === given),
    )
    return known.length > 0 ? { byCountry: Object.fromEntries(known) } : null
  },
}

function texts(value: Value): string[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter((one) => typeof one === 'string') : []
}

function whole(value: Value, parts: readonly string[]): Value | null {
  const fields: unknown = value
  return isRecord(fields) && parts.every((part) => isFilled(fields[part])) ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}
