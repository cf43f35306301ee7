import { expect } from 'chai'
import { addCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement, type Customer } from '../../src/customers/rules.js'
import {
  approve,
  createEngagement,
  createService,
  createVendor,
  lawTasks,
  listsUpToDate,
} from '../../src/register/actions.js'
import { decisionAsked, endDecision, lawNow, limitDecision } from '../../src/transfers/actions.js'
import { adequacyOn, type Transfer, type TransferInstruction } from '../../src/transfers/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

const swiss: Transfer = { country: 'CH', basis: 'adequacy' }
const unassessed: Transfer = { country: 'US', basis: 'scc-2021', module: 3, signedOn: '2025-01-01' }
const assessed: Transfer = {
  ...unassessed,
  tia: { concludedOn: '2026-01-15', conclusion: 'equivalent', laws: 'FISA 702', file: 'f1' },
}
const dpf: Transfer = {
  country: 'US',
  basis: 'adequacy-dpf',
  listingCheckedOn: '2026-10-01',
  listing: { entity: 'X, Inc.', status: 'active' },
}

describe('What does not hold on the list of today', () => {
  const tilsyn = useApp()
  let officer: Agent
  let service: string
  beforeEach(async () => {
    officer = (await signedIn(tilsyn, 'officer', 'da')).agent
    service = (await createService(tilsyn.context(), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))
      ._id
  })

  async function customer(name: string, kind: TransferInstruction['kind']): Promise<Customer> {
    return addCustomer(tilsyn.context(), {
      name,
      isProcessor: false,
      agreement: { ...ordinaryAgreement, transferInstruction: { kind, countries: [] } },
      contacts: [],
      from: '2020-01-01',
      services: [service],
    })
  }

  async function approved(name: string, country: string, transfers: Transfer[], by: Customer[]) {
    const vendor = await createVendor(
      tilsyn.context(),
      vendorInput({ name, country, registration: null, noRegistrationBecause: 'none' }),
    )
    const { _id } = await createEngagement(tilsyn.context(), {
      ...engagementInput({ services: [service], accessCountries: ['DK', country], transfers }),
      vendor: vendor._id,
    })
    await approve(
      tilsyn.context(),
      by.map((each) => ({
        customer: each._id,
        engagement: _id,
        from: '2026-01-01',
        kind: 'baseline' as const,
        notice: null,
      })),
    )
    return _id
  }

  const tasks = async () => (await lawTasks(tilsyn.today())).map(({ text }) => text)

  // Domain 0.6: lawful under chapter V and outside the literal C.6, and the other way round, are two findings.
  it('is found by two checks that are never merged, on the overview and on a page that says what to do', async () => {
    const odder = await customer('Odder Kommune', 'scc-only')
    const hospital = await customer('Privathospitalet', 'any-valid')
    await approved('Alpehost AG', 'CH', [swiss], [odder, hospital])
    await approved('Kaseya Inc', 'US', [unassessed], [odder, hospital])
    expect(await tasks()).to.include.members(['law:task.unlawful', 'law:task.uninstructed'])
    expect((await visit(officer, '/')).text).to.contain('1 engagement på listen eller under den overfører')

    const page = await visit(officer, '/transfers/due')
    const [lawless = '', outside = ''] = page.html.split('id="uninstructed"')
    expect(lawless).to.contain('Kaseya Inc').and.to.contain('klausul 14').and.not.to.contain('Alpehost AG')
    expect(outside)
      .to.contain('Alpehost AG')
      .and.to.contain('Ikke instrueret af 1 af de 2 kunder, der har godkendt det: Schweiz')
      .and.to.contain('At grundlaget er lovligt, er ikke nok')
      .and.not.to.contain('Kaseya Inc')

    expect((await visit(officer, `/customers/${odder.reference}`)).text)
      .to.contain('Uden for kundens instruks')
      .and.to.contain('Schweiz')
    expect((await visit(officer, `/customers/${hospital.reference}`)).text).not.to.contain(
      'Uden for kundens instruks',
    )
  })

  // EDPB 22/2024, para 88: the mapping of transfers goes down the chain. Art. 44: what is not known is not said to hold.
  it('is looked for below the list too, and nothing is said of those that do not say where data are', async () => {
    expect((await visit(officer, '/transfers/due')).text).to.contain('Der står ingen på listen')
    const odder = await customer('Odder Kommune', 'any-valid')
    const above = await approved('Irsk Sky Ltd', 'IE', [], [odder])
    expect((await visit(officer, '/transfers/due')).text).to.contain(
      'Intet vides at mangle et gyldigt grundlag',
    )
    const vendor = await createVendor(tilsyn.context(), vendorInput({ name: 'Fjern Inc', country: 'US' }))
    const below = { ...engagementInput({ accessCountries: ['US'], parent: above }), vendor: vendor._id }
    await createEngagement(tilsyn.context(), below)
    await createEngagement(tilsyn.context(), { ...below, storageCountries: [], accessCountries: [] })
    expect(await tasks()).to.include('law:task.unlawful')
    expect((await visit(officer, '/transfers/due')).text)
      .to.contain('Fjern Inc')
      .and.to.contain('Længere nede i kæden')
      .and.to.contain('intet grundlag noteret for overførsler til USA')
      .and.to.contain('For 1 underdatabehandler på listen eller i næste led er det ikke oplyst')
  })

  // Art. 28(4), clause 8.3: what a further link transfers is asked of the customers that have the one above it.
  it('of a further link that names no services concerns the customers of the one above it', async () => {
    const above = await approved('Irsk Sky Ltd', 'IE', [], [await customer('Odder Kommune', 'scc-only')])
    const vendor = await createVendor(tilsyn.context(), vendorInput({ name: 'Alpehost AG', country: 'CH' }))
    const below = engagementInput({ accessCountries: ['CH'], transfers: [swiss], parent: above })
    await createEngagement(tilsyn.context(), { ...below, vendor: vendor._id })
    expect((await visit(officer, '/decisions/CH-2000')).text)
      .to.contain('Alpehost AG')
      .and.to.contain('1 kunde')
      .and.to.contain('Odder Kommune')
    const [lawless = '', outside = ''] = (await visit(officer, '/transfers/due')).html.split(
      'id="uninstructed"',
    )
    expect(lawless).not.to.contain('Alpehost AG')
    expect(outside)
      .to.contain('Alpehost AG')
      .and.to.contain('Ikke instrueret af 1 af de kunder, der har godkendt leddet over: Schweiz')
  })

  it('is not what a customer instructed apart from its agreement, when a notice told it', async () => {
    const odder = await customer('Odder Kommune', 'scc-only')
    const engagement = await approved('Alpehost AG', 'CH', [swiss], [odder])
    const told = async (countries: string[]) =>
      (
        await lawTasks(tilsyn.today(), 'da', {
          lists: listsUpToDate(tilsyn.today()),
          instructedFor: (asked) =>
            Promise.resolve(asked === engagement ? [{ customer: odder._id, countries }] : []),
        })
      ).map(({ text }) => text)
    expect(await told(['US'])).to.include('law:task.uninstructed')
    expect(await told(['CH'])).not.to.include('law:task.uninstructed')
  })

  it('is not what a customer was exempted from: nothing of its data is transferred there', async () => {
    await customer('Odder Kommune', 'scc-only')
    await approved('Alpehost AG', 'CH', [swiss], [await customer('Privathospitalet', 'any-valid')])
    expect(await tasks()).to.deep.equal([])
  })

  // EDPB 01/2020, step 6 and clause 14(e): the clauses go on alone, and what they rest on is to be assessed anew.
  it('after a ruling asks for the assessment behind the clauses that are left', async () => {
    await approved('Dobbelt Inc', 'US', [dpf, assessed], [await customer('Odder Kommune', 'scc-only')])
    expect(await tasks()).to.deep.equal([])
    const ended = { on: tilsyn.today(), by: 'C-703/25 P' }
    const which = { id: 'US-2023', version: (await decisionAsked('US-2023')).version }
    await endDecision(tilsyn.context(), which, { ended, source: 'curia.europa.eu', because: 'Dom' })
    expect(await tasks()).to.deep.equal(['law:task.tia'])
    expect((await visit(officer, '/engagements/E-0001')).text).to.contain('altså før det, der ændrede sig')
  })

  it('after a narrowing asks to find out who is within it, until that has been done', async () => {
    await approved('Alpehost AG', 'CH', [swiss], [await customer('Odder Kommune', 'any-valid')])
    expect(await tasks()).to.deep.equal([])
    const which = { id: 'CH-2000', version: (await decisionAsked('CH-2000')).version }
    const text = { da: 'Kun modtagere under nDSG', en: 'Only recipients under the nFADP' }
    const scope = { from: tilsyn.today(), limited: true, text, by: 'Ny afgørelse' }
    await limitDecision(tilsyn.context(), which, { scope, source: 'EU-Tidende', because: 'Ny' })
    expect(await tasks()).to.deep.equal(['law:task.scopes'])
    expect((await visit(officer, '/transfers/due')).text).to.contain('Alpehost AG')
  })
})

describe('A decision that was entered wrongly', () => {
  const tilsyn = useApp()
  let officer: Agent
  const url = '/decisions/CH-2000'
  const typed = {
    'name[da]': 'Schweiz',
    'name[en]': 'Switzerland',
    number: '2000/518/EC',
    from: '2000-07-26',
    'scope[da]': 'Hele landet',
    'scope[en]': 'Whole country',
    source: 'EU-Tidende',
    because: 'Indført forkert',
  }
  beforeEach(async () => {
    officer = (await signedIn(tilsyn, 'officer', 'da')).agent
    await lawNow()
    const vendor = await createVendor(tilsyn.context(), vendorInput({ country: 'CH' }))
    await createEngagement(tilsyn.context(), {
      ...engagementInput({ accessCountries: ['CH'], transfers: [swiss] }),
      vendor: vendor._id,
    })
  })

  it('shows what falls before a correction that ends it is saved, as the end itself does', async () => {
    // As long as it holds nothing has to be stopped; what would be, is said as that.
    expect((await visit(officer, url)).text)
      .to.contain('Ophørte den, skulle overførslen stoppe')
      .and.not.to.contain('Afgørelsen bærer ikke længere')
    const ended = { ...typed, endedOn: '2027-01-01', endedBy: 'Ny afgørelse', version: '0' }
    const shown = inspect((await submit(officer, `${url}/edit`, ended, `${url}/edit`)).text, 200)
    expect(shown.text).to.contain('Ét engagement mister sit grundlag').and.to.contain('Intet er gemt endnu')
    expect(adequacyOn(await lawNow(), 'CH', '2027-01-01')).not.to.equal(null)
    const meant = { ...ended, confirmed: 'yes' }
    expect((await submit(officer, `${url}/edit`, meant, `${url}/edit`)).status).to.equal(303)
    expect(adequacyOn(await lawNow(), 'CH', '2027-01-01')).to.equal(null)
    expect(adequacyOn(await lawNow(), 'CH', '2026-12-31')).not.to.equal(null)
  })

  it('can have the day of a narrowing put right, and the narrowing taken away', async () => {
    const which = { id: 'CH-2000', version: 0 }
    const text = { da: 'En del', en: 'Part' }
    const scope = { from: '2026-12-01', limited: true, requiresListing: 'A list', text, by: 'Ny afgørelse' }
    await limitDecision(tilsyn.context(), which, { scope, source: 'EU-Tidende', because: 'Ny' })
    const edit = { ...typed, 'scope[da]': 'En del', 'scope[en]': 'Part', limited: 'yes', confirmed: 'yes' }
    const early = { ...edit, scopeFrom: '2000-01-01', version: '1' }
    expect((await submit(officer, `${url}/edit`, early)).status).to.equal(409)
    const moved = { ...edit, scopeFrom: '2027-02-01', version: '1' }
    expect((await submit(officer, `${url}/edit`, moved)).status).to.equal(303)
    const law = await lawNow()
    expect(adequacyOn(law, 'CH', '2027-01-31')?.limited).to.equal(false)
    // That only those on a list are covered was left empty, so it is gone as well.
    expect(adequacyOn(law, 'CH', '2027-02-01')).to.deep.include({ limited: true, scopeFrom: '2027-02-01' })
    expect(adequacyOn(law, 'CH', '2027-02-01')).not.to.have.property('requiresListing')
    const away = { ...edit, notNarrowed: 'yes', version: '2' }
    expect((await submit(officer, `${url}/edit`, away)).status).to.equal(303)
    expect(adequacyOn(await lawNow(), 'CH', '2027-02-01')?.limited).to.equal(false)
  })
})
