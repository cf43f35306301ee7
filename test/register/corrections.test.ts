import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import {
  createService,
  editService,
  editVendor,
  engagementByReference,
  listForAll,
  listForService,
  listOn,
  listStatesOf,
  vendorByReference,
} from '../../src/register/actions.js'
import type { Service, Vendor } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { vendorInput } from './builders.js'
import { keptWrong } from './kept-wrong.js'

/**
 * Domain facts 0.18: keep what each customer accepted. EDPB 22/2024: the list is kept up to date, and what it said must be
 * shown later. Product, "Point in time".
 */
describe('Correcting an earlier day', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  let officer: Agent
  let vendor: Vendor
  let hosting: Service
  let customer: Customer

  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
    ;({ vendor, hosting, customer } = await keptWrong(tilsyn))
  })

  const form = (changes: Record<string, string> = {}) => ({
    version: '1',
    name: 'Curanet A/S',
    registrationKind: 'CVR',
    registrationNumber: '29412006',
    address: 'Højvangen 4, 8660 Skanderborg',
    country: 'DK',
    from: '2026-02-01',
    until: '2026-03-31',
    because: 'Tastefejl: aftalen siger nr. 4',
    ...changes,
  })
  const addressOn = async (day: string, known?: string) =>
    (await listOn(customer._id, day, known)).map(({ content }) => content.address)

  it('shows first on which lists of which days, and for how many customers, anything changes, and saves nothing', async () => {
    const answer = await submitFiles(officer, '/vendors/V-0001/correct', form(), [])
    const page = inspect(answer.text, answer.status)
    expect(answer.status).to.equal(200)
    expect(page.text)
      .to.include('On the list of 1 customer')
      .and.include('1 February 2026 to 31 March 2026')
      .and.include(
        'Address: before Højvangen 40, 8660 Skanderborg, Denmark, now Højvangen 4, 8660 Skanderborg',
      )
    expect(answer.text).to.include('value="2026-02-01"').and.include('Tastefejl: aftalen siger nr. 4')
    expect((await vendorByReference('V-0001'))?.corrections).to.equal(undefined)
  })

  it('corrects those days, marked with its reason, and keeps what was known then', async () => {
    const answer = await submitFiles(officer, '/vendors/V-0001/correct', form({ confirm: 'yes' }), [])
    expect(answer.status).to.equal(303)
    expect(await addressOn('2026-01-31')).to.deep.equal(['Højvangen 40, 8660 Skanderborg'])
    expect(await addressOn('2026-02-01')).to.deep.equal(['Højvangen 4, 8660 Skanderborg'])
    expect(await addressOn('2026-03-31')).to.deep.equal(['Højvangen 4, 8660 Skanderborg'])
    expect(await addressOn('2026-04-01')).to.deep.equal(['Højvangen 40, 8660 Skanderborg'])
    expect(await addressOn('2026-02-01', '2026-11-22')).to.deep.equal(['Højvangen 40, 8660 Skanderborg'])
    expect(await addressOn('2026-02-01', '2026-11-23')).to.deep.equal(['Højvangen 4, 8660 Skanderborg'])
    expect((await vendorByReference('V-0001'))?.address).to.equal('Højvangen 40, 8660 Skanderborg')

    const now = await visit(officer, `/register?customer=${customer.reference}&on=2026-02-01`)
    expect(now.text)
      .to.include('Højvangen 4, 8660')
      .and.include('Corrected')
      .and.include('Tastefejl: aftalen siger nr. 4')
      .and.include('See it as it was known on 1 February 2026')
    const then = await visit(officer, `/register?customer=${customer.reference}&on=2026-02-01&known=then`)
    expect(then.text).to.include('Højvangen 40, 8660').and.include('See it as it is known now')
    // Who searches in it goes on to see what was known then.
    expect(then.html).to.include('<input type="hidden" name="known" value="then">')
    expect((await visit(officer, '/register?on=2026-02-01')).text).to.include('Tastefejl')
    const untouched = await visit(officer, `/register?customer=${customer.reference}&on=2026-04-02`)
    expect(untouched.text).not.to.include('as it was known')
    expect((await visit(officer, '/engagements/E-0001')).text).to.include('Tastefejl')
    expect((await visit(officer, '/vendors/V-0001')).text).to.include('Tastefejl')
    for (const known of ['', '&known=then']) {
      const paper = `/customers/${customer.reference}/annex-b?on=2026-02-01&format=xlsx${known}`
      expect((await officer.get(paper)).status).to.equal(200)
    }
    const [entry] = await historyOf('vendor', vendor._id)
    expect(entry?.event).to.equal('vendor.corrected')
    expect(entry?.personal?.['because']).to.equal('Tastefejl: aftalen siger nr. 4')
    // Annex B's states: the correction makes states of those days, and as known then there are none.
    expect(await listStatesOf(customer._id, '2026-11-23')).to.have.length(3)
    expect(await listStatesOf(customer._id, '2026-11-23', '2026-11-22')).to.have.length(1)
  })

  it('puts a spelling right from today too where it still is wrong, and later changes go on from there', async () => {
    const answer = await submitFiles(
      officer,
      '/vendors/V-0001/correct',
      form({ until: '', confirm: 'yes' }),
      [],
    )
    expect(answer.status).to.equal(303)
    expect(await addressOn('2026-11-23')).to.deep.equal(['Højvangen 4, 8660 Skanderborg'])
    expect((await vendorByReference('V-0001'))?.address).to.equal('Højvangen 4, 8660 Skanderborg')
    tilsyn.moveTo('2026-12-01')
    const { version } = (await vendorByReference('V-0001'))!
    await editVendor(
      tilsyn.context(),
      { reference: 'V-0001', version },
      vendorInput({ address: 'Nyvej 9, 8000 Aarhus C' }),
    )
    expect(await addressOn('2026-11-30')).to.deep.equal(['Højvangen 4, 8660 Skanderborg'])
    expect(await addressOn('2026-12-01')).to.deep.equal(['Nyvej 9, 8000 Aarhus C'])
    expect(await addressOn('2026-11-22', '2026-11-22')).to.deep.equal(['Højvangen 40, 8660 Skanderborg'])
  })

  it('refuses to change what customers have approved from today on, and names the way: a notice (clause 7.3)', async () => {
    const other = form({ until: '', registrationNumber: '35240136', confirm: 'yes' })
    const refused = await submitFiles(officer, '/vendors/V-0001/correct', other, [])
    expect(refused.status).to.equal(409)
    expect(inspect(refused.text, 409).text)
      .to.include('Send a notice instead')
      .and.include('recorded wrongly')
    const claimed = await submitFiles(
      officer,
      '/vendors/V-0001/correct',
      { ...other, wronglyRecorded: 'yes' },
      [],
    )
    expect(claimed.status).to.equal(409)
    expect(inspect(claimed.text, 409).text).to.include('Attach a file')
    expect((await vendorByReference('V-0001'))?.registration?.number).to.equal('29412006')
    const paper = { field: 'evidence', name: 'bilag-b.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }
    const shown = await submitFiles(
      officer,
      '/vendors/V-0001/correct',
      { ...other, wronglyRecorded: 'yes' },
      [paper],
    )
    expect(shown.status).to.equal(303)
    const corrected = (await vendorByReference('V-0001'))!
    expect(corrected.registration?.number).to.equal('35240136')
    expect(corrected.corrections?.[0]?.file).to.be.a('string')
  })

  it('lets the same change end in the past: it reaches no list of today', async () => {
    const answer = await submitFiles(
      officer,
      '/vendors/V-0001/correct',
      form({ registrationNumber: '35240136', confirm: 'yes' }),
      [],
    )
    expect(answer.status).to.equal(303)
    expect((await listOn(customer._id, '2026-11-23'))[0]?.content.registration?.number).to.equal('29412006')
  })

  it('asks for days that have passed, in order, and says where nothing differs', async () => {
    const wrong = await submitFiles(
      officer,
      '/vendors/V-0001/correct',
      form({ from: '2026-11-23', until: '2026-02-01', because: '' }),
      [],
    )
    const page = inspect(wrong.text, wrong.status)
    expect(wrong.status).to.equal(422)
    expect(page.text).to.include('The day must have passed.').and.include('Fill in this field.')
    const same = await submitFiles(
      officer,
      '/vendors/V-0001/correct',
      form({ address: 'Højvangen 40, 8660 Skanderborg' }),
      [],
    )
    expect(inspect(same.text, same.status).text).to.include('Nothing differs')
  })

  it('corrects where an engagement processed, and a basis by the law of that day', async () => {
    const fields = {
      version: '1',
      role: 'sub-processor',
      services: hosting._id,
      'activity[da]': 'Drift af webhoteller',
      'activity[en]': 'Operation of web hosting',
      dataCategories: 'ordinary',
      subjects: 'customers',
      storageCountries: 'DK',
      from: '2026-02-01',
      until: '2026-03-31',
      because: 'Support sad i Sverige',
    }
    await visit(officer, '/engagements/E-0001/correct?from=2026-02-01&until=2026-03-31')
    const preview = await submitFiles(
      officer,
      '/engagements/E-0001/correct',
      { ...fields, accessCountries: 'SE' },
      [],
    )
    expect(inspect(preview.text, preview.status).text)
      .to.include('New countries of access: Sweden')
      .and.include('No longer countries of access: Denmark')
    const done = await submitFiles(
      officer,
      '/engagements/E-0001/correct',
      { ...fields, accessCountries: 'SE', confirm: 'yes' },
      [],
    )
    expect(done.status).to.equal(303)
    const access = async (day: string, known?: string) =>
      (await listForAll(day, known)).map(({ content }) => content.accessCountries)
    expect(await access('2026-02-01')).to.deep.equal([['SE']])
    expect(await access('2026-02-01', '2026-02-01')).to.deep.equal([['DK']])
    expect((await engagementByReference('E-0001'))?.accessCountries).to.deep.equal(['DK'])
    await visit(officer, '/engagements/E-0001')
  })

  it('shows the list for a service under the name it had that day, with what was engaged for it then', async () => {
    tilsyn.moveTo('2026-11-24')
    officer = (await signedIn(tilsyn)).agent
    await editService(
      tilsyn.context(),
      { reference: 'S-01', version: 1 },
      { name: { da: 'Webhotel', en: 'Web hosting' }, order: 1 },
    )
    const other = await createService(tilsyn.context(), {
      name: { da: 'Telefoni', en: 'Telephony' },
      order: 2,
    })
    expect(await listForService(hosting._id, '2026-11-24')).to.have.length(1)
    expect(await listForService(other._id, '2026-11-24')).to.have.length(0)
    const before = await visit(officer, '/register?service=S-01&on=2026-11-23')
    expect(before.text).to.include('Curanet A/S')
    expect(before.html).to.match(/small muted">Hosting</)
    const after = await visit(officer, '/register?service=S-01')
    expect(after.html).to.match(/small muted">Web hosting</)
    expect((await visit(officer, '/register?service=S-02')).text).not.to.include('Curanet A/S')
    await visit(officer, '/register/differences?service=S-01&from=2026-01-01&to=2026-11-24')
  })
})
