import { expect } from 'chai'
import request from 'supertest'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { addCustomer } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import { approve, createEngagement, createService, createVendor } from '../../src/register/actions.js'
import { aCustomer } from '../customers/builders.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('the map of a list and of a record', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  let customer: Customer

  beforeEach(async () => {
    tilsyn.moveTo('2024-01-01')
    const context = tilsyn.context()
    const { _id: service } = await createService(context, {
      name: { da: 'Hosting', en: 'Hosting' },
      order: 1,
    })
    const signed = { ...aCustomer().agreement, signedOn: '2024-01-01' }
    customer = await addCustomer(
      context,
      aCustomer({ name: 'Møllegården A/S', from: '2024-01-01', agreement: signed, services: [service] }),
    )
    const engage = async (name: string, storageCountries: string[], accessCountries: string[]) => {
      const { registration: _, ...vendor } = vendorInput({ name })
      const { _id } = await createVendor(context, { ...vendor, registration: null })
      const facts = engagementInput({ services: [service], storageCountries, accessCountries })
      const { _id: engagement } = await createEngagement(context, { ...facts, vendor: _id })
      await approve(context, [
        { customer: customer._id, engagement, from: '2024-01-01', notice: null, kind: 'baseline' },
      ])
    }
    await engage('Nordlys AB', ['DK', 'SE'], ['DK'])
    await engage('Acme Inc.', ['DK'], ['DK', 'US'])
    tilsyn.moveTo('2026-11-23')
  })

  it('is a tab of the list on any day, with the table beside it and a link from each country to what is there', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/register')).links).to.include('/register?as=map')
    const page = await visit(agent, '/register?as=map&on=2024-02-01')
    expect(page.html).to.include('role="img" aria-labelledby="map-title map-desc"')
    expect(page.text)
      .to.include('Data are stored in: Denmark, Sweden. Data can only be seen from: United States.')
      .and.to.include('Without a valid basis: United States.')
      .and.to.include('United States US Access only Not stated Basis missing 1: Acme Inc.')
      .and.to.include('Denmark DK Storage and access Not required in the EU/EEA 2: Acme Inc. , Nordlys AB')
    expect(page.html).to.include('/register?on=2024-02-01&amp;country=US')
    const filtered = await visit(agent, '/register?on=2024-02-01&country=US')
    expect(filtered.text)
      .to.include('Only sub-processors with data in United States')
      .and.to.include('Acme Inc.')
    expect(filtered.text).not.to.include('Nordlys AB')
  })

  it('is on the engagement, the vendor, the customer and the overview', async () => {
    const { agent } = await signedIn(tilsyn)
    for (const path of ['/engagements/E-0002', '/vendors/V-0002', '/customers/C-0001', '/']) {
      const page = await visit(agent, path)
      expect(page.text, path).to.include('United States US Access only Not stated Basis missing')
      expect(page.html, path).to.include('/maps/world.svg?v=')
      expect(page.html, path).to.include('country=US')
    }
    const europe = await visit(agent, '/?area=europe')
    expect(europe.text).to.include('Outside this part: United States.')
  })

  it('shows what the list of engagements has found, and leads back to it', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/engagements?country=US')).links).to.include('/engagements/map?country=US')
    const page = await visit(agent, '/engagements/map?country=US')
    expect(page.text).to.include('1 engagement, as the list found it.').and.to.include('Acme Inc. (E-0002)')
    expect(page.text).not.to.include('Nordlys')
    expect(page.links).to.include('/engagements?country=DK').and.to.include('/engagements?country=US')
    const several = '?role=sub-processor&role=own-vendor'
    const links = (await visit(agent, `/engagements/map${several}`)).links.map((link) =>
      link.replaceAll('&amp;', '&'),
    )
    expect(links)
      .to.include(`/engagements/map${several}&area=europe#map`)
      .and.to.include(`/engagements${several}&country=US`)
  })

  it('shows where the vendors are that a list has found, each once in a country', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/vendors?country=US')).links).to.include('/vendors/map?country=US')
    const page = await visit(agent, '/vendors/map?country=US')
    expect(page.text).to.include('1 vendor, as the list found it').and.to.include('Acme Inc. (V-0002)')
    expect(page.text).not.to.include('Nordlys')
    expect(page.links).to.include('/vendors?country=DK').and.to.include('/vendors?country=US')
  })

  it('shows where the data are of the customers that a list has found: of all, of some, of none', async () => {
    const { agent } = await signedIn(tilsyn)
    const { reference } = customer
    expect((await visit(agent, `/customers?q=${reference}`)).links).to.include(
      `/customers/map?q=${reference}`,
    )
    const all = await visit(agent, '/customers/map')
    expect(all.text).to.include('1 customer, as the list found it').and.to.include('Acme Inc. (E-0002)')
    const one = await visit(agent, `/customers/map?q=${reference}`)
    expect(one.text).to.include('Acme Inc. (E-0002)')
    expect(one.links).to.include('/register?country=US').and.to.include(`/customers?q=${reference}`)
    const none = await visit(agent, '/customers/map?q=nobody')
    expect(none.text).to.include('0 customers').and.not.to.include('Acme')
  })

  it('is on the customer’s own page, in its language, without our judgement and without ways into the register', async () => {
    await signedIn(tilsyn)
    const link = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact: customer.contacts[0]?.id ?? '',
      about: { kind: 'customer', id: customer._id },
      expiresOn: '2027-12-31',
    })
    const reader = request.agent(tilsyn.app)
    await reader.get(new URL(linkUrl(link, linkMaker(tilsyn.house))).pathname)
    const page = await visit(reader, `/c/${link._id}/list`)
    expect(page.text)
      .to.include('USA US Kun adgang Ikke oplyst 1: Acme Inc.')
      .and.not.to.include('Grundlag mangler')
    expect(page.links.filter((url) => /^\/(?:register|engagements)/.test(url))).to.deep.equal([])
  })

  it('takes its coastlines from a picture that everyone may have and browsers keep', async () => {
    const { agent } = await signedIn(tilsyn)
    const { html } = await visit(agent, '/register?as=map')
    const url = /href="(\/maps\/world\.svg\?v=[0-9a-f]+)"/.exec(html)?.[1] ?? ''
    const picture = await request(tilsyn.app).get(url)
    expect(picture.status).to.equal(200)
    expect(picture.headers['content-type']).to.include('image/svg+xml')
    expect(picture.headers['cache-control']).to.include('immutable')
    expect(String(picture.body)).to.match(/^<svg[^>]+viewBox="0 0 960 \d+"/)
    expect(html.length).to.be.lessThan(60_000)
  })
})
