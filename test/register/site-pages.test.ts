import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { addCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import {
  approve,
  createEngagement,
  createService,
  createVendor,
  editEngagement,
  sitesOn,
} from '../../src/register/actions.js'
import { engagementByReference, operatorsAmong, siteByReference } from '../../src/register/records.js'
import { engagementFacts } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

const pdf = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n')

describe('Own sites and data centres', () => {
  const tilsyn = useApp()
  let officer: Agent
  let hosting: string
  let telephony: string

  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
    const context = tilsyn.context()
    hosting = (await createService(context, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))._id
    telephony = (await createService(context, { name: { da: 'Telefoni', en: 'Telephony' }, order: 2 }))._id
  })

  const site = (
    fields: Record<string, string | string[]> = {},
    files: { field: string; name: string; bytes: Buffer }[] = [],
  ) =>
    submitFiles(
      officer,
      '/sites/new',
      {
        kind: 'colocation',
        address: 'Herstedvang 8, 2620 Albertslund',
        country: 'DK',
        services: hosting,
        from: '2024-07-01',
        because: 'Named in clause C.5 from signing',
        ...fields,
      },
      files,
      '/sites',
    )

  const edit = async (fields: Record<string, string | string[]>, reference = 'L-01') => {
    const stored = await siteByReference(reference)
    const whole = {
      version: String(stored?.version),
      kind: stored?.kind ?? '',
      address: stored?.address ?? '',
      country: stored?.country ?? '',
      services: stored?.services ?? [],
      from: tilsyn.today(),
      ...fields,
    }
    return submitFiles(officer, `/sites/${reference}/edit`, whole, [], `/sites/${reference}/edit`)
  }

  const engagement = async () => {
    const context = tilsyn.context()
    const vendor = await createVendor(context, { ...vendorInput(), from: '2024-07-01' })
    return createEngagement(context, {
      ...engagementInput({
        services: [hosting],
        accessCountries: ['DK', 'SE'],
        places: [
          { kind: 'office', address: 'Højvangen 4, 8660 Skanderborg', country: 'DK' },
          { kind: 'data-centre', address: 'Serverhallen 2, 8660 Skanderborg', country: 'DK' },
        ],
      }),
      vendor: vendor._id,
      from: '2024-07-01',
    })
  }

  it('begin with an empty page that says what belongs there, and with what C.5 says', async () => {
    expect((await visit(officer, '/sites')).text).to.include('will stand here')
    expect((await visit(officer, '/sites/new')).text).to.include('silence is refusal (clause C.5)')
  })

  it('are added with what they stand on; without it the form comes back as typed (C.5)', async () => {
    const file = [{ field: 'assuranceFile', name: 'isae.pdf', bytes: pdf }]
    const without = await site({ because: '' }, file)
    expect(inspect(without.text, 422).text).to.include('Choose the file again')
    expect(without.status).to.equal(422)
    expect(inspect(without.text, 422).text).to.include('Say which approval it stands on')
    expect(without.text).to.include('Herstedvang 8')
    const added = await site({ notice: 'CN-2026-004' })
    expect(added.headers['location']).to.equal('/sites/L-01')
    const page = await visit(officer, '/sites/L-01')
    expect(page.text).to.include('Named in clause C.5 from signing').and.include('No operator')
    expect(page.links).to.include('/notices/CN-2026-004')
    expect((await visit(officer, '/sites')).text).to.include('Herstedvang 8, 2620 Albertslund')
  })

  it('move with a reason, and show on a past day where they were', async () => {
    await site()
    const refused = await edit({ address: 'Herstedvang 10, 2620 Albertslund' })
    expect(inspect(refused.text, 422).text).to.include('Say which approval it stands on')
    expect(
      (
        await edit({
          address: 'Herstedvang 10, 2620 Albertslund',
          from: '2026-11-01',
          because: 'All approved',
        })
      ).status,
    ).to.equal(303)
    expect((await sitesOn('2026-10-31'))[0]?.address).to.include('Herstedvang 8')
    expect((await sitesOn('2026-11-01'))[0]?.address).to.include('Herstedvang 10')
    const planned = await edit({
      address: 'Herstedvang 14, 2620 Albertslund',
      from: '2027-03-01',
      because: 'All approved',
    })
    expect(planned.status).to.equal(303)
    // Until its day it stands where it stood.
    for (const url of ['/sites', '/sites/L-01'])
      expect((await visit(officer, url)).text, url)
        .to.include('Herstedvang 10, 2620 Albertslund')
        .and.match(/From 1.Mar[a-z]*.2027: Herstedvang 14, 2620 Albertslund/)
    const late = await edit({ address: 'Herstedvang 12', from: '2026-10-01', because: 'All approved' })
    expect(inspect(late.text, 409).text).to.include('A later change of the site is on record')
    const stored = await siteByReference('L-01')
    const events = (await historyOf('site', stored?._id ?? '')).map(({ event }) => event)
    expect(events).to.deep.equal(['site.moved', 'site.moved', 'site.added'])

    // C.2 is about where it is today: what is noted meanwhile leaves the move as it was entered.
    const url = '/sites/L-01/assurance'
    expect((await visit(officer, url)).text)
      .to.include('Herstedvang 10')
      .and.not.include('Herstedvang 14')
    const fields = {
      version: String(stored?.version),
      assuranceKind: 'isae-3402-2',
      validUntil: '2027-02-28',
    }
    expect((await submitFiles(officer, url, fields, [], url)).status).to.equal(303)
    const noted = await visit(officer, '/sites/L-01')
    expect(noted.text)
      .to.match(/Noted: ISAE 3402 type 2 ?, until/)
      .and.match(/2027: Herstedvang 14/)
    const after = await siteByReference('L-01')
    expect(after?.assurance, 'of the address to come').to.equal(undefined)
    expect((await sitesOn('2026-11-22'))[0]?.assurance, 'the day before').to.equal(undefined)
    expect((await sitesOn(tilsyn.today()))[0]?.assurance?.validUntil).to.equal('2027-02-28')
    expect((await submitFiles(officer, url, fields, [], url)).status, 'changed meanwhile').to.equal(409)
  })

  it('are corrected without a reason, and end on their day', async () => {
    await site()
    expect((await edit({ address: 'HERSTEDVANG 8, 2620 Albertslund', name: 'North' })).status).to.equal(303)
    const version = async () => String((await siteByReference('L-01'))?.version)
    const end = async (on: string) =>
      submit(officer, '/sites/L-01/end', { version: await version(), on, because: 'Moved out' })
    // The day may be put off, or called off, until it has come.
    await end('2026-12-20')
    expect((await end('2027-01-20')).status).to.equal(303)
    expect((await siteByReference('L-01'))?.until).to.equal('2027-01-20')
    const keep = await submit(officer, '/sites/L-01', { version: await version() }, '/sites/L-01/keep')
    expect(keep.status).to.equal(303)
    expect((await siteByReference('L-01'))?.until).to.equal(null)
    await end('2026-11-20')
    expect((await end('2026-12-20')).status).to.equal(409)
    expect((await visit(officer, '/sites/L-01')).text)
      .to.include('Ended')
      .and.include('Moved out')
    expect(await sitesOn('2026-11-19')).to.have.length(1)
    expect(await sitesOn('2026-11-20')).to.deep.equal([])
  })

  it('keep a note of what there is, with its file; C.2 is met by an accepted statement alone', async () => {
    const { _id } = await createVendor(tilsyn.context(), { ...vendorInput(), from: '2024-07-01' })
    const file = [{ field: 'assuranceFile', name: 'isae.pdf', bytes: pdf }]
    const noted = { assuranceKind: 'isae-3402-2', validUntil: '2026-12-31', operator: _id }
    await site(noted, file)
    const page = await visit(officer, '/sites/L-01')
    expect(page.text).to.match(/No statement .*Noted: ISAE 3402 type 2 ?, until/)
    expect(page.links.some((link) => link.startsWith('/files/'))).to.equal(true)
    expect(page.links).to.include('/statements/request?vendor=V-0001')
    // Another edit that does not choose the file again keeps it.
    await edit({ ...noted, assuranceNote: 'covers both halls' })
    expect((await siteByReference('L-01'))?.assurance?.file).to.be.a('string')
    expect((await visit(officer, '/sites')).text)
      .to.include('covers both halls')
      .and.include('1 lacks something')
  })

  it('of sub-processors are on the same list, and get their statement on the place (C.2), not by a change of place', async () => {
    const { _id, reference } = await engagement()
    await approve(tilsyn.context(), [
      { customer: 'c1', engagement: _id, from: '2024-07-01', notice: null, kind: 'baseline' },
    ])
    await site({ kind: 'office', services: [] })
    const before = await visit(officer, '/sites')
    expect(before.text).to.include('Serverhallen 2, 8660 Skanderborg').and.include('1 lacks something')
    expect((await visit(officer, `/engagements/${reference}`)).text)
      .to.include('ISAE 3402 type 2 needed')
      .and.include('No statement')
    const url = `/engagements/${reference}/places/2/assurance`
    const fields = {
      version: '1',
      assuranceKind: 'isae-3402-2',
      validUntil: '2027-06-30',
      assuranceNote: 'Hall A and B',
    }
    const saved = await submitFiles(
      officer,
      url,
      fields,
      [{ field: 'assuranceFile', name: 'isae.pdf', bytes: pdf }],
      url,
    )
    expect(saved.status).to.equal(303)
    expect((await visit(officer, `/engagements/${reference}`)).text)
      .to.match(/Noted: ISAE 3402 type 2 ?, until/)
      .and.include('Hall A and B')
    // Every page says the same of it: a note is no statement that somebody has read and accepted.
    for (const url of ['/sites/data-centres', '/statements/data-centres', `/engagements/${reference}`])
      expect((await visit(officer, url)).text, url).to.include('No statement')
    expect((await officer.get(`/engagements/${reference}/places/1/assurance`)).status).to.equal(404)
    expect((await officer.get(`/engagements/${reference}/places/9/assurance`)).status).to.equal(404)

    // The engagement's form and imports send places without statements: theirs stay.
    const stored = await engagementByReference(reference)
    if (!stored) throw new Error('no engagement')
    const places = stored.places.map(({ kind, address, country }) => ({ kind, address, country }))
    const { contract, dueDiligence } = stored
    await editEngagement(tilsyn.context(), stored, {
      ...engagementFacts(stored),
      places,
      contract,
      dueDiligence,
      subjects: ['citizens'],
    })
    expect((await engagementByReference(reference))?.places[1]?.assurance?.note).to.equal('Hall A and B')
  })

  it('keep the vendor that runs the data centre from ending before they do (C.2)', async () => {
    const vendor = await createVendor(tilsyn.context(), { ...vendorInput(), from: '2024-07-01' })
    await site({ operator: vendor._id })
    expect((await visit(officer, '/sites/L-01')).links).to.include('/vendors/V-0001')
    const end = { version: '1', on: tilsyn.today(), because: 'Contract ended' }
    const refused = await submit(officer, '/vendors/V-0001/end', end)
    expect(inspect(refused.text, 409).text).to.include('runs data centres where we have sites (1)')
    expect(await operatorsAmong([vendor._id, 'another'])).to.deep.equal([vendor._id])
  })

  it('make up where a customer’s data may be processed on a day (C.5), on the page and on paper', async () => {
    const { _id } = await engagement()
    await site()
    await site({ kind: 'office', address: 'Kontorvej 1, 2600 Glostrup', services: [] })
    await site({ address: 'Hørskætten 3, 2630 Taastrup', services: telephony })
    const customer = await addCustomer(tilsyn.context(), {
      name: 'Vestby Kommune',
      isProcessor: false,
      agreement: { ...ordinaryAgreement, signedOn: '2024-07-01' },
      from: '2024-07-01',
      services: [hosting],
      contacts: [],
    })
    await approve(tilsyn.context(), [
      { customer: customer._id, engagement: _id, from: '2025-01-01', notice: null, kind: 'baseline' },
    ])
    const page = await visit(officer, `/register/places?customer=${customer.reference}&on=2026-11-23`)
    expect(page.text).to.include('Herstedvang 8').and.include('Kontorvej 1').and.include('Serverhallen 2')
    expect(page.text).to.include('All countries: Denmark, Sweden').and.not.include('Hørskætten')
    // Before it was approved, its countries were not among them.
    const past = await visit(officer, `/register/places?customer=${customer.reference}&on=2024-12-31`)
    expect(past.text).to.include('No sub-processor was approved that day').and.include('Herstedvang 8')
    expect((await visit(officer, '/register/places')).text).to.include('Hørskætten 3')
    expect((await visit(officer, '/register/places?customer=nobody')).text).to.include('No customer')
    const paper = await officer
      .get(`/register/places/paper?customer=${customer.reference}&on=2026-11-23`)
      .buffer()
    expect(paper.status).to.equal(200)
    expect(paper.headers['content-type']).to.include('application/pdf')
  })

  it('are read by those who may not change them', async () => {
    await site()
    const { agent: auditor } = await signedIn(tilsyn, 'auditor', 'da')
    expect((await visit(auditor, '/sites')).text).to.include('Egne lokaliteter')
    expect((await visit(auditor, '/sites/L-01')).links).not.to.include('/sites/L-01/edit')
    expect((await auditor.get('/sites/new')).status).to.equal(403)
    expect((await auditor.get('/sites/L-09')).status).to.equal(404)
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    for (const url of [
      '/sites/new',
      '/sites/L-01/edit',
      '/sites/L-01/end',
      '/sites/data-centres',
      '/register/places',
    ])
      expect((await visit(agent, url)).lang).to.equal('da')
  })
})
