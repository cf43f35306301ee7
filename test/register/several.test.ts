import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import {
  approve,
  createEngagement,
  createService,
  createVendor,
  endEngagement,
  engagementByReference,
  vendorByReference,
} from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('Changing several engagements at once', () => {
  const tilsyn = useApp()
  let officer: Agent
  let service: string

  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
    const context = tilsyn.context()
    service = (await createService(context, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))._id
    const { _id: vendor } = await createVendor(context, vendorInput())
    for (let place = 1; place <= 4; place += 1)
      await createEngagement(context, { ...engagementInput(), vendor })
    const [second, third] = [await engagement('E-0002'), await engagement('E-0003')]
    const from = tilsyn.today()
    await approve(context, [{ customer: 'k', engagement: second._id, from, notice: null, kind: 'baseline' }])
    await endEngagement(context, third, { on: from, because: 'opsagt' })
  })

  const engagement = async (reference: string) => (await engagementByReference(reference))!
  const several = '/engagements/several'
  const preview = (fields: Record<string, string>) =>
    `${several}?${new URLSearchParams({ asked: 'sort=reference', ...fields }).toString()}`

  it('asks for a choice first', async () => {
    expect((await visit(officer, several)).text).to.include('Choose at least one in the list first.')
    const page = await visit(officer, preview({ ids: 'E-0001,E-0002' }))
    expect(page.text).to.include('2 are chosen').and.include('Add a service').and.include('E-0001, E-0002')
    expect(page.links.map((link) => link.replaceAll('&amp;', '&'))).to.include(
      '/engagements/export?format=csv&ids=E-0001,E-0002',
    )
    expect((await officer.get('/engagements/export?format=csv&ids=E-0002')).status).to.equal(200)
    expect((await visit(officer, preview({ all: 'yes' }))).text).to.include('4 are chosen')
    expect((await visit(officer, `${several}?all=yes&asked=state%3Dapproved`)).text).to.include('1 is chosen')
  })

  it('takes all of a selection the list was narrowed to, and leads back to where one was', async () => {
    const list = await visit(officer, '/engagements?ids=E-0001,E-0002&sort=reference')
    const asked = /name="asked" value="([^"]*)"/.exec(list.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const page = await visit(officer, `${several}?${new URLSearchParams({ all: 'yes', asked }).toString()}`)
    expect(page.text).to.include('2 are chosen')
    expect(page.html).to.include('href="/engagements?sort=reference&amp;ids=E-0001,E-0002"')
    const fields = {
      ids: 'E-0001',
      expected: 'E-0001',
      asked: `${asked}&page=zz&view=all`,
      action: 'assurance',
    }
    const answer = await submit(
      officer,
      preview({ ids: 'E-0001', action: 'assurance', owed: 'yes' }),
      { ...fields, owed: 'yes' },
      several,
    )
    expect(answer.headers['location']).to.equal(
      '/engagements?sort=reference&ids=E-0001,E-0002&view=all&page=zz',
    )
  })

  it('changes nothing the preview did not say it would', async () => {
    const page = preview({ ids: 'E-0001,E-0004', action: 'add-service', addService: service })
    const answer = await submit(
      officer,
      page,
      { ids: 'E-0001,E-0004', expected: 'E-0001', asked: '', action: 'add-service', addService: service },
      several,
    )
    expect(answer.status).to.equal(303)
    expect((await visit(officer, '/engagements')).text).to.include('Changed: 1.')
    expect([(await engagement('E-0001')).services, (await engagement('E-0004')).services]).to.deep.equal([
      [service],
      [],
    ])
  })

  // Clause 7.3: what customers have approved changes by a notice.
  it('shows for each what will happen, and why not, before anything is changed', async () => {
    const page = await visit(officer, preview({ all: 'yes', action: 'add-service', addService: service }))
    expect(page.text).to.include('2 will be changed').and.include('2 cannot be changed')
    expect(page.text).to.include('Service Hosting')
    expect(page.text).to.include('E-0002 : is approved by customers; its services change by a notice')
    expect(page.text).to.include('E-0003 : has ended')
    expect((await engagement('E-0001')).services).to.deep.equal([])
  })

  it('changes those it can, logs each, and a repeat changes nothing', async () => {
    const address = preview({ all: 'yes', action: 'add-service', addService: service })
    const fields = { ids: 'E-0001,E-0002,E-0003,E-0004', expected: 'E-0001,E-0004', asked: 'sort=reference' }
    const change = { ...fields, action: 'add-service', addService: service }
    const answer = await submit(officer, address, change, several)
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/engagements?sort=reference'])
    expect((await visit(officer, '/engagements?sort=reference')).text).to.include(
      'Changed: 2. Were so already: 0. Could not be changed: 2.',
    )
    const first = await engagement('E-0001')
    expect([first.services, (await engagement('E-0002')).services]).to.deep.equal([[service], []])
    expect((await historyOf('engagement', first._id)).map(({ event }) => event)).to.deep.equal([
      'engagement.edited',
      'engagement.added',
    ])
    await submit(
      officer,
      preview({ ids: 'E-0001' }) + '&action=diligence&concludedOn=2026-11-01&conclusion=accepted',
      change,
      several,
    )
    expect((await engagement('E-0001')).version).to.equal(first.version)
    const again = await visit(officer, address)
    expect(again.text).to.include('2 are so already').and.include('There is nothing to change.')
  })

  it('sets due diligence, their notice and the assurance owed, on what customers have approved too', async () => {
    const ids = 'E-0001,E-0002'
    const page = preview({ ids, action: 'assurance', owed: 'yes' })
    const send = (fields: Record<string, string>) =>
      submit(officer, page, { ids, asked: '', ...fields }, several)
    expect(
      (await send({ action: 'diligence', concludedOn: '2026-11-01', conclusion: 'accepted' })).status,
    ).to.equal(303)
    expect((await send({ action: 'their-notice', noticeLength: '45', noticeUnit: 'days' })).status).to.equal(
      303,
    )
    expect((await send({ action: 'assurance', owed: 'yes' })).status).to.equal(303)
    const { dueDiligence, theirNotice, assurance, contract } = await engagement('E-0002')
    expect(dueDiligence).to.deep.include({ concludedOn: '2026-11-01', conclusion: 'accepted' })
    expect(theirNotice).to.deep.equal({ length: 45, unit: 'days' })
    expect(assurance).to.deep.equal({ owed: true })
    // What was not asked for stays.
    expect(contract).to.deep.include({ signedOn: '2024-06-01', template: 'ours' })
  })

  it('keeps what was typed when it cannot be read', async () => {
    const wrong = await officer.get(
      preview({ ids: 'E-0001', action: 'diligence', concludedOn: '2027-01-01' }),
    )
    const page = inspect(wrong.text, 422)
    expect([wrong.status, page.html.includes('2027-01-01')]).to.deep.equal([422, true])
    await visit(officer, preview({ ids: 'E-0001', action: 'nonsense' }))
  })

  it('tells what had changed between the preview and the confirmation, and does the rest', async () => {
    const page = preview({ ids: 'E-0001,E-0004', action: 'add-service', addService: service })
    const { _id } = await engagement('E-0004')
    const from = tilsyn.today()
    await approve(tilsyn.context(), [
      { customer: 'k', engagement: _id, from, notice: null, kind: 'baseline' },
    ])
    const ids = 'E-0001,E-0004'
    const answer = await submit(
      officer,
      page,
      { ids, expected: ids, asked: '', action: 'add-service', addService: service },
      several,
    )
    const shown = inspect(answer.text, 409)
    expect(answer.status).to.equal(409)
    expect(shown.text).to.include('1 has been changed').and.include('1 cannot be changed')
  })

  it('is closed to those who only read', async () => {
    const auditor = (await signedIn(tilsyn, 'auditor')).agent
    expect((await auditor.get(`${several}?ids=E-0001`)).status).to.equal(403)
    expect((await visit(auditor, '/engagements')).html).not.to.include('name="ids"')
  })

  it('fills in vendors’ countries where they are missing, and the language of their contacts', async () => {
    await createVendor(tilsyn.context(), vendorInput({ name: 'Uden land', country: null, contacts: [] }))
    const ids = 'V-0001,V-0002'
    const page = await visit(officer, `/vendors/several?ids=${ids}&action=seat&country=SE`)
    expect(page.text).to.include('1 will be changed').and.include('has another country already')
    const send = (fields: Record<string, string>) =>
      submit(
        officer,
        `/vendors/several?ids=${ids}&action=seat&country=SE`,
        { ids, asked: '', ...fields },
        '/vendors/several',
      )
    await send({ action: 'seat', country: 'SE' })
    expect([
      (await vendorByReference('V-0001'))?.country,
      (await vendorByReference('V-0002'))?.country,
    ]).to.deep.equal(['DK', 'SE'])
    await send({ action: 'language', locale: 'en' })
    expect((await vendorByReference('V-0001'))?.contacts.map(({ locale }) => locale)).to.deep.equal(['en'])
  })
})
