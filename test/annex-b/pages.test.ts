import { expect } from 'chai'
import { createHash } from 'node:crypto'
import request from 'supertest'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import type { Customer } from '../../src/customers/rules.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aSignedCustomer, download, path, readPdf } from './handed.js'

describe('Annex B', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  let customer: Customer

  beforeEach(async () => {
    customer = await aSignedCustomer(tilsyn)
  })

  it('is chosen on a page, on the customer and below its list; what cannot be is said on the page', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/customers/C-0001/annex-b')).h1).to.include('Møllegården & Søn A/S')
    expect((await visit(agent, '/customers/C-0001')).html).to.include('action="/customers/C-0001/annex-b"')
    const list = await visit(agent, '/register?customer=C-0001&on=2026-05-15')
    expect(list.html)
      .to.include('action="/customers/C-0001/annex-b"')
      .and.to.include('name="on" value="2026-05-15"')
    expect((await visit(agent, '/register')).html).not.to.include('annex-b')
    const wrong = await agent.get(path({ on: '2026-13-01', lang: 'de', columns: 'x', format: 'odt' }))
    const page = inspect(wrong.text, wrong.status)
    expect(page.status).to.equal(422)
    expect(page.html).to.include('Enter a valid date.').and.to.include('value="2026-13-01"')
    expect((await agent.get('/customers/C-0099/annex-b?format=pdf')).status).to.equal(404)
    expect((await request(tilsyn.app).get(path({ format: 'pdf' }))).status).to.equal(303)
  })

  it('keeps who was handed which version in which form, with the hash by which the file can be known again', async () => {
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/customers/C-0001/annex-b')).text).to.include(
      'No Annex B has been downloaded',
    )
    const { bytes } = await download(
      agent,
      path({ on: '2026-05-15', lang: 'en', columns: 'b1', format: 'pdf' }),
    )
    const page = await visit(agent, '/customers/C-0001/annex-b')
    expect(page.text)
      .to.include('15 May 2026 3 The four columns of B.1, English, PDF')
      .and.to.include('Anders officer')
      .and.to.include(createHash('sha256').update(bytes).digest('hex'))
    expect((await visit(agent, '/log?kind=annex-b')).text).to.include('Annex B handed out')
  })

  it("is on the customer's own page, for that customer alone, in its language", async () => {
    await signedIn(tilsyn)
    const link = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact: customer.contacts[0]?.id ?? '',
      about: { kind: 'customer', id: customer._id },
      expiresOn: '2027-12-31',
    })
    const reader = request.agent(tilsyn.app)
    const { pathname } = new URL(linkUrl(link, linkMaker(tilsyn.house)))
    expect((await reader.get(pathname)).status).to.equal(303)
    const base = `/c/${link._id}/list`
    expect((await visit(reader, `${base}?on=2026-05-15`)).html).to.include(`action="${base}/annex-b"`)
    expect((await visit(reader, `${base}?on=2020-01-01`)).html).not.to.include('annex-b')
    const { headers, bytes } = await download(reader, `${base}/annex-b?on=2026-05-15`)
    expect(headers['content-disposition']).to.include('Bilag B C-0001 2026-05-15.pdf')
    expect((await readPdf(bytes)).text).to.include('Kaseya')
    const wrong = await reader.get(`${base}/annex-b?on=nu&format=pdf`)
    expect(inspect(wrong.text, wrong.status).status).to.equal(422)
    expect((await visit(reader, `${base}?on=2026-05-15`)).html).to.include('name="known"')
    expect((await visit(reader, base)).html, 'nothing of today was corrected since').not.to.include(
      'name="known"',
    )
    const english = await download(reader, `${base}/annex-b?on=2026-05-15&language=en&format=docx`)
    expect(english.headers['content-disposition']).to.include('Appendix B')
    expect((await visit(reader, base)).lang, 'the page keeps its language').to.equal('da')
  })

  it('says what changed between two days, and by which notice', async () => {
    const { agent } = await signedIn(tilsyn)
    const page = await visit(agent, '/register/differences?customer=C-0001&from=2024-06-01&to=2026-11-23')
    expect(page.h1).to.equal('What changed on the list of Møllegården & Søn A/S')
    expect(page.text)
      .to.include('Curanet A/S has come on the list: Operation of web hosting.')
      .and.to.include('Datto, Inc. has gone from the list.')
    expect(page.links).to.include('/notices/CN-2026-001/recipients/C-0001')
    const renamed = await visit(agent, '/register/differences?from=2026-01-01&to=2025-01-01')
    expect(renamed.text)
      .to.include('Name: before “Datto, Inc.”, now “Kaseya”.')
      .and.to.include('No notice: changed in the register')
    expect((await visit(agent, '/register/differences?from=2026-01-01&to=2026-01-02')).text).to.include(
      'The list was the same',
    )
    expect((await visit(agent, '/register/differences?from=snart', 422)).text).to.include(
      'Enter a valid date.',
    )
    const all = await visit(agent, '/register/differences?from=2026-04-01&to=2026-11-23')
    expect(all.links).to.include('/notices/CN-2026-001')
    await visit(agent, '/register/differences?customer=nobody')
  })
})
