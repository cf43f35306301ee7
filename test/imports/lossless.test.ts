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
import { createService, everyEngagement, everyVendor } from '../../src/register/actions.js'
import type { Engagement, Vendor } from '../../src/register/rules.js'
import { aContact, aCustomer } from '../customers/builders.js'
import { useApp } from '../support/app.js'
import { emptyDatabase } from '../support/database.js'
import { aWholeRegister } from './whole-register.js'

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

  for (const [format, locale] of [
    ['csv', 'da'],
    ['xlsx', 'en'],
  ] as const)
    it(`gives the same export: a register with all there is to say, as ${format} in ${locale}`, async () => {
      await withServices()
      await aWholeRegister(tilsyn.context(), services)
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
    await aWholeRegister(tilsyn.context(), services)
    const error: unknown = await writeExport(gone, { of: 'register' }, 'csv', into).catch(
      (reason: unknown) => reason,
    )
    expect([error instanceof Error, into.destroyed, into.writableFinished]).to.deep.equal([true, true, false])
  })
})
