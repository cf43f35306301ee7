import { expect } from 'chai'
import {
  agreementOn,
  contactAt,
  contactsToTell,
  currentContacts,
  customerToTell,
  earlierContacts,
  hasEnded,
  lacksContact,
  lastDayOf,
  ordinaryAgreement,
  overlapping,
  servicesOn,
  withAgreement,
  withContact,
  withContactChanged,
  withContactEnded,
  withContactSooner,
  withService,
  withServiceEnded,
  type Contact,
} from '../../src/customers/rules.js'
import { aContact } from './builders.js'

describe('the ordinary agreement', () => {
  it('is the one of the agreement we began from', () => {
    expect(ordinaryAgreement).to.include({
      authorisation: 'general',
      objectionUntil: 'use',
      counts: 'arrival',
      replacementNeedsApproval: false,
      breachHours: 24,
    })
    expect(ordinaryAgreement.notice).to.deep.equal({ length: 30, unit: 'days' })
    expect(ordinaryAgreement.transferInstruction.kind).to.equal('scc-only')
  })
})

describe('a new agreement', () => {
  const first = { ...ordinaryAgreement, from: '2024-07-01' }
  const second = { ...ordinaryAgreement, dpaVersion: '2.0' }

  it('holds from its day, and the earlier one until then', () => {
    const agreements = withAgreement([first], second, '2026-01-01')
    expect(agreementOn(agreements, '2025-12-31')?.dpaVersion).to.equal('1.0')
    expect(agreementOn(agreements, '2026-01-01')?.dpaVersion).to.equal('2.0')
  })
  it('corrects the one that begins on the same day', () =>
    expect(withAgreement([first], second, '2024-07-01')).to.deep.equal([{ ...second, from: '2024-07-01' }]))
  it('did not hold before the first', () => expect(agreementOn([first], '2024-06-30')).to.equal(null))
})

describe('contacts', () => {
  const anna = aContact()
  const bo = aContact({ name: 'Bo Bro', email: 'bo@kunde.example' })
  const both = withContact(withContact([], anna, 'a', '2025-01-01'), bo, 'b', '2025-02-01')

  const names = (contacts: Contact[]) => contacts.map(({ name }) => name)

  it('are tried in the order in which they came', () =>
    expect(names(currentContacts(both))).to.deep.equal(['Anna Ager', 'Bo Bro']))
  it('change places when one is moved up', () =>
    expect(names(currentContacts(withContactSooner(both, 'b')))).to.deep.equal(['Bo Bro', 'Anna Ager']))
  it('stay as they are when the first is moved up', () =>
    expect(withContactSooner(both, 'a')).to.deep.equal(both))

  it('are closed and opened anew by a change, which keeps the place', () => {
    const changed = withContactChanged(both, 'a', { ...anna, email: 'ny@kunde.example' }, 'c', '2026-05-01')
    expect(currentContacts(changed).map(({ id, order, from }) => ({ id, order, from }))).to.deep.equal([
      { id: 'c', order: 1, from: '2026-05-01' },
      { id: 'b', order: 2, from: '2025-02-01' },
    ])
    expect(earlierContacts(changed)).to.have.length(1)
    expect(earlierContacts(changed)[0]).to.include({ id: 'a', email: 'anna@kunde.example', to: '2026-05-01' })
  })
  it('were in force until the day before the change', () => {
    const [earlier] = earlierContacts(withContactChanged(both, 'a', anna, 'c', '2026-05-01'))
    expect(lastDayOf(earlier as Contact)).to.equal('2026-04-30')
  })
  it('never end before they began', () => {
    const ended = withContactEnded(both, 'b', '2024-01-01').find(({ id }) => id === 'b') as Contact
    expect(ended).to.include({ from: '2025-02-01', to: '2025-02-01' })
    expect(lastDayOf(ended)).to.equal(null)
  })
  it('that have ended cannot be ended again', () => {
    const ended = withContactEnded(both, 'b', '2026-01-01')
    expect(withContactEnded(ended, 'b', '2026-06-01')).to.deep.equal(ended)
  })

  it('are told of changes only with data protection as a task', () => {
    const signatory = aContact({ name: 'Dan Dal', dataProtection: false, mayApprove: true })
    const all = withContactSooner(withContact([...both], signatory, 'd', '2025-01-01'), 'd')
    expect(names(contactsToTell(all, '2026-01-01'))).to.deep.equal(['Anna Ager', 'Bo Bro'])
  })
  it('are told on the days on which they hold', () => {
    const ended = withContactEnded(both, 'a', '2026-01-01')
    expect(names(contactsToTell(ended, '2025-01-31'))).to.deep.equal(['Anna Ager'])
    expect(names(contactsToTell(ended, '2025-12-31'))).to.deep.equal(['Anna Ager', 'Bo Bro'])
    expect(names(contactsToTell(ended, '2026-01-01'))).to.deep.equal(['Bo Bro'])
  })

  it('leave the customer without a contact when the last one with data protection ends', () => {
    expect(lacksContact(both)).to.equal(false)
    const none = withContactEnded(withContactEnded(both, 'a', '2026-01-01'), 'b', '2026-01-01')
    expect(lacksContact(none)).to.equal(true)
    expect(lacksContact(withContact(none, aContact({ dataProtection: false }), 'e', '2026-01-01'))).to.equal(
      true,
    )
  })
  it('are one per address', () => {
    expect(contactAt(both, 'bo@kunde.example')?.id).to.equal('b')
    expect(contactAt(both, 'bo@kunde.example', 'b')).to.equal(null)
    expect(contactAt(withContactEnded(both, 'b', '2026-01-01'), 'bo@kunde.example')).to.equal(null)
  })
})

describe('bought services', () => {
  const bought = withServiceEnded(
    withService(withService([], 'hosting', '2025-01-01'), 'telephony', '2025-03-01'),
    'telephony',
    '2025-03-01',
    '2026-01-01',
  )
  for (const [day, services] of [
    ['2024-12-31', []],
    ['2025-01-01', ['hosting']],
    ['2025-12-31', ['hosting', 'telephony']],
    ['2026-01-01', ['hosting']],
  ] as const)
    it(`are ${services.join(' and ') || 'none'} on ${day}`, () =>
      expect(servicesOn(bought, day)).to.deep.equal(services))
  it('cannot be bought twice at once', () => {
    expect(overlapping(bought, 'hosting', '2026-06-01')?.from).to.equal('2025-01-01')
    expect(overlapping(bought, 'telephony', '2025-12-31')?.from).to.equal('2025-03-01')
  })
  it('can be bought again after they ended', () =>
    expect(overlapping(bought, 'telephony', '2026-01-01')).to.equal(null))
})

describe('who is told of a change', () => {
  const customer = {
    _id: '1',
    reference: 'C-0001',
    name: 'Møllegården A/S',
    agreement: ordinaryAgreement,
    services: withService([], 'hosting', '2025-01-01'),
    contacts: withContact([], aContact(), 'a', '2025-01-01'),
    endedOn: null,
    sample: false,
  }
  const ownList = { ...customer, agreement: { ...ordinaryAgreement, commonList: false } }
  const hosting = new Set(['hosting'])
  const telephony = new Set(['telephony'])
  const on = '2026-11-23'

  it('is a customer that buys an affected service', () =>
    expect(customerToTell(ownList, hosting, on)).to.include({ affected: true, reference: 'C-0001' }))
  it('is a customer with the common list too, as not affected', () =>
    expect(customerToTell(customer, telephony, on)).to.include({ affected: false }))
  it('is not a customer with a list of its own that does not buy the service', () =>
    expect(customerToTell(ownList, telephony, on)).to.equal(null))
  it('is not a customer from the day it has ended', () => {
    expect(customerToTell({ ...customer, endedOn: '2026-11-24' }, hosting, on)).to.not.equal(null)
    expect(customerToTell({ ...customer, endedOn: on }, hosting, on)).to.equal(null)
    expect(hasEnded({ endedOn: on }, on)).to.equal(true)
  })
  it('is a customer without a contact too: leaving it out would hide that it was never told', () =>
    expect(customerToTell({ ...customer, contacts: [] }, hosting, on)?.contacts).to.deep.equal([]))
})
