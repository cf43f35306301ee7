import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { customersPerService } from '../../customers/actions.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { allServices, createService, editService, endService } from '../actions.js'
import { readService } from '../form.js'
import { mostNamed, serviceRows } from '../page.js'
import { firstRunningFor, serviceByReference } from '../records.js'
import { parameter, showForm, which, type FormPage } from './ports.js'

export function serviceRoutes(router: Router): void {
  router.get('/services', may('register:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const services = await allServices()
    const ids = services.map(({ _id }) => _id)
    const [bought, engaged] = await Promise.all([
      customersPerService(ids, today),
      firstRunningFor(ids, mostNamed + 1),
    ])
    await renderPage(req, res, 'register/services', { rows: serviceRows(services, bought, engaged, locale) })
  })

  router.get('/services/new', may('register:write'), async (req, res) => {
    await showForm(req, res, await newPage())
  })

  router.post('/services', may('register:write'), async (req, res) => {
    await answer(
      readService(req.body),
      async (wrong) => showForm(req, res, await newPage(), wrong),
      async (input) => {
        await createService(contextOf(req), input)
        redirectWith(req, res, '/services', 'register:service.added')
      },
    )
  })

  router.get('/services/:reference/edit', may('register:write'), async (req, res) => {
    await showForm(req, res, await editPage(req))
  })

  router.post('/services/:reference/edit', may('register:write'), async (req, res) => {
    await answer(
      readService(req.body),
      async (wrong) => showForm(req, res, await editPage(req), wrong),
      async (input) => {
        await editService(contextOf(req), which(req), input)
        redirectWith(req, res, '/services', 'register:service.saved')
      },
    )
  })

  router.post('/services/:reference/end', may('register:write'), async (req, res) => {
    await answer(
      { input: which(req) },
      async (wrong) => showForm(req, res, await editPage(req), wrong),
      async (service) => {
        await endService(contextOf(req), service)
        redirectWith(req, res, '/services', 'register:service.ended')
      },
    )
  })
}

async function newPage(): Promise<FormPage> {
  const services = await allServices()
  const order = Math.max(0, ...services.map((service) => service.order)) + 1
  return { view: 'register/service', values: { service: null, order, history: [] } }
}

async function editPage(req: Request): Promise<FormPage> {
  const service = await serviceByReference(parameter(req, 'reference'))
  if (!service) throw new NotFound()
  const history = await historyOf('service', service._id)
  return { view: 'register/service', record: service, values: { service, order: service.order, history } }
}
