import { addDays, earlierOf, type Day } from '../../base/day.js'
import { agreementOn } from '../../customers/rules.js'
import { findNoticesByIds } from '../../notices/records/notices.js'
import { customersApproving, listForAll } from '../../register/actions.js'
import { lawNow } from '../../transfers/actions.js'
import type { TransferInstruction } from '../../transfers/rules.js'
import { agreementsOf, instructedByNotice } from '../records/figures.js'
import {
  diedIn,
  isInstructed,
  transfersOf,
  type CountedTransfer,
  type Transferring,
} from '../rules/figures-transfers.js'
import type { DrawnSection, Item } from '../rules/figures-made.js'
import type { Part } from './figures-part.js'

/** Transfers at the period's end: valid in law, and covered by the customers' instruction, which are two questions (C.6). */
export const transferFigures: Part = async ({ today }, { from, to }) => {
  const end = earlierOf(to, today)
  const [law, start, rows] = await Promise.all([lawNow(), transferring(addDays(from, -1)), transferring(end)])
  const all = rows.flatMap((row) => transfersOf(law, row, end))
  const lacking = await lackingInstruction(all, end)
  const known = new Map([...start, ...rows].map((row) => [row.engagement, row]))
  const died = diedIn(law, [...known.values()], { from, to: end })
  const items = (transfers: readonly CountedTransfer[]) => transfers.map(itemOf)
  const asking = all.filter(({ assessed }) => assessed !== null)
  const section: DrawnSection = {
    key: 'transfers',
    figures: [
      { key: 'transfers.end', items: items(all) },
      {
        key: 'transfers.lawful',
        items: items(all.filter(({ state }) => state === 'lawful')),
        of: all.length,
      },
      {
        key: 'transfers.instructed',
        items: items(all.filter((each) => !lacking.has(keyOf(each)))),
        of: all.length,
      },
      {
        key: 'transfers.assessed',
        items: items(asking.filter(({ assessed }) => assessed === true)),
        of: asking.length,
      },
      {
        key: 'transfers.died',
        items: died.map(({ decision, on }) => ({
          reference: decision._id,
          url: `/decisions/${decision._id}`,
          log: { kind: 'decision', id: decision._id },
          on,
        })),
      },
      {
        key: 'transfers.stood-on-died',
        items: [
          ...new Map(died.flatMap((each) => each.rows).map((row) => [row.engagement, row])).values(),
        ].map(({ engagement, reference }) => ({
          reference,
          url: `/engagements/${reference}`,
          log: { kind: 'engagement', id: engagement },
          on: null,
        })),
      },
    ],
    tables: [
      {
        key: 'transfers.by-basis',
        columns: ['basis', 'country', 'transfers', 'lawful', 'instructed'],
        rows: groups(all).map(([basis, country, those]) => ({
          reference: `${basis} ${country}`,
          evidence: null,
          cells: [
            basis,
            country,
            those.length,
            those.filter(({ state }) => state === 'lawful').length,
            those.filter((each) => !lacking.has(keyOf(each))).length,
          ],
        })),
      },
    ],
  }
  return section
}

/** What any customer has approved on the day, as it was then. */
async function transferring(day: Day): Promise<Transferring[]> {
  const rows = await listForAll(day)
  return rows.map(({ engagement, reference, content }) => ({
    engagement,
    reference,
    role: content.role,
    storageCountries: content.storageCountries,
    accessCountries: content.accessCountries,
    transfers: content.transfers,
  }))
}

/** Transfers of which some customer that has the engagement approved has not instructed any basis. */
async function lackingInstruction(all: readonly CountedTransfer[], day: Day): Promise<Set<string>> {
  const lacking = new Set<string>()
  if (all.length === 0) return lacking
  const { groups: kinds, of } = await instructionsOn(day)
  const doubtful = all.filter((each) => kinds.some((instruction) => !isInstructed(each, instruction)))
  const holding = new Map<string, string[]>()
  for (const transfer of doubtful) {
    const { engagement } = transfer
    const customers = holding.get(engagement) ?? (await customersApproving([engagement], day))
    holding.clear()
    holding.set(engagement, customers)
    const without = customers.filter((customer) => {
      const instruction = kinds[of.get(customer) ?? -1]
      return instruction !== undefined && !isInstructed(transfer, instruction)
    })
    if (await anyWithoutOwn(without, transfer)) lacking.add(keyOf(transfer))
  }
  return lacking
}

/** Customers that have instructed the same: ten thousand of them are some dozen kinds. */
async function instructionsOn(
  day: Day,
): Promise<{ groups: TransferInstruction[]; of: ReadonlyMap<string, number> }> {
  const places = new Map<string, number>()
  const found: TransferInstruction[] = []
  const of = new Map<string, number>()
  for await (const customers of agreementsOf({ on: day }))
    for (const { _id, agreements } of customers) {
      const instruction = agreementOn(agreements, day)?.transferInstruction
      if (!instruction) continue
      const key = JSON.stringify([instruction.kind, instruction.countries])
      const place = places.get(key) ?? found.push(instruction) - 1
      places.set(key, place)
      of.set(_id, place)
    }
  return { groups: found, of }
}

const together = 500

async function anyWithoutOwn(customers: readonly string[], transfer: CountedTransfer): Promise<boolean> {
  for (let at = 0; at < customers.length; at += together)
    if ((await withoutOwn(customers.slice(at, at + together), transfer)).length > 0) return true
  return false
}

/** Those of the customers that gave no instruction of their own on their page when they were told of it. */
async function withoutOwn(
  customers: readonly string[],
  { engagement, country }: CountedTransfer,
): Promise<string[]> {
  const given = await instructedByNotice(customers)
  if (given.length === 0) return [...customers]
  const notices = new Map(
    (await findNoticesByIds([...new Set(given.map(({ notice }) => notice))])).map((each) => [each._id, each]),
  )
  const instructed = new Set(
    given
      .filter(
        ({ notice, instruction }) =>
          instruction.countries.includes(country) &&
          notices.get(notice)?.lines.some((line) => line.engagement === engagement),
      )
      .map(({ customer }) => customer),
  )
  return customers.filter((customer) => !instructed.has(customer))
}

function groups(all: readonly CountedTransfer[]): [string, string, CountedTransfer[]][] {
  const found = new Map<string, CountedTransfer[]>()
  for (const each of all) {
    const key = `${each.bases[0] ?? 'none'} ${each.country}`
    found.set(key, [...(found.get(key) ?? []), each])
  }
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, those]) => [key.split(' ')[0] ?? '', key.split(' ')[1] ?? '', those])
}

function keyOf({ engagement, country }: CountedTransfer): string {
  return `${engagement}/${country}`
}

function itemOf({ engagement, reference, country }: CountedTransfer): Item {
  return {
    reference: `${reference} ${country}`,
    url: `/engagements/${reference}`,
    log: { kind: 'engagement', id: engagement },
    on: null,
  }
}
