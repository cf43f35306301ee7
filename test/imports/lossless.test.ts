import { Writable } from 'node:stream'
import { expect } from 'chai'
import { addCustomers, type NewCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { customersInOrder } from '../../src/customers/records.js'
import {
  applyImport,
  dryRun,
  sheetsOf,
  startImport,
  writeExport,
  type Format,
} from '../../src/imports/actions.js'
import { countRows, type Exported } from '../../src/imports/rules.js'
import {
  addImportedEngagements,
  addImportedVendors,
  createService,
  everyEngagement,
  everyVendor,
} from '../../src/register/actions.js'
import type { Contract, Engagement, Vendor } from '../../src/register/rules.js'
import type { Transfer } from '../../src/transfers/rules.js'
import { aContact, aCustomer } from '../customers/builders.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { emptyDatabase } from '../support/database.js'

type Whole<T> = { [Key in keyof T]-?: T[Key] }

// Each field there is: a new one is a type error here, so that nobody adds one that an export would lose.
const everything: Whole<
  Omit<Transfer, 'clauses' | 'tia' | 'listing' | 'groupRules' | 'withinScope' | 'parties'>
> & {
  clauses: Whole<NonNullable<Transfer['clauses']>>
  tia: Whole<Omit<NonNullable<Transfer['tia']>, 'file'>>
  listing: Whole<NonNullable<Transfer['listing']>>
  groupRules: Whole<NonNullable<Transfer['groupRules']>>
  withinScope: Whole<NonNullable<Transfer['withinScope']>>
  parties: Whole<NonNullable<Transfer['parties']>>
} = {
  country: 'US',
  basis: 'scc-2021',
  way: 'both',
  module: 3,
  moduleReason: 'Begge er databehandlere | og skriver "ja"',
  signedOn: '2024-01-02',
  clauses: {
    docking: false,
    clause9: 'general',
    clause9Days: 30,
    authority: 'Datatilsynet',
    law: 'DK',
    forum: 'IE',
    annexes: true,
  },
  tia: {
    concludedOn: '2024-01-03',
    reviewOn: '2027-01-03',
    laws: 'FISA 702; EO 12333\nCLOUD Act',
    conclusion: 'with-measures',
  },
  listingCheckedOn: '2026-10-01',
  listing: { entity: 'Example, Inc.', status: 'active', covers: ['non-hr', 'hr'] },
  groupRules: { group: 'Example Group', authority: 'DPC', approvedOn: '2023-02-01' },
  derogation: 'second',
  withinScope: { checkedOn: '2025-05-05', how: 'PIPEDA=ja' },
  exporter: 'vendor',
  parties: { exporter: 'Example EMEA Ltd', importer: '=Example, Inc.' },
  supplementary: 'a=b; c\\d',
  note: "'=x",
}

describe('An export that is brought in again', () => {
  const tilsyn = useApp()
  let services: string[]

  async function withServices(): Promise<void> {
    const made = [
      await createService(tilsyn.context(), {
        name: { da: 'Drift, hosting; døgnvagt', en: 'Hosting; operation, 24\\7' },
        order: 1,
      }),
      await createService(tilsyn.context(), { name: { da: 'Æblegrød | ø', en: 'Telephony' }, order: 2 }),
      // Read as the first one's: only its number tells them apart.
      await createService(tilsyn.context(), {
        name: { da: 'Drift hosting; døgnvagt', en: 'Hosting; operation 24\\7' },
        order: 3,
      }),
    ]
    services = made.map(({ _id }) => _id)
  }

  async function bytesOf(of: Exported, format: Format, locale: 'da' | 'en'): Promise<Buffer> {
    const pieces: Buffer[] = []
    const into = new Writable({
      write(piece: Buffer, _encoding, done) {
        pieces.push(piece)
        done()
      },
    })
    await writeExport(tilsyn.context(undefined, locale), { of }, format, into)
    return Buffer.concat(pieces)
  }

  async function taken(register: 'register' | 'customers', bytes: Buffer) {
    const started = await startImport(tilsyn.context(), register, { name: 'export', bytes })
    const { messages, rows } = await dryRun(tilsyn.context(), started, (await sheetsOf(started)).sheets)
    expect(messages.filter(({ severity }) => severity === 'problem')).to.deep.equal([])
    return { rows, apply: () => applyImport(tilsyn.context(), started._id) }
  }

  async function aRegister(): Promise<void> {
    const context = tilsyn.context()
    await addImportedVendors(context, [
      {
        _id: 'v1',
        reference: 'V-0003',
        ...vendorInput({ name: 'Æther & Ørsted ApS', website: 'https://aether.example' }),
      },
      {
        _id: 'v2',
        reference: 'V-0007',
        ...vendorInput({
          name: 'Xxxxxxxxx A/S',
          address: 'Xxxxxxxxxxx 0, 0000 Xxxxxxxxxxx',
          registration: { kind: 'other', number: '007 00-1', keptBecause: '=Som trykt', country: 'NO' },
          contacts: [],
        }),
        ended: { on: '2025-03-01', because: 'Overdraget; se "sag 1"' },
      },
      {
        _id: 'v3',
        ...vendorInput({
          name: "'=1+1",
          registration: null,
          noRegistrationBecause: '-',
          country: null,
          address: '',
        }),
      },
      // Two of one name, neither with a number: only their own numbers tell them apart.
      {
        _id: 'v4',
        ...vendorInput({ name: "'=1+1", registration: null, noRegistrationBecause: '@', contacts: [] }),
      },
      {
        _id: 'v5',
        ...vendorInput({
          name: 'Struck',
          registration: { kind: 'other', number: 'xxxxxxxx', keptBecause: 'trykt så' },
        }),
      },
    ])
    const contracts = [
      { id: '1', template: 'theirs', signedOn: '2020-01-01', until: '2024-01-01', redacted: [], checks: [] },
      {
        id: '2',
        template: 'ours',
        dpaVersion: '0042',
        signedOn: '2023-12-01',
        from: '2024-01-01',
        note: 'a | b',
        redacted: [],
        checks: [],
      },
      {
        id: '3',
        template: 'ours',
        redacted: [],
        checks: [],
        mistake: { on: '2024-02-02', because: 'forkert' },
      },
    ] as const
    await addImportedEngagements(context, [
      {
        _id: 'e1',
        reference: 'E-0002',
        vendor: 'v1',
        ...engagementInput({ activity: { da: '-Drift', en: '+Operation' } }),
        services,
        dataCategories: ['special', 'ordinary'],
        subjects: ['employees', 'pårørende'],
        subjectCount: 'over-10000',
        storageCountries: ['SE', 'US'],
        accessCountries: ['US'],
        places: [
          {
            kind: 'data-centre',
            address: 'Højvangen 4,\n8660 Skanderborg',
            country: 'DK',
            assurance: { kind: 'isae-3402-2', validUntil: '2027-01-31', note: 'uden forbehold' },
          },
          { kind: 'remote-support', address: 'Main St', country: 'US' },
        ],
        transfers: [everything, { country: 'US', basis: 'adequacy-dpf' }],
        contracts: contracts.map((version) => ({ ...version, redacted: [], checks: [] })),
        dueDiligence: { conclusion: 'accepted-with-conditions', concludedOn: '2024-05-05', note: '=SUM(A1)' },
        theirNotice: { length: 2, unit: 'months' },
        assurance: { owed: false, kind: 'ISAE 3000', clause: '7.4' },
        inUse: { since: '2024-06-01', until: '2026-01-01' },
        earlierUse: [{ since: '2020-01-01', until: '2021-01-01' }],
      },
      {
        _id: 'e2',
        vendor: 'v4',
        ...engagementInput({ activity: { da: 'Support', en: 'Support' }, parent: 'e1' }),
        contract: { template: 'ours', signedOn: '2022-02-02' } satisfies Contract,
      },
      {
        _id: 'e3',
        vendor: 'v4',
        ...engagementInput({ activity: { da: 'Support', en: 'Support' }, parent: 'e2', contract: null }),
        inUse: { since: '2022-01-01', until: '2024-12-31' },
        ended: { on: '2024-12-31', because: 'slut' },
      },
      {
        _id: 'e4',
        vendor: 'v2',
        ...engagementInput({ activity: { da: 'Hosting', en: 'Hosting' }, storageCountries: ['US'] }),
        transfers: [{ country: 'US', basis: 'privacy-shield' }],
        ended: { on: '2025-02-01', because: '' },
      },
      // Planned changes of what is approved: the first came to nothing, the second is planned on another one of the file.
      {
        _id: 'e1-1',
        reference: 'E-0040',
        vendor: 'v1',
        ...engagementInput({ activity: { da: '-Drift', en: '+Operation' }, storageCountries: ['SE'] }),
        continues: { engagement: 'e1', _id: 'e1-1' },
        ended: { on: '2026-02-01', because: 'opgivet' },
      },
      {
        _id: 'e1-2',
        reference: 'E-0001',
        vendor: 'v1',
        ...engagementInput({ activity: { da: '-Drift', en: '+Operation' }, storageCountries: ['NO'] }),
        continues: { engagement: 'e1', _id: 'e1-2' },
      },
    ])
  }

  for (const [format, locale] of [
    ['csv', 'da'],
    ['xlsx', 'en'],
  ] as const)
    it(`gives the same export: a register with all there is to say, as ${format} in ${locale}`, async () => {
      await withServices()
      await aRegister()
      const before = await bytesOf('register', format, locale)
      const all = await everyEngagement()
      const vendors = (await everyVendor()).map(bareVendor)
      const engagements = all.map((each) => bare(each, all))
      await emptyDatabase()
      await withServices()
      await (await taken('register', before)).apply()
      const after = await bytesOf('register', format, locale)
      if (format === 'csv') expect(after.toString()).to.equal(before.toString())
      expect(after.equals(before)).to.equal(true)
      expect((await everyVendor()).map(bareVendor)).to.deep.equal(vendors)
      const again = await everyEngagement()
      expect(again.map((each) => bare(each, again))).to.deep.equal(engagements)
      // And what is there already is known again, row by row.
      const { rows } = await taken('register', before)
      expect(countRows(rows)).to.include({ same: rows.length, create: 0, change: 0 })
    })

  const aCustomerWithHistory = (): NewCustomer =>
    aCustomer({
      name: 'Ærø Kommune',
      reference: 'C-0005',
      registration: { kind: 'CVR', number: '35240136' },
      caseNumber: '0024/1',
      from: '2024-01-01',
      services: [],
      bought: [
        { service: services[0] ?? '', from: '2020-01-01', to: '2022-01-01' },
        { service: services[0] ?? '', from: '2023-01-01', to: null },
        { service: services[1] ?? '', from: '2024-06-01', to: null },
      ],
      earlier: [
        {
          ...ordinaryAgreement,
          from: '2020-01-01',
          signedOn: '2019-12-01',
          dpaVersion: '=0.9',
          authorisation: 'specific',
          notice: { length: 20, unit: 'business-days' },
          transferInstruction: { kind: 'countries', countries: ['US', 'IN'] },
        },
      ],
      contacts: [
        aContact({ email: 'en@aeroe.example', title: 'Chef', phone: '+45 1' }),
        aContact({ email: 'to@aeroe.example', locale: 'en', mayApprove: true, dataProtection: false }),
        {
          ...aContact({ email: 'en@aeroe.example', name: 'Forgænger' }),
          from: '2020-01-01',
          to: '2021-05-05',
        },
      ],
    })

  for (const format of ['csv', 'xlsx'] as const)
    it(`keeps customers with their history, as ${format}`, async () => {
      await withServices()
      await addCustomers(tilsyn.context(), [
        aCustomerWithHistory(),
        aCustomer({ name: 'Biblioteket', registration: { kind: 'CVR', number: '35240136' }, services: [] }),
        aCustomer({
          name: 'Biblioteket',
          services: [],
          contacts: [],
          agreement: { ...ordinaryAgreement, transferInstruction: { kind: 'none', countries: [] } },
          ended: { on: '2025-01-01', because: 'Fusion' },
        }),
      ])
      const before = await bytesOf('customers', format, 'da')
      const all = await everything_()
      await emptyDatabase()
      await withServices()
      await (await taken('customers', before)).apply()
      expect((await bytesOf('customers', format, 'da')).equals(before)).to.equal(true)
      expect(await everything_()).to.deep.equal(all)
      const { rows } = await taken('customers', before)
      expect(countRows(rows)).to.include({ same: rows.length, create: 0, change: 0 })
    })

  async function everything_() {
    const all = []
    for await (const some of customersInOrder()) all.push(...some)
    const name = (id: string) => services.indexOf(id)
    return all.map(({ _id, version, unlogged, contacts, services: bought, ...rest }) => {
      expect([typeof _id, version, unlogged]).to.deep.equal(['string', 1, false])
      return {
        ...rest,
        services: bought.map(({ service, ...days }) => ({ ...days, service: name(service) })),
        contacts: contacts.map(({ id, ...contact }) => ({ ...contact, known: id !== '' })),
      }
    })
  }

  function bareVendor({ _id, version, unlogged, contacts, ...vendor }: Vendor) {
    expect([typeof _id, version, unlogged]).to.deep.equal(['string', 1, false])
    return { ...vendor, contacts: contacts.map(({ id, ...contact }) => ({ ...contact, known: id !== '' })) }
  }

  /** Without what follows from the house it stands in. */
  function bare(
    { _id, vendor, version, unlogged, parent, continues, services: of, ...rest }: Engagement,
    all: Engagement[],
  ) {
    expect([typeof _id, typeof vendor, version, unlogged]).to.deep.equal(['string', 'string', 1, false])
    return {
      ...rest,
      parent: all.find((each) => each._id === parent)?.reference ?? null,
      continues: all.find((each) => each._id === continues)?.reference ?? null,
      services: of.map((service) => services.indexOf(service)).toSorted((a, b) => a - b),
      storageCountries: rest.storageCountries.toSorted(),
      accessCountries: rest.accessCountries.toSorted(),
    }
  }

  it('breaks off where reading breaks off, instead of ending as a file that looks whole', async () => {
    const into = new Writable({ write: (_piece, _encoding, done) => done() })
    const gone = { ...tilsyn.context(), locale: 'xx' as 'da' }
    await withServices()
    await aRegister()
    const error: unknown = await writeExport(gone, { of: 'register' }, 'csv', into).catch(
      (reason: unknown) => reason,
    )
    expect([error instanceof Error, into.destroyed, into.writableFinished]).to.deep.equal([true, true, false])
  })
})
