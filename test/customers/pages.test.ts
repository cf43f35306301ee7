import { expect } from 'chai'
import {
  addContact,
  addCustomer,
  customerByReference,
  endContact,
  endCustomer,
} from '../../src/customers/actions.js'
import { currentContacts } from '../../src/customers/rules.js'
import { createService } from '../../src/register/actions.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aContact, aCustomer, officer } from './builders.js'
import { customersDesk, typed } from './desk.js'

describe('the customers’ pages', () => {
  const here = customersDesk()
  const { tilsyn } = here

  describe('with one customer', () => {
    beforeEach(async () => {
      await addCustomer(officer, aCustomer({ services: [here.hosting._id], caseNumber: 'SAG-7' }))
    })

    it('are whole in English, all of them', async () => {
      const [contact] = (await customerByReference('C-0001')).contacts
      for (const path of [
        '',
        '/new',
        '/C-0001',
        '/C-0001/edit',
        '/C-0001/agreement',
        '/C-0001/end',
        '/C-0001/contacts/new',
        `/C-0001/contacts/${contact?.id}`,
        `/C-0001/contacts/${contact?.id}/end`,
        '/C-0001/services/new',
        `/C-0001/services/${here.hosting._id}/2025-01-01/end`,
      ])
        expect((await visit(here.agent, `/customers${path}`)).lang, path).to.equal('en')
    })

    it('are whole in Danish', async () => {
      const dane = (await signedIn(tilsyn, 'officer', 'da')).agent
      for (const path of ['', '/new', '/C-0001', '/C-0001/agreement'])
        expect((await visit(dane, `/customers${path}`)).lang).to.equal('da')
    })

    it('say the agreement in plain words', async () => {
      const { text } = await visit(here.agent, '/customers/C-0001')
      expect(text).to.contain('Must be told 30 days ahead.')
      expect(text).to.contain('May object until the sub-processor is used.')
      expect(text).to.contain('Transfers to third countries only on standard contractual clauses (SCC).')
      expect(text).to.contain('SAG-7')
      expect(text).to.contain('Hosting')
    })

    it('show what changed, before and after', async () => {
      await submit(here.agent, '/customers/C-0001/edit', {
        name: 'Møllegaarden',
        registrationKind: 'CVR',
        version: '1',
      })
      const { text, html } = await visit(here.agent, '/customers/C-0001')
      expect(text).to.contain('Details edited')
      expect(html).to.contain('<del>Møllegården A/S</del>')
    })

    it('show an auditor everything and no way to change it', async () => {
      const auditor = (await signedIn(tilsyn, 'auditor')).agent
      const { html } = await visit(auditor, '/customers/C-0001')
      expect(html).to.not.contain('/customers/C-0001/edit')
      const forms = [...html.matchAll(/<form method="post" action="(\/customers[^"]*)"/g)].map(
        ([, url]) => url,
      )
      expect(forms, 'a pack of evidence changes nothing').to.deep.equal(['/customers/C-0001/evidence'])
      expect((await auditor.get('/customers/C-0001/edit')).status).to.equal(403)
      expect((await auditor.post('/customers/C-0001/edit')).status).to.equal(403)
    })

    it('keep what was typed when a number fails its check, and ask for a reason', async () => {
      const answer = await submit(here.agent, '/customers/C-0001/edit', {
        name: 'Et andet navn',
        registrationKind: 'CVR',
        registrationNumber: '35240137',
        version: '1',
      })
      const page = inspect(answer.text, answer.status)
      expect(page.status).to.equal(422)
      expect(page.html).to.contain('value="35240137"')
      expect(page.html).to.contain('name="keptBecause"')
      expect((await customerByReference('C-0001')).name).to.equal('Møllegården A/S')
      const kept = await submit(here.agent, '/customers/C-0001/edit', {
        name: 'Et andet navn',
        registrationKind: 'CVR',
        registrationNumber: '35240137',
        keptBecause: 'Historisk',
        version: '1',
      })
      expect(kept.status).to.equal(303)
      expect((await visit(here.agent, '/customers/C-0001')).text).to.contain(
        'Kept although the check fails: Historisk',
      )
    })

    it('tell the second of two editors that the first was there, and let them save knowing it', async () => {
      const edit = { name: 'Den anden', registrationKind: 'CVR', version: '1' }
      await submit(here.agent, '/customers/C-0001/edit', { ...edit, name: 'Den første' })
      const answer = await submit(here.agent, '/customers/C-0001/edit', edit)
      const page = inspect(answer.text, answer.status)
      expect(page.status).to.equal(409)
      expect(page.text).to.contain('Someone else has changed this')
      expect(page.html).to.contain('value="Den anden"')
      expect(page.html).to.contain('name="version" value="2"')
    })

    it('take a new agreement with its signed file', async () => {
      const agreement = Object.fromEntries(
        Object.entries(typed).filter(([name]) => !name.startsWith('contact')),
      )
      const pdf = {
        field: 'file',
        name: 'aftale.pdf',
        bytes: Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n'),
      }
      const fields = { ...agreement, authorisation: 'specific', version: '1' }
      const answer = await submitFiles(here.agent, '/customers/C-0001/agreement', fields, [pdf])
      expect(answer.status).to.equal(303)
      const { text, html } = await visit(here.agent, '/customers/C-0001')
      expect(text).to.contain('Silence is refusal. Must be told at least 45 days ahead.')
      expect(text).to.contain('Earlier agreements')
      const file = /href="(\/files\/[^"]+)"/.exec(html)?.[1] ?? ''
      expect((await here.agent.get(file)).status).to.equal(200)
    })

    it('refuse a file that is no document, with the agreement as typed', async () => {
      const fields = { ...typed, noticeLength: '77', version: '1' }
      const odd = { field: 'file', name: 'aftale.exe', bytes: Buffer.from('MZ\u0000\u0001') }
      const answer = await submitFiles(here.agent, '/customers/C-0001/agreement', fields, [odd])
      expect(answer.status).to.equal(409)
      expect(answer.text).to.contain('value="77"')
      expect((await customerByReference('C-0001')).version).to.equal(1)
    })

    it('add, change, order and end contacts', async () => {
      const at = '/customers/C-0001/contacts'
      const bo = { name: 'Bo Bro', email: 'bo@kunde.example', locale: 'en', from: '2026-11-23' }
      await submit(here.agent, `${at}/new`, { ...bo, dataProtection: 'yes', version: '1' }, at)
      const [, second] = currentContacts((await customerByReference('C-0001')).contacts)
      expect(second).to.include({ name: 'Bo Bro', locale: 'en', order: 2 })
      await submit(here.agent, '/customers/C-0001', { version: '2' }, `${at}/${second?.id}/sooner`)
      await submit(here.agent, `${at}/${second?.id}`, { ...bo, name: 'Bo Broe', version: '3' })
      const [first] = currentContacts((await customerByReference('C-0001')).contacts)
      expect(first?.name).to.equal('Bo Broe')
      await submit(here.agent, `${at}/${first?.id}/end`, { on: '2026-11-23', version: '4' })
      const { text } = await visit(here.agent, '/customers/C-0001')
      expect(text).to.contain('Earlier contacts')
      expect((await here.agent.get(`${at}/${first?.id}`)).status).to.equal(404)
    })

    it('refuse a second contact with the same address', async () => {
      const at = '/customers/C-0001/contacts'
      const fields = {
        name: 'Igen',
        email: 'ANNA@kunde.example',
        locale: 'da',
        from: '2026-11-23',
        version: '1',
      }
      const answer = await submit(here.agent, `${at}/new`, fields, at)
      expect(answer.status).to.equal(409)
      expect(inspect(answer.text, 409).text).to.contain(
        'already has a contact with the address anna@kunde.example',
      )
    })

    it('warn before the last contact is ended, and call the customer a problem afterwards', async () => {
      const customer = await customerByReference('C-0001')
      const id = customer.contacts[0]?.id ?? ''
      expect((await visit(here.agent, `/customers/C-0001/contacts/${id}/end`)).text).to.contain(
        'only data protection contact',
      )
      await endContact(officer, { reference: 'C-0001', version: 1 }, id, '2026-11-23')
      expect((await visit(here.agent, '/customers/C-0001')).text).to.contain(
        'The customer has no data protection contact',
      )
      expect((await visit(here.agent, '/customers')).text).to.contain(
        '1 customer has no data protection contact',
      )
      expect((await visit(here.agent, '/customers?contact=without')).text).to.contain('Møllegården')
    })

    it('end a service and sell another', async () => {
      const backup = await createService(officer, { name: { da: 'Backup', en: 'Backup' }, order: 2 })
      const at = '/customers/C-0001/services'
      await submit(here.agent, `${at}/new`, { service: backup._id, from: '2027-01-01', version: '1' }, at)
      await submit(here.agent, `${at}/${here.hosting._id}/2025-01-01/end`, { to: '2026-12-31', version: '2' })
      const { text } = await visit(here.agent, '/customers/C-0001')
      expect(text).to.contain('From 1 Jan 2027')
      expect(text).to.contain('31 Dec 2026')
      const wrong = await submit(here.agent, `${at}/${here.hosting._id}/2025-01-01/end`, {
        to: 'x',
        version: '3',
      })
      expect(wrong.status).to.equal(422)
      expect((await here.agent.get(`${at}/${here.hosting._id}/2024-01-01/end`)).status).to.equal(404)
    })

    it('end a customer, say so, and take it back', async () => {
      const without = await submit(here.agent, '/customers/C-0001/end', {
        on: '2026-11-23',
        because: '',
        version: '1',
      })
      expect(without.status).to.equal(422)
      await submit(here.agent, '/customers/C-0001/end', { on: '2026-11-23', because: 'Opsagt', version: '1' })
      expect((await visit(here.agent, '/customers/C-0001')).text).to.contain(
        'No longer a customer since 23 November 2026',
      )
      expect((await visit(here.agent, '/customers?q=m')).text).to.contain('No customers match')
      expect((await visit(here.agent, '/customers?state=ended')).text).to.contain('Møllegården')
      await submit(here.agent, '/customers/C-0001', { version: '2' }, '/customers/C-0001/resume')
      expect((await visit(here.agent, '/customers')).text).to.contain('Møllegården')
    })
  })

  for (const query of [
    'after=nonsense',
    'authorisation=odd&state=x',
    'q=a&q=b',
    'notice[$gt]=1',
    'service=%00',
  ])
    it(`show a list for the odd address ?${query}`, async () => {
      await addCustomer(officer, aCustomer())
      await visit(here.agent, `/customers?${query}`)
    })

  it('show customers that will end as current ones, with the day', async () => {
    await addCustomer(officer, aCustomer())
    await endCustomer(officer, { reference: 'C-0001', version: 1 }, { on: '2026-12-31', because: 'Opsagt' })
    expect((await visit(here.agent, '/customers')).text).to.contain('Ends 31 Dec 2026')
  })

  it('show contacts without the data protection role as what they are', async () => {
    await addCustomer(officer, aCustomer())
    const contact = aContact({ email: 'cfo@kunde.example', dataProtection: false, mayApprove: true })
    await addContact(officer, { reference: 'C-0001', version: 1 }, { contact, from: '2026-11-23' })
    expect((await visit(here.agent, '/customers/C-0001')).text).to.contain('May approve')
  })
})
