import { expect } from 'chai'
import { createHash } from 'node:crypto'
import { ensureLink, linkPath } from '../../src/auth/links.js'
import type { Customer } from '../../src/customers/rules.js'
import { pagesOf } from '../../src/documents/pdf-text.js'
import { readFileBytes } from '../../src/files/actions.js'
import { folderById } from '../../src/supervision-folder/records.js'
import { folderId } from '../../src/supervision-folder/rules.js'
import { aContact, aCustomer, buildWorld } from '../journeys/world.js'
import { useApp } from '../support/app.js'
import { anonymous, signedIn, submit, type Agent } from '../support/people.js'
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
    expect(bytes.toString('latin1')).to.include('/MarkInfo').and.include('da-DK')
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
