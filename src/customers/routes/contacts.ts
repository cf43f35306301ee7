import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith } from '../../web/page.js'
import {
  addContact,
  changeContact,
  currentContact,
  customerByReference,
  endContact,
  moveContactUp,
  renewContactLinks,
} from '../actions.js'
import { readContact, readContactEnd } from '../form.js'
import { choicesIn } from '../page.js'
import { lacksContact, withContactEnded } from '../rules.js'
import { parameter, showForm, which } from './ports.js'

const path = '/customers/:reference/contacts'

export function contactRoutes(router: Router): void {
  router.get(`${path}/new`, may('customers:write'), async (req, res) => {
    await showForm(req, res, await newPage(req))
  })

  router.post(path, may('customers:write'), async (req, res) => {
    const context = contextOf(req)
    await answer(
      readContact(req.body, context.today),
      async (wrong) => showForm(req, res, await newPage(req), wrong),
      async (input) => {
        const { reference } = await addContact(context, which(req), input)
        redirectWith(req, res, pageOf(reference), 'customers:contacts.added')
      },
    )
  })

  router.get(`${path}/:contact`, may('customers:write'), async (req, res) => {
    await showForm(req, res, await changePage(req))
  })

  router.post(`${path}/:contact`, may('customers:write'), async (req, res) => {
    const context = contextOf(req)
    await answer(
      readContact(req.body, context.today),
      async (wrong) => showForm(req, res, await changePage(req), wrong),
      async (input) => {
        const { reference } = await changeContact(context, which(req), parameter(req, 'contact'), input)
        redirectWith(req, res, pageOf(reference), 'customers:contacts.changed')
      },
    )
  })

  router.get(`${path}/:contact/end`, may('customers:write'), async (req, res) => {
    await showForm(req, res, await endPage(req))
  })

  router.post(`${path}/:contact/end`, may('customers:write'), async (req, res) => {
    const context = contextOf(req)
    await answer(
      readContactEnd(req.body, context.today),
      async (wrong) => showForm(req, res, await endPage(req), wrong),
      async ({ on }) => {
        const { reference } = await endContact(context, which(req), parameter(req, 'contact'), on)
        redirectWith(req, res, pageOf(reference), 'customers:contacts.ended')
      },
    )
  })

  router.post(`${path}/:contact/sooner`, may('customers:write'), async (req, res) => {
    const { reference } = await moveContactUp(contextOf(req), which(req), parameter(req, 'contact'))
    redirectWith(req, res, pageOf(reference), 'customers:contacts.moved')
  })

  router.post(`${path}/:contact/links`, may('customers:write'), async (req, res) => {
    const { reference } = await renewContactLinks(
      contextOf(req),
      parameter(req, 'reference'),
      parameter(req, 'contact'),
    )
    redirectWith(req, res, pageOf(reference), 'customers:contacts.links-renewed')
  })
}

function pageOf(reference: string): string {
  return `/customers/${reference}#contacts`
}

async function newPage(req: Request) {
  const { today, locale } = contextOf(req)
  const customer = await customerByReference(parameter(req, 'reference'))
  const contact = { locale, dataProtection: lacksContact(customer.contacts), mayApprove: false }
  return {
    view: 'customers/contact',
    customer,
    values: {
      contact,
      from: today,
      action: `/customers/${customer.reference}/contacts`,
      choices: choicesIn(locale),
    },
  }
}

async function changePage(req: Request) {
  const { today, locale } = contextOf(req)
  const customer = await customerByReference(parameter(req, 'reference'))
  const contact = currentContact(customer, parameter(req, 'contact'))
  return {
    view: 'customers/contact',
    customer,
    values: {
      contact,
      changing: contact.name,
      from: today,
      action: `/customers/${customer.reference}/contacts/${contact.id}`,
      choices: choicesIn(locale),
    },
  }
}

async function endPage(req: Request) {
  const { today } = contextOf(req)
  const customer = await customerByReference(parameter(req, 'reference'))
  const contact = currentContact(customer, parameter(req, 'contact'))
  const last = contact.dataProtection && lacksContact(withContactEnded(customer.contacts, contact.id, today))
  return { view: 'customers/contact-end', customer, values: { contact, last, on: today } }
}
