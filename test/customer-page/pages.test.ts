import { expect } from 'chai'
import mongoose from 'mongoose'
import request from 'supertest'
import { codeDigits } from '../../src/auth/code-digits.js'
import { ensureLink, linkMaker, linkUrl, revokeLinks, type Link } from '../../src/auth/links.js'
import { changeContact, endContact } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import {
  confirmUse,
  noticeByReference,
  recipientById,
  registerDelivery,
  withdrawNotice,
  type Notice,
} from '../../src/notices/actions.js'
import { objectionsOfRecipient } from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { useApp } from '../support/app.js'
import { submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aDraft, anEngagement, anIssued, aWorld, customersOf, officer, type World } from '../notices/world.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Vi gør indsigelse.') }

describe("the customer's page", () => {
  const tilsyn = useApp()
  let world: World
  let notice: Notice
  let customer: Customer
  let neighbour: Customer
  let link: Link
  let reader: Agent
  let base: string

  // Issued and delivered on Tuesday 24 November 2026: last day 28 December, use from the 29th.
  async function begin(
    agreement: Parameters<typeof customersOf>[2][number]['agreement'] = {},
    locale: 'da' | 'en' = 'da',
  ) {
    world = await aWorld(tilsyn)
    const customers = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', caseNumber: '26/1234', agreement, locale },
      { name: 'Naboby Forsyning' },
    ])
    customer = customers[0] as Customer
    neighbour = customers[1] as Customer
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    notice = await anIssued(tilsyn, aDraft(world.planned))
    for (const { _id } of customers)
      await registerDelivery(
        tilsyn.context(),
        `${notice._id}/${_id}`,
        { channel: 'letter', at: tilsyn.now() },
        letter,
      )
    link = await linkFor(customer)
    reader = await open(link)
    base = `/c/${link._id}`
  }

  const linkFor = (who: Customer) =>
    ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: who._id,
      contact: who.contacts[0]?.id ?? '',
      about: { kind: 'recipient', id: `${notice._id}/${who._id}` },
      expiresOn: '2027-11-24',
    })

  async function open(which: Link): Promise<Agent> {
    const agent = request.agent(tilsyn.app)
    const path = new URL(linkUrl(which, linkMaker(tilsyn.house))).pathname
    expect((await agent.get(path)).status).to.equal(303)
    return agent
  }

  /** Everything that is stored, so that two moments can be compared. */
  async function everything(): Promise<Record<string, unknown[]>> {
    const collections = (await mongoose.connection.db?.collections()) ?? []
    const all = await Promise.all(
      collections.map(
        async (each) => [each.collectionName, await each.find({}).sort({ _id: 1 }).toArray()] as const,
      ),
    )
    return Object.fromEntries(all.filter(([, rows]) => rows.length > 0))
  }

  const recipient = () => `${notice._id}/${customer._id}`
  const noticePage = () => `${base}/notices/${notice.reference}`
  const object = (fields: Record<string, string> = {}, files = [{ field: 'files', ...letter }]) =>
    submitFiles(reader, `${noticePage()}/object`, fields, files)

  it('says first what the reader must do, in its language, and then the change, dates and how to object', async () => {
    await begin()
    const start = await visit(reader, base)
    expect(start.lang).to.equal('da')
    expect(start.text).to.contain(
      'I skal ikke gøre noget, medmindre I vil gøre indsigelse. Sidste dag: mandag den 28. december 2026.',
    )
    const page = await visit(reader, noticePage())
    for (const said of [
      'Nyborg Backup ApS',
      'CVR 29403473',
      'Havnegade 3, 5800 Nyborg',
      'Backup af kundernes servere',
      'Vi samler backup ét sted.',
      'mandag den 28. december 2026',
      'Bekræft modtagelsen',
      'Gør indsigelse',
      'Karen Østergård',
    ])
      expect(page.text).to.contain(said)
    expect(page.html).not.to.contain('class="navigation"')
    const english = await visit(reader, `${noticePage()}?lang=en`)
    expect(english.text).to.contain(
      'You need do nothing unless you object. Last day: Monday 28 December 2026.',
    )
    expect((await visit(reader, base)).lang, 'the choice is kept').to.equal('en')
  })

  it('opening any page, and the link again, changes nothing', async () => {
    await begin()
    await object({ reasons: 'Nej tak' })
    const [objection] = await objectionsOfRecipient(recipient())
    const before = await everything()
    const pages = [
      base,
      `${base}/`,
      noticePage(),
      `${noticePage()}/object`,
      `${noticePage()}/notice.pdf`,
      `${noticePage()}/calendar.ics`,
      `${base}/objections/${objection?.reference}`,
      `${base}/objections/${objection?.reference}/files/${objection?.files[0]}`,
      `${base}/list`,
      `${base}/list?on=2026-02-01`,
    ]
    for (const page of pages) expect((await reader.get(page)).status, page).to.equal(200)
    for (const page of pages) await reader.head(page)
    await open(link)
    expect(await everything()).to.deep.equal(before)
  })

  it('nothing of another customer stands on any page', async () => {
    await begin()
    await object()
    const [objection] = await objectionsOfRecipient(recipient())
    for (const page of [
      base,
      noticePage(),
      `${noticePage()}/object`,
      `${base}/objections/${objection?.reference}`,
      `${base}/list`,
    ]) {
      const { html } = await visit(reader, page)
      for (const theirs of [
        neighbour.name,
        neighbour._id,
        neighbour.reference,
        neighbour.contacts[0]?.email ?? '',
      ])
        expect(html, page).not.to.contain(theirs)
    }
    const theirs = await open(await linkFor(neighbour))
    const theirBase = `/c/${(await linkFor(neighbour))._id}`
    expect((await theirs.get(`${theirBase}/objections/${objection?.reference}`)).status).to.equal(404)
    expect(
      (await theirs.get(`${theirBase}/objections/${objection?.reference}/files/${objection?.files[0]}`))
        .status,
    ).to.equal(404)
    expect((await theirs.get(noticePage())).status, "another's address with one's own cookie").to.equal(404)
  })

  it('receipt is confirmed by a form, once', async () => {
    await begin()
    const confirm = () => submit(reader, noticePage(), {}, `${noticePage()}/receipt`)
    expect((await confirm()).status).to.equal(303)
    const first = (await recipientById(recipient()))?.receipt
    tilsyn.moveTo('2026-11-24T12:00:00Z')
    expect((await submit(reader, `${noticePage()}/object`, {}, `${noticePage()}/receipt`)).status).to.equal(
      303,
    )
    expect((await recipientById(recipient()))?.receipt).to.deep.equal(first)
    expect((await visit(reader, noticePage())).text).to.contain('Modtagelsen er bekræftet 24. nov. 2026')
  })

  it('without the token of a page of ours nothing is taken', async () => {
    await begin()
    for (const path of ['receipt', 'object'])
      expect((await reader.post(`${noticePage()}/${path}`).type('form').send('')).status).to.equal(403)
    expect((await recipientById(recipient()))?.receipt).to.equal(null)
    expect(await objectionsOfRecipient(recipient())).to.deep.equal([])
  })

  it('an objection without reasons is taken; the page says what happens next; a double click is one', async () => {
    await begin()
    const [first, second] = await Promise.all([object({}, []), object({}, [])])
    expect([first.status, second.status]).to.deep.equal([303, 303])
    expect(first.headers['location']).to.equal(second.headers['location'])
    const page = await visit(reader, first.headers['location'] ?? '')
    expect(page.text).to.contain('Vi vurderer den og svarer jer senest 1. december 2026.')
    expect(page.text).to.contain('Indtil den er afsluttet, bruges ændringen ikke for jer.')
    expect((await visit(reader, noticePage())).text).to.contain('I har gjort indsigelse')
    expect((await visit(reader, `${noticePage()}/object`)).html, 'no second form').not.to.contain('<textarea')
    const [objection] = await objectionsOfRecipient(recipient())
    expect((await mailsAbout('objection', [objection?._id ?? ''])).map(({ kind }) => kind)).to.deep.equal([
      'objection-receipt',
    ])
  })

  it('a file too long in kind or text is told, and what was typed is kept', async () => {
    await begin()
    const answer = await object({ reasons: 'x'.repeat(5001) }, [])
    expect(answer.status).to.equal(422)
    expect(inspect(answer.text, 422).text).to.contain('5000 tegn')
    const strange = await object({ reasons: 'Behold mig' }, [
      { field: 'files', name: 'fil.exe', bytes: Buffer.from('MZ\u0000\u0001') },
    ])
    expect(strange.status).to.equal(409)
    expect(strange.text).to.contain('Behold mig')
    expect(await objectionsOfRecipient(recipient())).to.deep.equal([])
  })

  it('the customer writes, and withdraws its objection, twice without harm', async () => {
    await begin()
    const url = (await object()).headers['location'] ?? ''
    expect((await submit(reader, url, { text: '', once: 'a' }, `${url}/messages`)).status).to.equal(422)
    for (let click = 0; click < 2; click += 1)
      expect(
        (await submit(reader, url, { text: 'Hvornår hører vi?', once: 'a' }, `${url}/messages`)).status,
      ).to.equal(303)
    expect((await objectionsOfRecipient(recipient()))[0]?.messages).to.have.length(1)
    const signer = { 'withdraw[name]': 'Mette Krogh', 'withdraw[title]': 'Jurist' }
    expect((await submit(reader, url, { 'withdraw[name]': 'Mette' }, `${url}/withdraw`)).status).to.equal(422)
    const codePage = (await submit(reader, url, signer, `${url}/withdraw`)).headers['location'] ?? ''
    const id = codePage.split('/').at(-1) ?? ''
    const confirm = { code: codeDigits(id, tilsyn.house.keys.codes) }
    for (let click = 0; click < 2; click += 1)
      expect((await submit(reader, noticePage(), confirm, codePage)).headers['location']).to.equal(url)
    expect((await visit(reader, url)).text).to.contain('er trukket tilbage')
    expect((await recipientById(recipient()))?.held).to.equal(false)
  })

  it('where approval is needed, it says that silence is no and how to approve', async () => {
    await begin({ authorisation: 'specific' }, 'en')
    const page = await visit(reader, noticePage())
    expect(page.text).to.contain('We need your written approval. Please answer by Monday 28 December 2026.')
    expect(page.text).to.contain('Silence counts as no')
    expect(page.text).to.contain('You may also answer in writing to varsler@nordvang.example')
    expect(page.html).to.contain(`${noticePage()}/answer`)
    tilsyn.moveTo('2026-12-29')
    reader = await open(link)
    expect((await visit(reader, noticePage())).text).to.contain(
      'has passed. Without it the change is not made',
    )
  })

  it('tells each stage in words: permitted, in use, withdrawn', async () => {
    await begin()
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    reader = await open(link)
    expect((await visit(reader, noticePage())).text).to.contain(
      'uden indsigelse fra jer; vi må gennemføre ændringen for Bakkeby Kommune fra 29. december 2026',
    )
    await confirmUse(tilsyn.context(officer), notice.reference, notice.lines[0]?.id ?? '', '2026-12-29')
    expect((await visit(reader, noticePage())).text).to.contain(
      'har været i brug for Bakkeby Kommune siden 29. december 2026',
    )
    expect((await visit(reader, `${noticePage()}/object`)).text).to.contain(
      'Vi tager imod jeres indsigelse alligevel',
    )

    const second = await anIssued(
      tilsyn,
      aDraft(await anEngagement(tilsyn, 'Vestby Cloud A/S', [world.hosting._id])),
    )
    await withdrawNotice(tilsyn.context(officer), second.reference, {
      da: 'Vi har valgt en anden.',
      en: 'We chose another.',
    })
    expect((await noticeByReference(second.reference)).state).to.equal('withdrawn')
    const withdrawn = await visit(reader, `${base}/notices/${second.reference}`)
    expect(withdrawn.text).to.contain('Vi har trukket varslet tilbage').and.contain('Vi har valgt en anden.')
    expect(withdrawn.html).not.to.contain('/object')
    expect((await visit(reader, base)).text).to.contain('Tidligere varsler')
  })

  it('a replacement is shown with before and after side by side', async () => {
    await begin()
    const next = await anEngagement(tilsyn, 'Vestby Cloud A/S', [world.hosting._id], {
      storageCountries: ['SE'],
    })
    const lines = [
      { kind: 'replacement' as const, engagement: next.reference, replaces: world.old.reference },
    ]
    const replaced = await anIssued(tilsyn, aDraft(next, { lines }))
    const page = await visit(reader, `${base}/notices/${replaced.reference}`)
    expect(page.text)
      .to.contain('Før')
      .and.contain('Gammelby Drift ApS')
      .and.contain('Vestby Cloud A/S')
      .and.contain('Sverige')
  })

  it('shows its list on any day, and says what is wrong with a day that is none', async () => {
    await begin()
    expect((await visit(reader, `${base}/list`)).text)
      .to.contain('har godkendt én underdatabehandler i dag')
      .and.contain('Gammelby Drift ApS')
    expect((await visit(reader, `${base}/list?on=2025-12-31`)).text).to.contain('Intet var godkendt den dag.')
    const wrong = await visit(reader, `${base}/list?on=2026-02-30`, 422)
    expect(wrong.html).to.contain('aria-invalid="true"')
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    reader = await open(link)
    expect((await visit(reader, `${base}/list`)).text)
      .to.contain('Nyborg Backup ApS')
      .and.contain('Ingen indsigelse; fra 29. december 2026')
    expect((await visit(reader, `${base}/list?on=2026-12-28`)).text).not.to.contain('Nyborg Backup ApS')
  })

  it('the notice as PDF and the last day as a calendar file', async () => {
    await begin()
    const pdf = await reader.get(`${noticePage()}/notice.pdf`).responseType('blob')
    expect([pdf.headers['content-type'], (pdf.body as Buffer).subarray(0, 5).toString()]).to.deep.equal([
      'application/pdf',
      '%PDF-',
    ])
    const calendar = await reader.get(`${noticePage()}/calendar.ics`).responseType('blob')
    expect((calendar.body as Buffer).toString()).to.contain('DTSTART;VALUE=DATE:20261228')
  })

  it('opens for a contact whose details were changed, and no more for one who has left', async () => {
    await begin()
    const { reference, contacts } = customer
    const [contact] = contacts
    if (!contact) throw new Error('no contact')
    const { id, email, name, locale, dataProtection, mayApprove } = contact
    const changed = await changeContact(tilsyn.context(), { reference, version: customer.version }, id, {
      contact: { name: `${name} Krogh`, email, locale, dataProtection, mayApprove, phone: '+45 12 34 56 78' },
      from: tilsyn.today(),
    })
    await visit(reader, base)
    const now = changed.contacts.find(({ to }) => to === null)
    await endContact(tilsyn.context(), { reference, version: changed.version }, now?.id ?? '', tilsyn.today())
    expect((await reader.get(base)).status).to.equal(404)
  })

  it('a revoked or expired link tells nothing about whom it was for', async () => {
    await begin()
    await revokeLinks(tilsyn.context(), { customer: customer._id })
    const dead = await reader.get(noticePage())
    expect(dead.status).to.equal(404)
    expect(dead.text).not.to.contain('Bakkeby')
  })
})
