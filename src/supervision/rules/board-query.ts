/** What an address asks of the board, and the rows that answer it: selected, sorted and paged in memory, some thousands at most. */
import { searcher, searchTokens } from '../../db/keys.js'
import { riskBands, type RiskBand } from '../../register/rules.js'
import { dutyStates, type DutyState } from './duty.js'
import type { VendorYear } from './board.js'

export const boardSorts = ['name', 'state', 'due', 'risk'] as const
export type BoardSort = (typeof boardSorts)[number]

export type BoardQuery = {
  year: number
  q: string
  state: DutyState | null
  band: RiskBand | null
  service: string | null
  weak: boolean
  month: number | null
  sort: BoardSort
  /** Where the page begins; '' is the first. */
  page: string
}

const boardPageSize = 50

/** Rows of which some duty, engagement or name is what was asked for, in the order asked for. */
export function selectRows(rows: readonly VendorYear[], query: Omit<BoardQuery, 'page'>): VendorYear[] {
  const finds = searcher(query.q)
  return rows
    .filter((row) => {
      const duties = row.engagements.flatMap((each) => each.duties)
      if (query.state !== null && !duties.some(({ state }) => state === query.state)) return false
      if (query.band !== null && row.band !== query.band) return false
      if (query.weak && !row.engagements.some(({ weak }) => weak !== null)) return false
      const { service, month, year } = query
      if (
        service !== null &&
        !row.engagements.some(({ engagement }) => engagement.services.includes(service))
      )
        return false
      if (month !== null) {
        const shown = `${year}-${String(month).padStart(2, '0')}`
        if (!duties.some(({ dueOn }) => dueOn.startsWith(shown))) return false
      }
      const tokens = searchTokens(
        row.vendor.name,
        row.vendor.reference,
        ...row.engagements.flatMap(({ engagement }) => [
          engagement.reference,
          engagement.activity.da,
          engagement.activity.en,
        ]),
      )
      return finds(tokens)
    })
    .toSorted((a, b) => compare(keyOf(a, query.sort), keyOf(b, query.sort)))
}

type Key = [string, string]

/** Sort value and id: what a page's address names, so that it stays where it is while rows come and go. */
function keyOf({ vendor, state, nextDue, total }: VendorYear, sort: BoardSort): Key {
  const value = {
    name: '',
    state: String(dutyStates.indexOf(state)).padStart(2, '0'),
    due: nextDue ?? '9999-12-31',
    risk: String(99 - (total ?? 0)).padStart(2, '0'),
  }[sort]
  return [`${value}|${vendor.sortKey}`, vendor.id]
}

function compare(a: Key, b: Key): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0
}

export type BoardPage = { rows: VendorYear[]; next: string | null; previous: string | null }

/** One page of rows that are sorted already. A cursor that does not fit is the first page. */
export function pageOfRows(
  rows: readonly VendorYear[],
  { sort, page }: Pick<BoardQuery, 'sort' | 'page'>,
  size = boardPageSize,
): BoardPage {
  const from = decoded(page)
  const keys = rows.map((row) => keyOf(row, sort))
  const past = (key: Key) =>
    from !== null && (from.way === 'after' ? compare(key, from.key) <= 0 : compare(key, from.key) < 0)
  const place = keys.findIndex((key) => !past(key))
  const at = place === -1 ? rows.length : place
  const start = from?.way === 'before' ? Math.max(0, at - size) : at === rows.length ? 0 : at
  const shown = rows.slice(start, start + size)
  const first = keys[start]
  const last = keys[start + shown.length - 1]
  return {
    rows: shown,
    next: start + size < rows.length && last ? encoded('after', last) : null,
    previous: start > 0 && first ? encoded('before', first) : null,
  }
}

function encoded(way: 'after' | 'before', key: Key): string {
  return encodeURIComponent(JSON.stringify([way, ...key]))
}

function decoded(cursor: string): { way: 'after' | 'before'; key: Key } | null {
  try {
    const parts: unknown = JSON.parse(decodeURIComponent(cursor))
    if (!Array.isArray(parts) || parts.length !== 3) return null
    const [way, value, id] = parts as unknown[]
    if ((way !== 'after' && way !== 'before') || typeof value !== 'string' || typeof id !== 'string')
      return null
    return { way, key: [value, id] }
  } catch {
    return null
  }
}

/** An address may hold anything: what does not fit is left out. */
export function readBoardQuery(raw: unknown, today: string): BoardQuery {
  const asked = (raw ?? {}) as Record<string, unknown>
  const word = (name: string, most = 200) =>
    typeof asked[name] === 'string' ? asked[name].trim().slice(0, most) : ''
  const year = Number(word('year'))
  const month = Number(word('month'))
  const present = Number(today.slice(0, 4))
  return {
    year: Number.isInteger(year) && year >= 2018 && year <= present + 1 ? year : present,
    q: word('q'),
    state: dutyStates.find((each) => each === word('state')) ?? null,
    band: riskBands.find((each) => each === word('band')) ?? null,
    service: word('service') || null,
    weak: word('weak') === 'yes',
    month: Number.isInteger(month) && month >= 1 && month <= 12 ? month : null,
    sort: boardSorts.find((each) => each === word('sort')) ?? 'name',
    page: word('page', 2000),
  }
}

export function boardParams(query: BoardQuery): string {
  const { year, q, state, band, service, weak, month, sort, page } = query
  return new URLSearchParams({
    year: String(year),
    ...(q ? { q } : {}),
    ...(state ? { state } : {}),
    ...(band ? { band } : {}),
    ...(service ? { service } : {}),
    ...(weak ? { weak: 'yes' } : {}),
    ...(month ? { month: String(month) } : {}),
    ...(sort === 'name' ? {} : { sort }),
    ...(page ? { page } : {}),
  }).toString()
}
