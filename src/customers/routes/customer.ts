import type { Request, Response, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { newId } from '../../base/ids.js'
import { lawNow } from '../../transfers/actions.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { addCustomer, customerByReference, editGeneral, endCustomer, resumeCustomer } from '../actions.js'
import { readCustomerEnd, readGeneral, readNewCustomer } from '../form.js'
import {
  agreementChoicesIn,
  agreementFields,
  agreementInWords,
  choicesIn,
  contactRows,
  earlierAgreements,
  serviceRows,
  statesOf,
} from '../page.js'
import { othersAt } from '../records.js'
import { currentContacts, hasEnded, ordinaryAgreement } from '../rules.js'
import { parameter, showForm, which, type Ports } from './ports.js'

export function customerRoutes(router: Router, ports: Ports): void {
  router.get('/customers/new', may('customers:write'), async (req, res) => {
    await showForm(req, res, await newPage(req, ports))
  })

  router.post('/customers', may('customers:write'), async (req, res) => {
    const context = contextOf(req)
    const page = await newPage(req, ports)
    await answer(
      readNewCustomer(req.body, context.today),
      (wrong) => showForm(req, res, page, wrong),
      async ({ general, agreement: { agreement, from }, contact, services }) => {
        const known = page.values.services.map(({ value }) => value)
        const bought = services.filter((service) => known.includes(service))
        const _id = newId()
        const sign = () =>
          addCustomer(context, {
            _id,
            ...general,
            agreement,
            from,
            services: bought,
            contacts: [contact.contact],
          })
        const accepted = { customer: { _id, agreement }, services: bought, from }
        const customer = await (ports.acceptBaseline?.(context, accepted, sign) ?? sign())
        redirectWith(req, res, `/customers/${customer.reference}`, 'customers:new.saved')
      },
    )
  })

  router.get('/customers/:reference', may('customers:read'), async (req, res) => {
    await showCustomer(req, res, ports)
  })

  router.get('/customers/:reference/edit', may('customers:write'), async (req, res) => {
    await showForm(req, res, await generalPage(req))
  })

  router.post('/customers/:reference/edit', may('customers:write'), async (req, res) => {
    await answer(
      readGeneral(req.body),
      async (wrong) => showForm(req, res, await generalPage(req), wrong),
      async (input) => {
        const { reference } = await editGeneral(contextOf(req), which(req), input)
        redirectWith(req, res, `/customers/${reference}`, 'customers:general.saved')
      },
    )
  })

  router.get('/customers/:reference/end', may('customers:write'), async (req, res) => {
    await showForm(req, res, await endPage(req))
  })

  router.post('/customers/:reference/end', may('customers:write'), async (req, res) => {
    await answer(
      readCustomerEnd(req.body),
      async (wrong) => showForm(req, res, await endPage(req), wrong),
      async (input) => {
        const { reference } = await endCustomer(contextOf(req), which(req), input)
        redirectWith(req, res, `/customers/${reference}`, 'customers:end.done')
      },
    )
  })

  router.post('/customers/:reference/resume', may('customers:write'), async (req, res) => {
    const { reference } = await resumeCustomer(contextOf(req), which(req))
    redirectWith(req, res, `/customers/${reference}`, 'customers:end.resumed')
  })
}

async function showCustomer(req: Request, res: Response, ports: Ports): Promise<void> {
  const context = contextOf(req)
  const { today, locale } = context
  const customer = await customerByReference(parameter(req, 'reference'))
  const emails = currentContacts(customer.contacts).map(({ email }) => email)
  const [services, also, history, panels] = await Promise.all([
    ports.services(),
    othersAt(emails, customer._id),
    historyOf('customer', customer._id),
    Promise.all((ports.panels ?? []).map((panel) => panel(customer, context))),
  ])
  await renderPage(req, res, 'customers/show', {
    customer,
    ended: hasEnded(customer, today),
    states: statesOf(customer, today, locale),
    words: agreementInWords(customer.agreement, locale),
    from: customer.agreements.at(-1)?.from,
    earlier: earlierAgreements(customer, locale),
    contacts: contactRows(customer, also, locale),
    services: serviceRows(customer, services, today, locale),
    panels,
    history,
  })
}

async function newPage(req: Request, ports: Ports) {
  const { today, locale } = contextOf(req)
  const services = await ports.services()
  return {
    view: 'customers/new',
    values: {
      choices: agreementChoicesIn({ law: await lawNow(), day: today }, locale),
      services: services.map(({ _id, name }) => ({ value: _id, text: name[locale] })),
      agreement: agreementFields(ordinaryAgreement, today),
      contact: { locale, dataProtection: true, mayApprove: false },
    },
  }
}

async function generalPage(req: Request) {
  const customer = await customerByReference(parameter(req, 'reference'))
  return { view: 'customers/general', customer, values: { choices: choicesIn(req.locale) } }
}

async function endPage(req: Request) {
  const customer = await customerByReference(parameter(req, 'reference'))
  return { view: 'customers/end', customer, values: { on: contextOf(req).today } }
}
