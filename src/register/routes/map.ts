import type { Request } from 'express'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { mapOf, type Mapped, type WorldMap } from '../../transfers/map.js'
import type { Law } from '../../transfers/rules.js'
import { queried } from '../../web/answer.js'
import { contextOf } from '../../web/page.js'
import { addressWith, mappedRows } from '../page/map.js'
import type { ListRow } from '../rules.js'

/** The map of a list on a day, where it is asked for; a country leads to the table of what is there. */
export async function listMap(req: Request, law: Law, mapped: () => Promise<Mapped[]>, day: Day) {
  const tabs = ['', 'map'].map((as) => ({
    as: as || 'list',
    url: addressWith('/register', req.query, { as, area: '', page: '' }),
    current: (queried(req, 'as') === 'map') === (as === 'map'),
  }))
  const uncountried = addressWith('/register', req.query, { country: '', page: '' })
  if (queried(req, 'as') !== 'map') return { tabs, uncountried, map: null }
  const map = await mapOf(
    {
      law,
      records: await mapped(),
      day,
      locale: req.locale,
      judged: true,
      of: 'sub-processors',
      areaUrl: (area) => addressWith('/register', req.query, { area }),
      countryUrl: (country) => addressWith('/register', req.query, { as: '', area: '', page: '', country }),
    },
    queried(req, 'area'),
  )
  return { tabs, uncountried, map }
}

/** The map of one record; a country leads to everything on the list of today that is there. */
export async function recordMap(
  req: Request,
  law: Law,
  records: readonly Mapped[],
  of: 'one' | 'engagements',
): Promise<WorldMap | null> {
  if (!saysWhere(records)) return null
  return mapOf(
    {
      law,
      records,
      day: contextOf(req).today,
      locale: req.locale,
      judged: true,
      of,
      areaUrl: (area) => addressWith(req.path, req.query, { area }),
      countryUrl: (country) => addressWith('/register', {}, { country }),
    },
    queried(req, 'area'),
  )
}

/** On a customer's page: its list today. The other part of the world is on the page of the list. */
export async function customerMap(
  law: Law,
  rows: readonly ListRow[],
  customer: string,
  { today, locale }: Pick<Context, 'today' | 'locale'>,
): Promise<WorldMap | null> {
  const records = mappedRows(rows)
  if (!saysWhere(records)) return null
  return mapOf(
    {
      law,
      records,
      day: today,
      locale,
      judged: true,
      of: 'sub-processors',
      areaUrl: (area) => addressWith('/register', { customer, as: 'map' }, { area }),
      countryUrl: (country) => addressWith('/register', { customer }, { country }),
    },
    '',
  )
}

function saysWhere(records: readonly Mapped[]): boolean {
  return records.some(({ storage, access }) => storage.length + access.length > 0)
}
