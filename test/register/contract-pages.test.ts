import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { addCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { readFileBytes } from '../../src/files/actions.js'
import { confirmInUse, createEngagement, createService, createVendor } from '../../src/register/actions.js'
import { engagementByReference } from '../../src/register/records.js'
import { checkPoints, contractsOf, type Engagement } from '../../src/register/rules.js'
import { turnContracts } from '../../src/register/timers/contracts.js'
import { useBlocksOf } from '../../src/notices/rules.js'
import { lawNow } from '../../src/transfers/actions.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

const pdf = (words = 'a contract') => Buffer.from(`%PDF-1.7\n% ${words}\n1 0 obj <<>> endobj\n%%EOF\n`)

describe('The contract with a sub-processor', () => {
  const tilsyn = useApp()
  let officer: Agent
  let service: string
  const all = '/engagements/E-0001/contracts'

  const engagement = async (): Promise<Engagement> => {
    const found = await engagementByReference('E-0001')
    if (!found) throw new Error('no engagement')
    return found
  }
  const version = async () => String((await engagement()).version)
  const paper = (name: string, words?: string) => [{ field: 'file', name, bytes: pdf(words) }]

  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
    const context = tilsyn.context()
    service = (await createService(context, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))._id
    const vendor = await createVendor(context, { ...vendorInput(), from: '2024-07-01' })
    await createEngagement(context, {
      ...engagementInput({ services: [service], contract: { template: 'theirs', signedOn: '2024-06-01' } }),
      vendor: vendor._id,
    })
  })

  const customer = (changes: object = {}) =>
    addCustomer(tilsyn.context(), {
      name: 'Vestby Kommune',
      isProcessor: false,
      agreement: { ...ordinaryAgreement, signedOn: '2024-07-01', ...changes },
      from: '2024-08-01',
      services: [service],
      contacts: [],
    })

  const add = async (fields: Record<string, string>, files = paper('dpa-2.pdf')) =>
    submitFiles(officer, `${all}/new`, { version: await version(), ...fields }, files, all)

  it('from before there were versions is shown as one, with what is still to be done about it', async () => {
    const page = await visit(officer, '/engagements/E-0001')
    expect(page.text)
      .to.include('Not checked')
      .and.include('has not been checked against Article 28(3) and (4)')
    expect(page.text).to.include('It is needed when a customer asks for a copy (clause 7.5)')
    expect(page.links).to.include(`${all}/1`).and.include(`${all}/1/check`)
    expect((await visit(officer, `${all}/1`)).text).to.include('1 June 2024')
  })

  it('gets a new version with its file; the old one stays below, the short form everywhere is the new one', async () => {
    const answer = await add({ template: 'ours', dpaVersion: 'DPA 2.0', signedOn: '2026-11-01' })
    expect(answer.headers['location']).to.equal(`${all}/2`)
    const { contract, contracts = [] } = await engagement()
    expect(contracts.map(({ id }) => id)).to.deep.equal(['1', '2'])
    expect(contract).to.include({ template: 'ours', dpaVersion: 'DPA 2.0', signedOn: '2026-11-01' })
    expect((await readFileBytes(contract?.file ?? '')).toString()).to.include('a contract')
    const page = await visit(officer, '/engagements/E-0001')
    expect(page.text).to.include('dpa-2.pdf').and.include('Other versions Contract no. 1 Superseded')
    expect((await visit(officer, `${all}/1`)).text).to.include('Superseded')
  })

  it('keeps what was typed, and says that the file has to be chosen again', async () => {
    const answer = await add({ template: '', dpaVersion: 'DPA 2.0', signedOn: '2027-01-01' })
    expect(answer.status).to.equal(422)
    const page = inspect(answer.text, 422)
    expect(answer.text).to.include('value="DPA 2.0"')
    expect(page.text).to.include('Choose the file again').and.include('must not be in the future')
    expect((await engagement()).version).to.equal(1)
  })

  it('begins on its day by itself, and ends on its day: use is blocked without one (7.4)', async () => {
    await add({
      template: 'ours',
      dpaVersion: '3',
      signedOn: '2026-11-01',
      from: '2026-12-01',
      until: '2027-01-01',
    })
    await submitFiles(
      officer,
      `${all}/1/edit`,
      { version: await version(), template: 'theirs', signedOn: '2024-06-01', until: '2026-12-01' },
      [],
      `${all}/1/edit`,
    )
    expect((await engagement()).contract?.template).to.equal('theirs')
    expect(await turnContracts(tilsyn.context())).to.deep.equal({ turned: 0 })
    tilsyn.moveTo('2026-12-01')
    expect(await turnContracts(tilsyn.context())).to.deep.equal({ turned: 1 })
    expect(await turnContracts(tilsyn.context())).to.deep.equal({ turned: 0 })
    const law = await lawNow()
    expect((await engagement()).contract?.dpaVersion).to.equal('3')
    expect(useBlocksOf(law, await engagement(), '2026-12-01')).not.to.include('contract')
    const { agent: december } = await signedIn(tilsyn)
    expect((await visit(december, '/')).text).to.include(
      'The contract with Curanet A/S (E-0001) ends, and none follows it',
    )
    expect((await visit(december, '/engagements/E-0001')).text).to.include(
      'The contract ends on 1 January 2027, and none is ready to follow it',
    )
    await confirmInUse(tilsyn.context(), (await engagement())._id, '2026-12-01')
    // Three days late after a standstill, the same happens.
    tilsyn.moveTo('2027-01-04')
    expect(await turnContracts(tilsyn.context())).to.deep.equal({ turned: 1 })
    expect((await engagement()).contract).to.equal(null)
    expect(useBlocksOf(law, await engagement(), '2027-01-04')).to.include('contract')
    const { agent } = await signedIn(tilsyn)
    expect((await visit(agent, '/engagements/E-0001')).text)
      .to.include('No contract is in force today')
      .and.include('is used and no signed contract is in force today (Art. 28(4), clause 7.4)')
    const overview = await visit(agent, '/')
    expect(overview.text).to.include('1 sub-processor is used without a signed contract in force')
    expect(overview.html).to.match(/state=in-use[^"]*missing=contract/)
  })

  it('is corrected on its own page, and on the engagement form without losing versions', async () => {
    await add({ template: 'ours', dpaVersion: 'DPA 2.0', signedOn: '2026-11-01', note: 'kept' })
    const form = {
      version: await version(),
      role: 'sub-processor',
      services: service,
      'activity[da]': 'Drift af webhoteller',
      'activity[en]': 'Operation of web hosting',
      dataCategories: 'ordinary',
      subjects: 'customers',
      storageCountries: 'DK',
      accessCountries: 'DK',
      contractTemplate: 'ours',
      contractVersion: 'DPA 2.1',
      contractSignedOn: '2026-11-02',
      noticeUnit: 'days',
    }
    const edit = '/engagements/E-0001/edit'
    expect((await visit(officer, edit)).text).to.include('This corrects the contract in force')
    expect((await submitFiles(officer, edit, form, [], edit)).status).to.equal(303)
    const { contract, contracts = [] } = await engagement()
    expect(contract).to.include({ dpaVersion: 'DPA 2.1', signedOn: '2026-11-02' })
    expect(contract?.file).to.be.a('string')
    expect(contracts.map(({ signedOn, note }) => [signedOn, note])).to.deep.equal([
      ['2024-06-01', undefined],
      ['2026-11-02', 'kept'],
    ])
    const none = {
      ...form,
      version: await version(),
      contractTemplate: 'none',
      contractVersion: '',
      contractSignedOn: '',
    }
    const refused = await submitFiles(officer, edit, none, [], edit)
    expect(refused.status).to.equal(409)
    expect(inspect(refused.text, 409).text).to.include('give the contract an end on its own page')
  })

  it('entered by mistake stays on record and no longer counts', async () => {
    await add({ template: 'ours', dpaVersion: 'of another vendor', signedOn: '2026-11-01' })
    const url = `${all}/2/mistake`
    await submit(officer, url, { version: await version(), because: 'Belongs to E-0007' })
    expect((await engagement()).contract).to.include({ template: 'theirs', signedOn: '2024-06-01' })
    expect((await visit(officer, `${all}/2`)).text).to.include('Belongs to E-0007')
  })

  it('gets a copy customers may be sent, saying what was left out (7.5)', async () => {
    const url = `${all}/1/redacted`
    const fields = {
      version: await version(),
      madeOn: '2026-11-20',
      madeBy: 'Anne Vind',
      leftOut: 'Prices in schedule 2',
    }
    const without = await submitFiles(officer, url, fields, [], url)
    expect(without.status).to.equal(422)
    expect((await submitFiles(officer, url, fields, paper('dpa-for-customers.pdf'), url)).status).to.equal(
      303,
    )
    const page = await visit(officer, `${all}/1`)
    expect(page.text).to.include('dpa-for-customers.pdf').and.include('Left out: Prices in schedule 2')
    expect((await visit(officer, '/engagements/E-0001')).text).to.include('dpa-for-customers.pdf')
  })

  const answers = (changes: Record<string, string> = {}) => ({
    on: '2026-11-20',
    by: 'Anne Vind',
    breachHours: '24',
    noticeLength: '60',
    noticeUnit: 'days',
    ...Object.fromEntries(
      checkPoints.flatMap((point) => [
        [`points[${point}][result]`, 'met'],
        [`points[${point}][clause]`, `§ ${point}`],
      ]),
    ),
    ...changes,
  })
  const read = async (changes: Record<string, string> = {}) =>
    submit(officer, `${all}/1/check`, { version: await version(), ...answers(changes) })

  it('on their template is checked point by point (Art. 28(3)-(4)): gaps, then passed; both readings are kept', async () => {
    await customer()
    expect((await visit(officer, `${all}/1/check`)).text)
      .to.include('24 hours')
      .and.include('30 days')
    expect(
      (
        await read({
          'points[h][result]': 'not-met',
          'points[h][clause]': '',
          'points[h][note]': 'No audits by customers',
        })
      ).status,
    ).to.equal(303)
    const gaps = await visit(officer, '/engagements/E-0001')
    expect(gaps.text).to.include('does not meet Article 28 on these points: Information and audits')
    expect(gaps.text).to.include('No audits by customers')
    expect((await engagement()).contract?.check).to.deep.equal({ on: '2026-11-20', open: ['h'] })
    // The notice they owe us is one fact: read in the contract, it stands on the engagement.
    expect((await engagement()).theirNotice).to.deep.equal({ length: 60, unit: 'days' })

    expect((await read()).status).to.equal(303)
    const passed = await visit(officer, '/engagements/E-0001')
    expect(passed.text).to.include('Meets Article 28').and.not.include('does not meet')
    const page = await visit(officer, `${all}/1`)
    expect(page.text).to.include('Earlier checks').and.include('No audits by customers').and.include('§ a')
    const events = (await historyOf('engagement', (await engagement())._id)).map(({ event }) => event)
    expect(events.filter((event) => event === 'engagement.contract-checked')).to.have.length(2)
  })

  it('is not met where it promises less than we owe, whatever is ticked (10.2, B.2)', async () => {
    await customer()
    const answer = await read({ breachHours: '72', noticeLength: '14' })
    expect(answer.status).to.equal(422)
    const page = inspect(answer.text, 422)
    expect(page.text).to.include('Breaches: as fast as we must').and.include('Notice: as long as ours')
    expect(answer.text).to.include('value="72"')
  })

  it('has to be read again once a customer is promised more', async () => {
    await customer()
    await read()
    expect((await visit(officer, `${all}/1`)).text).not.to.include('Check it again.')
    await customer({ notice: { length: 3, unit: 'months' } })
    expect((await visit(officer, `${all}/1`)).text).to.include('Customers have been promised more since')
  })

  it('tells who asked for a copy, and what was sent when (7.5)', async () => {
    await customer()
    const copies = `${all}/1/copies/new`
    const empty = await submit(
      officer,
      copies,
      { customer: 'C-0009', askedOn: '2026-11-20' },
      `${all}/1/copies`,
    )
    expect(inspect(empty.text, 422).text).to.include('Nothing matches “C-0009”')
    await submit(
      officer,
      copies,
      { customer: 'Vestby', askedOn: '2026-11-20', askedBy: 'Karin Lund' },
      `${all}/1/copies`,
    )
    const waiting = await visit(officer, `${all}/1`)
    expect(waiting.text).to.include('Vestby Kommune Karin Lund').and.include('Waiting')
    const sending = waiting.links.find((link) => link.endsWith('/sent')) ?? ''

    const redacted = `${all}/1/redacted`
    const fields = { version: await version(), madeOn: '2026-11-20', madeBy: 'Anne Vind', leftOut: 'Prices' }
    await submitFiles(officer, redacted, fields, paper('for-customers.pdf'), redacted)
    const file = contractsOf(await engagement())[0]?.redacted[0]?.file ?? ''
    const sent = { file, sentOn: '2026-11-21', sentBy: 'Anne Vind' }
    const other = await submit(officer, sending, { ...sent, file: 'another' })
    expect(inspect(other.text, 409).text).to.include('does not belong to this version')
    expect((await submit(officer, sending, sent)).status).to.equal(303)
    expect((await visit(officer, `${all}/1`)).text)
      .to.include('for-customers.pdf')
      .and.not.include('Waiting')
    expect((await submit(officer, sending, sent)).status).to.equal(409)

    // A price was still to be read in it: it says who has it, and goes to nobody any more.
    const withdraw = `${all}/1/redacted/${file}/withdraw`
    expect((await visit(officer, withdraw)).text).to.match(/Vestby Kommune ?, 21 November 2026/)
    const because = { version: await version(), because: 'The price on page 4' }
    expect((await submit(officer, withdraw, { ...because, because: '' })).status).to.equal(422)
    expect((await submit(officer, withdraw, because)).status).to.equal(303)
    expect((await visit(officer, `${all}/1`)).text)
      .to.include('Withdrawn on 23 November 2026: The price on page 4')
      .and.include('for-customers.pdf')
    expect((await visit(officer, copies)).text).not.to.include('for-customers.pdf')
    const sentAgain = { customer: 'Vestby', askedOn: '2026-11-20', ...sent }
    expect((await submit(officer, copies, sentAgain, `${all}/1/copies`)).status).to.equal(409)
    expect((await officer.get(withdraw)).status).to.equal(404)
  })

  it('is read by those who may not change it, and by nobody else', async () => {
    const { agent: auditor } = await signedIn(tilsyn, 'auditor')
    expect((await visit(auditor, `${all}/1`)).links).not.to.include(`${all}/1/edit`)
    expect((await auditor.get(`${all}/1/check`)).status).to.equal(403)
    expect((await officer.get(`${all}/9`)).status).to.equal(404)
    expect((await officer.get('/engagements/E-0009/contracts/1')).status).to.equal(404)
  })

  it('is in Danish for those who read Danish', async () => {
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    for (const url of ['/1', '/1/edit', '/1/check', '/1/redacted', '/1/mistake', '/1/copies/new', '/new'])
      expect((await visit(agent, `${all}${url}`)).lang).to.equal('da')
  })

  it('gives way to a change that came first', async () => {
    const answer = await submitFiles(officer, `${all}/new`, { version: '7', template: 'ours' }, [], all)
    expect(answer.status).to.equal(409)
  })
})
