import { expect } from 'chai'
import {
  addCustomer,
  customerByReference,
  customersMatching,
  endCustomer,
  readCustomerQuery,
  type NewCustomer,
} from '../../src/customers/actions.js'
import { Customers, fillChangedAt } from '../../src/customers/records.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { approvalsOfAll } from '../../src/register/records.js'
import { approve, createEngagement, createService, createVendor } from '../../src/register/actions.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aContact, aCustomer } from './builders.js'

describe('The list of customers', () => {
  const tilsyn = useApp()
  let officer: Agent
  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
  })

  const added = (given: Partial<NewCustomer>) => addCustomer(tilsyn.context(), aCustomer(given))
  async function found(query: Record<string, string | string[]>): Promise<string[]> {
    const names: string[] = []
    for await (const { name } of customersMatching(tilsyn.context(), readCustomerQuery(query)))
      names.push(name)
    return names
  }

  it('is searched by name, number in any grouping, case number, contact and address', async () => {
    await added({
      name: 'Ørbæk Mejeri',
      registration: { kind: 'CVR', number: '29 41 20 06' },
      caseNumber: 'SAG-77/b',
      contacts: [aContact({ name: 'Åse Bæk', email: 'aase@baek.example' })],
    })
    for (const q of [
      'oerbaek',
      'orbaek',
      'ØRBÆK mej',
      '29412006',
      '2941 2006',
      '412006',
      'sag-77',
      'aase',
      'aase@ba',
    ])
      expect(await found({ q }), q).to.deep.equal(['Ørbæk Mejeri'])
    for (const q of ['jeri', '99999', 'else@baek']) expect(await found({ q }), q).to.deep.equal([])
  })

  it('is narrowed by each filter, and by several', async () => {
    const agreement = {
      ...ordinaryAgreement,
      dpaVersion: '2.1',
      authorisation: 'specific' as const,
      commonList: false,
      notice: { length: 60, unit: 'days' as const },
      transferInstruction: { kind: 'none' as const, countries: [] },
    }
    await added({ name: 'A' })
    await added({ name: 'B', agreement, services: ['telefoni'], isProcessor: true, contacts: [] })
    const gone = await added({ name: 'C' })
    await endCustomer(tilsyn.context(), gone, { on: tilsyn.today(), because: 'opsagt' })
    const expected: [Record<string, string | string[]>, string[]][] = [
      [{}, ['A', 'B']],
      [{ state: 'all' }, ['A', 'B', 'C']],
      [{ state: 'ended' }, ['C']],
      [{ service: 'telefoni' }, ['B']],
      [{ service: ['telefoni', 'hosting'] }, ['A', 'B']],
      [{ authorisation: 'specific' }, ['B']],
      [{ notice: '60-days' }, ['B']],
      [{ version: '2.1' }, ['B']],
      [{ instruction: 'none' }, ['B']],
      [{ list: 'common' }, ['A']],
      [{ kind: 'processor' }, ['B']],
      [{ contact: 'without' }, ['B']],
      [{ authorisation: 'specific', q: 'a' }, []],
      [{ ids: 'C-0003' }, ['C']],
    ]
    for (const [query, names] of expected)
      expect(await found(query), JSON.stringify(query)).to.deep.equal(names)
    expect((await visit(officer, '/customers?authorisation=specific&state=all')).text).to.include(
      'Authorisation: Specific ×',
    )
  })

  it('knows when each was last changed, of old records too', async () => {
    await added({ name: 'A' })
    tilsyn.moveTo('2026-11-24')
    await added({ name: 'B' })
    expect(await found({ sort: 'changed' })).to.deep.equal(['B', 'A'])
    await Customers.updateMany({}, { $unset: { changedAt: 1 } })
    expect([await fillChangedAt(10), await fillChangedAt(10)]).to.deep.equal([2, 0])
    expect(await found({ sort: 'changed' })).to.deep.equal(['B', 'A'])
  })

  it('adds a service to several from a day: the list for it is accepted as on each one’s own page', async () => {
    const context = tilsyn.context()
    const service = await createService(context, { name: { da: 'Backup', en: 'Backup' }, order: 1 })
    const { _id: vendor } = await createVendor(context, vendorInput())
    const engagement = await createEngagement(context, {
      ...engagementInput({ services: [service._id] }),
      vendor,
    })
    const agreement = { ...ordinaryAgreement, commonList: false }
    const first = await added({ name: 'A', agreement })
    await added({ name: 'B', agreement, services: [service._id] })
    await approve(context, [
      { customer: 'x', engagement: engagement._id, from: tilsyn.today(), notice: null, kind: 'baseline' },
    ])
    const given = { action: 'buy-service', service: service._id, boughtFrom: tilsyn.today() }
    const address = `/customers/several?${new URLSearchParams({ ids: 'C-0001,C-0002', ...given }).toString()}`
    const page = await visit(officer, address)
    expect(page.text).to.include('1 will be changed').and.include('1 is so already')
    const fields = { ids: 'C-0001,C-0002', expected: 'C-0001', asked: '', ...given }
    expect((await submit(officer, address, fields, '/customers/several')).status).to.equal(303)
    expect((await customerByReference('C-0001')).services.map((bought) => bought.service)).to.include(
      service._id,
    )
    expect(await approvalsOfAll([first._id])).to.have.length(1)
  })

  it('sets the language of contacts and records a new version of the agreement, the other terms kept', async () => {
    await added({ name: 'A', contacts: [aContact(), aContact({ email: 'b@kunde.example' })] })
    await added({ name: 'B', contacts: [] })
    const address = '/customers/several?ids=C-0001,C-0002&action=language&locale=en'
    expect((await visit(officer, address)).text).to.include('has no contact person')
    const ids = 'C-0001,C-0002'
    const send = (fields: Record<string, string>) =>
      submit(officer, address, { ids, asked: '', ...fields }, '/customers/several')
    await send({ action: 'language', locale: 'en' })
    const { contacts } = await customerByReference('C-0001')
    expect(contacts.filter(({ to }) => to === null).map(({ locale }) => locale)).to.deep.equal(['en', 'en'])
    await send({ action: 'version', dpaVersion: '3.0', signedOn: '2026-11-20', holdsFrom: '2026-11-23' })
    const { agreement, agreements } = await customerByReference('C-0002')
    expect(agreement).to.deep.include({
      dpaVersion: '3.0',
      signedOn: '2026-11-20',
      commonList: true,
      breachHours: 24,
    })
    expect(agreements.map(({ dpaVersion, from }) => [dpaVersion, from])).to.deep.equal([
      ['1.0', '2025-01-01'],
      ['3.0', '2026-11-23'],
    ])
  })
})
