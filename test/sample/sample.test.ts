import { expect } from 'chai'
import mongoose from 'mongoose'
import { editOrganisation, markSample, organisation } from '../../src/auth/organisation.js'
import type { Context } from '../../src/base/context.js'
import type { Refused } from '../../src/base/errors.js'
import { addCustomer } from '../../src/customers/actions.js'
import { currentContacts, ordinaryAgreement, type Customer } from '../../src/customers/rules.js'
import { storeFile } from '../../src/files/actions.js'
import '../../src/notices/records/notices.js'
import '../../src/notices/records/papers.js'
import '../../src/notices/records/recipients.js'
import '../../src/objections/records.js'
import {
  allServices,
  createEngagement,
  createVendor,
  listForAll,
  listOn,
  plannedEngagements,
  runningEngagements,
} from '../../src/register/actions.js'
import { incompleteness, type Vendor } from '../../src/register/rules.js'
import { loadSample, removeSample, sampleRemoval } from '../../src/sample/actions.js'
import { sampleCustomers } from '../../src/sample/customers.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { useDatabase } from '../support/database.js'
import { customersToTell } from '../customers/builders.js'

const context: Context = {
  now: new Date('2026-11-23T09:00:00Z'),
  today: '2026-11-23',
  actor: { kind: 'staff', id: 'officer' },
  locale: 'da',
}

const house = {
  name: 'PowerNet ApS',
  registration: { kind: 'CVR' as const, number: '35240136' },
  address: 'Eksempelvej 1\n5000 Odense C',
  dpo: { name: 'Dorte DPO', email: 'dpo@powernet.example', phone: '' },
  locales: ['da' as const, 'en' as const],
  replyTo: 'gdpr@powernet.example',
}

const customer = { isProcessor: false, agreement: ordinaryAgreement, from: context.today }

function all<Row>(kind: string): Promise<Row[]> {
  return mongoose.model<Row>(kind).find().lean<Row[]>().exec()
}

/** How many documents there are of each kind, apart from the log, the counters and the organisation itself. */
async function counts(): Promise<Record<string, number>> {
  const lasting = /^(audit|log|counter|organisation|mail-?letterhead|entr|personal|seal|letterhead|decision)/i
  const kinds = Object.values(mongoose.models).filter(({ modelName }) => !lasting.test(modelName))
  const rows = await Promise.all(
    kinds.map(async (each): Promise<[string, number]> => [each.modelName, await each.countDocuments()]),
  )
  return Object.fromEntries(rows.filter(([, count]) => count > 0))
}

describe('the sample customers', () => {
  const invented = sampleCustomers()

  it('are 25, each with a name of its own that says it is invented', () => {
    expect(invented).to.have.length(25)
    expect(new Set(invented.map(({ name }) => name)).size).to.equal(25)
    for (const { name } of invented) expect(name).to.match(/\((opdigtet|sample)\)$/)
  })
  it('have addresses that lead nowhere', () => {
    for (const { contacts } of invented)
      for (const { email } of contacts) expect(email).to.match(/\.example$/)
  })
  it('can all be told', () => {
    for (const { contacts } of invented)
      expect(contacts.some(({ dataProtection }) => dataProtection)).to.equal(true)
  })
  it('differ in what agreements differ in', () => {
    const kinds = <Value>(of: (each: (typeof invented)[number]) => Value) => new Set(invented.map(of))
    expect(kinds(({ contacts }) => contacts[0]?.locale)).to.have.keys('da', 'en')
    expect(kinds(({ agreement }) => agreement.authorisation)).to.have.keys('general', 'specific')
    expect(kinds(({ agreement }) => `${agreement.notice.length} ${agreement.notice.unit}`)).to.include.keys(
      '30 days',
      '60 days',
      '20 business-days',
      '1 months',
      '3 months',
    )
    expect(kinds(({ agreement }) => agreement.transferInstruction.kind)).to.have.keys(
      'scc-only',
      'any-valid',
      'countries',
      'none',
    )
    expect(kinds(({ agreement }) => agreement.objectionUntil)).to.have.keys('use', 'period-end')
    expect(kinds(({ agreement }) => agreement.counts)).to.have.keys('arrival', 'dispatch')
    expect(invented.filter(({ isProcessor }) => isProcessor)).to.have.length(1)
  })
  it('share one contact where five institutions of a municipality do', () => {
    const shared = invented.filter(({ contacts }) =>
      contacts[0]?.email.startsWith('databeskyttelse@skovbakke'),
    )
    expect(shared).to.have.length(5)
  })
})

describe('the sample organisation', () => {
  useDatabase()

  beforeEach(() => editOrganisation(context, house))

  it('shows the seven sub-processors as printed, and therefore as incomplete', async () => {
    await loadSample(context)
    const list = await listForAll(context.today)
    const printed = list.filter(({ content }) => !content.vendorName.endsWith('(opdigtet)'))
    expect(list.length - printed.length, 'invented, to show a year of supervision').to.equal(3)
    expect(printed.map(({ content }) => content.vendorName)).to.deep.equal([
      'Kaseya, Datto',
      'Microsoft Ireland Operations, Ltd.',
      'Teamviewer Germany GmbH',
      'Telecom X ApS',
      'Visma e-conomic A/S',
      'WebPros International GmbH',
      'Xxx.xxx Group AB',
    ])
    const swedish = list.at(-1)?.content
    expect(swedish?.registration?.number).to.equal('559205- 2400')
    expect(swedish?.address).to.equal('Xxxxxxxxxx 0 Xxxxx, 000 00 Xxxxx, Sverige')
    expect(swedish?.activity.da).to.equal('Hosting, webhotel')
    const vendors = new Map((await all<Vendor>('vendor')).map((vendor) => [vendor._id, vendor]))
    for (const engagement of await runningEngagements('sub-processor')) {
      const vendor = vendors.get(engagement.vendor) as Vendor
      const missing = incompleteness(vendor, engagement, { law: shippedLaw, day: '2026-11-21' })
      expect(missing.length > 0, vendor.name).to.equal(!vendor.name.endsWith('(opdigtet)'))
    }
  })

  it('keeps the house’s own systems apart from the sub-processors', async () => {
    await loadSample(context)
    const own = await runningEngagements('own-vendor')
    const activities = own.map(({ activity }) => activity.en).join('\n')
    for (const system of ['Google Suite', 'Slack', 'Github', 'E-conomic', 'Colocation'])
      expect(activities).to.contain(system)
    expect(own.flatMap(({ places }) => places.map(({ address }) => address))).to.have.members([
      'Herstedvang 8, 2620 Albertslund',
      'Hørskætten 3, 2630 Taastrup',
    ])
  })

  it('gives each customer the list it accepted at signing', async () => {
    await loadSample(context)
    const customers = await all<Customer>('customer')
    const listOf = async (name: string) => {
      const one = customers.find((each) => each.name.startsWith(name)) as Customer
      return (await listOn(one._id, context.today)).map(({ content }) => content.vendorName)
    }
    expect(await listOf('Havnens Rederi')).to.deep.equal([
      'Telecom X ApS',
      'Visma e-conomic A/S',
      'Xxx.xxx Group AB',
    ])
    expect((await listOf('Æblehavens')).filter((name) => !name.endsWith('(opdigtet)'))).to.have.length(7)
    const anna = customers.find(({ name }) => name.startsWith('Møllegården')) as Customer
    expect(await listOn(anna._id, '2024-08-31')).to.deep.equal([])
  })

  it('has a change ready to be announced, to customers of every kind', async () => {
    await loadSample(context)
    const planned = await plannedEngagements(context.today)
    const backup = planned.find(({ vendorName }) => vendorName.startsWith('Fjordbackup'))
    expect(backup?.contract?.signedOn).to.be.a('string')
    expect(backup?.dueDiligence?.conclusion).to.equal('accepted')
    const told = await customersToTell(backup?.services ?? [], context.today)
    expect(told.filter(({ affected }) => affected).length).to.be.greaterThan(12)
    expect(told.some(({ affected }) => !affected)).to.equal(true)
    expect(told.every(({ contacts }) => contacts.length > 0)).to.equal(true)
  })

  it('is marked, every part of it', async () => {
    await loadSample(context)
    expect((await organisation())?.sampleSince).to.deep.equal(context.now)
    for (const kind of ['customer', 'vendor', 'engagement', 'service'])
      for (const row of await all<{ sample: boolean }>(kind)) expect(row.sample, kind).to.equal(true)
  })

  it('is the same however often it is loaded', async () => {
    await loadSample(context)
    const once = await counts()
    await loadSample(context)
    expect(await counts()).to.deep.equal(once)
    expect(once).to.include({ customer: 25, service: 8 })
  })

  it('is loaded once by two who press at the same moment', async () => {
    await Promise.all([loadSample(context), loadSample(context)])
    expect(await counts()).to.include({ customer: 25, service: 8 })
  })

  it('is refused beside records of one’s own', async () => {
    await addCustomer(context, { ...customer, name: 'Egen kunde', services: [], contacts: [] })
    const refusal = await loadSample(context).catch((error: Refused) => error.reason)
    expect(refusal).to.equal('sample-needs-empty-registers')
    expect(await counts()).to.deep.equal({ customer: 1 })
  })

  it('leaves nothing but the log when it is removed, and can be loaded again', async () => {
    await loadSample(context)
    const [one] = await all<Customer>('customer')
    const about = { kind: 'customer', id: one?._id ?? '' }
    await storeFile(context, { name: 'aftale.txt', bytes: Buffer.from('aftale'), about, sample: true })
    const logged = await mongoose.model('log-entry').countDocuments()
    const { removed, kept } = await removeSample(context)
    expect(kept).to.deep.equal([])
    expect(removed).to.include({ customer: 25, service: 8 })
    expect(await counts()).to.deep.equal({})
    expect((await organisation())?.sampleSince).to.equal(null)
    expect(await mongoose.model('log-entry').countDocuments()).to.be.at.least(logged)
    await loadSample(context)
    expect(await counts()).to.include({ customer: 25 })
  })

  it('can be removed and loaded anew where a crash left half of it', async () => {
    await markSample(context, true)
    await addCustomer(context, {
      ...customer,
      name: 'Halv (opdigtet)',
      services: [],
      contacts: [],
      sample: true,
    })
    await removeSample(context)
    await loadSample(context)
    expect(await counts()).to.include({ customer: 25, service: 8 })
  })

  it('leaves what one’s own records stand on, and everything of one’s own', async () => {
    await loadSample(context)
    const services = await allServices()
    const hosting = services.find(({ name }) => name.en.startsWith('Hosting'))?._id ?? ''
    const tv = services.find(({ name }) => name.en === 'TV')?._id ?? ''
    const own = await addCustomer(context, {
      ...customer,
      name: 'Egen kunde',
      services: [hosting],
      contacts: [
        {
          name: 'Eva Egen',
          email: 'eva@egen.example',
          locale: 'da',
          dataProtection: true,
          mayApprove: false,
        },
      ],
    })
    const vendor = await createVendor(context, {
      name: 'Egen leverandør',
      registration: null,
      address: '',
      country: 'DK',
      contacts: [],
    })
    await createEngagement(context, {
      vendor: vendor._id,
      role: 'sub-processor',
      services: [tv],
      activity: { da: 'Tv', en: 'TV' },
      dataCategories: [],
      subjects: [],
      storageCountries: [],
      accessCountries: [],
      places: [],
      transfers: [],
      parent: null,
      contract: null,
      dueDiligence: null,
    })
    const { kept } = await sampleRemoval()
    expect(kept.map(({ kind, id }) => `${kind} ${id}`)).to.have.members([
      `service ${hosting}`,
      `service ${tv}`,
    ])
    await removeSample(context)
    expect(await counts()).to.deep.equal({ customer: 1, service: 2, vendor: 1, engagement: 1 })
    const [left] = await all<Customer>('customer')
    expect(left).to.include({ _id: own._id, name: 'Egen kunde', sample: false })
    expect(currentContacts(left?.contacts ?? [])).to.have.length(1)
    expect((await all<{ sample: boolean }>('service')).every(({ sample }) => !sample)).to.equal(true)
  })
})
