import { expect } from 'chai'
import request from 'supertest'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { addCustomer, renewContactLinks } from '../../src/customers/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { useApp } from '../support/app.js'
import { organise, signedIn, submit } from '../support/people.js'
import { aContact, aCustomer, officer } from './builders.js'

describe('a contact whose mail was forwarded to a stranger', () => {
  const tilsyn = useApp()

  async function linked() {
    await organise(tilsyn)
    const customer = await addCustomer(officer, aCustomer({ caseNumber: 'SAG-7', contacts: [aContact()] }))
    const contact = customer.contacts[0]?.id ?? ''
    const owner = { customer: customer._id, contact, about: { kind: 'recipient', id: 'a-notice/a-customer' } }
    const link = await ensureLink(tilsyn.context(), { kind: 'customer', ...owner, expiresOn: '2027-06-01' })
    return {
      customer,
      contact,
      owner,
      path: linkUrl(link, linkMaker(tilsyn.house)).replace(tilsyn.house.config.baseUrl, ''),
    }
  }

  it('is sent a new link, and the old one is dead at once, its open page as well', async () => {
    const { customer, contact, path } = await linked()
    const opened = await request(tilsyn.app).get(path)
    const cookie = [opened.headers['set-cookie']].flat().join('; ')
    expect(opened.status).to.equal(303)

    const { agent } = await signedIn(tilsyn)
    const form = `/customers/${customer.reference}/contacts/${contact}`
    const sent = await submit(agent, form, {}, `${form}/links`)
    expect(sent.status).to.equal(303)

    expect((await request(tilsyn.app).get(path)).status).to.equal(404)
    const again = await request(tilsyn.app)
      .get(opened.headers['location'] ?? '')
      .set('cookie', cookie)
    expect(again.status).to.equal(404)
    const [mail] = await mailsAbout('customer', [customer._id])
    expect(mail).to.include({ kind: 'link-renewed' })
    expect(mail?.subject).to.contain('SAG-7')
  })

  it('gets no second mail for a link that was renewed once', async () => {
    const { customer, contact, owner } = await linked()
    await renewContactLinks(tilsyn.context(), customer.reference, contact)
    const link = await ensureLink(tilsyn.context(), { kind: 'customer', ...owner, expiresOn: '2027-06-01' })
    expect(
      (await request(tilsyn.app).get(new URL(linkUrl(link, linkMaker(tilsyn.house))).pathname)).status,
    ).to.equal(303)
    expect(await mailsAbout('customer', [customer._id])).to.have.length(1)
  })

  it('is refused where nothing was ever sent to it', async () => {
    await organise(tilsyn)
    const customer = await addCustomer(officer, aCustomer())
    const refused = await renewContactLinks(
      tilsyn.context(),
      customer.reference,
      customer.contacts[0]?.id ?? '',
    ).catch((error: Error) => error.message)
    expect(refused).to.equal('contact-without-links')
  })
})
