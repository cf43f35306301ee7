import { expect } from 'chai'
import mongoose from 'mongoose'
import request from 'supertest'
import {
  ensureLink,
  ensureLinks,
  extendLink,
  linkMaker,
  linkUrl,
  liveLinkUrls,
  revokeLinks,
} from '../../src/auth/links.js'
import { linkToken, readLinkToken } from '../../src/auth/link-token.js'
import { useApp } from '../support/app.js'
import { anonymous, organise } from '../support/people.js'
import { visit } from '../support/visit.js'

const wanted = {
  kind: 'customer' as const,
  customer: 'customer-1',
  contact: 'contact-1',
  about: { kind: 'recipient', id: 'recipient-1' },
  expiresOn: '2027-03-31',
}

describe("a customer's link", () => {
  const tilsyn = useApp()
  const pathOf = (link: Parameters<typeof linkUrl>[0]) =>
    linkUrl(link, linkMaker(tilsyn.house)).replace('http://tilsyn.test', '')

  it('is one per contact and matter, however often it is asked for', async () => {
    const links = await Promise.all(Array.from({ length: 8 }, () => ensureLink(tilsyn.context(), wanted)))
    expect(new Set(links.map(({ _id }) => _id)).size).to.equal(1)
    const many = await ensureLinks(tilsyn.context(), [wanted, { ...wanted, contact: 'contact-2' }])
    expect(many.map(({ contact }) => contact)).to.deep.equal(['contact-1', 'contact-2'])
    expect(many[0]?._id).to.equal(links[0]?._id)
  })

  it('trades its token for a cookie of its own path and a clean address', async () => {
    const link = await ensureLink(tilsyn.context(), wanted)
    const answer = await request(tilsyn.app).get(pathOf(link))
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, `/c/${link._id}/`])
    const cookie = [answer.headers['set-cookie']].flat().find((one) => one?.startsWith('tilsyn_link='))
    expect(cookie).to.include(`Path=/c/${link._id};`).and.include('HttpOnly').and.include('SameSite=Lax')
  })

  it('changes nothing by being opened: mail scanners do that, with GET and with HEAD', async () => {
    const link = await ensureLink(tilsyn.context(), wanted)
    const stored = async () => {
      const collections = await mongoose.connection.db!.collections()
      return JSON.stringify(await Promise.all(collections.map((one) => one.find({}).toArray())))
    }
    const before = await stored()
    await request(tilsyn.app).get(pathOf(link))
    await request(tilsyn.app).head(pathOf(link))
    expect(await stored()).to.equal(before)
  })

  it('opens until its last day in Copenhagen is over', async () => {
    const link = await ensureLink(tilsyn.context(), wanted)
    tilsyn.moveTo('2027-03-31T21:59:59Z')
    expect((await request(tilsyn.app).get(pathOf(link))).status).to.equal(303)
    tilsyn.moveTo('2027-03-31T22:00:00Z')
    await visit(tilsyn.app, pathOf(link), 404)
    await extendLink(tilsyn.context(), link, '2027-04-01')
    expect((await request(tilsyn.app).get(pathOf(link))).status).to.equal(303)
  })

  it('is dead once revoked, also for who has it open, and in mails not yet sent', async () => {
    await organise(tilsyn)
    const link = await ensureLink(tilsyn.context(), wanted)
    const agent = anonymous(tilsyn)
    await agent.get(pathOf(link))
    expect((await liveLinkUrls(tilsyn.house)([link._id])).get(link._id)).to.equal(
      `http://tilsyn.test${pathOf(link)}`,
    )
    expect(
      await revokeLinks(tilsyn.context(), { about: { kind: 'recipient', ids: ['recipient-1'] } }),
    ).to.equal(1)
    await visit(agent, `/c/${link._id}/`, 404)
    await visit(tilsyn.app, pathOf(link), 404)
    expect((await liveLinkUrls(tilsyn.house)([link._id])).size).to.equal(0)
    expect(
      await revokeLinks(tilsyn.context(), { about: { kind: 'recipient', ids: ['recipient-1'] } }),
    ).to.equal(0)
  })

  it('says the same page for every link that does not open, whosever it was', async () => {
    await organise(tilsyn)
    const link = await ensureLink(tilsyn.context(), wanted)
    const revoked = await ensureLink(tilsyn.context(), { ...wanted, contact: 'contact-2' })
    await revokeLinks(tilsyn.context(), { contact: 'contact-2' })
    const token = pathOf(link)
    const forged = token.slice(0, -3) + (token.endsWith('AAA') ? 'BBB' : 'AAA')
    const pages = []
    for (const path of [
      '/l/nonsense',
      forged,
      pathOf(revoked),
      `/c/${link._id}/`,
      '/c/0000000000aaaaaaaaaa/',
    ])
      pages.push((await visit(tilsyn.app, path, 404)).text)
    expect(new Set(pages).size).to.equal(1)
    expect(pages[0]).to.include('Åbn linket i den seneste mail')
  })

  it('opens the notice or objection the mail was about, and nothing else that is asked for', async () => {
    const path = pathOf(await ensureLink(tilsyn.context(), wanted))
    const opened = async (to: string) =>
      String((await request(tilsyn.app).get(`${path}?to=${to}`)).headers['location']).replace(
        /^\/c\/[^/]+/,
        '',
      )
    expect(await opened('notices/CN-2026-001')).to.equal('/notices/CN-2026-001')
    expect(await opened('objections/OB-2026-012')).to.equal('/objections/OB-2026-012')
    for (const to of [
      '//evil.example',
      'https://evil.example',
      '../../settings',
      'notices/CN-2026-001/object',
      '',
    ])
      expect(await opened(to), to).to.equal('/')
  })

  it('does not open another link with the cookie of the first', async () => {
    const [one, two] = await ensureLinks(tilsyn.context(), [wanted, { ...wanted, contact: 'contact-2' }])
    const opened = await request(tilsyn.app).get(pathOf(one!))
    const cookie = /tilsyn_link=[^;]+/.exec(String(opened.headers['set-cookie']))?.[0] ?? ''
    expect((await request(tilsyn.app).get(`/c/${two!._id}/`).set('Cookie', cookie)).status).to.equal(404)
  })

  it('is out of reach for guessing: after twenty wrong tokens an address waits', async () => {
    let status = 0
    for (let count = 0; count <= 20; count++) ({ status } = await request(tilsyn.app).get(`/l/guess${count}`))
    expect(status).to.equal(429)
  })

  it('has a token that is derived and stored nowhere', async () => {
    const link = await ensureLink(tilsyn.context(), wanted)
    const seal = linkToken(link, tilsyn.house.keys.links).split('.')[2] ?? ''
    const collections = await mongoose.connection.db!.collections()
    const all = JSON.stringify(await Promise.all(collections.map((one) => one.find({}).toArray())))
    expect(all).to.include(link._id).and.not.include(seal)
  })
})

describe('a token', () => {
  const link = { _id: '0123456789abcdefghjkmnpqrs', tokenVersion: 3 }

  it('tells the link and its version to who has the key', () => {
    expect(readLinkToken(linkToken(link, 'key'), 'key')).to.deep.equal({
      _id: link._id,
      version: 3,
      opens: 'own',
    })
    const shared = linkToken(link, 'key', 'shared')
    expect(readLinkToken(shared, 'key')).to.deep.equal({ _id: link._id, version: 3, opens: 'shared' })
    expect(readLinkToken(shared.replace('3s', '3'), 'key')).to.equal(null)
  })

  it('tells nothing with another key, another version, another id, or cut short', () => {
    const token = linkToken(link, 'key')
    for (const wrong of [
      token.replace('.3.', '.4.'),
      token.replace('0123', '0124'),
      token.slice(0, -1),
      `${token}x`,
      '',
      '..',
    ])
      expect(readLinkToken(wrong, 'key'), wrong).to.equal(null)
    expect(readLinkToken(token, 'other key')).to.equal(null)
  })
})
