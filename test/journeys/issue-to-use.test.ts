import { expect } from 'chai'
import { confirmUse, noticeByReference, registerApproval, type Notice } from '../../src/notices/actions.js'
import { listForAll } from '../../src/register/actions.js'
import { inspect, visit } from '../support/visit.js'
import { submit } from '../support/people.js'
import { refused, useJourney } from './house.js'
import { aContact, anAddition, announce, asItStands, buildWorld, engage, since, type World } from './world.js'

const letter = { name: 'brev.pdf', bytes: Buffer.from('%PDF-1.7\n%âãÏÓ\ngodkendt\n%%EOF\n') }

describe('From a new sub-processor in the register to its use', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice

  // Announced on Monday 23 November 2026 at 10:00.
  beforeEach('announce', async () => {
    world = await buildWorld(house.officer(), [
      { name: 'Tredive Dage A/S', caseNumber: '26/4711', contacts: [aContact('dpo@tredive.example')] },
      {
        name: 'Sixty Days Ltd',
        contacts: [aContact('dpo@sixty.example', { locale: 'en' })],
        agreement: { notice: { length: 60, unit: 'days' } },
      },
      {
        name: 'Udtrykkelig Kommune',
        contacts: [aContact('dpo@udtrykkelig.example')],
        agreement: { authorisation: 'specific' },
      },
      { name: 'Anden Ydelse ApS', contacts: [aContact('dpo@anden.example')], services: ['another'] },
      {
        name: 'Egen Liste ApS',
        contacts: [aContact('dpo@egen.example')],
        services: ['another'],
        agreement: { commonList: false },
      },
    ])
    notice = await announce(house.officer(), anAddition(world, { plannedStart: '2026-12-29' }), [
      'laterStart',
    ])
    await house.work()
  })

  it('tells everyone it concerns, each in its language and mode, and nobody else', async () => {
    const subjects = Object.fromEntries(house.mailbox.mails.map((mail) => [mail.for, mail.subject]))
    expect(subjects).to.have.all.keys(
      'dpo@tredive.example',
      'dpo@sixty.example',
      'dpo@udtrykkelig.example',
      'dpo@anden.example',
    )
    expect(subjects['dpo@tredive.example']).to.include('26/4711').and.to.include('28. december 2026')
    expect(subjects['dpo@sixty.example']).to.include('25 January 2027')
    const [mail] = house.mailbox.mailsFor('dpo@tredive.example')
    expect(mail?.attachments.map(({ mimeType }) => mimeType)).to.deep.equal([
      'application/pdf',
      'text/calendar',
    ])
    expect(await modes()).to.deep.equal(['notice', 'notice', 'approval', 'information'])
  })

  it('starts each clock with the delivery, and prints no day that is earlier than the one that counts', async () => {
    const [thirty, sixty, specific, other] = await Promise.all(
      world.customers.slice(0, 4).map((each) => house.partOf(notice, each)),
    )
    // Day 0 is the Monday; one business day of slack is printed along. 24 to 27 December are closed days, so 28.
    expect(thirty).to.include({
      state: 'running',
      dayZero: '2026-11-23',
      printedLastDay: '2026-12-28',
      lastDay: '2026-12-28',
      earliestUse: '2026-12-29',
    })
    // With the slack sixty days end on Saturday 23 January.
    expect(sixty).to.include({
      state: 'running',
      dayZero: '2026-11-23',
      printedLastDay: '2027-01-25',
      lastDay: '2027-01-25',
      earliestUse: '2027-01-26',
    })
    expect(specific).to.include({ state: 'running', lastDay: '2026-12-28' })
    expect(other).to.include({ state: 'told', lastDay: null })
  })

  it('lets the customer read its page by the link, and confirm that it has', async () => {
    const { agent, page, landed } = await house.open('dpo@tredive.example')
    expect(landed).to.equal(`${page}/notices/${notice.reference}`)
    const start = await visit(agent, page)
    expect(start.lang).to.equal('da')
    const shown = await visit(agent, `${page}/notices/${notice.reference}`)
    expect(shown.text).to.include('Sikkerkopi ApS').and.to.include('28. december 2026')
    const before = await house.partOf(notice, world.customers[0]!)
    expect(before.receipt, 'opening a link changes nothing').to.equal(null)
    const answer = await submit(
      agent,
      `${page}/notices/${notice.reference}`,
      {},
      `${page}/notices/${notice.reference}/receipt`,
    )
    expect(answer.status).to.equal(303)
    const after = await house.partOf(notice, world.customers[0]!)
    expect(after.receipt?.contact).to.equal(world.customers[0]?.contacts[0]?.id)
    inspect((await agent.get(`${page}/notices/${notice.reference}`)).text, 200)
  })

  it('permits for each on its own day, not a day before, and never by silence where approval was agreed', async () => {
    await house.goTo('2026-12-28')
    expect(await states()).to.deep.equal(['running', 'running', 'running', 'told'])
    expect(await house.listOf(world.customers[0]!, '2026-12-29')).to.deep.equal(['Curanet A/S'])
    await house.goTo('2026-12-29')
    expect(await states()).to.deep.equal(['permitted', 'running', 'running', 'told'])
    expect(await house.listOf(world.customers[0]!, '2026-12-28')).to.deep.equal(['Curanet A/S'])
    expect(await house.listOf(world.customers[0]!, '2026-12-29')).to.deep.equal([
      'Curanet A/S',
      'Sikkerkopi ApS',
    ])
    await house.goTo('2027-01-25')
    expect(await states()).to.deep.equal(['permitted', 'running', 'running', 'told'])
    await house.goTo('2027-01-26')
    expect(await states()).to.deep.equal(['permitted', 'permitted', 'running', 'told'])
    await house.goTo('2028-12-29')
    expect(await states()).to.deep.equal(['permitted', 'permitted', 'running', 'told'])
    expect(await house.listOf(world.customers[2]!, '2028-12-29')).to.deep.equal(['Curanet A/S'])
    const reminders = house.mailbox.mailsFor('dpo@udtrykkelig.example')
    expect(reminders.length, 'asked again').to.be.greaterThan(1)
  })

  it('takes into use only where it is permitted, and is settled when everybody has answered', async () => {
    const line = notice.lines[0]!.id
    await refused(confirmUse(house.officer(), notice.reference, line, '2026-11-23'), 'nobody-permitted')
    await house.goTo('2026-12-29')
    expect(await confirmUse(house.officer(), notice.reference, line, '2026-12-29')).to.equal(1)
    expect(await states()).to.deep.equal(['in-use', 'running', 'running', 'told'])
    expect((await asItStands(world.planned)).inUse).to.deep.equal({ since: '2026-12-29', until: null })
    await house.goTo('2027-01-26')
    expect(await confirmUse(house.officer(), notice.reference, line, '2027-01-26')).to.equal(1)
    expect((await asItStands(world.planned)).inUse.since).to.equal('2026-12-29')

    await registerApproval(
      house.officer(),
      `${notice._id}/${world.customers[2]!._id}`,
      {
        answer: 'approved',
        lines: [],
        channel: 'letter',
        at: new Date('2027-01-26T08:00:00Z'),
        on: '2027-01-26',
        by: { name: 'Bente Dam', title: 'Direktør' },
        waivesRest: false,
      },
      letter,
    )
    await house.work()
    expect(await states()).to.deep.equal(['in-use', 'in-use', 'permitted', 'told'])
    expect((await house.partOf(notice, world.customers[2]!)).lines[0]?.permittedFrom).to.equal('2027-01-26')
    expect(await confirmUse(house.officer(), notice.reference, line, '2027-01-26')).to.equal(1)
    expect((await noticeByReference(notice.reference)).state).to.equal('issued')
    await house.work()
    expect((await noticeByReference(notice.reference)).state).to.equal('settled')
    expect((await listForAll('2027-01-26')).map(({ content }) => content.vendorName)).to.deep.equal([
      'Curanet A/S',
      'Sikkerkopi ApS',
    ])
  })

  it('is not taken into use without a signed contract, a due diligence that accepts it, and a TIA where one is needed', async () => {
    const bare = await engage(house.officer(), 'Uden Papirer ApS', {
      services: [world.service._id],
      contract: null,
      from: since,
    })
    const other = await announce(house.officer(), anAddition({ planned: bare }), [])
    await house.work()
    await house.goTo('2027-01-26')
    await refused(
      confirmUse(house.officer(), other.reference, other.lines[0]!.id, '2027-01-26'),
      'use-without-contract',
    )
    expect((await asItStands(bare)).inUse.since).to.equal(null)
  })

  async function states(): Promise<string[]> {
    const parts = await Promise.all(world.customers.slice(0, 4).map((each) => house.partOf(notice, each)))
    return parts.map(({ state }) => state)
  }

  async function modes(): Promise<(string | undefined)[]> {
    const parts = await Promise.all(world.customers.slice(0, 4).map((each) => house.partOf(notice, each)))
    return parts.map(({ lines }) => lines[0]?.mode)
  }
})
