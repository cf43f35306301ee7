import { expect } from 'chai'
import { readOrder } from '../../src/annex-b/form.js'
import { annexB, annexBName, type AnnexB } from '../../src/annex-b/page.js'
import { papersNaming, versionsOf, versionsSinceSigning } from '../../src/annex-b/rules.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import type { Approval, ListState } from '../../src/register/rules.js'
import { shippedLaw, type Transfer } from '../../src/transfers/rules.js'
import { engagementInput } from '../register/builders.js'

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

describe('The papers on which an engagement stood', () => {
  // Approved from May; on 1 October it was found that it had been so from March.
  const approval: Approval = {
    _id: 'c1/e1/2026-05-01',
    customer: 'c1',
    engagement: 'e1',
    from: '2026-03-01',
    to: null,
    kind: 'baseline',
    notice: null,
    endedBy: null,
    recordedOn: '2026-05-01',
    earlier: [
      { from: '2026-05-01', to: null, kind: 'baseline', notice: null, endedBy: null, until: '2026-10-01' },
    ],
  }
  const cases: [string, { on: string; madeOn: string; known?: 'then' }, boolean][] = [
    ['of a day it was approved', { on: '2026-06-01', madeOn: '2026-06-01' }, true],
    ['of a day before', { on: '2026-02-01', madeOn: '2026-11-01' }, false],
    ['made before the correction: as it was known then', { on: '2026-04-01', madeOn: '2026-06-01' }, false],
    ['made after the correction', { on: '2026-04-01', madeOn: '2026-11-01' }, true],
    ['made later, as known on its day', { on: '2026-04-01', madeOn: '2026-11-01', known: 'then' }, false],
  ]
  for (const [name, order, named] of cases)
    it(name, () => {
      const by = { kind: 'staff' as const, id: 'officer' }
      const usual = {
        language: 'da',
        columns: 'b1',
        format: 'pdf',
        version: 1,
        sha256: '',
        customer: 'c1',
      } as const
      const paper = { ...usual, ...order, at: new Date(`${order.madeOn}T09:00:00Z`), by }
      expect(papersNaming([paper], [approval])).to.have.length(named ? 1 : 0)
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

  it('says what of the list was corrected after its day, and nothing of what had been put right by then', () => {
    const ground = { id: 'k1', because: 'Began with the agreement', file: null, recordedAt: values.madeAt }
    const by = { kind: 'staff' as const, id: 'officer' }
    const row = {
      engagement: 'e1',
      reference: 'E-0001',
      content: {
        ...engagementInput(),
        vendor: 'v1',
        vendorName: 'Curanet A/S',
        registration: null,
        address: '',
        country: null,
        contact: null,
      },
      approvedFrom: '2024-01-01',
      kind: 'baseline' as const,
      notice: null,
      corrections: [{ ...ground, by, recordedOn: '2026-03-01' }],
    }
    const on = (day: string) => said({ rows: [row], order: { ...order, on: day } })
    expect(on('2026-02-28')).to.include('Corrected since').and.to.include('Began with the agreement')
    for (const day of ['2026-03-01', '2026-11-23']) expect(on(day)).not.to.include('Corrected since')
  })

  // Opinion 22/2024, para 88: who exports, also where it is a sub-processor; and clause C.6.
  const scc = { country: 'US', basis: 'scc-2021', module: 3 } as const
  const party = { exporter: 'vendor', parties: { exporter: 'Curanet Drift ApS' } } as const
  const exporters: [string, Partial<Transfer>, string | null, string][] = [
    ['the link right above, of a further link', {}, 'US', 'Stenvad Storage ApS'],
    [
      'the link above too, where the record only says that it is a vendor',
      { exporter: 'vendor' },
      'US',
      'Stenvad Storage ApS',
    ],
    ['the one that has signed, where that is on record', party, 'US', 'Curanet Drift ApS'],
    [
      'a vendor in the EEA that sends on to its own next link',
      { exporter: 'vendor' },
      'IE',
      'Deep Archive Ltd.',
    ],
  ]
  for (const [who, changes, country, name] of exporters)
    it(`names as exporter ${who}, in every format`, () => {
      const content = {
        ...engagementInput({ parent: 'e2', storageCountries: ['US'], transfers: [{ ...scc, ...changes }] }),
        vendor: 'v3',
        vendorName: 'Deep Archive Ltd.',
        registration: null,
        address: '',
        country,
        contact: null,
      }
      const through = ['Curanet A/S', 'Stenvad Storage ApS']
      const further = [{ reference: 'E-0003', content, through }]
      for (const format of ['pdf', 'docx', 'xlsx'] as const) {
        const paper = annexB({ ...values, further, order: { ...order, columns: 'complete', format } })
        expect(JSON.stringify(paper)).to.match(new RegExp(`United States: [^;"]*, exported by ${name}`))
      }
      const own = { ...content, parent: null }
      const row = { engagement: 'e3', reference: 'E-0003', content: own, approvedFrom: '2024-01-01' }
      const rows = [{ ...row, kind: 'baseline' as const, notice: null, corrections: [] }]
      const paper = said({ rows, order: { ...order, columns: 'complete' } })
      // Of a sub-processor of the organisation's own, the organisation is the exporter: the paper is from it.
      if (changes.exporter === undefined) expect(paper).not.to.include('exported by')
    })

  it('of a past day says that the parties stand as they are called now', () => {
    expect(said({ order: { ...order, on: '2026-11-22' } })).to.include('present names and details')
    expect(said({})).not.to.include('present names')
  })

  it('lies down where it is complete, and is named after customer, day and language', () => {
    expect(annexB(values).landscape).to.equal(false)
    expect(annexB({ ...values, order: { ...order, columns: 'complete' } }).landscape).to.equal(true)
    expect(annexBName('C-0001', { on: '2026-11-23', language: 'da' }, 'docx')).to.equal(
      'Bilag B C-0001 2026-11-23.docx',
    )
  })
})
