import { expect } from 'chai'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { addCustomer } from '../../src/customers/actions.js'
import {
  createEngagement,
  createService,
  createVendor,
  editEngagement,
  lawTasks,
} from '../../src/register/actions.js'
import { lawNow } from '../../src/transfers/actions.js'
import { isEea, type Transfer, type TransferInstruction } from '../../src/transfers/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('Who comes into the EEA and who leaves it', () => {
  const tilsyn = useApp()
  let officer: Agent
  let service: string
  beforeEach(async () => {
    officer = (await signedIn(tilsyn, 'officer', 'da')).agent
    service = (await createService(tilsyn.context(), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))
      ._id
  })

  async function engagedIn(storage: string, transfers: Transfer[], name: string) {
    const vendor = await createVendor(
      tilsyn.context(),
      vendorInput({ name, registration: null, noRegistrationBecause: 'none' }),
    )
    return createEngagement(tilsyn.context(), {
      ...engagementInput({ services: [service], storageCountries: [storage], transfers }),
      vendor: vendor._id,
    })
  }

  async function customer(name: string, kind: TransferInstruction['kind']) {
    return addCustomer(tilsyn.context(), {
      name,
      isProcessor: false,
      agreement: { ...ordinaryAgreement, transferInstruction: { kind, countries: [] } },
      contacts: [],
      from: '2020-01-01',
      services: [service],
    })
  }

  const leaving = {
    lastDay: '2027-12-31',
    by: 'Udtrædelsesaftalen',
    until: '2028-12-31',
    'transition[da]': 'EU-retten gælder',
    'transition[en]': 'The law of the Union applies',
    source: 'EU-Tidende',
    because: 'Landet træder ud',
  }
  const url = '/decisions/FR-EEA'

  it('shows before a state leaves what becomes a transfer, its regions too, and saves nothing', async () => {
    await engagedIn('FR', [], 'Paris SAS')
    await engagedIn('RE', [], 'Réunion SAS')
    await engagedIn('DE', [], 'Berlin GmbH')
    await customer('Odder Kommune', 'scc-only')
    await customer('Privathospitalet', 'none')
    await visit(officer, `${url}/leave`)
    const shown = await submit(officer, `${url}/leave`, { ...leaving, version: '0' }, `${url}/leave`)
    const page = inspect(shown.text, 200)
    expect(page.text).to.contain('Paris SAS').and.to.contain('Réunion SAS').and.not.to.contain('Berlin GmbH')
    expect(page.text).to.contain('2 engagementer bliver overførsler uden grundlag')
    expect(page.text).to.contain('Odder Kommune').and.to.contain('Privathospitalet')
    expect(page.text).to.contain(
      'SCC, modul 3. Instruksen (C.6) dækker det allerede hos 1; en ny instruks skal indhentes hos 1.',
    )
    expect(page.text).to.contain('Frankrig er fra den 1. januar 2029 ikke længere en del af EU/EØS')
    expect(page.text).to.contain('varsel til kunderne skal sendes senest den')
    expect(isEea(await lawNow(), 'FR', '2029-01-01')).to.equal(true)
  })

  it('takes it when it is meant: judged by the day, on every page, and back when it was a mistake', async () => {
    await engagedIn('FR', [], 'Paris SAS')
    const done = await submit(
      officer,
      `${url}/leave`,
      { ...leaving, version: '0', confirmed: 'yes' },
      `${url}/leave`,
    )
    expect(done.status).to.equal(303)
    const law = await lawNow()
    expect(['2027-12-31', '2028-12-31', '2029-01-01'].map((day) => isEea(law, 'RE', day))).to.deep.equal([
      true,
      true,
      false,
    ])
    expect((await visit(officer, '/countries/FR')).text).to.contain('Udtrædelsesaftalen')
    expect((await visit(officer, '/engagements/E-0001')).text).to.contain('så intet grundlag er nødvendigt')
    expect((await visit(officer, '/engagements?outside=yes')).text).not.to.contain('Paris SAS')
    expect((await lawTasks('2028-06-01')).map(({ text }) => text)).to.include('law:task.ends')
    tilsyn.moveTo('2029-01-01')
    officer = (await signedIn(tilsyn, 'officer', 'da')).agent
    // Nothing of the record has changed, and yet it is found by what it lacks from that day.
    expect((await visit(officer, '/engagements?outside=yes')).text).to.contain('Paris SAS')
    expect((await visit(officer, '/engagements/E-0001')).text).not.to.contain(
      'så intet grundlag er nødvendigt',
    )
    expect((await visit(officer, '/register/worklist')).text).to.contain('Frankrig')
    expect((await lawTasks('2029-01-01')).map(({ text }) => text)).to.include('law:task.fallen')
    expect((await visit(officer, url)).text).to.contain('Paris SAS')

    const corrected = {
      'name[da]': 'EU/EØS: Frankrig',
      'name[en]': 'EU/EEA: France',
      number: 'EEA Agreement',
      from: '1994-01-01',
      source: 'EU-Tidende',
      because: 'Indført på det forkerte land',
      version: '1',
    }
    const preview = inspect((await submit(officer, `${url}/edit`, corrected)).text, 200)
    expect(preview.text).to.contain('Ét engagement har ikke længere brug for et grundlag')
    expect(isEea(await lawNow(), 'FR', '2029-01-01')).to.equal(false)
    const back = await submit(officer, `${url}/edit`, { ...corrected, confirmed: 'yes' })
    expect(back.status).to.equal(303)
    expect(isEea(await lawNow(), 'FR', '2029-01-01')).to.equal(true)
    expect((await visit(officer, '/engagements?outside=yes')).text).not.to.contain('Paris SAS')
  })

  it('takes a new member, and keeps a basis on record that is not needed any more', async () => {
    const scc: Transfer = { country: 'ME', basis: 'scc-2021', module: 3, signedOn: '2025-01-01' }
    const { version } = await engagedIn(
      'ME',
      [{ ...scc, tia: { concludedOn: '2026-01-15' } }],
      'Podgorica DOO',
    )
    const typed = { number: 'Tiltrædelsestraktaten', from: '2026-11-01', source: 'EU-Tidende' }
    const page = '/countries/ME/memberships/new'
    await visit(officer, page)
    const shown = inspect((await submit(officer, page, typed, '/countries/ME/memberships')).text, 200)
    expect(shown.text).to.contain('Podgorica DOO').and.to.contain('Ikke længere en overførsel')
    expect(isEea(await lawNow(), 'ME', '2026-11-01')).to.equal(false)
    const meant = { ...typed, confirmed: 'yes' }
    expect((await submit(officer, page, meant, '/countries/ME/memberships')).status).to.equal(303)
    expect(isEea(await lawNow(), 'ME', '2026-11-01')).to.equal(true)
    expect((await submit(officer, page, meant, '/countries/ME/memberships')).status).to.equal(409)
    const facts = engagementInput({ services: [service], storageCountries: ['ME'], transfers: [scc] })
    await editEngagement(tilsyn.context(), { reference: 'E-0001', version }, facts)
  })

  it('asks for a whole transition, for days in their order, and for states only', async () => {
    const wrong = async (changes: Record<string, string>) =>
      (await submit(officer, `${url}/leave`, { ...leaving, version: '0', ...changes }, `${url}/leave`)).status
    expect(await wrong({ until: '2027-12-31' })).to.equal(422)
    expect(await wrong({ until: '' })).to.equal(422)
    expect(await wrong({ 'transition[da]': '', 'transition[en]': '' })).to.equal(422)
    expect(await wrong({ lastDay: '1990-01-01' })).to.equal(422)
    await officer.get('/decisions/CH-2000/leave').expect(404)
    await officer.get('/countries/RE/memberships/new').expect(404)
  })

  it('notes for all memberships at once that they were compared with their source', async () => {
    expect((await visit(officer, '/countries?state=eea')).text).to.contain('Alle medlemskaber kontrolleret')
    const done = await submit(officer, '/countries?state=eea', {}, '/countries/memberships/check')
    expect(done.status).to.equal(303)
    const members = (await lawNow()).decisions.filter(({ kind, ended }) => kind === 'membership' && !ended)
    expect(members.every(({ checked }) => checked.on === tilsyn.today())).to.equal(true)
    const auditor = (await signedIn(tilsyn, 'auditor', 'da')).agent
    expect((await visit(auditor, '/decisions/DE-EEA')).links).not.to.include('/decisions/DE-EEA/leave')
    await auditor.get('/decisions/DE-EEA/leave').expect(403)
  })
})
