import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { addMonths } from '../../base/day.js'
import { contextOf, renderPage } from '../../web/page.js'
import { allServices, differencesFor } from '../actions.js'
import { readPeriod } from '../form.js'
import { differencesPage, nameIn } from '../page.js'
import { customerAsked, serviceAsked, serviceChoices } from './list.js'
import { queried } from './ports.js'

export function differencesRoutes(router: Router): void {
  router.get('/register/differences', may('register:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const usual = { from: addMonths(today, -3), to: today }
    const read = readPeriod(query(req), usual)
    const { customer, candidates, unknown } = await customerAsked(req)
    const period = read.input ?? usual
    const services = await allServices()
    const service = serviceAsked(req, services)
    const asThen = queried(req, 'known') === 'then'
    const shown = await differencesFor(period, { customer: customer?._id, service: service?._id }, { asThen })
    await renderPage(
      req,
      res,
      'register/differences',
      {
        ...differencesPage(shown, {
          period,
          customer,
          service: service && { reference: service.reference, name: nameIn(service.name, locale) },
          asThen,
          today,
          locale,
        }),
        services: serviceChoices(services, locale),
        candidates,
        unknown,
        asked: queried(req, 'customer'),
        ...(read.problems ? { problems: read.problems, typed: req.query } : {}),
      },
      read.problems ? 422 : 200,
    )
  })
}

function query(req: Request) {
  return { from: queried(req, 'from'), to: queried(req, 'to') }
}
