import { expect } from 'chai'
import {
  readAgreement,
  readBoughtService,
  readContact,
  readGeneral,
  readNewCustomer,
  readVersion,
} from '../../src/customers/form.js'
import { newCustomerBody } from './builders.js'

const today = '2026-11-23'

function problemsOf(read: { problems?: { field: string; text: string }[] | undefined }): string[] {
  return (read.problems ?? []).map(({ field, text }) => `${field}: ${text}`)
}

describe('the form for a new customer', () => {
  it('reads a customer with its agreement, contact and services', () => {
    const read = readNewCustomer(newCustomerBody({ services: ['s1', 's2'] }), today)
    expect(read.problems).to.equal(undefined)
    expect(read.input).to.deep.equal({
      general: { name: 'Møllegården A/S', isProcessor: false },
      agreement: {
        from: '2026-11-01',
        agreement: {
          dpaVersion: '1.0',
          signedOn: null,
          authorisation: 'general',
          notice: { length: 30, unit: 'days' },
          objectionUntil: 'use',
          counts: 'arrival',
          replacementNeedsApproval: false,
          commonList: true,
          transferInstruction: { kind: 'scc-only', countries: [] },
          breachHours: 24,
        },
      },
      contact: {
        from: '2026-11-01',
        contact: {
          name: 'Anna Ager',
          email: 'anna@kunde.example',
          locale: 'da',
          dataProtection: true,
          mayApprove: false,
        },
      },
      services: ['s1', 's2'],
    })
  })

  it('tells all problems at once, those of the contact under its own fields', () =>
    expect(
      problemsOf(readNewCustomer({ from: '2026-11-24', contact: { email: 'anna@' } }, today)),
    ).to.have.members([
      'name: required',
      'registrationKind: choose-one',
      'from: day-in-future',
      'dpaVersion: required',
      'authorisation: choose-one',
      'noticeLength: required',
      'noticeUnit: choose-one',
      'objectionUntil: choose-one',
      'counts: choose-one',
      'breachHours: required',
      'transferKind: choose-one',
      'contact.name: required',
      'contact.email: not-an-email',
      'contact.locale: choose-one',
    ]))
  for (const body of [undefined, null, 'text', { contact: 'text' }, { contact: null, services: { a: 1 } }])
    it(`does not stumble over ${JSON.stringify(body) ?? 'nothing'}`, () =>
      expect(readNewCustomer(body, today).problems).to.not.equal(undefined))
})

describe('the form for a registration number', () => {
  const body = { name: 'A', registrationKind: 'CVR', registrationNumber: '35240137' }

  it('may be left empty', () =>
    expect(readGeneral({ ...body, registrationNumber: ' ' }).input).to.deep.equal({
      name: 'A',
      isProcessor: false,
    }))
  it('asks about a number that fails its check', () =>
    expect(problemsOf(readGeneral(body))).to.deep.equal(['registrationNumber: number-check-failed']))
  it('keeps it with a reason', () =>
    expect(readGeneral({ ...body, keptBecause: 'Historisk nummer' }).input?.registration).to.deep.equal({
      kind: 'CVR',
      number: '35240137',
      keptBecause: 'Historisk nummer',
    }))
  it('drops a reason that a sound number does not need', () =>
    expect(
      readGeneral({ ...body, registrationNumber: '35240136', keptBecause: 'x' }).input?.registration,
    ).to.deep.equal({ kind: 'CVR', number: '35240136' }))
})

describe('the form for an agreement', () => {
  for (const [field, value, problem] of [
    ['noticeLength', '0', 'not-in-range'],
    ['noticeLength', '366', 'not-in-range'],
    ['noticeLength', '30,5', 'not-in-range'],
    ['noticeLength', '-1', 'not-in-range'],
    ['breachHours', '0', 'not-in-range'],
    ['from', '2026-02-30', 'not-a-day'],
    ['signedOn', '1/1/2026', 'not-a-day'],
    ['noticeUnit', 'weeks', 'choose-one'],
    ['transferKind', 'privacy-shield', 'choose-one'],
  ] as const)
    it(`refuses ${field} ${value}`, () =>
      expect(problemsOf(readAgreement(newCustomerBody({ [field]: value }), today))).to.deep.equal([
        `${field}: ${problem}`,
      ]))

  it('asks for the countries where only some are allowed', () => {
    expect(problemsOf(readAgreement(newCustomerBody({ transferKind: 'countries' }), today))).to.deep.equal([
      'transferCountries: choose-countries',
    ])
    const read = readAgreement(newCustomerBody({ transferKind: 'countries', transferCountries: 'CH' }), today)
    expect(read.input?.agreement.transferInstruction).to.deep.equal({ kind: 'countries', countries: ['CH'] })
  })
  it('forgets countries that were chosen for another instruction', () => {
    const read = readAgreement(
      newCustomerBody({ transferKind: 'none', transferCountries: ['CH', 'US'] }),
      today,
    )
    expect(read.input?.agreement.transferInstruction).to.deep.equal({ kind: 'none', countries: [] })
  })
})

describe('the form for a contact', () => {
  const body = { name: 'Anna', email: 'ANNA@Kunde.example', locale: 'da', from: today }

  it('writes addresses in small letters', () =>
    expect(readContact(body, today).input?.contact.email).to.equal('anna@kunde.example'))
  it('takes what has happened, not what is to come', () =>
    expect(problemsOf(readContact({ ...body, from: '2026-11-24' }, today))).to.deep.equal([
      'from: day-in-future',
    ]))
})

describe('the form for a service', () => {
  it('takes services that are there, from any day', () =>
    expect(readBoughtService({ service: 's1', from: '2027-01-01' }, ['s1']).input).to.deep.equal({
      service: 's1',
      from: '2027-01-01',
    }))
  for (const service of [undefined, '', 's2', ['s1']])
    it(`refuses ${JSON.stringify(service) ?? 'none'}`, () =>
      expect(problemsOf(readBoughtService({ service, from: today }, ['s1']))).to.deep.equal([
        'service: choose-one',
      ]))
})

describe('the version a form was filled in on', () => {
  for (const [version, read] of [
    ['3', 3],
    ['', 0],
    [undefined, 0],
    ['x', 0],
  ] as const)
    it(`of ${version ?? 'nothing'} is ${read}`, () => expect(readVersion({ version })).to.equal(read))
})
