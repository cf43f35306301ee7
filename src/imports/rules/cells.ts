import { addDays, isDay, type Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import {
  numberChecksOut,
  registrationKinds,
  tidyNumber,
  type Registration,
  type RegistrationKind,
} from '../../base/registration.js'
import { codeOf } from './words.js'

const months = new Map(
  [
    ['januar', 'january', 'jan'],
    ['februar', 'february', 'feb'],
    ['marts', 'march', 'mar'],
    ['april', 'apr'],
    ['maj', 'may'],
    ['juni', 'june', 'jun'],
    ['juli', 'july', 'jul'],
    ['august', 'aug'],
    ['september', 'sep', 'sept'],
    ['oktober', 'october', 'okt', 'oct'],
    ['november', 'nov'],
    ['december', 'dec'],
  ].flatMap((names, place) => names.map((name) => [name, place + 1] as const)),
)

/** A day in one of the usual forms, a spreadsheet's day number among them; null where it is none. Days before months, as in Europe. */
export function readDay(text: string): Day | null {
  const plain = text.trim().toLowerCase()
  const year = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[t ].*)?$/.exec(plain)
  if (year) return dayFrom(year[1], year[2], year[3])
  const numbers = /^(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4}|\d{2})$/.exec(plain)
  // 4/13/2018 can only be American.
  if (numbers)
    return dayFrom(numbers[3], numbers[2], numbers[1]) ?? dayFrom(numbers[3], numbers[1], numbers[2])
  const worded = /^(\d{1,2})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?([a-zæøå]+)\.?,?\s+(\d{4})$/.exec(plain)
  if (worded) return dayFrom(worded[3], months.get(worded[2] ?? ''), worded[1])
  const american = /^([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/.exec(plain)
  if (american) return dayFrom(american[3], months.get(american[1] ?? ''), american[2])
  // Excel counts days from 30 December 1899; these are the years 1982 to 2119.
  if (/^\d{5}(?:\.0+)?$/.test(plain) && Number(plain) >= 30_000 && Number(plain) < 80_000)
    return addDays('1900-01-01', Math.trunc(Number(plain)) - 2)
  return null
}

/** 'marts 2024', '03-2024', 'Q1 2024', '2024': when it was is said, but no day of it. */
export function readMonth(text: string): boolean {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^(?:ca\.?|primo|medio|ultimo|start|slut|early|late|mid)\s+/, '')
  if (
    /^(?:19|20)\d{2}$/.test(plain) ||
    /^(?:q[1-4]|[1-4]\.? (?:kvartal|kvt\.?))[\s,-]*(?:19|20)\d{2}$/.test(plain)
  )
    return true
  if (
    /^(?:0?[1-9]|1[0-2])[-./ ](?:19|20)\d{2}$/.test(plain) ||
    /^(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])$/.test(plain)
  )
    return true
  const [, word = ''] = /^([a-zæøå]+)\.?[\s,-]+(?:19|20)?\d{2}$/.exec(plain) ?? []
  return months.has(word)
}

function dayFrom(
  year: string | undefined,
  month: string | number | undefined,
  date: string | undefined,
): Day | null {
  const whole = year?.length === 2 ? `20${year}` : year
  const day = `${whole}-${String(month ?? '').padStart(2, '0')}-${(date ?? '').padStart(2, '0')}`
  return isDay(day) ? day : null
}

export function readYesNo(text: string): boolean | null {
  if (['✓', '✔', '☑'].includes(text.trim())) return true
  const code = codeOf('answer', text)
  return code === null ? null : code === 'yes'
}

/** '30 dage', '1 month', '20 working days', '30': days where no unit is named. */
export function readPeriod(text: string): NoticePeriod | null {
  const [, number = '', unit = ''] = /^(\d{1,3})\s*(.*)$/.exec(text.trim().toLowerCase()) ?? []
  const length = Number(number)
  if (length < 1 || length > 365) return null
  const named = unit
    .replace(/['’]?\s*(?:notice|varsel)$/, '')
    .replace(/s?['’]$/, '')
    .trim()
  if (named === '') return { length, unit: 'days' }
  if (/^(?:uger?|weeks?)$/.test(named)) return { length: length * 7, unit: 'days' }
  const code = codeOf('unit', named)
  return code === null ? null : { length, unit: code }
}

const labels: [RegExp, RegistrationKind | null][] = [
  [/^(?:cvr|danish cvr)[\s.\-:]*(?:nr|nummer|no)?[\s.:]*/i, 'CVR'],
  [/^lei[\s.:]*/i, 'LEI'],
  [/^(?:vat|moms)[\s.\-:]*(?:nr|nummer|no|number|reg)?[\s.:]*/i, 'VAT'],
  [/^(?:org(?:anisation(?:s)?)?)[\s.\-:]*(?:nr|nummer|no|number)?[\s.:]*/i, null],
  [/^(?:company|reg(?:istration)?|crn)[\s.\-:]*(?:nr|nummer|no|number)?[\s.:]*/i, null],
]

const shapes: [RegistrationKind, RegExp, string][] = [
  ['CVR', /^(?:DK)?[1-9]\d{7}$/, 'DK'],
  ['SE', /^\d{6}-?\d{4}$/, 'SE'],
  ['NO', /^(?:NO)?[89]\d{8}(?:MVA)?$/, 'NO'],
  ['FI', /^\d{7}-\d$/, 'FI'],
  ['LEI', /^[0-9A-Z]{18}\d{2}$/, ''],
  ['VAT', /^[A-Z]{2}[0-9A-Z]{7,12}$/, ''],
]

export type ReadNumber = { registration: Registration; sound: boolean } | null

/** A registration number with its kind as said, as its label says, or as its shape and check digits tell. Null for one struck out. */
export function readRegistration(
  text: string,
  { kind, country, kept = false }: { kind?: string; country?: string | null; kept?: boolean } = {},
): ReadNumber {
  let rest = text.normalize('NFKC').trim()
  // With a reason to keep it, a number is what it says; without one, 'xxxxxxxx' is none.
  if (/^[x*#\-–.\s]+$/i.test(rest) && !kept) return null
  let said = registrationKinds.find((each) => each.toLowerCase() === kind?.trim().toLowerCase()) ?? null
  for (const [label, labelled] of labels) {
    if (!label.test(rest)) continue
    rest = rest.replace(label, '')
    said ??= labelled
    break
  }
  const found = said ?? kindOf(rest, country ?? null)
  const number = tidyNumber(found, rest)
  return { registration: { kind: found, number }, sound: numberChecksOut(found, number) }
}

function kindOf(text: string, country: string | null): RegistrationKind {
  if (/^HR[AB]\b/i.test(text)) return 'DE'
  const bare = text.replace(/\s/g, '').toUpperCase()
  const fitting = shapes.filter(([, shape]) => shape.test(bare))
  const here = fitting.find(
    ([kind, , home]) => home !== '' && home === country && numberChecksOut(kind, bare),
  )
  const sound = fitting.find(
    ([kind, , home]) => (home === '' || country === null || home === country) && numberChecksOut(kind, bare),
  )
  const likely = fitting.find(([, , home]) => home !== '' && home === country)
  return (here ?? sound ?? likely)?.[0] ?? 'other'
}

/** Parts of a cell that names several things. */
export function partsOf(text: string): string[] {
  return text
    .split(/[\n;]|,(?!\d)/)
    .map((part) => part.replace(/^[-–•*]\s+/, '').trim())
    .filter(Boolean)
}

/** What a spreadsheet shows where a formula failed. */
export function isCellError(text: string): boolean {
  return /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/.test(text)
}
