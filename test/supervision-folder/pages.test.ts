import { expect } from 'chai'
import { createHash } from 'node:crypto'
import { ensureLink, linkPath } from '../../src/auth/links.js'
import { mailboxCookie, mailboxShown } from '../../src/auth/shared-links.js'
import type { Customer } from '../../src/customers/rules.js'
import { pagesOf } from '../../src/documents/pdf-text.js'
import { readFileBytes } from '../../src/files/actions.js'
import { folderById } from '../../src/supervision-folder/records.js'
import { folderId } from '../../src/supervision-folder/rules.js'
import { aContact, aCustomer, buildWorld } from '../journeys/world.js'
import { useApp } from '../support/app.js'
import { anonymous, signedIn, submit, type Agent } from '../support/people.js'
import { expectSoundPdf } from '../support/sound-pdf.js'
import { visit } from '../support/visit.js'

const wordsOf = async (pdf: Buffer) => {
  const read = await pagesOf(pdf)
  return read.outcome === 'read' ? read.pages.flatMap(({ lines }) => lines).join(' ') : read.outcome
}
const answers = { subjects: '1000-10000', special: 'no', other: 'yes', processing: 'no' }
const written = {
  ...answers,
  concept: '3',
  looked: ['register', 'supervision'],
  notes: '',
  verdict: 'satisfactory',
  conclusion: 'Vi har gennemgået registret. Alt er i orden.',
  name: 'Åse Ørsted',
  title: 'DPO',
  next: '2028-11-23',
}

describe("A customer's supervision folder", function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  async function visitors() {
    const { customers } = await buildWorld(tilsyn.context(), [
      aCustomer(1, {
        name: 'Bakkeby Kommune',
        contacts: [aContact('a@bakkeby.example'), aContact('b@bakkeby.example')],
      }),
      aCustomer(2, { name: 'Hemmelig Kunde A/S' }),
    ])
    const [own, other] = customers as [Customer, Customer]
    return {
      own,
      other,
      first: await comes(own, 0),
      second: await comes(own, 1),
      stranger: await comes(other, 0),
    }
  }

  async function comes(customer: Customer, place: number): Promise<{ agent: Agent; page: string }> {
    const link = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact: customer.contacts[place]?.id ?? '',
      about: { kind: 'recipient', id: 'test' },
      expiresOn: '2030-01-01',
    })
    const agent = anonymous(tilsyn)
    await agent.get(linkPath(link, { key: tilsyn.house.keys.links }))
    return { agent, page: `/c/${link._id}/supervision` }
  }

  it('of one DPO for several institutions begins with what is the same, and keeps each conclusion apart', async () => {
    const dpo = () => [aContact('dpo@skovby.example')]
    const { customers } = await buildWorld(tilsyn.context(), [
      aCustomer(1, { name: 'Skovby Bibliotek', contacts: dpo() }),
      aCustomer(2, { name: 'Skovby Skole', contacts: dpo() }),
      aCustomer(3, { name: 'Anden Kunde A/S' }),
    ])
    const [library, school] = customers as [Customer, Customer]
    const at = { library: await comes(library, 0), school: await comes(school, 0) }
    const filing = { ...written, seen: 0 }
    await submit(at.library.agent, at.library.page, filing, `${at.library.page}/file`)
    const { agent, page } = at.school
    // Whoever was forwarded the school's link learns of no library.
    for (const path of [page, `${page}?from=${library.reference}`])
      expect((await visit(agent, path)).text)
        .to.not.include('Skovby Bibliotek')
        .and.not.include(written.conclusion)
    const shown = mailboxShown(tilsyn.house, 'dpo@skovby.example')
    agent.jar.setCookie(`${mailboxCookie.name}=${shown}; Path=/c`, '127.0.0.1')
    const plain = await visit(agent, page)
    expect(plain.text)
      .to.include('Du er også kontakt for 1 anden kunde (1 journaliseret i år)')
      .and.include('Skovby Bibliotek')
      .and.not.include('Anden Kunde')
      .and.not.include(written.conclusion)
    const begun = await visit(agent, `${page}?from=${library.reference}`)
    expect(begun.text).to.include(written.conclusion).and.include('Intet er gemt endnu')
    expect(begun.html)
      .to.match(/value="1000-10000"[^>]*checked/)
      .and.not.match(/value="satisfactory"[^>]*checked/)
      .and.not.match(/name="looked"[^>]*checked/)
    expect(await folderById(folderId(school._id, 2026)), 'nothing is saved by looking').to.equal(null)
    // Nobody begins with the words of a customer the person is no contact of.
    expect((await visit(agent, `${page}?from=${customers[2]?.reference}`)).text).not.to.include(
      'Intet er gemt endnu',
    )
  })

  it('is saved as it goes, filed as one paper that stays, and shows staff no more than the customer shares', async () => {
    const { own, first, stranger } = await visitors()
    const { agent, page } = first
    expect((await visit(agent, page)).text).to.include('Curanet A/S')
    expect(await folderById(folderId(own._id, 2026)), 'opening makes nothing').to.equal(null)
    await submit(agent, page, { ...answers, seen: 0 })
    const half = await visit(agent, page)
    expect(half.text).to.include('4 point').and.include('kladde')
    expect(half.html).to.match(/value="1000-10000"[^>]*checked/)
    const early = await submit(agent, page, { ...answers, seen: 1 }, `${page}/file`)
    expect(early.status).to.equal(422)

    const filed = await submit(agent, page, { ...written, seen: 1 }, `${page}/file`)
    expect(filed.status).to.equal(303)
    const [filing] = (await folderById(folderId(own._id, 2026)))?.filings ?? []
    const bytes = await readFileBytes(filing?.file ?? '')
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(filing?.sha256)
    await expectSoundPdf(bytes, { name: 'folder', locale: 'da' })
    const text = await wordsOf(bytes)
    expect(text)
      .to.include('Vi har gennemgået registret.')
      .and.include('Curanet A/S')
      .and.include('I alt 4')
      .and.not.include('Hemmelig')
    expect((await visit(agent, page)).text).to.include(filing?.sha256)
    expect((await agent.get(`${page}/2026/files/1`)).status).to.equal(200)
    expect((await stranger.agent.get(`${stranger.page}/2026/files/1`)).status).to.equal(404)
    expect((await visit(stranger.agent, stranger.page)).text).to.not.include('Bakkeby')

    const { agent: staff } = await signedIn(tilsyn, 'officer', 'da')
    const customerPage = `/customers/${own.reference}`
    const theirs = `${customerPage}/supervision-folders/2026/files/1`
    const before = (await visit(staff, customerPage)).text
    expect(before).to.include('journaliseret 23. november 2026').and.not.include('Tilfredsstillende')
    expect((await staff.get(theirs)).status).to.equal(404)
    await submit(agent, page, { shared: 'all' }, `${page}/share`)
    expect((await visit(staff, customerPage)).text).to.include('Tilfredsstillende')
    expect((await staff.get(theirs)).status).to.equal(200)
  })

  it('tells the page that is open what follows from the answers, and what somebody else has saved since is not saved over', async () => {
    const { own, first } = await visitors()
    const { agent, page } = first
    const sends = async (fields: Record<string, string>, to = page) => {
      const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get(page)).text)?.[1] ?? ''
      return agent
        .post(to)
        .type('form')
        .set('accept', 'application/json')
        .send({ _csrf: token, ...fields })
    }
    const half = await sends({ subjects: '1000-10000', seen: '0' })
    expect(half.body).to.deep.include({ version: 1, score: null, next: '' })
    const whole = (await sends({ ...answers, seen: '1' })).body as {
      score: { words: string }
      ways: { enough: string }[]
      next: string
      nextHint: string
    }
    expect(whole.score.words).to.equal('4 point.')
    expect(whole.ways.map(({ enough }) => enough)).to.deep.equal([
      'er ikke nok',
      ...Array<string>(5).fill('er nok'),
    ])
    expect(whole.next).to.equal('2028-11-23')
    expect(whole.nextHint).to.include('23. november 2028')
    expect((await sends({ ...answers, notes: 'Nyt.', seen: '1' })).status).to.equal(409)
    // Filed too early, on a version that is not the newest: the form still says which it was written on.
    const early = await submit(agent, page, { ...answers, notes: 'Gammelt.', seen: 1 }, `${page}/file`)
    expect(early.status).to.equal(422)
    expect(early.text).to.include('name="seen" value="1"').and.include('data-unsaved')
    expect((await folderById(folderId(own._id, 2026)))?.version).to.equal(2)
  })

  it('shows two people of one customer where they differ, and overwrites nothing unseen', async () => {
    const { own, first, second } = await visitors()
    await submit(first.agent, first.page, { ...written, seen: 0 })
    const late = await submit(second.agent, second.page, { ...written, conclusion: 'Mangler svar.', seen: 0 })
    expect(late.status).to.equal(409)
    expect(late.text).to.include('Alt er i orden.').and.include('Mangler svar.')
    expect((await folderById(folderId(own._id, 2026)))?.conclusion).to.include('Alt er i orden.')
    const seen = /name="seen" value="(\d+)"/.exec(late.text)?.[1] ?? ''
    await submit(second.agent, second.page, { ...written, conclusion: 'Mangler svar.', seen })
    expect((await folderById(folderId(own._id, 2026)))?.conclusion).to.equal('Mangler svar.')
  })

  it("stays where it was filed when a new year begins from last year's answers", async () => {
    const { own, first } = await visitors()
    await submit(first.agent, first.page, { ...written, seen: 0 }, `${first.page}/file`)
    tilsyn.moveTo('2027-02-01')
    const { agent, page } = await comes(own, 0)
    const fresh = await visit(agent, page)
    expect(fresh.h1).to.equal('Tilsynsmappe 2027')
    expect(fresh.text).to.include('hentet fra sidste mappe').and.not.include('Alt er i orden.')
    expect((await visit(agent, `${page}/2026`)).text).to.include('Alt er i orden.')
    const texts = await visit(agent, `${page}/texts`)
    expect(texts.html)
      .to.include('Nordvang Drift A/S')
      .and.include('as our processor for Web hosting')
      .and.include('artikel 30')
  })
})
