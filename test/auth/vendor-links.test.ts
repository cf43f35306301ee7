import { expect } from 'chai'
import request from 'supertest'
import { ensureLink, ensureVendorLink, linkMaker, linkUrl, revokeLinks } from '../../src/auth/links.js'
import { useApp } from '../support/app.js'

const wanted = {
  vendor: 'v1',
  contact: 'c1',
  about: { kind: 'questionnaire' as const, id: 'q1' },
  expiresOn: '2027-03-01',
}

describe("a vendor's link", () => {
  const tilsyn = useApp()
  const pathOf = (link: Parameters<typeof linkUrl>[0]) =>
    linkUrl(link, linkMaker(tilsyn.house)).replace('http://tilsyn.test', '')

  it('is made once, however often it is asked for', async () => {
    const links = await Promise.all(
      Array.from({ length: 8 }, () => ensureVendorLink(tilsyn.context(), wanted)),
    )
    expect(new Set(links.map(({ _id }) => _id)).size).to.equal(1)
    const colleague = await ensureVendorLink(tilsyn.context(), { ...wanted, contact: 'share:s1' })
    expect(colleague._id).not.to.equal(links[0]?._id)
  })

  it('leads to what it is about, with a cookie for that page only', async () => {
    for (const [kind, page] of [
      ['questionnaire', ''],
      ['statement-request', 'statement'],
      ['finding', 'finding'],
    ] as const) {
      const link = await ensureVendorLink(tilsyn.context(), { ...wanted, about: { kind, id: 'x1' } })
      const answer = await request(tilsyn.app).get(pathOf(link))
      expect([answer.status, answer.headers['location']]).to.deep.equal([303, `/v/${link._id}/${page}`])
      const cookie = [answer.headers['set-cookie']].flat().find((one) => one?.startsWith('tilsyn_link='))
      expect(cookie).to.include(`Path=/v/${link._id};`).and.include('HttpOnly').and.include('SameSite=Lax')
    }
  })

  it('keeps its last day, or takes a later one', async () => {
    const link = await ensureVendorLink(tilsyn.context(), wanted)
    const same = await ensureVendorLink(tilsyn.context(), { ...wanted, expiresOn: '2027-01-01' })
    expect([same._id, same.expiresOn, same.version]).to.deep.equal([link._id, '2027-03-01', link.version])
    expect(
      (await ensureVendorLink(tilsyn.context(), { ...wanted, expiresOn: '2027-06-01' })).expiresOn,
    ).to.equal('2027-06-01')
  })

  it('opens no more once it is revoked; asked for again it opens by a new token, the old one stays dead', async () => {
    const link = await ensureVendorLink(tilsyn.context(), wanted)
    await revokeLinks(tilsyn.context(), { contact: 'c1', about: { kind: 'questionnaire', ids: ['q1'] } })
    expect((await request(tilsyn.app).get(pathOf(link))).status).to.equal(404)
    const again = await ensureVendorLink(tilsyn.context(), wanted)
    expect(again._id).to.equal(link._id)
    expect((await request(tilsyn.app).get(pathOf(link))).status).to.equal(404)
    expect((await request(tilsyn.app).get(pathOf(again))).status).to.equal(303)
  })

  it("opens no customer's page, and a customer's link opens no vendor's", async () => {
    const vendor = await ensureVendorLink(tilsyn.context(), wanted)
    const customer = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: 'k1',
      contact: 'c9',
      about: { kind: 'recipient', id: 'r1' },
      expiresOn: '2027-03-01',
    })
    const cookieOf = async (path: string) => {
      const opened = await request(tilsyn.app).get(path)
      return /tilsyn_link=[^;]+/.exec(String(opened.headers['set-cookie']))?.[0] ?? ''
    }
    const [theirs, ours] = [await cookieOf(pathOf(vendor)), await cookieOf(pathOf(customer))]
    const status = async (path: string, cookie: string) =>
      (await request(tilsyn.app).get(path).set('Cookie', cookie)).status
    expect(await status(`/c/${vendor._id}/`, theirs)).to.equal(404)
    expect(await status(`/v/${customer._id}/`, ours)).to.equal(404)
    expect(await status(`/v/${vendor._id}/`, ours)).to.equal(404)
  })
})
