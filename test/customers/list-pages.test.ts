import { expect } from 'chai'
import { addCustomer, addCustomers, customerByReference } from '../../src/customers/actions.js'
import { anonymous, submit, submitFiles } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aContact, aCustomer, officer } from './builders.js'
import { customersDesk, typed } from './desk.js'

describe('the customers’ list and the new customer’s form', () => {
  const here = customersDesk()
  const { tilsyn } = here

  it('offer the first customer where there is none', async () => {
    expect((await visit(here.agent, '/customers')).links).to.include('/customers/new')
  })

  it('take a new customer from one form', async () => {
    const answer = await submit(
      here.agent,
      '/customers/new',
      { ...typed, services: [here.hosting._id] },
      '/customers',
    )
    expect(answer.status).to.equal(303)
    expect(answer.headers['location']).to.equal('/customers/C-0001')
    const customer = await customerByReference('C-0001')
    expect(customer.agreement).to.deep.include({ notice: { length: 45, unit: 'days' }, commonList: false })
    expect(customer.services).to.deep.equal([{ service: here.hosting._id, from: '2026-11-01', to: null }])
    expect(customer.contacts[0]).to.include({
      email: 'nina@ny.example',
      from: '2026-11-01',
      dataProtection: true,
    })
    const log = await visit(here.agent, '/customers/C-0001')
    expect(log.text).to.contain('The customer has been added.')
  })

  it('show a new customer’s form again with everything that is wrong and everything typed', async () => {
    const fields = { ...typed, noticeLength: '0', 'contact[email]': 'nina@', services: [here.hosting._id] }
    const answer = await submit(here.agent, '/customers/new', fields, '/customers')
    const page = inspect(answer.text, answer.status)
    expect(page.status).to.equal(422)
    expect(page.html).to.contain('href="#field-noticeLength"')
    expect(page.html).to.contain('href="#field-contact-email"')
    expect(page.html).to.contain('value="nina@"')
    expect(page.html).to.contain('value="Ny Kunde ApS"')
    expect(page.html).to.match(new RegExp(`value="${here.hosting._id}" checked`))
    expect((await here.agent.get('/customers/C-0001')).status).to.equal(404)
  })

  it('show in the agreement form what was ticked off, not what is stored', async () => {
    await addCustomer(officer, aCustomer())
    const answer = await submitFiles(
      here.agent,
      '/customers/C-0001/agreement',
      { ...typed, dpaVersion: '', version: '1' },
      [],
    )
    expect(answer.status).to.equal(422)
    expect(answer.text).to.not.match(/name="commonList"[^>]*checked/)
  })

  it('page through many customers and keep the filters', async () => {
    await addCustomers(
      officer,
      Array.from({ length: 60 }, (_, place) =>
        aCustomer({ name: `Kunde ${place + 1}`, services: [here.hosting._id], contacts: [aContact()] }),
      ),
    )
    const first = await visit(here.agent, `/customers?service=${here.hosting._id}&q=kunde`)
    expect(first.text).to.contain('Kunde 50')
    expect(first.text).to.not.contain('Kunde 51')
    const next = first.links.find((link) => link.includes('page='))?.replaceAll('&amp;', '&') ?? ''
    expect(next).to.contain(`service=${here.hosting._id}`)
    const second = await visit(here.agent, next)
    expect(second.text).to.contain('Kunde 60')
    expect(second.text).to.not.contain('Kunde 50 ')
    expect((await visit(here.agent, '/customers/C-0001')).text).to.contain(
      'Also a contact of 59 other customers',
    )
  })

  it('know nothing of customers that are not there', async () => {
    for (const path of ['', '/edit', '/agreement', '/end', '/contacts/new', '/services/new'])
      expect((await here.agent.get(`/customers/C-9999${path}`)).status, path).to.equal(404)
  })

  it('send those who are not signed in to the door', async () => {
    const answer = await anonymous(tilsyn).get('/customers/C-0001')
    expect(answer.status).to.equal(303)
    expect(answer.headers['location']).to.equal('/sign-in?next=%2Fcustomers%2FC-0001')
  })

  it('find one contact of many customers by its address', async () => {
    await addCustomer(officer, aCustomer())
    await addCustomer(
      officer,
      aCustomer({ name: 'En anden', contacts: [aContact({ email: 'anna@andre.example' })] }),
    )
    const { text } = await visit(here.agent, '/customers?q=anna%40kunde.example')
    expect(text).to.contain('Møllegården')
    expect(text).to.not.contain('En anden')
  })
})
