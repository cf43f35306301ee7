import { isDay, type Day } from '../../base/day.js'
import type { EngagementInput, VendorInput } from '../../register/actions.js'
import type { Place } from '../../register/rules.js'
import { bases, isEea, type SccModule, type Transfer } from '../../transfers/rules.js'
import { readDay, readYesNo } from './cells.js'
import { readCountries, readCountry } from './countries.js'
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

export function dayUpTo(read: RowReader, field: string, today: Day): Day | undefined {
  const day = read.value(field, readDay, 'not-a-day')
  if (day === undefined || day <= today) return day
  read.say(field, 'problem', 'day-in-future', { day })
  return undefined
}

export function contractIn(read: RowReader): Pick<EngagementInput, 'contract'> | Record<string, never> {
  const signedOn = read.value('contractSignedOn', readDay, 'not-a-day')
  const dpaVersion = read.text('contractVersion', 60)
  const template = read.value('contractTemplate', (text) => codeOf('template', text))
  if (signedOn === undefined && dpaVersion === undefined && template === undefined) return {}
  return {
    contract: {
      ...only('dpaVersion', dpaVersion),
      ...only('signedOn', signedOn),
      template: template ?? 'theirs',
    },
  }
}

export function dueDiligenceIn(
  read: RowReader,
): Pick<EngagementInput, 'dueDiligence'> | Record<string, never> {
  const conclusion = read.value('conclusion', (text) => codeOf('conclusion', text))
  const concludedOn = read.value('concludedOn', readDay, 'not-a-day')
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

export function assuranceIn(read: RowReader): Pick<EngagementInput, 'assurance'> | Record<string, never> {
  const owed = read.value('assuranceOwed', readYesNo)
  const kind = read.text('assuranceKind', 200)
  const clause = read.text('assuranceClause', 200)
  if (owed === undefined && kind === undefined && clause === undefined) return {}
  return { assurance: { owed: owed ?? true, ...only('kind', kind), ...only('clause', clause) } }
}

export function placesFrom(text: string): Place[] | null {
  const places = readLines(text).map(([kind = '', where = '', country = '']) => {
    const [code, place] = [readCountry(country), codeOf('place', kind)]
    return code !== null && place !== null && where !== ''
      ? { kind: place, address: where, country: code }
      : null
  })
  return places.every((place) => place !== null) ? places : null
}

/** 'USA | scc-2021 | module=3 | signed=2024-01-01 …', as the export writes them. */
export function transfersFrom(text: string): Transfer[] | null {
  const transfers = readLines(text).map(([place = '', named = '', ...rest]): Transfer | null => {
    const country = readCountry(place)
    const basis = bases.find((each) => each === named)
    if (country === null || basis === undefined || isEea(country)) return null
    const facts = new Map(
      rest.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const),
    )
    const day = (name: string) => [facts.get(name)].find(isDay)
    const module = Number(facts.get('module'))
    const tia = { ...only('concludedOn', day('tia')), ...only('reviewOn', day('tia-review')) }
    return {
      country,
      basis,
      ...(module >= 1 && module <= 4 ? { module: module as SccModule } : {}),
      ...only('signedOn', day('signed')),
      ...(Object.keys(tia).length > 0 ? { tia } : {}),
      ...only('listingCheckedOn', day('listing')),
      ...(facts.get('exporter') === 'vendor' ? { exporter: 'vendor' as const } : {}),
      ...only('supplementary', facts.get('supplementary')),
      ...only('note', facts.get('note')),
    }
  })
  return transfers.every((transfer) => transfer !== null) ? transfers : null
}

export function only<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
}
