import { expect } from 'chai'
import { readOrder } from '../../src/annex-b/form.js'
import { annexB, annexBName, type AnnexB } from '../../src/annex-b/page.js'
import { versionsOf, versionsSinceSigning } from '../../src/annex-b/rules.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import type { ListState } from '../../src/register/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'

const state = (from: string): ListState => ({ from, rows: [], differences: [], notices: [] })
const versions = versionsOf(['2024-01-01', '2025-03-01', '2026-05-01'].map(state))

describe('The versions since signing', () => {
  const cases: [string, string | null, number[]][] = [
    ['begin with the one that held on the day of signing', '2025-06-01', [2, 3]],
    ['begin with the one that began on that day', '2025-03-01', [2, 3]],
    ['are all of them where the agreement is older than the list', '2023-01-01', [1, 2, 3]],
    ['are all of them where nobody knows when it was signed', null, [1, 2, 3]],
    ['are the last one alone after a new signature', '2026-11-01', [3]],
  ]
  for (const [name, signedOn, numbers] of cases)
    it(name, () => {
      expect(versionsSinceSigning(versions, { signedOn }).map(({ number }) => number)).to.deep.equal(numbers)
    })
})

describe('What is asked for', () => {
  const usual = { today: '2026-11-23', locale: 'da' as const }
  it('is today, in the language of the reader, four columns, PDF, unless told otherwise', () => {
    expect(readOrder({}, usual).input).to.deep.equal({
      on: '2026-11-23',
      language: 'da',
      columns: 'b1',
      format: 'pdf',
    })
    expect(readOrder({ lang: 'en', on: '2025-01-01', format: 'xlsx' }, usual).input).to.include({
      on: '2025-01-01',
      language: 'en',
      format: 'xlsx',
    })
    expect(readOrder({ lang: 'da', language: 'en' }, usual).input).to.include({ language: 'en' })
  })

  it('is refused field by field', () => {
    const wrong = readOrder({ on: '2026-02-30', language: 'fr', columns: 'all', format: 'odt' }, usual)
    expect(wrong.problems?.map(({ field, text }) => [field, text])).to.deep.equal([
      ['on', 'not-a-day'],
      ['language', 'choose-one'],
      ['columns', 'choose-one'],
      ['format', 'choose-one'],
    ])
  })
})

describe('Annex B as a paper', () => {
  const values: AnnexB = {
    customer: { name: 'Kunde A/S', reference: 'C-0001', isProcessor: false, sample: false },
    agreement: { ...ordinaryAgreement, from: '2024-01-01' },
    organisation: {
      name: 'Nordvang Drift A/S',
      registration: { kind: 'CVR', number: '35240136' },
      address: 'Havnegade 12\n5000 Odense C',
      dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '' },
    },
    order: { on: '2026-11-23', language: 'en', columns: 'b1', format: 'pdf' },
    rows: [],
    states: [],
    further: [],
    known: { services: [], vendors: new Map(), law: shippedLaw, day: '2026-11-23' },
    today: '2026-11-23',
    madeAt: new Date('2026-11-23T09:00:00Z'),
  }
  const said = (changes: Partial<AnnexB>) => JSON.stringify(annexB({ ...values, ...changes }).blocks)
  const { order } = values

  it('says that nothing is approved, rather than printing an empty table', () => {
    expect(said({})).to.include('No sub-processors.').and.not.to.include('DESCRIPTION OF PROCESSING')
  })

  it('warns that a day to come may change', () => {
    expect(said({ order: { ...order, on: '2027-01-01' } })).to.include('1 January 2027 is still to come')
    expect(said({})).not.to.include('still to come')
  })

  it('says so where no agreement is on record, and prints no notice period then', () => {
    expect(said({ agreement: null }))
      .to.include('No agreement is on record')
      .and.not.to.include('B.2')
    expect(said({})).to.include('day of signature not on record')
  })

  it('follows the agreement: silence accepts, or silence refuses', () => {
    expect(said({})).to.include('at least 30 days before')
    const specific = { ...ordinaryAgreement, from: '2024-01-01', authorisation: 'specific' as const }
    expect(said({ agreement: specific })).to.include('prior specific authorisation')
  })

  it('is marked where it is a sample, and names a customer that is itself a processor', () => {
    const customer = { ...values.customer, sample: true, isProcessor: true }
    expect(said({ customer })).to.include('Sample data').and.to.include('Customer (itself a processor)')
  })

  it('lies down where it is complete, and is named after customer, day and language', () => {
    expect(annexB(values).landscape).to.equal(false)
    expect(annexB({ ...values, order: { ...order, columns: 'complete' } }).landscape).to.equal(true)
    expect(annexBName('C-0001', { on: '2026-11-23', language: 'da' }, 'docx')).to.equal(
      'Bilag B C-0001 2026-11-23.docx',
    )
  })
})
