import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import type { Refused } from '../../src/base/errors.js'
import {
  addContact,
  addCustomer,
  addCustomers,
  buyService,
  changeAgreement,
  changeContact,
  customerByReference,
  customersPerService,
  editGeneral,
  endContact,
  endCustomer,
  endService,
  moveContactUp,
  resumeCustomer,
} from '../../src/customers/actions.js'
import {
  agreedNotices,
  countCustomers,
  othersAt,
  pageOfCustomers,
  type CustomerFilter,
} from '../../src/customers/records.js'
import { currentContacts, ordinaryAgreement, type Customer } from '../../src/customers/rules.js'
import { useDatabase } from '../support/database.js'
import { aContact, aCustomer, customersToTell, officer } from './builders.js'

const everyone: CustomerFilter = {
  q: '',
  service: null,
  authorisation: null,
  noticeKey: null,
  withoutContact: false,
  state: 'current',
}
const today = officer.today

async function found(filter: Partial<CustomerFilter>): Promise<string[]> {
  const page = await pageOfCustomers({ ...everyone, ...filter }, today, undefined, 50)
  return page.rows.map(({ name }) => name)
}

async function refusalOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing refused',
    (error: Refused) => error.reason,
  )
}

describe('customers in the database', () => {
  useDatabase()

  let customer: Customer
  const which = () => ({ reference: customer.reference, version: customer.version })

  beforeEach(async () => {
    customer = await addCustomer(officer, aCustomer())
  })

  it('get a reference, an agreement and an entry in the log', async () => {
    expect(customer.reference).to.equal('C-0001')
    const kept = await customerByReference('C-0001')
    expect(kept.agreement).to.deep.equal(ordinaryAgreement)
    expect(kept.agreements).to.deep.equal([{ ...ordinaryAgreement, from: '2025-01-01' }])
    const [entry] = await historyOf('customer', customer._id)
    expect(entry).to.include({ event: 'customer.added' })
    expect(entry?.personal).to.include({ name: 'Møllegården A/S' })
    expect(JSON.stringify(entry?.facts)).to.not.contain('Møllegården')
  })

  it('keep what they were called before and after in the log', async () => {
    customer = await editGeneral(officer, which(), {
      name: 'Møllegaarden A/S',
      caseNumber: 'SAG-7',
      isProcessor: false,
    })
    const [entry] = await historyOf('customer', customer._id)
    expect(entry?.personal).to.deep.equal({
      before: { name: 'Møllegården A/S', caseNumber: null },
      after: { name: 'Møllegaarden A/S', caseNumber: 'SAG-7' },
    })
    customer = await editGeneral(officer, which(), { name: 'Møllegaarden A/S', isProcessor: false })
    expect((await customerByReference('C-0001')).caseNumber).to.equal(undefined)
  })

  it('are not moved by a form that changes nothing', async () => {
    const same = await editGeneral(officer, which(), { name: customer.name, isProcessor: false })
    expect(same.version).to.equal(1)
  })

  it('are not overwritten by someone who had not seen the latest', async () => {
    const seen = which()
    customer = await editGeneral(officer, seen, { name: 'Ny', isProcessor: false })
    expect(await refusalOf(editGeneral(officer, seen, { name: 'Gammel', isProcessor: false }))).to.equal(
      'changed-meanwhile',
    )
    expect((await customerByReference('C-0001')).name).to.equal('Ny')
  })

  it('let one of two changes at the same moment win', async () => {
    const seen = which()
    const names = ['Den ene', 'Den anden', 'Den tredje']
    const outcomes = await Promise.all(
      names.map((name) => refusalOf(editGeneral(officer, seen, { name, isProcessor: false }))),
    )
    expect(outcomes.toSorted()).to.deep.equal(['changed-meanwhile', 'changed-meanwhile', 'nothing refused'])
  })

  it('keep earlier agreements with their days', async () => {
    const longer = { ...ordinaryAgreement, notice: { length: 60, unit: 'days' as const } }
    customer = await changeAgreement(officer, which(), { agreement: longer, from: '2026-11-01' })
    expect(customer.agreement.notice.length).to.equal(60)
    expect(customer.agreements.map(({ from }) => from)).to.deep.equal(['2025-01-01', '2026-11-01'])
    const [entry] = await historyOf('customer', customer._id)
    expect(entry?.facts).to.deep.include({
      before: { notice: { length: 30, unit: 'days' }, from: '2025-01-01' },
      after: { notice: { length: 60, unit: 'days' }, from: '2026-11-01' },
    })
    expect(
      await refusalOf(changeAgreement(officer, which(), { agreement: longer, from: '2026-10-31' })),
    ).to.equal('agreement-before-current')
  })

  it('keep the signed file with the agreement until another is chosen', async () => {
    const signed = {
      name: 'aftale.pdf',
      bytes: Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n'),
    }
    customer = await changeAgreement(
      officer,
      which(),
      { agreement: ordinaryAgreement, from: '2025-01-01' },
      signed,
    )
    const { file } = customer.agreement
    expect(file).to.be.a('string')
    const shorter = { ...ordinaryAgreement, breachHours: 12 }
    customer = await changeAgreement(officer, which(), { agreement: shorter, from: '2026-01-01' })
    expect(customer.agreement).to.include({ file, breachHours: 12 })
  })

  it('close a contact and open another when it changes', async () => {
    const [anna] = currentContacts(customer.contacts)
    const changed = { contact: aContact({ email: 'ny@kunde.example' }), from: today }
    customer = await changeContact(officer, which(), anna?.id ?? '', changed)
    expect(customer.contacts).to.have.length(2)
    expect(currentContacts(customer.contacts).map(({ email }) => email)).to.deep.equal(['ny@kunde.example'])
    const [entry] = await historyOf('customer', customer._id)
    expect(entry?.personal).to.deep.equal({
      before: { email: 'anna@kunde.example' },
      after: { email: 'ny@kunde.example' },
    })
    expect(await found({ q: 'anna@kunde' })).to.deep.equal([])
    expect(await found({ q: 'ny@kunde.example' })).to.deep.equal(['Møllegården A/S'])
  })

  it('take one contact per address', async () => {
    const again = { contact: aContact({ name: 'En anden' }), from: today }
    expect(await refusalOf(addContact(officer, which(), again))).to.equal('contact-already-there')
  })

  it('let contacts change places', async () => {
    customer = await addContact(officer, which(), {
      contact: aContact({ name: 'Bo Bro', email: 'bo@kunde.example' }),
      from: today,
    })
    customer = await moveContactUp(officer, which(), currentContacts(customer.contacts)[1]?.id ?? '')
    expect(currentContacts(customer.contacts).map(({ name }) => name)).to.deep.equal(['Bo Bro', 'Anna Ager'])
  })

  it('are found as without a contact once the last one has ended', async () => {
    expect(await found({ withoutContact: true })).to.deep.equal([])
    customer = await endContact(officer, which(), customer.contacts[0]?.id ?? '', today)
    expect(await found({ withoutContact: true })).to.deep.equal(['Møllegården A/S'])
    expect((await customersToTell(['hosting'], today))[0]?.contacts).to.deep.equal([])
  })

  it('buy a service once at a time, and again after it ended', async () => {
    expect(await refusalOf(buyService(officer, which(), { service: 'hosting', from: today }))).to.equal(
      'service-already-bought',
    )
    const ended = { service: 'hosting', from: '2025-01-01', to: '2026-12-01' }
    customer = await endService(officer, which(), ended)
    customer = await buyService(officer, which(), { service: 'hosting', from: '2027-01-01' })
    expect(customer.services).to.have.length(2)
    expect(await refusalOf(endService(officer, which(), { ...ended, to: '2024-01-01' }))).to.equal(
      'service-ends-before-start',
    )
  })

  it('are told no more from the day they end, and again if that was a mistake', async () => {
    customer = await endCustomer(officer, which(), { on: '2026-12-01', because: 'Opsagt' })
    const told = async (day: string) => (await customersToTell(['hosting'], day)).length
    expect([await told('2026-11-30'), await told('2026-12-01')]).to.deep.equal([1, 0])
    expect(await refusalOf(endCustomer(officer, which(), { on: today, because: 'Igen' }))).to.equal(
      'customer-already-ended',
    )
    expect(
      await refusalOf(buyService(officer, which(), { service: 'telephony', from: '2026-12-01' })),
    ).to.equal('customer-already-ended')
    customer = await resumeCustomer(officer, which())
    expect(customer).to.include({ endedOn: null })
    expect(customer.endedBecause).to.equal(undefined)
    expect(await told('2026-12-01')).to.equal(1)
  })

  describe('in lists', () => {
    beforeEach(async () => {
      await addCustomers(officer, [
        aCustomer({
          name: 'Aarhus Havneservice',
          registration: { kind: 'CVR', number: '35 24 01 36' },
          services: ['telephony'],
          agreement: { ...ordinaryAgreement, authorisation: 'specific', commonList: false },
          contacts: [aContact({ name: 'Åse Ørum' })],
        }),
        aCustomer({
          name: 'Zebra ApS',
          agreement: { ...ordinaryAgreement, notice: { length: 3, unit: 'months' } },
        }),
      ])
    })

    it('stand as Danes expect', async () =>
      expect(await found({})).to.deep.equal(['Møllegården A/S', 'Zebra ApS', 'Aarhus Havneservice']))

    for (const q of ['århus', 'AARHUS havne', '35240136', 'ase orum', 'c-0002', 'Ørum'])
      it(`are found by ${q}`, async () => expect(await found({ q })).to.deep.equal(['Aarhus Havneservice']))

    it('are narrowed by service, authorisation and notice', async () => {
      expect(await found({ service: 'telephony' })).to.deep.equal(['Aarhus Havneservice'])
      expect(await found({ authorisation: 'specific' })).to.deep.equal(['Aarhus Havneservice'])
      expect(await found({ noticeKey: '3-months' })).to.deep.equal(['Zebra ApS'])
      expect((await agreedNotices()).toSorted()).to.deep.equal(['3-months', '30-days'])
      expect(await found({ state: 'ended' })).to.deep.equal([])
    })

    it('are paged without gaps or repeats', async () => {
      const names: string[] = []
      let cursor: string | undefined
      do {
        const page = await pageOfCustomers(everyone, today, cursor, 1)
        names.push(...page.rows.map(({ name }) => name))
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      expect(names).to.deep.equal(await found({}))
      expect(await countCustomers(everyone, today)).to.deep.equal({ count: 3, capped: false })
    })

    it('say for how many customers one address stands', async () => {
      const counts = await othersAt(['anna@kunde.example'], customer._id)
      expect(counts.get('anna@kunde.example')).to.equal(2)
    })

    it('are told where they buy the service or share the common list', async () => {
      const told = await customersToTell(['telephony'], today)
      expect(told.map(({ name, affected }) => ({ name, affected }))).to.deep.equal([
        { name: 'Møllegården A/S', affected: false },
        { name: 'Zebra ApS', affected: false },
        { name: 'Aarhus Havneservice', affected: true },
      ])
      expect((await customersToTell(['hosting'], today)).map(({ name }) => name)).to.deep.equal([
        'Møllegården A/S',
        'Zebra ApS',
      ])
    })

    it('are counted per service', async () =>
      expect(
        Object.fromEntries(await customersPerService(['hosting', 'telephony', 'tv'], today)),
      ).to.deep.equal({
        hosting: { count: 2, capped: false },
        telephony: { count: 1, capped: false },
        tv: { count: 0, capped: false },
      }))
  })
})
