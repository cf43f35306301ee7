import { expect } from 'chai'
import { strFromU8, unzipSync } from 'fflate'
import request from 'supertest'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { addCustomer } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import { aSignedCustomer, download, readPdf } from '../annex-b/handed.js'
import { aCustomer } from '../customers/builders.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { expectSoundPdf } from '../support/sound-pdf.js'
import { inspect, visit } from '../support/visit.js'

describe('The record of processing on its pages', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  let customer: Customer
  beforeEach(async () => {
    customer = await aSignedCustomer(tilsyn)
  })

  const one = (order: Record<string, string>) =>
    `/customers/C-0001/record?${new URLSearchParams(order).toString()}`
  const textOf = async (agent: Parameters<typeof download>[0], url: string) =>
    (await readPdf((await download(agent, url)).bytes)).text

  it('shows one controller as it was on any day, with transfers, in both languages', async () => {
    const { agent } = await signedIn(tilsyn)
    const spring = await textOf(agent, one({ on: '2026-05-15', language: 'en', format: 'pdf' }))
    expect(spring)
      .to.include('Nordvang Drift A/S')
      .and.to.include('Karen Østergård')
      .and.to.include('Møllegården & Søn A/S')
      .and.to.include('Backup of MS365')
      .and.to.include('United States')
      .and.to.include('No basis on record')
      .and.to.include('No transfer rests on Article 49(1), second subparagraph')
      .and.to.include('Not described on 15 May 2026')
    expect(
      await textOf(agent, one({ on: '2024-06-01', language: 'en', format: 'pdf' })),
      'before the new name',
    )
      .to.include('Datto')
      .and.not.to.include('Curanet')
    const now = await textOf(agent, one({ language: 'da', format: 'pdf' }))
    expect(now).to.include('Curanet A/S').and.to.include('uden for EØS').and.not.to.include('Kaseya')
    expect((await visit(agent, '/log')).text).to.include('Record under Art. 30(2) made')
  })

  it('is asked for on a page; what cannot be is said there', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/customers/C-0001')).links).to.include('/customers/C-0001/record')
    expect((await visit(agent, '/customers/C-0001/record')).h1).to.include('Møllegården & Søn A/S')
    const wrong = await agent.get(one({ on: 'snart', format: 'pdf' }))
    expect(inspect(wrong.text, wrong.status).text).to.include('Enter a valid date.')
    expect((await request(tilsyn.app).get(one({ format: 'pdf' }))).status).to.equal(303)
  })

  it('shows all controllers, those searched for, and only those of the day', async () => {
    const { agent } = await signedIn(tilsyn)
    const from = '2026-11-01'
    await addCustomer(
      tilsyn.context(),
      aCustomer({ name: 'Nyborg Kommune', from, agreement: aCustomer().agreement, services: [] }),
    )
    expect((await visit(agent, '/record')).text)
      .to.include('Nyborg Kommune')
      .and.to.include('Møllegården')
    expect((await visit(agent, '/record?q=nyborg')).text).not.to.include('Møllegården')
    const file = async (query: string) => (await download(agent, `/record/file?language=en&${query}`)).bytes
    const whole = await file('format=pdf')
    await expectSoundPdf(whole, { name: 'record-of-all', locale: 'en' })
    const paper = (await readPdf(whole)).text
    expect(paper).to.include('Nyborg Kommune').and.to.include('Møllegården').and.to.include('2 controllers')
    expect((await readPdf(await file('format=pdf&on=2026-05-15'))).text).not.to.include('Nyborg Kommune')
    const sheets = unzipSync(new Uint8Array(await file('format=xlsx&q=nyborg')))
    const processing = strFromU8(sheets['xl/worksheets/sheet1.xml']!)
    expect(processing).to.include('Nyborg Kommune').and.not.to.include('Møllegården')
    expect(Object.keys(sheets).filter((name) => name.includes('/sheet'))).to.have.length(4)
  })

  it('carries the measures as described from the day they were, which an administrator writes', async () => {
    const { agent } = await signedIn(tilsyn, 'administrator')
    const fields = { 'physical[da]': 'Låste døre og vagt', 'physical[en]': 'Locked doors and a guard' }
    const { text } = await agent.get('/record/measures')
    const version = /name="version" value="(\d+)"/.exec(text)?.[1] ?? ''
    expect((await submit(agent, '/record/measures', { version, ...fields })).status).to.equal(303)
    expect((await visit(agent, '/record/measures')).text).to.include('In force from 23 November 2026')
    const stale = await submit(agent, '/record/measures', { version, ...fields, 'access[en]': 'Roles' })
    expect(stale.status, 'another was quicker').to.equal(409)
    expect(await textOf(agent, one({ language: 'en', format: 'pdf' }))).to.include('Locked doors and a guard')
    expect(await textOf(agent, one({ on: '2026-11-22', language: 'en', format: 'pdf' }))).not.to.include(
      'Locked',
    )
    await visit((await signedIn(tilsyn, 'officer')).agent, '/record/measures', 403)
  })

  it("is on the customer's own page, of that customer alone", async () => {
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
    const base = `/c/${link._id}`
    expect((await visit(reader, base)).links).to.include(`${base}/record`)
    expect((await visit(reader, `${base}/record`)).lang).to.equal('da')
    const { headers, bytes } = await download(reader, `${base}/record?format=pdf`)
    expect(headers['content-disposition']).to.include('Fortegnelse art 30 C-0001')
    expect((await readPdf(bytes)).text).to.include('Møllegården & Søn A/S')
    await expectSoundPdf(bytes, { name: 'record', locale: 'da' })
    expect((await request(tilsyn.app).get(`${base}/record`)).status).to.not.equal(200)
  })
})
