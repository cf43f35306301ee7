import { isDay } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import {
  bases,
  countryName,
  countryOf,
  derogations,
  listingCovers,
  listingStatuses,
  tiaConclusions,
  transferWays,
  type Transfer,
} from '../../transfers/rules.js'
import { readCountry } from './countries.js'
import { readLines } from './lines.js'

/** What stands after the name of a fact: read as the value it is on record, null where it is none. */
type Reads = (text: string) => unknown

const text: Reads = (given) => (given.length <= 5000 ? given : null)
const day: Reads = (given) => (isDay(given) ? given : null)
const flag: Reads = (given) => (given === 'yes' ? true : given === 'no' ? false : null)
const among =
  (values: readonly (string | number)[]): Reads =>
  (given) =>
    values.find((value) => String(value) === given) ?? null
const someOf =
  (values: readonly string[]): Reads =>
  (given) => {
    const parts = given === '' ? [] : given.split(',')
    return parts.every((part) => values.includes(part)) ? parts : null
  }
const country: Reads = (given) => (countryOf(given) ? given : null)
const count: Reads = (given) => (/^\d{1,4}$/.test(given) ? Number(given) : null)

/** Each fact of a transfer by the name it has in the cell; files stay where they are, a spreadsheet holds none. */
const facts: [name: string, path: readonly [string, string?], reads: Reads][] = [
  ['way', ['way'], among(transferWays)],
  ['module', ['module'], among([1, 2, 3, 4])],
  ['module-reason', ['moduleReason'], text],
  ['signed', ['signedOn'], day],
  ['docking', ['clauses', 'docking'], flag],
  ['clause9', ['clauses', 'clause9'], among(['specific', 'general'])],
  ['clause9-days', ['clauses', 'clause9Days'], count],
  ['authority', ['clauses', 'authority'], text],
  ['law', ['clauses', 'law'], country],
  ['forum', ['clauses', 'forum'], country],
  ['annexes', ['clauses', 'annexes'], flag],
  ['tia', ['tia', 'concludedOn'], day],
  ['tia-review', ['tia', 'reviewOn'], day],
  ['tia-laws', ['tia', 'laws'], text],
  ['tia-conclusion', ['tia', 'conclusion'], among(tiaConclusions)],
  ['listing', ['listingCheckedOn'], day],
  ['listed-as', ['listing', 'entity'], text],
  ['listing-status', ['listing', 'status'], among(listingStatuses)],
  ['listing-covers', ['listing', 'covers'], someOf(listingCovers)],
  ['group', ['groupRules', 'group'], text],
  ['group-authority', ['groupRules', 'authority'], text],
  ['group-approved', ['groupRules', 'approvedOn'], day],
  ['derogation', ['derogation'], among(derogations)],
  ['scope-checked', ['withinScope', 'checkedOn'], day],
  ['scope-how', ['withinScope', 'how'], text],
  ['exporter', ['exporter'], among(['us', 'vendor'])],
  ['party-exporter', ['parties', 'exporter'], text],
  ['party-importer', ['parties', 'importer'], text],
  ['supplementary', ['supplementary'], text],
  ['note', ['note'], text],
]

type Values = Record<string, unknown>

export function transferParts(transfer: Transfer, locale: Locale): string[] {
  const said = facts.flatMap(([name, [field, inner]]) => {
    const outer = (transfer as unknown as Values)[field]
    const value = inner === undefined ? outer : (outer as Values | undefined)?.[inner]
    return value === undefined || value === null ? [] : [`${name}=${written(value)}`]
  })
  return [countryName(transfer.country, locale), transfer.basis, ...said]
}

function written(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(',') : String(value)
}

/** 'USA | scc-2021 | module=3 | signed=2024-01-01 …', as the export writes them. Null where a word of it is not known. */
export function transfersFrom(given: string): Transfer[] | null {
  const transfers = readLines(given).map(([place = '', basis = '', ...rest]): Transfer | null => {
    const code = readCountry(place)
    if (code === null || !(bases as readonly string[]).includes(basis)) return null
    const transfer: Values = { country: code, basis }
    for (const part of rest) {
      const name = part.slice(0, part.indexOf('='))
      const fact = facts.find(([known]) => known === name)
      const value = fact?.[2](part.slice(name.length + 1))
      if (!fact || value === null) return null
      const [field, inner] = fact[1]
      transfer[field] =
        inner === undefined ? value : { ...(transfer[field] as Values | undefined), [inner]: value }
    }
    return transfer as unknown as Transfer
  })
  return transfers.every((transfer) => transfer !== null) ? transfers : null
}
