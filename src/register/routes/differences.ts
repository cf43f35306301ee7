import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { addMonths, type Day } from '../../base/day.js'
import { queried } from '../../web/answer.js'
import { contextOf, renderPage } from '../../web/page.js'
import { allServices, differencesFor, listsUpToDate, wholeDifferences } from '../actions.js'
import { readPeriod } from '../form.js'
import { differencesPage, nameIn } from '../page.js'
import { customerAsked, serviceAsked, serviceChoices } from './list.js'
import { addressOf, pageNumber, pagesOf } from './paged.js'

/** So many differences on a page. */
const mostShown = 100

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
    const page = pageNumber(req)
    const part = { skip: (page - 1) * mostShown, size: mostShown }
    const shown =
      customer || asThen
        ? await differencesFor(period, { customer: customer?._id, service: service?._id }, { asThen, part })
        : await differencesOfAll(period, service?._id, today, part)
    if (part.skip > 0 && part.skip >= shown.count) return res.redirect(303, addressOf(req, '1'))
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
        paging: pagesOf(req, page, shown.count, mostShown),
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

async function differencesOfAll(
  period: { from: Day; to: Day },
  service: string | undefined,
  today: Day,
  part: { skip: number; size: number },
) {
  await listsUpToDate(today)
  return wholeDifferences(period, service, part)
}

function query(req: Request) {
  return { from: queried(req, 'from'), to: queried(req, 'to') }
}
