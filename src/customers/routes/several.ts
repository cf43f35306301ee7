import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Context } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { showSeveral, takeSeveral, type Several } from '../../lists/several.js'
import { contextOf } from '../../web/page.js'
import { changeCustomers, customersMatching, planForCustomers } from '../actions.js'
import { readCustomerChange } from '../form.js'
import { customerOffers } from '../page.js'
import { customerList } from '../rules/lists.js'
import type { CustomerChange } from '../rules/several.js'
import type { Ports } from './ports.js'

export function severalRoutes(router: Router, ports: Ports): void {
  router.get('/customers/several', may('customers:write'), async (req, res) => {
    await showSeveral(req, res, await customers(contextOf(req), ports))
  })

  router.post('/customers/several', may('customers:write'), async (req, res) => {
    await takeSeveral(req, res, await customers(contextOf(req), ports))
  })
}

async function customers({ today, locale }: Context, ports: Ports): Promise<Several<CustomerChange>> {
  const services = await ports.services()
  const ids = services.map(({ _id }) => _id)
  return {
    shape: customerList,
    title: textIn(locale)('lists:bulk.customers'),
    offers: customerOffers(services, today, locale),
    read: (kind, body) => readCustomerChange(kind, body, ids, today),
    matching: customersMatching,
    plan: planForCustomers,
    apply: (context, references, change) =>
      changeCustomers(context, references, change, ports.acceptBaseline),
  }
}
