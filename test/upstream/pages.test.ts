import { expect } from 'chai'
import type { Customer } from '../../src/customers/rules.js'
import { approve, everyEngagement, everyVendor, vendorsByIds } from '../../src/register/actions.js'
import { issueNotice, noticeByReference, recipientById } from '../../src/notices/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { receiveUpstream, upstreamOf, upstreamTasks } from '../../src/upstream/actions.js'
import { draftFromUpstream } from '../../src/upstream/actions/draft.js'
import { UpstreamNotices } from '../../src/upstream/records.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { anEngagement, aWorld, customersOf, officer, type World } from '../notices/world.js'

/** As a supplier sends it, forwarded by nobody. */
const mail = [
  'From: Privacy Team <privacy@nyborg.example>',
  'To: compliance@nordvang.example',
  'Subject: New sub-processor: Cloudhaven BV',
  'Date: Fri, 20 Nov 2026 08:00:00 +0100',
  'Message-ID: <1@nyborg.example>',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'We will add a new sub-processor, Cloudhaven BV in the Netherlands, for backup storage.',
  'The change is effective as of 15 January 2027.',
  'You may object to this change until 20 December 2026.',
  '',
].join('\r\n')

describe('notices from sub-processors', () => {
  const tilsyn = useApp()

  async function received(name = 'varsel.eml', bytes = Buffer.from(mail)) {
    const world = await aWorld(tilsyn)
    const vendorsOwn = await anEngagement(tilsyn, 'Svendborg Lager ApS', [world.hosting._id], {
      theirNotice: { length: 30, unit: 'days' },
    })
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const answer = await submitFiles(agent, '/upstream/new', { receivedOn: '2026-11-23', once: 'a' }, [
      { field: 'file', name, bytes },
    ])
    return { world, agent, answer, vendorsOwn }
  }

  it('are read from the mail as it came, confirmed by a person, and reckoned back to back', async () => {
    const { world, agent, answer } = await received()
    const sixty = { notice: { length: 60, unit: 'days' as const } }
    await approving(world, await customersOf(tilsyn, world, [{}, {}, { agreement: sixty }]))
    // It buys the same and has never approved the sub-processor: nothing of it is there (Art. 28(2), (4)).
    await customersOf(tilsyn, world, [{ agreement: sixty }])
    expect(answer.status, answer.text.slice(0, 400)).to.equal(303)
    const edit = String(answer.headers['location'])
    const shown = await visit(agent, edit)
    expect((await agent.get(edit)).text)
      .to.include('value="2027-01-15"')
      .and.include('value="2026-12-20"')
    expect(shown.text)
      .to.include('limit to object')
      .and.include('You may object to this change until 20 December 2026')
    const notice = await upstreamOf(edit.split('/')[2] ?? '')
    expect(notice).to.deep.include({ state: 'received', startsOn: '2027-01-15', objectUntil: '2026-12-20' })
    expect(notice.receivedOn).to.equal('2026-11-20')

    const confirmed = await submit(agent, edit, await facts(world.planned))
    expect(confirmed.status, confirmed.text.slice(0, 3000)).to.equal(303)
    const page = await visit(agent, `/upstream/${notice.reference}`)
    // 60 days from Monday 23 November run into late January; the 30 days do not.
    expect(page.text).to.include(
      'Object by 20 December 2026, or 1 of 3 customers get less than their notice.',
    )
    expect((await agent.get(`/upstream/${notice.reference}`)).text).to.include('/customers?service=')
    expect((await visit(agent, '/upstream')).text).to.include(notice.reference)
    expect((await visit(agent, '/')).text).to.include(
      `${notice.reference}: assess whether customers must be told of the change at Nyborg Backup ApS`,
    )
  })

  it('become a draft in one click, with the further sub-processor as a planned link below, and are linked both ways', async () => {
    const { world, agent, answer } = await received()
    const [told] = await customersOf(tilsyn, world, [{}])
    await approving(world, [told!])
    const [informed] = await customersOf(tilsyn, world, [{ agreement: { commonList: true } }])
    const [apart] = await customersOf(tilsyn, world, [{ agreement: { commonList: false } }])
    const url = String(answer.headers['location']).replace('/edit', '')
    await submit(agent, `${url}/edit`, await facts(world.planned))
    const before = await upstreamOf(url.split('/')[2] ?? '')
    const drafted = await submit(agent, url, { version: before.version }, `${url}/draft`)
    expect(drafted.status, drafted.text.slice(0, 400)).to.equal(303)
    const reference = String(drafted.headers['location']).split('/')[2] ?? ''
    const notice = await noticeByReference(reference)
    expect(notice).to.deep.include({ state: 'draft', plannedStart: '2027-01-15' })
    expect(notice.why.da).to.include('Nyborg Backup ApS').and.include('20. november 2026')
    const page = await visit(agent, `/notices/${reference}`)
    expect(page.text).to.include('Cloudhaven BV').and.include(before.reference)
    const upstream = await upstreamOf(before.reference)
    expect(upstream.notices).to.deep.equal([reference])
    const again = await submit(agent, url, { version: before.version }, `${url}/draft`)
    expect(again.status).to.equal(409)

    expect(notice.lines.map(({ kind }) => kind)).to.deep.equal(['addition'])
    const early = await submit(agent, url, { note: 'Done.' }, `${url}/close`)
    expect(early.status).to.equal(409)
    expect(early.text).to.include('our own notice has not been sent')
    const { version } = await noticeByReference(reference)
    await issueNotice(tilsyn.context(officer), { reference, version }, [])
    const modes = await Promise.all(
      [told, informed, apart].map(async (customer) => {
        const part = await recipientById(`${notice._id}/${customer!._id}`)
        return part && part.lines.map(({ mode }) => mode)
      }),
    )
    expect(modes, 'who has not approved the one above is informed at most').to.deep.equal([
      ['notice'],
      ['information'],
      null,
    ])
    expect((await visit(agent, url)).text).to.include('Customers told')
    expect((await submit(agent, url, { note: 'Done.' }, `${url}/close`)).status).to.equal(303)
    expect(await upstreamTasks(tilsyn.today())).to.deep.equal([])
    expect((await visit(agent, '/upstream?show=closed')).text).to.include(before.reference)
  })

  it('are drafted further where a crash ended the drafting, and the further sub-processor is entered once', async () => {
    const { world, agent, answer } = await received()
    const url = String(answer.headers['location']).replace('/edit', '')
    await submit(agent, `${url}/edit`, await facts(world.planned))
    const before = await upstreamOf(url.split('/')[2] ?? '')
    const { notice } = await draftFromUpstream(tilsyn.context(officer), before.reference, before.version)
    // As a crash leaves it right before the end: all is there, and the notice does not know.
    const { version } = await upstreamOf(before.reference)
    await UpstreamNotices.updateOne(
      { _id: before._id },
      { $set: { notices: [], assessment: null, state: 'assessed' } },
    )
    expect((await upstreamTasks(tilsyn.today()))[0]?.text).to.equal('upstream:task.assess')
    const again = await draftFromUpstream(tilsyn.context(officer), before.reference, version)
    expect(again.notice.reference).to.equal(notice.reference)
    expect((await upstreamOf(before.reference)).notices).to.deep.equal([notice.reference])
    const below = (await everyEngagement()).filter(({ parent }) => parent === world.planned._id)
    expect(below).to.have.length(1)
    expect((await everyVendor()).filter(({ name }) => name === 'Cloudhaven BV')).to.have.length(1)
  })

  it('that name a new place or basis become a planned change of what customers have approved', async () => {
    const { world, agent, answer } = await received()
    await customersOf(tilsyn, world, [{}])
    const url = String(answer.headers['location']).replace('/edit', '')
    const known = await facts(world.old)
    await submit(agent, `${url}/edit`, { ...known, kinds: ['new-place', 'new-basis'], further: '' })
    const { version } = await upstreamOf(url.split('/')[2] ?? '')
    const drafted = await submit(agent, url, { version }, `${url}/draft`)
    expect(drafted.status, drafted.text.slice(0, 400)).to.equal(303)
    const { lines } = await noticeByReference(String(drafted.headers['location']).split('/')[2] ?? '')
    expect(lines.map(({ kind, replaces }) => [kind, replaces])).to.deep.equal([['new-place', world.old._id]])
  })

  it('are objected to by a letter that goes through the outbox, and not closed before the answer is known', async () => {
    const { world, agent, answer } = await received()
    const url = String(answer.headers['location']).replace('/edit', '')
    await submit(agent, `${url}/edit`, await facts(world.planned))
    const objecting = await submitFiles(
      agent,
      url,
      {
        toName: 'Ida Holm',
        how: 'mail',
        toAddress: 'ida@nyborg.example',
        locale: 'da',
        text: 'Vi gør indsigelse.\n\nBekræft venligst.',
        on: '',
      },
      [],
      `${url}/object`,
    )
    expect(objecting.status, objecting.text.slice(0, 3000)).to.equal(303)
    const notice = await upstreamOf(url.split('/')[2] ?? '')
    const [sent] = await mailsAbout('upstream-notice', [notice._id])
    expect(sent?.to.address).to.equal('ida@nyborg.example')
    expect(sent?.subject).to.include('gør indsigelse').and.include(notice.reference)
    expect((await visit(agent, url)).text).to.include('Waiting for their answer')
    const noNote = await submitFiles(
      agent,
      url,
      { answeredOn: '', answer: '', outcome: 'refused', note: '' },
      [],
      `${url}/answer`,
    )
    expect(noNote.status).to.equal(422)
    const dropped = await submitFiles(
      agent,
      url,
      { answeredOn: '2026-11-23', answer: 'We will not proceed.', outcome: 'change-dropped', note: '' },
      [],
      `${url}/answer`,
    )
    expect(dropped.status, dropped.text.slice(0, 2000)).to.equal(303)
    expect((await visit(agent, url)).text).to.include('They drop the change')
  })

  it('with nothing to tell are closed with the reason, and opened again with one', async () => {
    const { world, agent, answer } = await received()
    const url = String(answer.headers['location']).replace('/edit', '')
    await submit(agent, `${url}/edit`, await facts(world.planned))
    const bare = await submit(agent, url, { verdict: 'nothing-to-tell', because: '' }, `${url}/assess`)
    expect(bare.status).to.equal(422)
    const closed = await submit(
      agent,
      url,
      { verdict: 'nothing-to-tell', because: 'Only their own terms of payment.' },
      `${url}/assess`,
    )
    expect(closed.status).to.equal(303)
    expect((await visit(agent, url)).text)
      .to.include('Nothing to tell')
      .and.include('Only their own terms of payment.')
    expect((await submit(agent, url, { note: 'Read anew.' }, `${url}/reopen`)).status).to.equal(303)
    expect((await visit(agent, url)).text).to.include('To be assessed')
  })

  it('are refused as .msg with what to do instead, and the same file twice is one notice', async () => {
    const { agent, answer } = await received('varsel.msg')
    expect(answer.status).to.equal(409)
    expect(answer.text).to.include('save it as .eml or PDF')
    const first = await submitFiles(agent, '/upstream/new', { receivedOn: '2026-11-23', once: 'b' }, [
      { field: 'file', name: 'a.eml', bytes: Buffer.from(mail) },
    ])
    const second = await submitFiles(agent, '/upstream/new', { receivedOn: '2026-11-23', once: 'c' }, [
      { field: 'file', name: 'a.eml', bytes: Buffer.from(mail) },
    ])
    expect(String(first.headers['location'])).to.equal(`${String(second.headers['location'])}/edit`)
    const nothing = await submitFiles(agent, '/upstream/new', { receivedOn: '2026-11-23', once: 'd' }, [])
    expect(nothing.status).to.equal(422)
  })

  it('are taken in from the mailbox as well', async () => {
    const world = await aWorld(tilsyn)
    const { notice } = await receiveUpstream(tilsyn.context(), {
      file: { name: 'mail.eml', bytes: Buffer.from(mail) },
      text: null,
      from: null,
      subject: null,
      receivedAt: tilsyn.now(),
      source: 'mail',
      zone: tilsyn.house.config.zone,
    })
    expect(notice).to.deep.include({ source: 'mail', subject: 'New sub-processor: Cloudhaven BV' })
    expect([world.planned.vendor, world.old.vendor]).to.include(notice.vendor)
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    expect((await visit(agent, `/upstream/${notice.reference}`)).text).to.include('Skal læses')
    await visit(agent, `/upstream/${notice.reference}/edit`)
  })

  it('show on the engagement what they owe us, and as a list which contracts are too short', async () => {
    const { world, agent, vendorsOwn } = await received()
    await customersOf(tilsyn, world, [{}])
    const page = await visit(agent, `/engagements/${vendorsOwn.reference}`)
    expect(page.text).to.include('Their notice is too short for the 30 days we owe customers.')
    expect((await visit(agent, `/engagements/${vendorsOwn.reference}/edit`)).text).to.include(
      'before you sign',
    )
    const gaps = await visit(agent, '/contract-gaps')
    expect(gaps.text).to.include('Svendborg Lager ApS').and.include('Too short')
    expect((await visit(agent, '/contract-gaps?state=enough')).text).to.include('No sub-processor fits that.')
    const csv = await agent.get('/contract-gaps/export?format=csv&state=short').buffer(true)
    expect(csv.text).to.include('Svendborg Lager ApS').and.not.include('Gammelby')
    expect((await agent.get('/contract-gaps/export?format=xlsx')).status).to.equal(200)
    expect((await submit(agent, '/contract-gaps', { days: 0 }, '/contract-gaps/handling')).status).to.equal(
      303,
    )
    expect((await submit(agent, '/contract-gaps', { days: 'x' }, '/contract-gaps/handling')).status).to.equal(
      422,
    )
  })

  /** They have approved the sub-processor that writes. */
  async function approving(world: World, customers: Customer[]) {
    await approve(
      tilsyn.context(),
      customers.map(({ _id }) => ({
        customer: _id,
        engagement: world.planned._id,
        from: '2026-01-01',
        notice: null,
        kind: 'baseline' as const,
      })),
    )
  }

  async function facts(engagement: { reference: string; vendor: string }) {
    return {
      vendor: await referenceOfVendor(engagement.vendor),
      engagements: [engagement.reference],
      kinds: ['addition'],
      what: 'Cloudhaven BV i Nederlandene opbevarer backup.',
      further: 'Cloudhaven BV',
      receivedOn: '2026-11-20',
      startsOn: '2027-01-15',
      objectUntil: '2026-12-20',
    }
  }
})

async function referenceOfVendor(id: string): Promise<string> {
  return (await vendorsByIds([id]))[0]?.reference ?? ''
}
