import { expect } from 'chai'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { calendarYear } from '../../src/base/day.js'
import { instructionsInPeriod } from '../../src/instructions/actions.js'
import { answerRequest, requestOf, requestsInPeriod, requestTasks } from '../../src/requests/actions.js'
import { Requests } from '../../src/requests/records.js'
import { finishRequests, remindOfRequests } from '../../src/requests/timers.js'
import { password, signedIn, submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { requestHouse, pdf } from './house.js'

describe('requests, ours and those that came by letter', function () {
  this.timeout(120_000)
  const { tilsyn, aHouse, mailsOf } = requestHouse()

  it('of ours (4.2) stay ours until they are told, flag the instruction, and are confirmed by the customer', async () => {
    const { customer, come } = await aHouse()
    const { agent: staff } = await signedIn(tilsyn)
    const file = [{ field: 'files', name: 'instruks.pdf', bytes: pdf }]
    const giving = {
      once: 'i',
      customer: customer.reference,
      subject: 'transfer',
      countries: 'US',
      text: 'Overfør logfiler til USA.',
      name: 'Kontakt X',
      channel: 'letter',
      givenOn: '2026-11-20',
    }
    const given = await submitFiles(staff, '/instructions/new', giving, file)
    expect(given.headers['location']).to.equal('/instructions/IN-2026-001')
    const link = (await visit(staff, '/instructions/IN-2026-001')).links.find((each) =>
      each.startsWith('/requests/tell'),
    )
    expect(link).to.include('instruction=IN-2026-001')
    const telling = {
      once: 't',
      kind: 'unlawful-instruction',
      customer: customer.reference,
      receivedOn: '2026-11-23',
      instruction: 'IN-2026-001',
      text: 'Overførslen har intet grundlag.',
    }
    const form = '/requests/tell?kind=unlawful-instruction'
    const begun = await submitFiles(staff, form, telling, [], '/requests/tell')
    expect(begun.headers['location']).to.equal('/requests/RQ-2026-001#answer')
    const { agent, page } = await come(customer)
    const own = `${page}/requests/RQ-2026-001`
    expect((await agent.get(own)).status, 'not told yet').to.equal(404)
    expect(await mailsOf('RQ-2026-001')).to.deep.equal([])
    expect((await requestOf('RQ-2026-001')).dueOn, 'at once').to.equal('2026-11-24')
    expect((await visit(staff, '/instructions/IN-2026-001')).text).to.include('looks unlawful')

    expect((await instructionsInPeriod(calendarYear(2026))).doubted).to.deep.equal(['IN-2026-001'])
    const base = '/requests/RQ-2026-001'
    await submit(staff, base, { answer: 'Vi udfører den ikke, før I har svaret.' }, `${base}/answer`)
    expect(await mailsOf('RQ-2026-001')).to.include('request-told chef@kunde.example')
    expect((await visit(agent, own)).text).to.include('Vi udfører den ikke')
    await submit(agent, own, {}, `${own}/confirm`)
    expect((await requestOf('RQ-2026-001')).state).to.equal('confirmed')
  })

  it('that came by letter are registered by staff, whose reasons reach the customer when they are declined', async () => {
    const { customer, come } = await aHouse()
    const { agent: staff } = await signedIn(tilsyn)
    await visit(staff, '/requests/new')
    const form = '/requests/new?kind=inspection'
    const fields = {
      once: 'o',
      kind: 'inspection',
      customer: customer.reference,
      channel: 'letter',
      askedBy: 'Åse Ørsted',
      receivedOn: '2026-11-20',
      receivedTime: '09:30',
      text: 'Vi vil se driftscentret.',
    }
    const future = await submit(staff, form, { ...fields, receivedOn: '2026-12-24' }, '/requests/new')
    expect(future.status).to.equal(422)
    const letter = [{ field: 'files', name: 'brev.pdf', bytes: pdf }]
    await submitFiles(staff, form, fields, letter, '/requests/new')
    const base = '/requests/RQ-2026-001'
    expect((await requestOf('RQ-2026-001')).dueOn, 'from the day it came').to.equal('2026-12-04')
    expect((await visit(staff, base)).text)
      .to.include('20 Nov 2026, 09:30')
      .and.include('brev.pdf')
    const { agent, page } = await come(customer)
    const own = `${page}/requests/RQ-2026-001`
    // What staff puts on file is its own, unless it says that the customer may see it.
    const { ownFiles = [], files } = await requestOf('RQ-2026-001')
    expect([ownFiles.length, files.length]).to.deep.equal([1, 0])
    expect((await visit(agent, own)).text).to.not.include('brev.pdf')
    expect((await agent.get(`${own}/files/${ownFiles[0]}`)).status).to.equal(404)
    const shared = { ...fields, once: 'p', filesFor: 'customer' }
    await submitFiles(staff, form, shared, letter, '/requests/new')
    expect((await visit(agent, `${page}/requests/RQ-2026-002`)).text).to.include('brev.pdf')
    await submitFiles(agent, own, { once: 'w', message: 'Helst i uge 50.' }, [], `${own}/messages`)
    expect((await visit(staff, base)).text)
      .to.include('Helst i uge 50.')
      .and.include('Reply below')
    await submit(staff, base, { decline: 'I var her i august.' }, `${base}/decline`)
    expect((await visit(agent, own)).text).to.include('I var her i august.')
    expect(await mailsOf('RQ-2026-001')).to.include('request-declined chef@kunde.example')
    expect((await submit(staff, base, { answer: 'x' }, `${base}/answer`)).status).to.equal(409)
    expect((await visit(staff, `/customers/${customer.reference}`)).text).to.include('RQ-2026-001')
    const sheet = await staff.get('/requests/export?state=all')
    expect(sheet.headers['content-type']).to.include('spreadsheetml')
  })

  it('remind us before and after the day and the DPO at last, the customer of its confirmation, each once', async () => {
    const { customer, come } = await aHouse()
    const { agent: staff, person } = await signedIn(tilsyn)
    const dpo = { email: 'dpo@nordvang.example', name: 'Karen', role: 'dpo' as const, locale: 'da' as const }
    await addPersonWithPassword(tilsyn.context(), dpo, password)
    const { agent, page } = await come(customer)
    await submit(agent, `${page}/requests/new?kind=article-14-text`, { once: 'o', text: '' })
    let sent = (await mailsOf('RQ-2026-001')).length
    const after = async (day: string) => {
      tilsyn.moveTo(day)
      await remindOfRequests(tilsyn.context())
      await remindOfRequests(tilsyn.context())
      const all = await mailsOf('RQ-2026-001')
      const fresh = all.length - sent
      sent = all.length
      return { all, fresh }
    }
    expect((await after('2026-12-03')).fresh).to.equal(0)
    expect((await after('2026-12-04')).all).to.include(`request-reminder-before ${person.email}`)
    const late = await after('2026-12-18')
    expect(late.all)
      .to.include(`request-escalated ${dpo.email}`)
      .and.include(`request-reminder-after ${person.email}`)
    expect(late.fresh, 'only the latest').to.equal(2)
    expect((await requestTasks(tilsyn.today()))[0]?.severity).to.equal('overdue')
    const { agent: later } = await signedIn(tilsyn)
    void staff
    const base = '/requests/RQ-2026-001'
    await submit(later, base, { answer: 'Til brugere af telefoniløsningen: …' }, `${base}/answer`)
    sent = (await mailsOf('RQ-2026-001')).length
    expect(
      (await after('2026-12-25')).all.filter((mail) => mail.startsWith('request-reminder ')),
    ).to.have.length(2)
    expect((await requestsInPeriod(calendarYear(2026))).late).to.deep.equal(['RQ-2026-001'])
  })

  it('are finished by the timer where a crash came between the answer and what follows', async () => {
    const { customer, come } = await aHouse()
    const { person } = await signedIn(tilsyn)
    const { agent, page } = await come(customer)
    await submit(agent, `${page}/requests/new?kind=further-measures`, { once: 'o', text: 'MFA.' })
    await answerRequest(tilsyn.context({ kind: 'staff', id: person._id }), 'RQ-2026-001', {
      by: { id: person._id, name: person.name },
      text: 'Indført.',
      files: [],
      copies: [],
      declaration: null,
    })
    const before = await mailsOf('RQ-2026-001')
    await Requests.updateOne({ reference: 'RQ-2026-001' }, { $set: { unfinished: 'answered' } })
    expect(await finishRequests(tilsyn.context())).to.deep.equal({ finished: 1 })
    expect(await mailsOf('RQ-2026-001'), 'no mail goes twice').to.deep.equal(before)
    expect(await finishRequests(tilsyn.context())).to.deep.equal({ finished: 0 })
  })

  it('are due within the days the house has set, from then on', async () => {
    const { customer, come } = await aHouse()
    const { agent: staff } = await signedIn(tilsyn)
    const html = (await visit(staff, '/requests/days')).html
    const stored = Object.fromEntries(
      [...html.matchAll(/name="(days\[[a-z0-9-]+\]\[length\])" value="(\d+)"/g)].map(([, name, value]) => [
        name ?? '',
        value ?? '',
      ]),
    )
    const fields = { version: '0', ...stored, 'days[declaration][length]': '3', because: 'Vi er hurtigere.' }
    expect((await submit(staff, '/requests/days', { ...fields, because: '' })).status).to.equal(422)
    await submit(staff, '/requests/days', fields)
    expect((await submit(staff, '/requests/days', fields)).status, 'somebody was quicker').to.equal(409)
    const { agent, page } = await come(customer)
    await submit(agent, `${page}/requests/new?kind=declaration`, { once: 'o', text: '' })
    expect((await requestOf('RQ-2026-001')).dueOn).to.equal('2026-11-26')
  })
})
