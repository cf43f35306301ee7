import { isDay, type Day } from '../../base/day.js'
import type { EngagementInput, VendorInput } from '../../register/actions.js'
import type { Assurance, Contract, Use } from '../../register/rules.js'
import { readDay, readMonth, readYesNo } from './cells.js'
import { readCountries } from './countries.js'
import { readLines } from './lines.js'
import { shortened, type RowReader } from './plan.js'
import { codeOf } from './words.js'

export type VendorContacts = VendorInput['contacts']

export function contactsFrom(text: string): VendorContacts | null {
  const contacts = readLines(text).map(([name = '', email = '', phone = '', role = '', locale = '']) => ({
    name,
    ...(email === '' ? {} : { email }),
    ...(phone === '' ? {} : { phone }),
    role: codeOf('contactRole', role) ?? ('other' as const),
    locale: codeOf('locale', locale) ?? ('da' as const),
  }))
  return contacts.every(({ name }) => name !== '') ? contacts : null
}

export function countriesIn(read: RowReader, field: string): string[] | undefined {
  return read.value(field, (text) => {
    const { codes, regions, places, unread } = readCountries(text)
    if (regions.length > 0) read.say(field, 'warning', 'region', { text: regions.join(', ') })
    if (places.length > 0) read.say(field, 'note', 'place-beside', { text: shortened(places.join(', ')) })
    if (unread.length > 0)
      read.say(field, 'warning', 'country-unread', { text: shortened(unread.join(', ')) })
    return codes
  })
}

/** A day. Where a month or a year is all that is said, the cell is left empty: which day it was has to be found out. */
export function dayIn(read: RowReader, field: string): Day | undefined {
  const said = read.value(field, (text) => readDay(text) ?? (readMonth(text) ? text : null), 'not-a-day')
  if (said === undefined || isDay(said)) return said
  read.say(field, 'warning', 'month-only', { text: said })
  return undefined
}

/** The day something was signed; 'ja' says that it was, and not when. `is`: whether it was at all. */
export function signedIn(read: RowReader, field: string): { is: boolean; on?: Day } {
  const said = read.value(
    field,
    (text) => readDay(text) ?? (readMonth(text) || readYesNo(text) !== null ? text : null),
    'not-a-day',
  )
  if (said === undefined) return { is: false }
  if (isDay(said)) return { is: true, on: said }
  const answer = readMonth(said) ? null : readYesNo(said)
  if (answer === false) return { is: false }
  if (answer === null) read.say(field, 'warning', 'month-only', { text: said })
  else read.say(field, 'warning', 'signed-without-day')
  return { is: true }
}

export function dayUpTo(read: RowReader, field: string, today: Day): Day | undefined {
  const day = dayIn(read, field)
  if (day === undefined || day <= today) return day
  read.say(field, 'problem', 'day-in-future', { day })
  return undefined
}

export function contractIn(read: RowReader): { contract?: Partial<Contract> } {
  const { is: isSigned, on: signedOn } = signedIn(read, 'contractSignedOn')
  const dpaVersion = read.text('contractVersion', 60)
  const template = read.value('contractTemplate', (text) => codeOf('template', text))
  if (!isSigned && dpaVersion === undefined && template === undefined) return {}
  return {
    contract: {
      ...only('dpaVersion', dpaVersion),
      ...only('signedOn', signedOn),
      ...only('template', template),
    },
  }
}

export function dueDiligenceIn(
  read: RowReader,
): Pick<EngagementInput, 'dueDiligence'> | Record<string, never> {
  const conclusion = read.value('conclusion', (text) => codeOf('conclusion', text))
  const concludedOn = dayIn(read, 'concludedOn')
  const note = read.text('dueDiligenceNote', 2000)
  if (conclusion === undefined && concludedOn === undefined && note === undefined) return {}
  return {
    dueDiligence: {
      ...only('conclusion', conclusion),
      ...only('note', note),
      ...only('concludedOn', concludedOn),
    },
  }
}

export function assuranceIn(read: RowReader): { assurance?: Partial<Assurance> } {
  const owed = read.value('assuranceOwed', readYesNo)
  const kind = read.text('assuranceKind', 200)
  const clause = read.text('assuranceClause', 200)
  if (owed === undefined && kind === undefined && clause === undefined) return {}
  return { assurance: { ...only('owed', owed), ...only('kind', kind), ...only('clause', clause) } }
}

/** Use that began and ended: '2020-01-01 | 2021-06-01'. */
export function usesFrom(text: string): Use[] | null {
  const uses = readLines(text).map(([since = '', until = '']) =>
    isDay(since) && (until === '' || isDay(until)) ? { since, until: until === '' ? null : until } : null,
  )
  return uses.every((use) => use !== null) ? uses : null
}

export function only<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
}
