import { expect } from 'chai'
import { createEngagement, createService, createVendor } from '../../src/register/actions.js'
import { engagementByReference, vendorByReference } from '../../src/register/records.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('Pages of the register', () => {
  const tilsyn = useApp()
  let officer: Agent
  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
  })

  const vendorForm = {
    name: 'Curanet A/S',
    registrationKind: 'CVR',
    registrationNumber: '29412006',
    address: 'Højvangen 4, 8660 Skanderborg',
    country: 'DK',
    'contacts[0][name]': 'Dorthe Holm',
    'contacts[0][email]': 'DPO@curanet.example',
    'contacts[0][role]': 'data-protection',
    'contacts[0][locale]': 'da',
    'contacts[1][name]': '',
    'contacts[1][role]': 'data-protection',
    'contacts[1][locale]': 'da',
  }

  const engagementForm = {
    vendor: 'V-0001',
    role: 'sub-processor',
    'activity[da]': 'Drift af webhoteller',
    'activity[en]': 'Operation of web hosting',
    dataCategories: ['ordinary', 'special'],
    subjects: ['employees'],
    otherSubjects: 'børn, pårørende',
    storageCountries: ['DK'],
    accessCountries: ['DK'],
    'otherCountries[0][country]': 'IN',
    'otherCountries[0][access]': 'yes',
    contractTemplate: 'ours',
    contractSignedOn: '2026-11-01',
    noticeUnit: 'days',
  }

  async function started(): Promise<{ service: string }> {
    const context = tilsyn.context()
    const service = await createService(context, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
    await createVendor(context, vendorInput())
    return { service: service._id }
  }

  it('say what to do first while there is nothing', async () => {
    expect((await visit(officer, '/register')).links).to.include('/services/new')
    expect((await visit(officer, '/vendors')).links).to.include('/vendors/new')
    expect((await visit(officer, '/services')).links).to.include('/services/new')
    await visit(officer, '/engagements/new')
    await visit(officer, '/register/baseline')
    await visit(officer, '/vendors/new')
    await visit(officer, '/services/new')
  })

  it('take a new vendor and show it', async () => {
    const { status, headers } = await submit(officer, '/vendors/new', vendorForm, '/vendors')
    expect([status, headers['location']]).to.deep.equal([303, '/vendors/V-0001'])
    const page = await visit(officer, '/vendors/V-0001')
    expect(page.text).to.include('CVR 29412006').and.include('dpo@curanet.example')
    await visit(officer, '/vendors/V-0001/edit')
    await visit(officer, '/vendors/V-0001/end')
    expect((await visit(officer, '/vendors?q=curanet')).text).to.include('Curanet A/S')
    expect((await visit(officer, '/vendors?q=zzz')).text).not.to.include('Curanet A/S')
  })

  it('warn of a number that fails its check, and keep it with a reason', async () => {
    const wrong = { ...vendorForm, registrationNumber: '29412007' }
    const answer = await submit(officer, '/vendors/new', wrong, '/vendors')
    expect(answer.status).to.equal(422)
    const page = inspect(answer.text, 422)
    expect(answer.text).to.include('value="29412007"').and.include('name="keptBecause"')
    expect(page.text).to.include('Keep the number anyway')
    const kept = { ...wrong, keptBecause: 'As printed in the agreement' }
    expect((await submit(officer, '/vendors/new', kept, '/vendors')).status).to.equal(303)
    const vendor = await vendorByReference('V-0001')
    expect(vendor?.registration).to.deep.equal({
      kind: 'CVR',
      number: '29412007',
      keptBecause: 'As printed in the agreement',
    })
  })

  it('save a vendor of which only a redacted name is known, and say what is missing', async () => {
    const redacted = {
      ...vendorForm,
      name: 'Xxx.xxx Group AB',
      registrationKind: 'SE',
      registrationNumber: '559205- 2400',
    }
    await submit(
      officer,
      '/vendors/new',
      { ...redacted, address: 'Xxxxxxxxxx 0 Xxxxx, 000 00 Xxxxx' },
      '/vendors',
    )
    const page = await visit(officer, '/vendors/V-0001')
    expect(page.text).to.include('SE 559205-2400').and.include('struck out')
  })

  it('add an empty row without judging or losing what was typed', async () => {
    const answer = await submit(
      officer,
      '/vendors/new',
      { ...vendorForm, name: '', add: 'contacts' },
      '/vendors',
    )
    expect(answer.status).to.equal(200)
    inspect(answer.text, 200)
    expect(answer.text).to.include('name="contacts[2][name]"').and.include('value="Dorthe Holm"')
    expect(answer.text).not.to.include('class="problems"')
  })

  it('take a new engagement and show what is missing', async () => {
    const { service } = await started()
    const form = { ...engagementForm, services: service }
    const from = '/engagements/new?vendor=V-0001'
    await visit(officer, from)
    const file = {
      field: 'contractFile',
      name: 'dpa.pdf',
      bytes: Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n'),
    }
    const answer = await submitFiles(officer, from, form, [file], '/engagements')
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/engagements/E-0001'])
    const engagement = await engagementByReference('E-0001')
    expect(engagement).to.deep.include({
      storageCountries: ['DK'],
      accessCountries: ['DK', 'IN'],
      subjects: ['employees', 'børn', 'pårørende'],
    })
    expect(engagement?.contract?.file).to.be.a('string')
    const page = await visit(officer, '/engagements/E-0001')
    expect(page.text)
      .to.include('Transfer basis for India')
      .and.include('dpa.pdf')
      .and.include('Basis missing')
    for (const url of [
      '/engagements/E-0001/edit',
      '/engagements/E-0001/end',
      '/engagements/E-0001/use',
      '/services',
    ])
      await visit(officer, url)
    expect((await visit(officer, '/register')).text).to.include('Planned')
  })

  const refused: [string, Record<string, string>, string][] = [
    ['Privacy Shield', { basis: 'privacy-shield', country: 'US' }, '16 July 2020'],
    ['Safe Harbour', { basis: 'safe-harbour', country: 'US' }, '6 October 2015'],
    ['the clauses of 2010', { basis: 'scc-2010', country: 'IN' }, '27 December 2022'],
    ['the clauses of 2001', { basis: 'scc-2001', country: 'IN' }, '27 December 2022'],
    [
      'an adequacy decision that does not exist',
      { basis: 'adequacy', country: 'IN' },
      'no adequacy decision on India',
    ],
    ['the DPF for another country', { basis: 'adequacy-dpf', country: 'IN' }, 'to India'],
    ['a basis for a country of the EEA', { basis: 'scc-2021', country: 'DK' }, 'Denmark is in the EU/EEA'],
    ['a basis for a country that is not named', { basis: 'scc-2021', country: 'BR' }, 'Also tick Brazil'],
  ]
  for (const [what, { basis, country }, reason] of refused)
    it(`refuse ${what} with the reason beside its field`, async () => {
      await started()
      const form = {
        ...engagementForm,
        storageCountries: ['US', 'DK'],
        'transfers[0][country]': '',
        'transfers[0][basis]': '',
        'transfers[1][country]': country,
        'transfers[1][basis]': basis,
      }
      const answer = await submitFiles(officer, '/engagements/new?vendor=V-0001', form, [], '/engagements')
      expect(answer.status).to.equal(422)
      const page = inspect(answer.text, 422)
      expect(page.text).to.include(reason)
      expect(answer.text).to.match(/id="field-transfers-1-(basis|country)-problem"/)
      expect(answer.text).to.include('Drift af webhoteller')
      expect(await engagementByReference('E-0001')).to.equal(null)
    })

  it('are closed to those who may not write', async () => {
    const { service } = await started()
    await createEngagement(tilsyn.context(), {
      ...engagementInput({ services: [service] }),
      vendor: (await vendorByReference('V-0001'))!._id,
    })
    const auditor = (await signedIn(tilsyn, 'auditor', 'da')).agent
    for (const url of [
      '/register',
      '/vendors',
      '/vendors/V-0001',
      '/engagements/E-0001',
      '/services',
      '/register/baseline',
    ])
      expect((await visit(auditor, url)).lang).to.equal('da')
    for (const url of ['/vendors/new', '/vendors/V-0001/edit', '/engagements/E-0001/edit', '/services/new'])
      expect((await auditor.get(url)).status).to.equal(403)
  })

  it('answer 404 for what is not there', async () => {
    for (const url of ['/vendors/V-9999', '/engagements/E-9999', '/services/S-99/edit'])
      expect((await officer.get(url)).status).to.equal(404)
  })
})
