import { expect } from 'chai'
import { mailsAbout } from '../../src/mail/actions.js'
import type { Notice } from '../../src/notices/actions.js'
import { takeMail } from '../../src/replies/actions.js'
import { objectionsOfCustomer } from '../../src/objections/actions.js'
import { submit } from '../support/people.js'
import { useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

const municipality = 'dpo@bakkeby.example'

describe('One person who answers for many customers', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice

  beforeEach('twelve institutions of one municipality, and one customer of its own', async () => {
    world = await buildWorld(house.officer(), [
      ...Array.from({ length: 12 }, (_, number) => ({
        name: `Institution ${String(number + 1).padStart(2, '0')}`,
        caseNumber: `BK-${number + 1}`,
        contacts: [
          aContact(municipality),
          ...(number === 2 ? [aContact('anden@bakkeby.example', { name: 'Bo Holm' })] : []),
        ],
        // One of them has agreed to a longer notice, so it has a day of its own.
        ...(number === 11 ? { agreement: { notice: { length: 60, unit: 'days' as const } } } : {}),
      })),
      { name: 'Elmely A/S', contacts: [aContact('dpo@elmely.example')] },
    ])
    notice = await announce(house.officer(), anAddition(world))
  })

  it('gets one mail with each customer’s own dates and case number, and each customer its own evidence', async () => {
    await house.work()
    const mails = house.mailbox.mailsFor(municipality)
    expect(mails).to.have.length(1)
    const text = mails[0]?.text ?? ''
    expect(mails[0]?.subject).to.match(/^12 kunder: /)
    for (const { name } of world.customers.slice(0, 12)) expect(text).to.include(name)
    expect(text).to.include('BK-7')
    expect(text).to.include('28. december 2026')
    expect(text).to.include('25. januar 2027')
    expect(text).to.not.include('Elmely')
    // Two periods, two papers.
    expect(mails[0]?.attachments.filter(({ mimeType }) => mimeType === 'application/pdf')).to.have.length(2)
    expect(house.mailbox.mailsFor('dpo@elmely.example')).to.have.length(1)
    for (const [place, customer] of world.customers.entries()) {
      const part = await house.partOf(notice, customer)
      expect(part).to.include({ state: 'running', lastDay: place === 11 ? '2027-01-25' : '2026-12-28' })
      const [mail] = await mailsAbout('recipient', [part._id])
      expect(mail?.state).to.equal('accepted')
      expect(mail?.evidence).to.have.length(1)
    }
  })

  it('is not written to twice, however often what is owed is looked for', async () => {
    await house.work()
    await house.work()
    expect(house.mailbox.mailsFor(municipality)).to.have.length(1)
  })

  it('that is refused sends each customer to its own next contact', async () => {
    house.mailbox.refuse(municipality, 550)
    await house.work()
    await house.work()
    expect(await house.partOf(notice, world.customers[2]!)).to.include({ state: 'running', contactIndex: 1 })
    expect(house.mailbox.mailsFor('anden@bakkeby.example')[0]?.text).to.include('Institution 03')
    expect(await house.partOf(notice, world.customers[3]!)).to.include({ state: 'undelivered' })
  })

  it('acts on one page for all, for some, or opens each by itself', async () => {
    await house.work()
    const { agent, page, landed } = await house.open(municipality)
    expect(landed).to.include(`/together/${notice.reference}`)
    const together = `${page}/together/${notice.reference}`
    const shown = await agent.get(together)
    expect(shown.status).to.equal(200)
    expect(shown.text).to.include('Institution 12')
    expect(shown.text).to.not.include('Elmely')
    const ids = world.customers.slice(0, 12).map(({ _id }) => _id)
    const nobody = await submit(agent, together, {}, `${together}/receipt`)
    expect(nobody.status).to.equal(422)
    expect(nobody.text).to.include('Vælg mindst én kunde.')
    const stranger = world.customers[12]!
    const everybody = { customers: [...ids, stranger._id] }
    expect((await submit(agent, together, everybody, `${together}/receipt`)).status).to.equal(303)
    for (const customer of world.customers.slice(0, 12))
      expect((await house.partOf(notice, customer)).receipt).to.not.equal(null)
    expect((await house.partOf(notice, stranger)).receipt).to.equal(null)
    const two = { customers: ids.slice(0, 2), reasons: 'Vi vil se aftalen først.' }
    expect((await submit(agent, together, two, `${together}/object`)).status).to.equal(303)
    // A second click finds nothing more to do.
    expect((await submit(agent, together, two, `${together}/object`)).status).to.equal(303)
    expect(await objectionsOfCustomer(ids[0]!)).to.have.length(1)
    expect(await objectionsOfCustomer(ids[2]!)).to.have.length(0)
    expect((await house.partOf(notice, world.customers[1]!)).held).to.equal(true)
    // The others' own pages are for whoever reads the mailbox: see forwarded-link.test.ts.
    expect((await agent.get(together)).text)
      .to.match(/href="\/c\/[^"]+\/others\//)
      .and.not.include('href="/l/')
  })

  it('holds up all of them by a reply to the one mail, until it has been read for each', async () => {
    await house.work()
    const [mail] = house.mailbox.mailsFor(municipality)
    const reply = [
      `From: ${municipality}`,
      'To: varsler@nordvang.example',
      `Subject: SV: ${notice.reference}`,
      'Message-ID: <svar-1@bakkeby.example>',
      `In-Reply-To: ${mail?.messageId ?? ''}`,
      '',
      'Det er vi ikke glade for.',
    ].join('\r\n')
    const taking = { via: 'pipe' as const, key: house.house.keys.replies }
    const taken = await takeMail(house.officer(), Buffer.from(reply), taking)
    expect((await takeMail(house.officer(), Buffer.from(reply), taking)).again).to.equal(true)
    for (const customer of world.customers.slice(0, 12)) {
      const part = await house.partOf(notice, customer)
      expect(part.held).to.equal(true)
      expect(part.unclassified).to.have.length(1)
    }
    expect((await house.partOf(notice, world.customers[12]!)).held).to.equal(false)
    await house.goTo('2027-02-01')
    expect(await house.partOf(notice, world.customers[12]!)).to.include({ state: 'permitted' })
    expect(await house.partOf(notice, world.customers[0]!)).to.include({ state: 'running' })
    expect(taken.reply.state).to.equal('waiting')
  })

  it('shows one person’s customers to nobody else', async () => {
    await house.work()
    const { agent, page } = await house.open('dpo@elmely.example')
    const alone = await agent.get(`${page}/together/${notice.reference}`)
    expect(alone.text).to.not.include('Institution')
    expect((await agent.get(`${page}/notices/${notice.reference}`)).text).to.not.include('/together/')
  })
})
