import { expect } from 'chai'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { addCustomer } from '../../src/customers/actions.js'
import { historyOf } from '../../src/audit-log/actions.js'
import {
  createEngagement,
  createService,
  createVendor,
  editEngagement,
  lawTasks,
} from '../../src/register/actions.js'
import { lawNow } from '../../src/transfers/actions.js'
import { adequacyOn, type Transfer, type TransferInstruction } from '../../src/transfers/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('Countries and decisions', () => {
  const tilsyn = useApp()
  let officer: Agent
  let service: string
  beforeEach(async () => {
    officer = (await signedIn(tilsyn, 'officer', 'da')).agent
    service = (await createService(tilsyn.context(), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))
      ._id
  })

  async function engagedIn(country: string, transfers: Transfer[], name = 'Kaseya Ltd') {
    const vendor = await createVendor(
      tilsyn.context(),
      vendorInput({ name, registration: null, noRegistrationBecause: 'none' }),
    )
    return createEngagement(tilsyn.context(), {
      ...engagementInput({ services: [service], accessCountries: ['DK', country], transfers }),
      vendor: vendor._id,
    })
  }

  async function customer(name: string, transferInstruction: TransferInstruction) {
    return addCustomer(tilsyn.context(), {
      name,
      isProcessor: false,
      agreement: { ...ordinaryAgreement, transferInstruction },
      contacts: [],
      from: '2020-01-01',
      services: [service],
    })
  }

  const ending = {
    on: '2027-03-01',
    by: 'EU-Domstolens dom i sag C-703/25 P',
    source: 'curia.europa.eu',
    because: 'Dom afsagt',
  }
  const scc: Transfer = {
    country: 'US',
    basis: 'scc-2021',
    module: 3,
    signedOn: '2025-01-01',
    tia: { concludedOn: '2026-01-15' },
  }

  it('list what is decided, and every country when asked for it', async () => {
    const usual = await visit(officer, '/countries')
    expect(usual.text).to.contain('Storbritannien').and.to.contain('27. dec. 2031')
    expect(usual.text).not.to.contain('Afghanistan')
    expect(usual.text).to.contain('Privacy Shield')
    expect((await visit(officer, '/countries?show=all')).text).to.contain('Afghanistan')
    expect((await visit(officer, '/countries?q=faer')).text).to.contain('Færøerne')
    expect((await visit(officer, '/countries?state=listed-only')).text).to.contain('USA')
    expect((await visit(officer, '/countries?need=ends&on=2031-05-01')).text)
      .to.contain('Storbritannien')
      .and.not.to.contain('Schweiz')
    const before = await visit(officer, '/countries?q=brasilien&on=2026-01-25')
    expect(before.text).to.contain('Ingen afgørelse')
  })

  it('show a country with its treaty or its decisions, and what we have there', async () => {
    await engagedIn('GB', [{ country: 'GB', basis: 'adequacy' }])
    const britain = await visit(officer, '/countries/GB')
    expect(britain.text).to.contain('(EU) 2021/1772').and.to.contain('Kaseya Ltd')
    expect((await visit(officer, '/countries/DK')).text).to.contain('EEA Agreement')
    expect((await visit(officer, '/countries/GL')).text).to.contain('rigsfællesskabet')
    await visit(officer, '/countries/X-EPO')
    await officer.get('/countries/ZZ').expect(404)
    await visit(officer, '/decisions/GB-2021')
    await visit(officer, '/decisions/privacy-shield')
    await officer.get('/decisions/none').expect(404)
  })

  it('take a new decision, correct it with a reason, and note that it was checked', async () => {
    const typed = {
      'name[da]': 'Tilstrækkelighedsafgørelse: Kenya',
      'name[en]': 'Adequacy decision: Kenya',
      number: 'C(2026) 9999',
      from: '2026-11-01',
      until: '',
      'scope[da]': 'Hele landet',
      'scope[en]': 'Whole country',
      source: 'EU-Tidende',
      sourceUrl: 'ftp://nowhere',
    }
    const wrong = await submit(officer, '/countries/KE/decisions/new', typed, '/countries/KE/decisions')
    expect(wrong.status).to.equal(422)
    expect(inspect(wrong.text, 422).html).to.contain('C(2026) 9999')
    const right = { ...typed, sourceUrl: '' }
    const made = await submit(officer, '/countries/KE/decisions/new', right, '/countries/KE/decisions')
    expect(made.status).to.equal(303)
    const decision = adequacyOn(await lawNow(), 'KE', tilsyn.today())?.decision
    expect(decision?.number).to.equal('C(2026) 9999')
    const url = `/decisions/${decision?._id}`
    const corrected = { ...right, number: 'C(2026) 1', version: '1' }
    expect((await submit(officer, `${url}/edit`, corrected, `${url}/edit`)).status).to.equal(422)
    await submit(officer, `${url}/edit`, { ...corrected, because: 'Slåfejl' }, `${url}/edit`)
    expect((await submit(officer, url, { version: '2' }, `${url}/check`)).status).to.equal(303)
    const events = (await historyOf('decision', decision?._id ?? '')).map(({ event }) => event)
    expect(events).to.deep.equal(['decision.checked', 'decision.corrected', 'decision.added'])
    expect(
      (await submit(officer, '/countries/KE/decisions/new', right, '/countries/DK/decisions')).status,
    ).to.equal(409)
  })

  it('are never overwritten by what is shipped: a correction stays', async () => {
    await lawNow()
    const url = '/decisions/CH-2000'
    const typed = {
      'name[da]': 'Schweiz',
      'name[en]': 'Switzerland',
      number: '2000/518/EF',
      from: '2000-07-26',
      'scope[da]': 'Hele landet',
      'scope[en]': 'Whole country',
      source: 'EU-Tidende',
      because: 'Dansk nummer',
      version: '0',
    }
    expect((await submit(officer, `${url}/edit`, typed, `${url}/edit`)).status).to.equal(303)
    const laws = await Promise.all([lawNow(), lawNow(), lawNow()])
    for (const law of laws)
      expect(adequacyOn(law, 'CH', tilsyn.today())?.decision.number).to.equal('2000/518/EF')
  })

  it('let a basis that has ended be corrected, and a source lose its address', async () => {
    const dead = {
      'name[da]': 'Privacy Shield',
      'name[en]': 'Privacy Shield',
      number: '(EU) 2016/1250',
      from: '2016-08-01',
      endedOn: '2020-07-16',
      endedBy: 'C-311/18',
      source: 'curia.europa.eu',
      because: 'Fra den dag virksomheder kunne tilslutte sig',
      version: '0',
    }
    const edit = '/decisions/privacy-shield/edit'
    expect((await submit(officer, edit, dead)).status).to.equal(303)
    const corrected = (await lawNow()).decisions.find(({ _id }) => _id === 'privacy-shield')
    expect(corrected).to.deep.include({ from: '2016-08-01', scopes: [] })
    expect(corrected?.ended).to.deep.include({ on: '2020-07-16', by: 'C-311/18' })
    const swiss = {
      ...dead,
      number: '2000/518/EC',
      from: '2000-07-26',
      endedOn: '',
      endedBy: '',
      'scope[da]': 'Hele landet',
      'scope[en]': 'Whole country',
      sourceUrl: '',
    }
    expect((await submit(officer, '/decisions/CH-2000/edit', swiss)).status).to.equal(303)
    expect((await lawNow()).decisions.find(({ _id }) => _id === 'CH-2000')).not.to.have.property('sourceUrl')
    const half = { ...dead, version: '1', endedBy: '' }
    expect((await submit(officer, edit, half)).status).to.equal(422)
  })

  it('show before a decision is ended everything that stands on it, and save nothing', async () => {
    await engagedIn(
      'US',
      [{ country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2026-10-01' }],
      'Alene Inc',
    )
    await engagedIn(
      'US',
      [{ country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2026-10-01' }, scc],
      'Dobbelt Inc',
    )
    await engagedIn('US', [scc], 'Klausul Inc')
    await customer('Odder Kommune', { kind: 'scc-only', countries: [] })
    await customer('Privathospitalet', { kind: 'none', countries: [] })
    const url = '/decisions/US-2023'
    await visit(officer, `${url}/end`)
    const shown = await submit(officer, `${url}/end`, { ...ending, version: '0' }, `${url}/end`)
    const page = inspect(shown.text, 200)
    expect(page.text).to.contain('Alene Inc').and.to.contain('Dobbelt Inc').and.not.to.contain('Klausul Inc')
    expect(page.text).to.contain('Ét engagement mister sit grundlag')
    expect(page.text).to.contain('Ét engagement har et andet grundlag')
    expect(page.text).to.contain('Odder Kommune').and.to.contain('Privathospitalet')
    // SCC: covered by the one customer's C.6, to be asked of the other; group rules by neither.
    expect(page.text).to.contain(
      'SCC, modul 3. Instruksen (C.6) dækker det allerede hos 1; en ny instruks skal indhentes hos 1.',
    )
    expect(page.text).to.contain(
      'BCR-P. Instruksen (C.6) dækker det allerede hos 0; en ny instruks skal indhentes hos 2.',
    )
    expect(page.text).to.contain('varsel til kunderne skal sendes senest den')
    expect(page.text).to.contain('Your instruction in C.6')
    expect(adequacyOn(await lawNow(), 'US', '2027-03-01')).not.to.equal(null)

    const done = await submit(
      officer,
      `${url}/end`,
      { ...ending, version: '0', confirmed: 'yes' },
      `${url}/end`,
    )
    expect(done.status).to.equal(303)
    const law = await lawNow()
    expect(adequacyOn(law, 'US', '2027-02-28')).not.to.equal(null)
    expect(adequacyOn(law, 'US', '2027-03-01')).to.equal(null)
    const standing = await visit(officer, url)
    expect(standing.text).to.contain('Alene Inc').and.to.contain('Afgørelse ophørt')
    expect(standing.links).to.include('/engagements/E-0001/edit#transfers')
    expect(standing.links).to.include('/notices/new?kind=removal&amp;engagement=E-0001')
    const again = await submit(
      officer,
      `${url}/edit`,
      { ...ending, version: '1', confirmed: 'yes' },
      `${url}/end`,
    )
    expect(again.status).to.equal(409)
  })

  it('leave an engagement open to other changes after its decision ended, and take no new one on it', async () => {
    const engagement = await engagedIn('GB', [{ country: 'GB', basis: 'adequacy' }])
    const url = '/decisions/GB-2021'
    await submit(
      officer,
      `${url}/end`,
      { ...ending, on: '2026-11-20', version: '0', confirmed: 'yes' },
      `${url}/end`,
    )
    expect((await visit(officer, '/engagements/E-0001')).text)
      .to.contain('holdt op med at gælde 20. november 2026')
      .and.to.contain('EU-Domstolens dom i sag C-703/25 P')
    const facts = engagementInput({
      services: [service],
      accessCountries: ['DK', 'GB'],
      transfers: [{ country: 'GB', basis: 'adequacy', note: 'ophørt' }],
    })
    await editEngagement(tilsyn.context(), { reference: 'E-0001', version: engagement.version }, facts)
    let refused = ''
    await engagedIn('GB', [{ country: 'GB', basis: 'adequacy' }]).catch(
      (error: Error) => (refused = error.name),
    )
    expect(refused).to.equal('Refused')
  })

  it('ask to check the recipient when a decision is narrowed, and keep what it covered before', async () => {
    await engagedIn('CH', [{ country: 'CH', basis: 'adequacy' }])
    const url = '/decisions/CH-2000'
    const limit = {
      ...ending,
      by: 'Ny afgørelse',
      on: '2027-01-01',
      'scope[da]': 'Kun modtagere under nDSG',
      'scope[en]': 'Only recipients under the nFADP',
      version: '0',
    }
    await visit(officer, `${url}/limit`)
    const shown = inspect((await submit(officer, `${url}/limit`, limit, `${url}/limit`)).text, 200)
    expect(shown.text).to.contain('Ét engagement skal kontrolleres')
    await submit(officer, `${url}/limit`, { ...limit, confirmed: 'yes' }, `${url}/limit`)
    const law = await lawNow()
    expect(adequacyOn(law, 'CH', '2026-12-31')?.limited).to.equal(false)
    expect(adequacyOn(law, 'CH', '2027-01-01')?.scope.en).to.equal('Only recipients under the nFADP')
    expect((await visit(officer, url)).text).to.contain('Kun modtagere under nDSG')
  })

  it('warn on the overview a year before a planned end, of old look-ups and of assessments to make again', async () => {
    await engagedIn('GB', [{ country: 'GB', basis: 'adequacy' }])
    await engagedIn('US', [{ country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2026-01-01' }])
    await engagedIn('IN', [{ ...scc, country: 'IN', tia: { concludedOn: '2025-01-01' } }])
    const texts = async (day: string) => (await lawTasks(day)).map(({ text }) => text)
    // In November 2026 the assessment of January 2025 has two months left; nothing else is due.
    expect(await texts('2026-10-31')).to.deep.equal([])
    expect(await texts('2026-11-23')).to.deep.equal(['law:task.tia'])
    expect(await texts('2027-01-02')).to.deep.equal(['law:task.tia', 'law:task.listings'])
    // The facts were last checked on 5 August 2026.
    expect(await texts('2027-08-05')).not.to.include('law:task.unchecked')
    expect(await texts('2027-08-06')).to.include('law:task.unchecked')
    // The UK decision's first day without is 28 December 2031.
    expect(await texts('2030-12-27')).not.to.include('law:task.ends')
    expect(await texts('2030-12-28')).to.include('law:task.ends')
    expect(await texts('2031-12-28')).to.include('law:task.fallen')
    tilsyn.moveTo('2031-06-01')
    officer = (await signedIn(tilsyn, 'officer', 'da')).agent
    expect((await visit(officer, '/')).text).to.contain(
      'Storbritannien gælder ikke længere fra 28. december 2031',
    )
    expect((await visit(officer, '/engagements/E-0001')).text).to.contain('medmindre den fornyes')
    expect((await visit(officer, '/transfers/due')).text).to.contain('Kaseya Ltd')
  })

  it('are read by all and changed by those who keep the register', async () => {
    const auditor = (await signedIn(tilsyn, 'auditor', 'da')).agent
    expect((await visit(auditor, '/countries/GB')).links).not.to.include('/countries/GB/decisions/new')
    await auditor.get('/decisions/GB-2021/end').expect(403)
    await auditor.get('/decisions/GB-2021').expect(200)
  })
})
