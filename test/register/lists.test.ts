import { expect } from 'chai'
import {
  approve,
  createEngagement,
  createService,
  createVendor,
  editEngagement,
  editService,
  editVendor,
  endEngagement,
  engagementByReference,
  engagementsMatching,
  readEngagementQuery,
  readVendorQuery,
  vendorByReference,
  vendorsMatching,
  type NewEngagement,
  type NewVendor,
} from '../../src/register/actions.js'
import {
  EngagementListings,
  EngagementModel,
  listingPage,
  VendorListings,
} from '../../src/register/records.js'
import { engagementFacts, vendorFacts, type Engagement } from '../../src/register/rules.js'
import { compareLists, keepListsUpToDate } from '../../src/register/timers/lists.js'
import { useApp } from '../support/app.js'
import { signedIn, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('The list of engagements', () => {
  const tilsyn = useApp()
  let officer: Agent
  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
  })

  async function engaged(
    vendor: Partial<NewVendor>,
    engagement: Partial<NewEngagement> = {},
  ): Promise<Engagement> {
    const context = tilsyn.context()
    const { _id } = await createVendor(context, { ...vendorInput(), ...vendor })
    return createEngagement(context, { ...engagementInput(), ...engagement, vendor: _id })
  }

  async function found(address: string): Promise<string[]> {
    const given = new URLSearchParams(address)
    const query = readEngagementQuery(
      Object.fromEntries([...new Set(given.keys())].map((name) => [name, given.getAll(name)])),
    )
    const names: string[] = []
    for await (const { vendor } of engagementsMatching(tilsyn.context(), query)) names.push(vendor.name)
    return names
  }

  const approved = (engagement: Engagement, from = tilsyn.today()) =>
    approve(tilsyn.context(), [
      { customer: 'k', engagement: engagement._id, from, notice: null, kind: 'baseline' },
    ])

  it('shows everything vendors do for us, with its state today', async () => {
    await approved(await engaged({ name: 'Ærø Hosting A/S' }))
    await engaged({ name: 'Bogholderiet' }, { role: 'own-vendor' })
    const page = await visit(officer, '/engagements')
    expect(page.text).to.include('Ærø Hosting A/S').and.include('Bogholderiet').and.include('May be used')
    expect((await visit(officer, '/engagements?state=approved')).text)
      .to.include('Ærø')
      .and.not.include('Boghold')
    expect((await visit(officer, '/engagements?state=planned')).text)
      .to.include('Boghold')
      .and.not.include('Ærø')
    expect((await visit(officer, '/engagements?role=own-vendor&state=planned&q=bog')).text).to.include(
      '1 in all',
    )
  })

  const searches: [string, string, boolean][] = [
    ['the name', 'ærø', true],
    ['“ae” for “æ”', 'aeroe', true],
    ['the bare letters', 'aero', true],
    ['capitals', 'ÆRØ HOST', true],
    ['“aa” for “å”', 'aahus', true],
    ['the beginning of a word', 'hos', true],
    ['not the middle of a word', 'osting', false],
    ['all words, in any order', 'hosting ærø', true],
    ['not only some of the words', 'ærø telefoni', false],
    ['the number as it is written', '29 41 20 06', true],
    ['the number without spaces', '29412006', true],
    ['four digits of the number', '1200', true],
    ['the number as it stands on letters', 'CVR-nr. 29412006', true],
    ['the number with the country before it', 'DK29412006', true],
    ['both', 'DK-29 41 20 06', true],
    ['another number as it stands on letters', 'CVR-nr. 29412007', false],
    ['“nr” where no number follows', 'nr hosting', false],
    ['the reference', 'E-0001', true],
    ['the vendor’s reference', 'v-0001', true],
    ['the activity in Danish', 'sikkerhedskopi', true],
    ['the activity in English', 'backup', true],
    ['a country in Danish', 'indien', true],
    ['a country in English', 'india', true],
    ['a country’s Danish name where the English one differs', 'faeroeerne', true],
    ['a country by what people call it', 'usa', true],
    ['the service', 'telefonsvarer', true],
    ['signs that mean something to a pattern', 'ærø.*(', true],
    ['nothing that is there', 'zzz', false],
  ]
  it('is searched in as people write', async () => {
    const context = tilsyn.context()
    const service = await createService(context, { name: { da: 'Telefonsvarer', en: 'Voicemail' }, order: 1 })
    await engaged(
      { name: 'Ærø Hosting Åhus A/S', registration: { kind: 'CVR', number: '29 41 20 06' } },
      {
        services: [service._id],
        activity: { da: 'Sikkerhedskopi', en: 'Backup' },
        storageCountries: ['DK', 'FO'],
        accessCountries: ['IN', 'US'],
      },
    )
    const wrong: string[] = []
    for (const [what, q, expected] of searches)
      if ((await found(new URLSearchParams({ q }).toString())).length > 0 !== expected)
        wrong.push(`${what}: ${q}`)
    expect(wrong).to.deep.equal([])
  })

  it('is narrowed by every filter, alternatives within one, all of several', async () => {
    await engaged({ name: 'A' }, { dataCategories: ['special'], subjectCount: '1000-10000' })
    await engaged(
      { name: 'B', registration: null },
      {
        accessCountries: ['US'],
        transfers: [{ country: 'US', basis: 'scc-2021', module: 3, signedOn: '2024-01-01' }],
      },
    )
    await engaged({ name: 'C' }, { storageCountries: ['IN'], contract: null })
    const expected: Record<string, string[]> = {
      'country=US': ['B'],
      'country=US&country=IN': ['B', 'C'],
      'country=US,IN': ['B', 'C'],
      'storage=IN': ['C'],
      'access=IN': [],
      'outside=yes': ['B', 'C'],
      'outside=no': ['A'],
      'basis=scc-2021': ['B'],
      'basis=none': ['C'],
      'data=special': ['A'],
      'risk=5-6': ['A'],
      'risk=1-2': ['B', 'C'],
      'missing=any': ['B', 'C'],
      'missing=none': ['A'],
      'missing=contract': ['C'],
      'missing=registration&outside=yes': ['B'],
      'missing=any&q=c': ['C'],
      'role=sub-processor&sort=missing': ['C', 'B', 'A'],
      'ids=E-0002,E-0003': ['B', 'C'],
      'country=XX': [],
    }
    const answers: Record<string, string[]> = {}
    for (const query of Object.keys(expected)) answers[query] = await found(query)
    expect(answers).to.deep.equal(expected)
    expect((await found('sort=risk'))[0]).to.equal('A')
  })

  it('follows every change at once: of the engagement, its vendor, its service, an approval', async () => {
    const context = tilsyn.context()
    const service = await createService(context, { name: { da: 'Post', en: 'Mail' }, order: 1 })
    const first = await engaged({ name: 'Før A/S' }, { services: [service._id] })
    expect(await found('q=foer&state=planned')).to.deep.equal(['Før A/S'])

    const vendor = (await vendorByReference('V-0001'))!
    await editVendor(context, vendor, { ...vendorFacts(vendor), name: 'Efter A/S' })
    expect([await found('q=foer'), await found('q=efter')]).to.deep.equal([[], ['Efter A/S']])

    await editService(context, service, { name: { da: 'Fax', en: 'Fax' }, order: 1 })
    expect([await found('q=post'), await found('q=fax')]).to.deep.equal([[], ['Efter A/S']])

    const facts = { ...engagementFacts(first), storageCountries: ['NO'] }
    await editEngagement(context, first, { ...facts, contract: null, dueDiligence: null })
    expect([await found('storage=DK'), await found('storage=NO')]).to.deep.equal([[], ['Efter A/S']])

    await approved(first)
    expect([await found('state=planned'), await found('state=approved')]).to.deep.equal([[], ['Efter A/S']])
  })

  it('follows the calendar: what begins or ends on a day is found in its new state on that day', async () => {
    const engagement = await engaged({ name: 'Snart' })
    await approved(engagement, '2026-12-01')
    expect(await found('state=planned')).to.deep.equal(['Snart'])
    tilsyn.moveTo('2026-12-01')
    expect(await found('state=approved')).to.deep.equal(['Snart'])
    const later = (await signedIn(tilsyn)).agent
    expect((await visit(later, '/engagements?state=approved')).text).to.include('May be used')
  })

  it('finds what ended, and no gaps in it', async () => {
    const engagement = await engaged({ name: 'Slut', registration: null })
    await endEngagement(tilsyn.context(), engagement, { on: tilsyn.today(), because: 'opsagt' })
    expect([await found('state=ended'), await found('missing=any')]).to.deep.equal([['Slut'], []])
  })

  it('is made anew from the records by the timer, whatever was lost, and a second run changes nothing', async () => {
    const engagement = await engaged({ name: 'Ældre end listen' })
    await found('')
    await EngagementListings.deleteMany({})
    await VendorListings.deleteMany({})
    expect(await compareLists(tilsyn.context())).to.deep.equal({ repaired: 2 })
    expect(await compareLists(tilsyn.context())).to.deep.equal({ repaired: 0 })
    expect(await keepListsUpToDate(tilsyn.context())).to.include({ listed: 0, repaired: 0 })
    expect(await found('q=aeldre')).to.deep.equal(['Ældre end listen'])

    // An entry that speaks of another state, as a crash between an approval and its mark would leave it.
    await EngagementListings.updateOne({ _id: engagement._id }, { $set: { keys: ['state:ended'] } })
    expect(await keepListsUpToDate(tilsyn.context())).to.include({ repaired: 1 })
    expect(await found('state=planned')).to.deep.equal(['Ældre end listen'])

    await EngagementModel.deleteOne({ _id: engagement._id })
    expect((await visit(officer, '/engagements')).text).to.include('0 in all')
    expect(await EngagementListings.countDocuments({})).to.equal(0)
  })

  it('never shows a word an entry says, only what the record says', async () => {
    const engagement = await engaged({ name: 'Sand' })
    await found('')
    await EngagementListings.updateOne({ _id: engagement._id }, { $set: { keys: ['state:in-use'] } })
    const page = await visit(officer, '/engagements?state=in-use')
    expect(page.text).to.include('Sand').and.include('Planned')
  })

  it('is paged forwards and back, steady while rows come and go', async () => {
    for (let place = 1; place <= 8; place += 1) await engaged({ name: `Firma ${place}` })
    const context = tilsyn.context()
    const all = { q: 'firma', keys: [], ids: [] }
    const names = async (page: { rows: { _id: string }[] }) =>
      Promise.all(
        page.rows.map(async ({ _id }) => (await EngagementModel.findById(_id).lean<Engagement>())?.reference),
      )
    await found('')
    const first = await listingPage(EngagementListings, all, 'name', undefined, 3)
    expect([await names(first), first.previous]).to.deep.equal([['E-0001', 'E-0002', 'E-0003'], null])
    // One before and one after the place we are at, and the last one we saw goes.
    await createVendor(context, vendorInput({ name: 'Firma 0' }))
    await engaged({ name: 'Firma 1 b' })
    await endEngagement(context, (await engagementByReference('E-0003'))!, {
      on: tilsyn.today(),
      because: 'x',
    })
    await found('')
    const second = await listingPage(EngagementListings, all, 'name', first.next ?? undefined, 3)
    expect(await names(second)).to.deep.equal(['E-0004', 'E-0005', 'E-0006'])
    const third = await listingPage(EngagementListings, all, 'name', second.next ?? undefined, 3)
    expect([await names(third), third.next]).to.deep.equal([['E-0007', 'E-0008'], null])
    const back = await listingPage(EngagementListings, all, 'name', third.previous ?? undefined, 3)
    expect(await names(back)).to.deep.equal(['E-0004', 'E-0005', 'E-0006'])
    const front = await listingPage(EngagementListings, all, 'name', back.previous ?? undefined, 3)
    expect(await names(front)).to.deep.equal(['E-0009', 'E-0002', 'E-0003'])
  })

  it('keeps everything in the address: chips take one part out, paging and columns keep the rest', async () => {
    await engaged({ name: 'A' }, { accessCountries: ['IN'] })
    const page = await visit(officer, '/engagements?q=a&country=IN&state=planned&columns=name,number')
    const links = page.links.map((link) => link.replaceAll('&amp;', '&'))
    expect(page.text).to.include('Country: India ×').and.include('State: Planned ×').and.include('29412006')
    expect(links).to.include('/engagements?q=a&state=planned&columns=name,number')
    expect(links).to.include('/engagements?q=a&country=IN&columns=name,number')
    expect(page.text).not.to.include('Operation of web hosting')
    expect((await visit(officer, '/engagements?ids=E-0001,E-0009')).text)
      .to.include('Selected: 2 ×')
      .and.include('1 in all')
    expect((await visit(officer, '/engagements?country=DE')).text).to.include('Country: Germany ×')
    expect((await visit(officer, '/engagements?service=gone')).text).to.include('Service: no longer exists ×')
  })

  it('tidies the address a form sends', async () => {
    const answer = await officer.get('/engagements?q=&country=&state=planned&sort=name&role=')
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/engagements?state=planned'])
  })

  it('gives only its rows to who is typing', async () => {
    await engaged({ name: 'Curanet A/S' })
    const { text } = await officer.get('/engagements?q=cura&part=rows')
    expect(text).to.include('Curanet A/S').and.include('data-count').and.not.include('<h1')
    expect(text).not.to.include('part=rows')
  })

  it('finds vendors by what they do and where, and their gaps', async () => {
    await engaged(
      { name: 'A' },
      { accessCountries: ['IN'], activity: { da: 'Fjernsupport', en: 'Remote support' } },
    )
    await createVendor(tilsyn.context(), vendorInput({ name: 'B', registration: null, country: 'SE' }))
    const names = async (given: Record<string, string>) => {
      const all: string[] = []
      const found = vendorsMatching(tilsyn.context(), readVendorQuery(given))
      for await (const { vendor } of found) all.push(vendor.name)
      return all
    }
    expect(await names({ q: 'fjernsup' })).to.deep.equal(['A'])
    expect(await names({ country: 'IN' })).to.deep.equal(['A'])
    expect(await names({ seat: 'SE' })).to.deep.equal(['B'])
    for (const q of ['sverige', 'sweden']) expect(await names({ q })).to.deep.equal(['B'])
    expect(await names({ role: 'none' })).to.deep.equal(['B'])
    expect(await names({ missing: 'registration' })).to.deep.equal(['B'])
    expect(await names({ missing: 'basis' })).to.deep.equal(['A'])
    expect((await visit(officer, '/vendors?missing=any&sort=missing')).text).to.include('2 in all')
  })
})
