import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { addCustomer, endCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import type { Customer } from '../../src/customers/rules.js'
import {
  acceptListAsSigned,
  approve,
  createEngagement,
  createService,
  createVendor,
  endApprovals,
  endEngagement,
  endVendor,
  instructionsFor,
  listForAll,
  listOn,
  nobodyInstructed,
} from '../../src/register/actions.js'
import { engagementByReference, vendorByReference } from '../../src/register/records.js'
import type { Engagement, Vendor } from '../../src/register/rules.js'
import { lawNow } from '../../src/transfers/actions.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('Editing what stands on the list', () => {
  const tilsyn = useApp()
  let officer: Agent
  let vendor: Vendor
  let engagement: Engagement
  let service: string

  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
    const context = tilsyn.context()
    service = (await createService(context, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))._id
    vendor = await createVendor(context, { ...vendorInput(), from: '2024-07-01' })
    engagement = await createEngagement(context, {
      ...engagementInput({ services: [service] }),
      vendor: vendor._id,
      from: '2024-07-01',
    })
  })

  const customer = (
    name: string,
    changes: { commonList?: boolean; signedOn?: string | null } = {},
  ): Promise<Customer> =>
    addCustomer(tilsyn.context(), {
      name,
      isProcessor: false,
      agreement: { ...ordinaryAgreement, signedOn: '2024-07-01', ...changes },
      from: '2024-08-01',
      services: [],
      contacts: [],
    })

  const approved = (id = 'c1') =>
    approve(tilsyn.context(), [
      { customer: id, engagement: engagement._id, from: '2024-07-01', notice: null, kind: 'baseline' },
    ])

  const engagementForm = (changes: Record<string, string | string[]> = {}) => ({
    version: '1',
    role: 'sub-processor',
    services: service,
    'activity[da]': 'Drift af webhoteller',
    'activity[en]': 'Operation of web hosting',
    dataCategories: 'ordinary',
    subjects: 'customers',
    storageCountries: 'DK',
    accessCountries: 'DK',
    contractTemplate: 'ours',
    contractSignedOn: '2024-06-01',
    noticeUnit: 'days',
    ...changes,
  })

  const edit = (changes: Record<string, string | string[]>, agent = officer) =>
    submitFiles(agent, '/engagements/E-0001/edit', engagementForm(changes), [], '/engagements/E-0001/edit')

  it('asks for no reason while nobody has approved it', async () => {
    expect((await edit({ accessCountries: ['DK', 'SE'] })).status).to.equal(303)
    expect((await engagementByReference('E-0001'))?.accessCountries).to.deep.equal(['DK', 'SE'])
  })

  it('warns, asks for a tick and a reason, and keeps what was typed, where customers have approved it', async () => {
    await approved()
    expect((await visit(officer, '/engagements/E-0001/edit')).text).to.include('Customers have approved this')
    const answer = await edit({ accessCountries: ['DK', 'SE'], 'activity[en]': 'Hosting of web sites' })
    expect(answer.status).to.equal(422)
    const page = inspect(answer.text, 422)
    expect(page.text).to.include('Changed: activity and countries').and.include('Tick to confirm')
    expect(answer.text).to.include('Hosting of web sites')
    expect((await engagementByReference('E-0001'))?.version).to.equal(1)
  })

  it('saves with tick and reason, keeps both in the history, and dates the change from today', async () => {
    await approved()
    const because = 'So from the start; the printed list has no countries'
    const answer = await edit({
      accessCountries: ['DK', 'SE'],
      changeAcknowledged: 'yes',
      changeBecause: because,
    })
    expect(answer.status).to.equal(303)
    const history = await historyOf('engagement', engagement._id)
    const entry = history.find(({ event }) => event === 'engagement.edited')
    expect(entry?.facts).to.deep.include({
      changesApproved: ['country'],
      before: { accessCountries: ['DK'] },
    })
    expect(entry?.personal).to.deep.include({ because })
    const access = async (day: string) => (await listOn('c1', day))[0]?.content.accessCountries
    expect(await access('2026-11-22')).to.deep.equal(['DK'])
    expect(await access('2026-11-23')).to.deep.equal(['DK', 'SE'])
    expect((await visit(officer, '/engagements/E-0001')).text).to.include('Countries')
  })

  it('takes a correction without a reason', async () => {
    await approved()
    const answer = await edit({ 'activity[da]': 'drift af webhoteller.', contractVersion: '2.1' })
    expect(answer.status).to.equal(303)
    expect((await engagementByReference('E-0001'))?.contract).to.deep.include({ dpaVersion: '2.1' })
  })

  it('refuses to save over what somebody else saved meanwhile', async () => {
    await edit({ subjectCount: 'under-1000' })
    const answer = await edit({ subjectCount: 'over-10000' })
    expect(answer.status).to.equal(409)
    inspect(answer.text, 409)
    expect((await engagementByReference('E-0001'))?.subjectCount).to.equal('under-1000')
  })

  it('leaves fields that were emptied empty', async () => {
    await edit({ subjectCount: 'under-1000', noticeLength: '14' })
    await edit({ version: '2' })
    const after = await engagementByReference('E-0001')
    expect(after).not.to.have.any.keys('subjectCount', 'theirNotice')
  })

  it('lets a vendor be renamed and moved as a correction, on the list from today', async () => {
    await approved()
    const form = {
      version: '1',
      name: 'team.blue Denmark A/S',
      registrationKind: 'CVR',
      registrationNumber: '29412006',
      address: 'Nygade 1, 8000 Aarhus C',
      country: 'DK',
    }
    expect((await submit(officer, '/vendors/V-0001/edit', form)).status).to.equal(303)
    expect((await listOn('c1', '2026-11-22'))[0]?.content.vendorName).to.equal('Curanet A/S')
    expect((await listOn('c1', '2026-11-23'))[0]?.content.vendorName).to.equal('team.blue Denmark A/S')

    const other = await submit(officer, '/vendors/V-0001/edit', {
      ...form,
      version: '2',
      registrationNumber: '35645845',
    })
    expect(other.status).to.equal(422)
    expect(inspect(other.text, 422).text).to.include('Changed: entity')
    expect((await vendorByReference('V-0001'))?.registration?.number).to.equal('29412006')
  })

  it('ends an engagement nobody has approved, and one that is approved only by a notice', async () => {
    await approved()
    expect((await visit(officer, '/engagements/E-0001')).text).to.include('Announce its removal by a notice')
    const end = { version: '1', on: '2026-11-23', because: 'Moved elsewhere' }
    const refused = await submit(officer, '/engagements/E-0001/end', end)
    expect(refused.status).to.equal(409)
    expect(inspect(refused.text, 409).text).to.include('Customers have it approved on that day')

    await createEngagement(tilsyn.context(), { ...engagementInput(), vendor: vendor._id })
    expect((await submit(officer, '/engagements/E-0002/end', end)).status).to.equal(303)
    expect((await visit(officer, '/engagements/E-0002')).text).to.include('Moved elsewhere')
    expect((await submit(officer, '/vendors/V-0001/end', end)).status).to.equal(409)
    expect((await submit(officer, '/engagements/E-0002/end', { ...end, on: '2026-11-24' })).status).to.equal(
      422,
    )
  })

  it('records the list accepted at signing, each customer from its own day, those with lists of their own by service', async () => {
    const early = await customer('Aalborg Kommune')
    const late = await customer('Ærø Kommune', { signedOn: '2025-03-01' })
    const own = await customer('Bager Holm', { commonList: false })
    expect((await visit(officer, '/register/baseline')).text).to.include('3 customers have no list on record')
    const answer = await submit(officer, '/register/baseline', {
      engagements: engagement._id,
      dated: 'signed',
    })
    expect(answer.status).to.equal(303)
    expect(await listOn(early._id, '2024-07-01')).to.have.length(1)
    expect(await listOn(late._id, '2025-02-28')).to.have.length(0)
    expect(await listOn(late._id, '2025-03-01')).to.have.length(1)
    expect(await listOn(own._id, '2026-11-23')).to.have.length(0)
    const page = await visit(officer, `/register?customer=${early.reference}`)
    expect(page.h1).to.include('Aalborg Kommune')
    expect(page.text).to.include('Accepted at signing')
    expect((await visit(officer, '/register?customer=ærø')).h1).to.include('Ærø Kommune')
    expect((await visit(officer, '/register?customer=kommune')).text).to.include('Several customers match')
    expect((await visit(officer, '/register?customer=zzz')).text).to.include('No customer matches')
    expect((await visit(officer, `/register?customer=${early.reference}&on=2024-06-30`)).text).to.include(
      'had not approved',
    )
    expect((await visit(officer, '/register?q=webhotel')).text).to.include('Curanet')
    expect((await visit(officer, '/register?q=backup')).text).to.include('matches the search')
    expect((await visit(officer, `/customers/${early.reference}`)).text).to.include(
      '1 on the list today: Curanet A/S',
    )
  })

  it('asks on which day, and of which, the list was accepted', async () => {
    await customer('Aalborg Kommune')
    const answer = await submit(officer, '/register/baseline', { dated: 'day', on: '2027-01-01' })
    expect(answer.status).to.equal(422)
    expect(inspect(answer.text, 422).text).to.include('at least one')
  })

  it('gives a customer who signs later the list as it stands that day', async () => {
    await approved('c1')
    const joined = await customer('Zealand Pharma')
    await acceptListAsSigned(tilsyn.context(), { customer: joined, services: [], from: '2026-11-01' }, () =>
      Promise.resolve(joined),
    )
    await acceptListAsSigned(
      tilsyn.context(),
      { customer: joined, services: [service], from: '2026-11-20' },
      () => Promise.resolve(joined),
    )
    expect(await listOn(joined._id, '2026-10-31')).to.have.length(0)
    expect((await listOn(joined._id, '2026-11-23')).map(({ approvedFrom }) => approvedFrom)).to.deep.equal([
      '2026-11-01',
    ])
  })

  it('is ended without a notice where only customers that have left have it approved', async () => {
    const context = tilsyn.context()
    const [gone, stays] = [await customer('Aalborg Kommune'), await customer('Zealand Pharma')]
    await approved(gone._id)
    await approved(stays._id)
    await endCustomer(context, gone, { on: '2026-10-01', because: 'Opsagt' })
    const ending = { on: '2026-11-01', because: 'Aftalen er ophørt', version: engagement.version }
    expect((await submit(officer, '/engagements/E-0001/end', ending)).text).to.include('later (1)')
    await endCustomer(context, stays, { on: '2026-11-01', because: 'Opsagt' })
    expect((await submit(officer, '/engagements/E-0001/end', ending)).status).to.equal(303)
    expect(await listForAll('2026-10-31')).to.have.length(1)
    expect(await listForAll('2026-11-01')).to.have.length(0)
  })

  it('takes off the list of a customer who is entered late what has gone off everybody’s list since', async () => {
    await approved('c1')
    const context = tilsyn.context()
    await endApprovals(context, { engagement: engagement._id, to: '2026-10-01', notice: null })
    await endEngagement(context, engagement, { on: '2026-10-01', because: 'Aftalen er ophørt' })
    const joined = await customer('Zealand Pharma')
    await acceptListAsSigned(context, { customer: joined, services: [service], from: '2026-03-01' }, () =>
      Promise.resolve(joined),
    )
    expect(await listOn(joined._id, '2026-09-30')).to.have.length(1)
    expect(await listOn(joined._id, '2026-10-01')).to.have.length(0)
    expect(await listForAll('2026-11-23')).to.have.length(0)
    const entries = await historyOf('engagement', engagement._id)
    const ended = entries.find(
      ({ event, facts }) => event === 'engagement.approvals-ended' && facts['of'] !== 'all',
    )
    expect(ended?.facts).to.include({ to: '2026-10-01', customers: 1, left: 0 })
    expect(ended?.facts['of']).to.deep.equal([joined._id])
  })

  it('shows whose instruction does not reach a transfer, apart from whether its basis is valid', async () => {
    const wide = { transferInstruction: { kind: 'any-valid' as const, countries: [] } }
    const ids: string[] = []
    for (const [name, agreement] of [
      ['Aalborg Kommune', ordinaryAgreement],
      ['Zealand Pharma', { ...ordinaryAgreement, ...wide }],
    ] as const) {
      const buyer = { name, isProcessor: false, agreement, from: '2024-08-01', services: [service] }
      ids.push((await addCustomer(tilsyn.context(), { ...buyer, contacts: [] }))._id)
    }
    await edit({
      accessCountries: ['DK', 'US'],
      'transfers[0][country]': 'US',
      'transfers[0][basis]': 'adequacy-dpf',
      'transfers[0][listingCheckedOn]': '2026-11-01',
    })
    const { text } = await visit(officer, '/engagements/E-0001')
    expect(text).to.include('Valid basis').and.include('Lacking from 1 customer')
    expect(text).to.include('for 1 of 2 customers').and.include('Aalborg Kommune : United States')
    expect(text).not.to.include('Zealand Pharma')

    // Of whom nothing is transferred no instruction is lacking: it is left out of the count, and said why (C.6).
    const stored = (await engagementByReference('E-0001'))!
    const exempted = { customer: ids[0] ?? '', because: 'exempted' as const }
    const told = { instructedFor: nobodyInstructed, leftOutOf: () => Promise.resolve([exempted]) }
    const counted = await instructionsFor({ law: await lawNow(), day: '2026-11-23' }, stored, told, 10)
    expect(counted.leftOut).to.deep.equal([{ because: 'exempted', count: 1 }])
    expect(counted.customers.count).to.equal(1)
    expect(counted.lacking.count).to.equal(0)
  })

  it('records use of what was accepted at signing, and of nothing that was not', async () => {
    const refused = await submit(officer, '/engagements/E-0001/use', { since: '2026-11-01' })
    expect(refused.status).to.equal(409)
    await approved()
    expect((await submit(officer, '/engagements/E-0001/use', { since: '2026-11-24' })).status).to.equal(422)
    expect((await submit(officer, '/engagements/E-0001/use', { since: '2026-11-01' })).status).to.equal(303)
    expect((await listOn('c1', '2026-11-23'))[0]?.state).to.equal('in-use')
    expect((await submit(officer, '/engagements/E-0001/use', { since: '2026-11-02' })).status).to.equal(409)
  })

  it('begins nothing with a vendor whose cooperation was ended in another tab meanwhile', async () => {
    const { reference, version, _id } = await createVendor(
      tilsyn.context(),
      vendorInput({ name: 'Sund ApS' }),
    )
    await endVendor(tilsyn.context(), { reference, version }, { on: tilsyn.today(), because: 'Opsagt' })
    const late = await createEngagement(tilsyn.context(), { ...engagementInput(), vendor: _id }).catch(
      (error: { reason?: string }) => error.reason,
    )
    expect(late).to.equal('vendor-already-ended')
  })

  it('edits and ends services, but not one a sub-processor is engaged for', async () => {
    const form = { version: '1', 'name[da]': 'Hosting og drift', 'name[en]': '', order: '2' }
    expect((await submit(officer, '/services/S-01/edit', form)).status).to.equal(422)
    expect(
      (await submit(officer, '/services/S-01/edit', { ...form, 'name[en]': 'Hosting' })).status,
    ).to.equal(303)
    expect(
      (await submit(officer, '/services/S-01/edit', { version: '2' }, '/services/S-01/end')).status,
    ).to.equal(409)
    expect(
      (await submit(officer, '/services/new', { ...form, 'name[en]': 'Backup' }, '/services')).status,
    ).to.equal(303)
    expect(
      (await submit(officer, '/services/S-02/edit', { version: '1' }, '/services/S-02/end')).status,
    ).to.equal(303)
    expect((await visit(officer, '/services')).text).to.include('Ended')
  })
})
