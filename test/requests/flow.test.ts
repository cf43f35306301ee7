import { expect } from 'chai'
import { codeDigits } from '../../src/auth/code-digits.js'
import { ensureLink, linkPath } from '../../src/auth/links.js'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { historyOf } from '../../src/audit-log/actions.js'
import { calendarYear } from '../../src/base/day.js'
import { customersByIds } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import { instructionsInPeriod, instructionsOfCustomer } from '../../src/instructions/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { addContract, addRedactedCopy, engagementsByIds } from '../../src/register/actions.js'
import {
  answerRequest,
  copiesHandedOut,
  requestOf,
  requestsInPeriod,
  requestsOfCustomer,
  requestTasks,
} from '../../src/requests/actions.js'
import { Requests } from '../../src/requests/records.js'
import { finishRequests, remindOfRequests } from '../../src/requests/timers.js'
import { useApp } from '../support/app.js'
import { anonymous, password, signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aWorld, customersOf, type World } from '../notices/world.js'

const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n')

describe('requests', function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  /** A customer with one contact who may approve, another who may not, and the way in for each. */
  async function aHouse() {
    const world = await aWorld(tilsyn)
    const [customer, other] = (await customersOf(tilsyn, world, [
      { emails: ['chef@kunde.example', 'dpo@kunde.example'], caseNumber: '26/77' },
      {},
    ])) as [Customer, Customer]
    const come = async ({ _id }: Customer, place = 0): Promise<{ agent: Agent; page: string }> => {
      const [known] = await customersByIds([_id])
      const link = await ensureLink(tilsyn.context(), {
        kind: 'customer',
        customer: _id,
        contact: known?.contacts[place]?.id ?? '',
        about: { kind: 'customer', id: _id },
        expiresOn: '2028-01-01',
      })
      const agent = anonymous(tilsyn)
      await agent.get(linkPath(link, { key: tilsyn.house.keys.links }))
      return { agent, page: `/c/${link._id}` }
    }
    return { world, customer, other, come }
  }

  async function aContract({ old }: World, redacted: boolean) {
    const [engagement] = await engagementsByIds([old._id])
    const context = tilsyn.context()
    const contract = await addContract(
      context,
      engagement!,
      { template: 'theirs', dpaVersion: 'DPA 2.0', signedOn: '2026-02-01' },
      { name: 'whole.pdf', bytes: Buffer.concat([pdf, Buffer.from('%whole\n')]) },
    )
    const [now] = await engagementsByIds([old._id])
    if (redacted)
      await addRedactedCopy(
        context,
        { ...now!, contract } as never,
        { madeOn: '2026-02-02', madeBy: 'Berit', leftOut: 'Priser' },
        { name: 'copy.pdf', bytes: pdf },
      )
    const [after] = await engagementsByIds([old._id])
    return { contract, version: after!.contracts!.find(({ id }) => id === contract)! }
  }

  const mailsOf = async (reference: string) =>
    (await mailsAbout('request', [(await requestOf(reference))._id]))
      .map(({ kind, to }) => `${kind} ${to.address}`)
      .toSorted()

  it('are asked on the customer’s page in a few taps, told to both sides, answered with the redacted copy only, and on record (7.5)', async () => {
    const { world, customer, other, come } = await aHouse()
    const { version, contract } = await aContract(world, true)
    const { agent: staff } = await signedIn(tilsyn)
    const { agent, page } = await come(customer)
    expect((await visit(agent, page)).text).to.include('Anmodninger og svar')
    await visit(agent, `${page}/requests`)
    const asking = `${page}/requests/new?kind=contract-copy`
    expect((await visit(agent, asking)).text)
      .to.include('7. december 2026')
      .and.include('Gammelby Drift ApS')
    const asked = await submit(agent, asking, { once: 'o1', text: '', engagements: world.old._id })
    expect(asked.headers['location']).to.equal(`${page}/requests/RQ-2026-001`)
    // A double click is one request.
    await submit(agent, asking, { once: 'o1', text: '', engagements: world.old._id })
    expect(await requestsOfCustomer(customer._id)).to.have.length(1)
    const told = await mailsOf('RQ-2026-001')
    expect(told.filter((mail) => mail.includes('kunde.example'))).to.deep.equal([
      'request-receipt chef@kunde.example',
      'request-receipt dpo@kunde.example',
    ])
    expect(told.some((mail) => mail.startsWith('request-alert officer'))).to.equal(true)
    expect((await requestTasks(tilsyn.today()))[0]).to.deep.include({
      text: 'requests:task.assess',
      severity: 'due',
    })

    const base = '/requests/RQ-2026-001'
    expect((await visit(staff, '/requests')).text)
      .to.include('RQ-2026-001')
      .and.include('Clause 7.5')
    expect((await visit(staff, base)).text).to.include('Left out: Priser')
    const value = `${world.old._id}/${contract}`
    for (const copies of [`${value}/${version.file}`, version.file ?? '', `${world.planned._id}/1`]) {
      const refused = await submit(staff, base, { copies, answer: '' }, `${base}/answer`)
      expect(refused.status, copies).to.equal(409)
      expect(refused.text).to.include('never sent')
    }
    const smuggled = [{ field: 'files', name: 'whole.pdf', bytes: pdf }]
    const attached = await submitFiles(staff, base, { copies: value }, smuggled, `${base}/answer`)
    expect(attached.status).to.equal(409)
    const fields = { once: 'm', direction: 'to-customer', message: 'Se fil' }
    expect((await submitFiles(staff, base, fields, smuggled, `${base}/messages`)).status).to.equal(409)

    await submit(staff, base, { copies: value, answer: 'Værsgo.' }, `${base}/answer`)
    const answered = await requestOf('RQ-2026-001')
    expect(answered).to.deep.include({ state: 'answered', running: false, unfinished: null })
    const redacted = version.redacted[0]!.file
    expect(answered.answer?.contracts.map(({ file }) => file)).to.deep.equal([redacted])
    const { rows } = await copiesHandedOut(null, undefined)
    expect(rows).to.have.length(1)
    expect(rows[0]!.copy).to.deep.include({ request: 'RQ-2026-001', file: redacted, sentOn: '2026-11-23' })
    expect((await visit(staff, '/requests/copies')).text).to.include('copy.pdf')

    const own = `${page}/requests/RQ-2026-001`
    expect((await visit(agent, own)).text)
      .to.include('Værsgo.')
      .and.include('copy.pdf')
    expect((await agent.get(`${own}/files/${redacted}`)).status).to.equal(200)
    expect((await agent.get(`${own}/files/${version.file}`)).status).to.equal(404)
    const stranger = await come(other)
    expect((await stranger.agent.get(`${stranger.page}/requests/RQ-2026-001`)).status).to.equal(404)
    expect(
      (await stranger.agent.get(`${stranger.page}/requests/RQ-2026-001/files/${redacted}`)).status,
    ).to.equal(404)
    const year = await requestsInPeriod(calendarYear(2026))
    expect(year).to.deep.include({ received: ['RQ-2026-001'], inTime: ['RQ-2026-001'], late: [] })
    // The same from the log alone.
    const facts = (await historyOf('request', answered._id)).find(({ event }) => event === 'request.answered')
    expect(facts?.facts).to.deep.include({ kind: 'contract-copy', late: false, answeredOn: '2026-11-23' })
  })

  it('say which contract has no redacted copy yet, and cannot be answered before', async () => {
    const { world, customer, come } = await aHouse()
    await aContract(world, false)
    const { agent: staff } = await signedIn(tilsyn)
    const { agent, page } = await come(customer)
    await submit(agent, `${page}/requests/new?kind=contract-copy`, { once: 'o', text: '' })
    const base = '/requests/RQ-2026-001'
    expect((await visit(staff, base)).text).to.include('a copy without commercial terms is missing')
    expect((await submit(staff, base, { answer: 'x' }, `${base}/answer`)).status).to.equal(409)
  })

  it('for an extra instruction (D.1) come from who may instruct, bind by a code, and become an instruction', async () => {
    const { customer, come } = await aHouse()
    const { agent: staff, person } = await signedIn(tilsyn)
    const { agent, page } = await come(customer)
    const ask = `${page}/requests/new?kind=extra-instruction`
    expect((await submit(agent, ask, { once: 'o', text: '' })).status, 'words are needed').to.equal(422)
    await submit(agent, ask, { once: 'o', text: 'Slet logfiler efter 30 dage.' })
    const base = '/requests/RQ-2026-001'
    const take = { owner: person._id, dueOn: '2026-12-07', assessment: 'Kan lade sig gøre.', because: '' }
    await submit(staff, base, take, `${base}/take`)
    await submit(staff, base, { answer: 'Pris: 4.200 kr.' }, `${base}/answer`)
    const own = `${page}/requests/RQ-2026-001`
    const shown = await visit(agent, own)
    expect(shown.text).to.include('Pris: 4.200 kr.').and.include('Vi går i gang, når I har bekræftet')
    const { answer } = await requestOf('RQ-2026-001')
    const signer = { 'order[name]': 'Åse Ørsted', 'order[title]': 'Direktør', answer: answer?.id ?? '' }
    const stale = await submit(agent, own, { ...signer, answer: 'another' }, `${own}/confirm`)
    expect(stale.status).to.equal(409)
    const coded = await submit(agent, own, signer, `${own}/confirm`)
    const codePage = String(coded.headers['location'])
    expect((await visit(agent, codePage)).text).to.include('Slet logfiler efter 30 dage.')
    expect((await requestOf('RQ-2026-001')).state, 'not before the code').to.equal('answered')
    const code = codeDigits(codePage.split('/').at(-1) ?? '', tilsyn.house.keys.codes)
    const done = await submit(agent, codePage, { code })
    expect(done.headers['location']).to.equal(own)
    const confirmed = await requestOf('RQ-2026-001')
    expect(confirmed).to.deep.include({ state: 'confirmed', waits: false, instruction: 'IN-2026-001' })
    const [instruction] = await instructionsOfCustomer(customer._id)
    expect(instruction).to.deep.include({ request: 'RQ-2026-001', channel: 'page', state: 'given' })
    expect(instruction?.text).to.equal('Slet logfiler efter 30 dage.\n\nPris: 4.200 kr.')
    expect((await visit(agent, own)).text).to.include('IN-2026-001')
    expect(await mailsOf('RQ-2026-001')).to.include(`request-confirmed ${person.email}`)
    await finishRequests(tilsyn.context())
    expect(await instructionsOfCustomer(customer._id)).to.have.length(1)
  })

  it('cannot bind the customer by somebody without the right to instruct', async () => {
    const { world, come } = await aHouse()
    const [advised] = await customersOf(tilsyn, world, [
      {
        contacts: [
          { name: 'Bo', email: 'bo@kunde.example', locale: 'da', dataProtection: true, mayApprove: false },
        ],
      },
    ])
    const { agent, page } = await come(advised!)
    expect((await visit(agent, `${page}/requests`)).text).to.include('Kan kun gives af en kontaktperson')
    const refused = await agent.get(`${page}/requests/new?kind=extra-instruction`)
    expect(refused.status).to.equal(409)
  })

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
