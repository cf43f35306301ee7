import { expect } from 'chai'
import { codeDigits } from '../../src/auth/code-digits.js'
import { historyOf } from '../../src/audit-log/actions.js'
import { calendarYear } from '../../src/base/day.js'
import { instructionsOfCustomer } from '../../src/instructions/actions.js'
import { addContract, addRedactedCopy, engagementsByIds } from '../../src/register/actions.js'
import {
  copiesHandedOut,
  requestOf,
  requestsInPeriod,
  requestsOfCustomer,
  requestTasks,
} from '../../src/requests/actions.js'
import { finishRequests } from '../../src/requests/timers.js'
import { signedIn, submit, submitFiles } from '../support/people.js'
import { visit } from '../support/visit.js'
import { customersOf, type World } from '../notices/world.js'
import { requestHouse, pdf } from './house.js'

describe('requests', function () {
  this.timeout(120_000)
  const { tilsyn, aHouse, mailsOf } = requestHouse()

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
})
