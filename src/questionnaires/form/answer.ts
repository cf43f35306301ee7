/** One answer out of a form: fields named after the question, each of them as a browser sends it. */
import { isDay } from '../../base/day.js'
import type { Problem } from '../../base/form.js'
import type { Value } from '../../question-sets/rules/answer.js'
import type { Question } from '../../question-sets/rules/set.js'
import { countriesNamed } from '../rules/countries.js'

const mostText = 5000
const mostCell = 500
const mostRows = 100

/** A question's fields: 'S01.02' is 'S01_02', with 'S01_02__comment' and 'S01_02__seen' beside it. A dot would name a part. */
export function keyOf(question: Pick<Question, 'id'>): string {
  return question.id.replaceAll(/[.[\]\s]/g, '_')
}

export type TypedAnswer = { value: Value | null; comment: string; seen: number; problems: Problem[] }

/** Null where the form did not show the question. */
export function readAnswer(question: Question, body: unknown): TypedAnswer | null {
  const key = keyOf(question)
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const seen = clean(fields[`${key}__seen`])
  if (!/^\d{1,6}$/.test(seen)) return null
  const reading: Reading = { question, key, problems: [] }
  const comment = bounded(reading, `${key}__comment`, clean(fields[`${key}__comment`]), mostText)
  const value = readers[question.type](reading, Object.hasOwn(fields, key) ? fields[key] : undefined)
  return { value, comment, seen: Number(seen), problems: reading.problems }
}

type Reading = { question: Question; key: string; problems: Problem[] }

const readers: Record<Question['type'], (reading: Reading, typed: unknown) => Value | null> = {
  single: ({ question }, typed) => question.options.find(({ id }) => id === typed)?.id ?? null,
  multi({ question }, typed) {
    const picked = question.options.map(({ id }) => id).filter((id) => [typed].flat().includes(id))
    return picked.length > 0 ? picked : null
  },
  text: (reading, typed) => bounded(reading, reading.key, clean(typed), mostText) || null,
  number: readNumber,
  date: (reading, typed) => readDay(reading, reading.key, clean(typed)) || null,
  contact(reading, typed) {
    const contact = parts(reading, typed, ['name', 'email', 'phone', 'incidents'])
    if (contact.email && !/^[^\s<>@,;"]+@[^\s<>@,;"]+\.[^\s<>@,;".]{2,}$/.test(contact.email))
      reading.problems.push({ field: `${reading.key}.email`, text: 'not-an-email' })
    return someOf(contact)
  },
  identity(reading, typed) {
    const identity = parts(reading, typed, ['name', 'registration', 'address', 'country'])
    return someOf(identity)
  },
  signoff(reading, typed) {
    const signoff = parts(reading, typed, ['name', 'title', 'on'])
    return someOf({ ...signoff, on: readDay(reading, `${reading.key}.on`, signoff.on) })
  },
  table: readTable,
  countries(reading, typed) {
    const codes = readCountries(reading, reading.key, [typed].flat().map(clean).join(','))
    return codes.length > 0 ? codes : null
  },
  'per-country'({ question }, typed) {
    const given = Object.entries(recordOf(typed)).flatMap(([country, option]) =>
      /^[A-Z]{2,4}$/.test(country) && question.options.some(({ id }) => id === option)
        ? [[country, String(option)] as const]
        : [],
    )
    return given.length > 0 ? { byCountry: Object.fromEntries(given) } : null
  },
}

function readNumber({ question, key, problems }: Reading, typed: unknown): number | null {
  const text = clean(typed)
  if (text === '') return null
  const { min, max } = question
  // As Danes and others write them: 1.000 and 1,000 are a thousand, 1,5 is one and a half.
  const plain = text.replaceAll(/[\s\u00a0]|[.,](?=\d{3}(?:\D|$))/g, '').replace(',', '.')
  const number = /^-?\d{1,12}(?:\.\d{1,4})?$/.test(plain) ? Number(plain) : NaN
  if (Number.isNaN(number)) {
    problems.push({ field: key, text: 'not-a-number' })
    return null
  }
  if (number < (min ?? -Infinity) || number > (max ?? Infinity)) {
    problems.push({
      field: key,
      text: 'not-a-number-between',
      facts: { least: min ?? '–', most: max ?? '–' },
    })
    return null
  }
  return number
}

function readTable(reading: Reading, typed: unknown): Value | null {
  const { question, key, problems } = reading
  const given = Array.isArray(typed) ? (typed as unknown[]) : Object.values(recordOf(typed))
  if (given.length > mostRows) problems.push({ field: key, text: 'too-many-rows', facts: { most: mostRows } })
  const rows = given.slice(0, mostRows).map((row, at) => {
    const cells = recordOf(row)
    return Object.fromEntries(
      question.columns.map(({ id, type }) => {
        const field = `${key}.${at}.${id}`
        const text = bounded(reading, field, clean(cells[id]), mostCell)
        if (type === 'date') return [id, readDay(reading, field, text)]
        return [id, type === 'countries' ? readCountries(reading, field, text).join(', ') : text]
      }),
    )
  })
  const filled = rows.filter((row) => Object.values(row).some((cell) => cell !== ''))
  return filled.length > 0 ? filled : null
}

function readCountries({ problems }: Reading, field: string, text: string): string[] {
  const { codes, unknown } = countriesNamed(text)
  if (unknown.length > 0)
    problems.push({ field, text: 'country-unknown', facts: { name: unknown.slice(0, 3).join(', ') } })
  return codes
}

function readDay({ problems }: Reading, field: string, text: string): string {
  if (text === '' || isDay(text)) return text
  problems.push({ field, text: 'not-a-day' })
  return ''
}

function parts<Part extends string>(reading: Reading, typed: unknown, names: readonly Part[]) {
  const fields = recordOf(typed)
  return Object.fromEntries(
    names.map((name) => [name, bounded(reading, `${reading.key}.${name}`, clean(fields[name]), mostCell)]),
  ) as Record<Part, string>
}

function someOf<Parts extends Record<string, string>>(given: Parts): Parts | null {
  return Object.values(given).some((part) => part !== '') ? given : null
}

function bounded({ problems }: Reading, field: string, text: string, most: number): string {
  if (text.length > most) problems.push({ field, text: 'too-long', facts: { most } })
  return text.slice(0, most)
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function clean(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFC').replace(/\r\n?/g, '\n').trim() : ''
}
