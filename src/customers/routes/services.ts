import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith } from '../../web/page.js'
import { buyService, customerByReference, endService } from '../actions.js'
import { readBoughtService, readServiceEnd } from '../form.js'
import { serviceName } from '../page.js'
import { overlapping } from '../rules.js'
import { parameter, showForm, which, type Ports } from './ports.js'

const path = '/customers/:reference/services'

export function serviceRoutes(router: Router, ports: Ports): void {
  router.get(`${path}/new`, may('customers:write'), async (req, res) => {
    await showForm(req, res, await newPage(req, ports))
  })

  router.post(path, may('customers:write'), async (req, res) => {
    const context = contextOf(req)
    const services = await ports.services()
    await answer(
      readBoughtService(
        req.body,
        services.map(({ _id }) => _id),
      ),
      async (wrong) => showForm(req, res, await newPage(req, ports), wrong),
      async ({ service, from }) => {
        const customer = await customerByReference(parameter(req, 'reference'))
        const buy = () => buyService(context, which(req), { service, from })
        await (ports.acceptBaseline?.(context, { customer, services: [service], from }, buy) ?? buy())
        redirectWith(req, res, `/customers/${customer.reference}#services`, 'customers:services.added')
      },
    )
  })

  router.get(`${path}/:service/:from/end`, may('customers:write'), async (req, res) => {
    await showForm(req, res, await endPage(req, ports))
  })

  router.post(`${path}/:service/:from/end`, may('customers:write'), async (req, res) => {
    const context = contextOf(req)
    await answer(
      readServiceEnd(req.body),
      async (wrong) => showForm(req, res, await endPage(req, ports), wrong),
      async ({ to }) => {
        const bought = { service: parameter(req, 'service'), from: parameter(req, 'from'), to }
        const { reference } = await endService(context, which(req), bought)
        redirectWith(req, res, `/customers/${reference}#services`, 'customers:services.ended')
      },
    )
  })
}

async function newPage(req: Request, ports: Ports) {
  const { today, locale } = contextOf(req)
  const customer = await customerByReference(parameter(req, 'reference'))
  const services = await ports.services()
  return {
    view: 'customers/service',
    customer,
    values: {
      from: today,
      services: services
        .filter(({ _id }) => !overlapping(customer.services, _id, today))
        .map(({ _id, name }) => ({ value: _id, text: name[locale] })),
    },
  }
}

async function endPage(req: Request, ports: Ports) {
  const { today, locale } = contextOf(req)
  const customer = await customerByReference(parameter(req, 'reference'))
  const [service, from] = [parameter(req, 'service'), parameter(req, 'from')]
  const bought = customer.services.find((each) => each.service === service && each.from === from)
  if (!bought) throw new NotFound()
  const name = serviceName(await ports.services(), service, locale)
  return { view: 'customers/service-end', customer, values: { bought, name, to: bought.to ?? today } }
}
