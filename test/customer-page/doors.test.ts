import { expect } from 'chai'
import request from 'supertest'
import {
  ensureLink,
  ensureVendorLink,
  linkMaker,
  linkPath,
  revokeLinks,
  type Link,
  type VendorLink,
} from '../../src/auth/links.js'
import { mailboxCookie, mailboxShown } from '../../src/auth/shared-links.js'
import { endContact } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import { recipientById, registerDelivery, type Notice } from '../../src/notices/actions.js'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { routesOf } from '../../src/web/routes-of.js'
import { aDraft, anIssued, aWorld, customersOf, officer } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { organise, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Vi gør indsigelse.') }

// GDPR 5(1)(f), 32: whoever has a link sees what it is about, and who has none sees nothing; whatever is tried at the address.
describe('Whoever comes by a link', () => {
  const tilsyn = useApp()
  const behind = routesOf(tilsyn.app).filter(({ guard }) => guard === 'link' || guard === 'vendor-link')
  const pathOf = (link: Pick<Link, '_id' | 'tokenVersion'>) => linkPath(link, linkMaker(tilsyn.house))
  const filled = (path: string, link: string) =>
    path.replace(':link', link).replaceAll(/:\w+/g, 'XX-2026-001')

  async function cookieOf(link: Pick<Link | VendorLink, '_id' | 'tokenVersion'>): Promise<string> {
    const opened = await request(tilsyn.app).get(pathOf(link))
    return /tilsyn_link=[^;]+/.exec(String(opened.headers['set-cookie']))?.[0] ?? ''
  }

  describe('without the right one', () => {
    let own: Link
    let vendor: VendorLink
    const cookies = { none: '', another: '', revoked: '' }

    beforeEach('links of two customers and a vendor, one of them revoked', async () => {
      await organise(tilsyn)
      tilsyn.house.limits.pages.points = 100_000
      const wanted = (customer: string) => ({
        kind: 'customer' as const,
        customer,
        contact: `contact of ${customer}`,
        about: { kind: 'recipient', id: `n1/${customer}` },
        expiresOn: '2027-12-31',
      })
      own = await ensureLink(tilsyn.context(), wanted('c1'))
      cookies.another = await cookieOf(await ensureLink(tilsyn.context(), wanted('c2')))
      cookies.revoked = await cookieOf(own)
      await revokeLinks(tilsyn.context(), { customer: 'c1' })
      vendor = await ensureVendorLink(tilsyn.context(), {
        vendor: 'v1',
        contact: 'contact of v1',
        about: { kind: 'questionnaire', id: 'q1' },
        expiresOn: '2027-12-31',
      })
    })
    const linkFor = (path: string) => (path.startsWith('/c/') ? own._id : vendor._id)

    // The guard is the same for all: each address is tried in one of the ways, and each way at many of them.
    const tried = (method: 'get' | 'post') =>
      behind
        .filter((route) => route.method === method)
        .map(({ path }, place) => {
          const way = (['none', 'another', 'revoked'] as const)[place % 3]!
          return { url: filled(path, linkFor(path)), cookie: cookies[way], what: `${path}, ${way}`, way }
        })

    it('meets one page at every address, which says nothing and is kept nowhere', async () => {
      const pages = new Set<string>()
      for (const { url, cookie, what, way } of tried('get')) {
        const answer = await request(tilsyn.app).get(url).set('Cookie', cookie)
        expect(answer.status, what).to.equal(404)
        expect(answer.headers['cache-control'], what).to.equal('no-store')
        pages.add(inspect(answer.text, 404).text)
        if (way !== 'another') continue
        const head = await request(tilsyn.app).head(url).set('Cookie', cookie)
        expect([head.status, head.text ?? ''], `HEAD ${what}`).to.deep.equal([404, ''])
      }
      expect([...pages]).to.have.length(1)
      expect([...pages][0]).to.include('Åbn linket i den seneste mail')
    })

    it('does nothing at any address, whatever kind of form is sent', async () => {
      for (const { url, cookie, what } of tried('post')) {
        const plain = await request(tilsyn.app).post(url).set('Cookie', cookie).type('form').send({ to: 'x' })
        expect(plain.status, what).to.equal(403)
        const parts = await request(tilsyn.app).post(url).set('Cookie', cookie).field('to', 'x')
        expect(parts.status, `${what}, in parts`).to.be.oneOf([403, 404])
      }
    })

    it('learns from OPTIONS what there is for anybody, and from other methods nothing', async () => {
      const asked = async (method: 'options' | 'put' | 'delete' | 'patch', link: string) => {
        const { status, headers } = await request(tilsyn.app)[method](`/c/${link}/supervision`)
        return [status, headers['allow']]
      }
      for (const method of ['options', 'put', 'delete', 'patch'] as const)
        expect(await asked(method, own._id), method).to.deep.equal(
          await asked(method, '0000000000aaaaaaaaaa'),
        )
      expect((await asked('put', own._id))[0]).to.be.oneOf([403, 404])
    })
  })

  describe('of one customer', () => {
    let notice: Notice
    let customer: Customer
    let neighbour: Customer
    let agent: Agent
    let base: string
    let link: Link

    beforeEach('two are told, and the neighbour has objected with a letter', async () => {
      const world = await aWorld(tilsyn)
      const customers = await customersOf(tilsyn, world, [
        { name: 'Bakkeby Kommune' },
        { name: 'Naboby Forsyning' },
      ])
      ;[customer, neighbour] = customers as [Customer, Customer]
      tilsyn.moveTo('2026-11-24T09:00:00Z')
      notice = await anIssued(tilsyn, aDraft(world.planned))
      for (const { _id } of customers)
        await registerDelivery(
          tilsyn.context(),
          `${notice._id}/${_id}`,
          { channel: 'letter', at: tilsyn.now() },
          letter,
        )
      const theirs = await open(neighbour)
      const at = `${theirs.base}/notices/${notice.reference}/object`
      await submitFiles(theirs.agent, at, { reasons: 'Fortroligt' }, [{ field: 'files', ...letter }])
      ;({ agent, base, link } = await open(customer))
    })

    async function open(who: Customer) {
      const opened = await ensureLink(tilsyn.context(), {
        kind: 'customer',
        customer: who._id,
        contact: who.contacts[0]?.id ?? '',
        about: { kind: 'recipient', id: `${notice._id}/${who._id}` },
        expiresOn: '2027-12-31',
      })
      const browser = request.agent(tilsyn.app)
      await browser.get(pathOf(opened))
      return { agent: browser, base: `/c/${opened._id}`, link: opened }
    }
    const receipt = async () => (await recipientById(`${notice._id}/${customer._id}`))?.receipt

    it('reaches nothing of the neighbour by its references and files', async () => {
      const [objection] = await objectionsOfRecipient(`${notice._id}/${neighbour._id}`)
      const file = objection?.files[0] ?? ''
      const mine = `${base}/notices/${notice.reference}/object`
      await submitFiles(agent, mine, { reasons: '' }, [{ field: 'files', ...letter }])
      const [ours] = await objectionsOfRecipient(`${notice._id}/${customer._id}`)
      const theirs = await open(neighbour)
      const asked = await submit(
        theirs.agent,
        `${theirs.base}/objections/${objection?.reference}`,
        { 'withdraw[name]': 'X', 'withdraw[title]': 'Y' },
        `${theirs.base}/objections/${objection?.reference}/withdraw`,
      )
      const code = String(asked.headers['location']).split('/').at(-1) ?? ''
      await visit(theirs.agent, `${theirs.base}/codes/${code}`)
      agent.jar.setCookie(
        `${mailboxCookie.name}=${mailboxShown(tilsyn.house, customer.contacts[0]?.email ?? '')}; Path=/c`,
        '127.0.0.1',
      )
      for (const path of [
        `objections/${objection?.reference}`,
        `objections/${objection?.reference}/files/${file}`,
        `objections/${ours?.reference}/files/${file}`,
        `codes/${code}`,
        `instructions/files/${file}`,
        `others/${neighbour.reference}`,
        `others/${customer.reference}`.replace(customer.reference, '%2e%2e'),
        'supervision/2025',
        'supervision/2026/files/1',
        'declarations/AU-2026/da',
        'requests/RQ-2026-001',
        'breaches/BR-2026-001',
        'departures/OP-2026-001',
      ])
        expect((await visit(agent, `${base}/${path}`, 404)).text, path).to.not.include('Naboby')
      const withdrawn = await submit(
        agent,
        base,
        { 'withdraw[name]': 'X', 'withdraw[title]': 'Y' },
        `${base}/objections/${objection?.reference}/withdraw`,
      )
      expect(withdrawn.status).to.equal(404)
    })

    it('cannot use a form of one page at the address of another', async () => {
      const theirs = await open(neighbour)
      const cookies = async (browser: Agent, at: string) => {
        const page = await browser.get(`${at}/notices/${notice.reference}`)
        return {
          token: /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '',
          csrf: /tilsyn_csrf_c=[^;]+/.exec(String(page.headers['set-cookie']))?.[0] ?? '',
        }
      }
      const taken = await cookies(theirs.agent, theirs.base)
      const sent = await request(tilsyn.app)
        .post(`${base}/notices/${notice.reference}/receipt`)
        .set('Cookie', [await cookieOf(link), taken.csrf].join('; '))
        .type('form')
        .send({ _csrf: taken.token })
      expect(sent.status).to.equal(403)
      const unsigned = await request(tilsyn.app)
        .post(`${base}/notices/${notice.reference}/receipt`)
        .set('Cookie', await cookieOf(link))
        .field('once', 'x')
      expect(unsigned.status, 'in parts, without a token').to.equal(403)
      expect(await receipt()).to.equal(null)
    })

    for (const [what, shut] of [
      ['the link is revoked', () => revokeLinks(tilsyn.context(), { customer: customer._id })],
      [
        'the person leaves the customer',
        () => endContact(tilsyn.context(officer), customer, customer.contacts[0]?.id ?? '', tilsyn.today()),
      ],
    ] as const)
      it(`is shut out in the middle of a form when ${what}`, async () => {
        const url = `${base}/notices/${notice.reference}`
        const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get(url)).text)?.[1] ?? ''
        await shut()
        const sent = await agent.post(`${url}/receipt`).type('form').send({ _csrf: token })
        expect(sent.status).to.equal(404)
        expect(await receipt()).to.equal(null)
        await visit(agent, url, 404)
      })

    it('gets pages and files that nobody keeps, frames, or is told the address of', async () => {
      await submitFiles(agent, `${base}/notices/${notice.reference}/object`, { reasons: '' }, [
        { field: 'files', ...letter },
      ])
      const [ours] = await objectionsOfRecipient(`${notice._id}/${customer._id}`)
      const file = `${base}/objections/${ours?.reference}/files/${ours?.files[0]}`
      for (const path of [pathOf(link), base, `${base}/notices/${notice.reference}/notice.pdf`, file]) {
        const { headers } = await agent.get(path)
        expect(headers['cache-control'], path).to.equal('no-store')
        expect(headers['referrer-policy'], path).to.equal('same-origin')
        expect(headers['x-content-type-options'], path).to.equal('nosniff')
        expect(headers['content-security-policy'], path).to.be.a('string')
      }
      const { headers } = await agent.get(file)
      expect(headers['content-disposition']).to.match(/^attachment/)
      expect(headers['content-security-policy']).to.include('sandbox')
    })
  })
})
