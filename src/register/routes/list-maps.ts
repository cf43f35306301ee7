import { Router, type Request, type Response } from 'express'
import { may } from '../../auth/guards.js'
import { customerList } from '../../customers/rules/lists.js'
import { addressOf, readListQuery, type ListShape } from '../../lists/rules.js'
import { lawNow } from '../../transfers/actions.js'
import { mapOf, type Mapped } from '../../transfers/map.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import { customersLocated, vendorsLocated, type Located } from '../actions/list-maps.js'
import { addressWith, mappedEntry, mappedVendor } from '../page/map.js'
import { vendorList } from '../rules/lists.js'

/** Where the data are of those a list has found. A page of its own, so that the list costs no more for it. */
export const listMapRoutes: Router = Router()

listMapRoutes.get('/vendors/map', may('register:read'), async (req, res) => {
  const found = await vendorsLocated(contextOf(req), readListQuery(vendorList, req.query))
  await showMap(req, res, vendorList, { ...found, capped: false, of: 'vendors', as: mappedVendor })
})

listMapRoutes.get('/customers/map', may('customers:read'), async (req, res) => {
  const found = await customersLocated(contextOf(req), req.query)
  await showMap(req, res, customerList, { ...found, of: 'sub-processors', as: mappedEntry })
})

type Found = {
  count: number
  capped: boolean
  located: readonly Located[]
  of: 'vendors' | 'sub-processors'
  as: (one: Located) => Mapped
}

async function showMap(
  req: Request,
  res: Response,
  shape: ListShape & { name: 'vendors' | 'customers' },
  { count, capped, located, of, as }: Found,
): Promise<void> {
  const { today, locale } = contextOf(req)
  const path = `/${shape.name}/map`
  const map = await mapOf(
    {
      law: await lawNow(),
      records: located.map(as),
      day: today,
      locale,
      judged: true,
      of,
      areaUrl: (area) => addressWith(path, req.query, { area }),
      countryUrl: (country) =>
        shape.name === 'vendors'
          ? addressWith('/vendors', req.query, { country, area: '', page: '' })
          : addressWith('/register', {}, { country }),
    },
    queried(req, 'area'),
  )
  await renderPage(req, res, 'register/list-map', {
    map,
    of: shape.name,
    count,
    capped,
    back: addressOf(shape, readListQuery(shape, req.query)),
  })
}
