import { expect } from 'chai'
import { createEngagement, createService, createVendor } from '../../src/register/actions.js'
import type { Engagement } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('The worklist', () => {
  const tilsyn = useApp()
  let officer: Agent
  let hosting: string
  let telephony: string

  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
    hosting = (await createService(tilsyn.context(), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 }))
      ._id
    telephony = (
      await createService(tilsyn.context(), { name: { da: 'Telefoni', en: 'Telephony' }, order: 2 })
    )._id
  })

  async function engagement(
    vendor: Parameters<typeof vendorInput>[0],
    input: Parameters<typeof engagementInput>[0],
  ): Promise<Engagement> {
    const { _id } = await createVendor(tilsyn.context(), vendorInput(vendor))
    return createEngagement(tilsyn.context(), { ...engagementInput(input), vendor: _id })
  }

  it('says what is missing, why and where it is filled in, and lets go of what is', async () => {
    await engagement({ address: '', contacts: [] }, { dataCategories: [], contract: null })
    const page = await visit(officer, '/register/worklist')
    for (const said of [
      '0% complete: 0 of 1 engagement',
      '5 of 9 single details',
      'Enter the address',
      'Source: EDPB 22/2024, paras 31-32; Annex B.1',
      'Add a contact person',
      'Source: Art. 28(3)',
      'Source: Art. 28(4)',
    ])
      expect(page.text).to.contain(said)
    // Every link leads to a field that is in that form.
    const fields = [...page.html.matchAll(/href="(\/(?:vendors|engagements)\/[^"]+\/edit)#([^"]+)"/g)]
    expect(fields).to.have.length(4)
    for (const [, form = '', place = ''] of fields)
      expect((await officer.get(form)).text, `${form}#${place}`).to.contain(`id="${place}"`)

    const form = {
      version: '1',
      name: 'Curanet A/S',
      registrationKind: 'CVR',
      registrationNumber: '29412006',
      address: 'Højvangen 4',
      country: 'DK',
    }
    expect((await submit(officer, '/vendors/V-0001/edit', form)).status).to.equal(303)
    const after = await visit(officer, '/register/worklist')
    expect(after.text).not.to.contain('Enter the address')
    expect(after.text).to.contain('6 of 9 single details')
  })

  it('is empty in an empty register, and where nothing is missing', async () => {
    expect((await visit(officer, '/register/worklist')).text).to.contain('No engagement is running')
    await engagement({}, {})
    const page = await visit(officer, '/register/worklist')
    expect(page.text).to.contain('100% complete').and.contain('Nothing is missing')
  })

  it('puts sub-processors first, then further links, then other vendors', async () => {
    const lacking = { contract: null, registration: null }
    await engagement({ name: 'A Own', ...lacking }, { role: 'own-vendor', contract: null })
    const top = await engagement({ name: 'C Top' }, { contract: null })
    await engagement({ name: 'B Further', contacts: [] }, { parent: top._id })
    const { text } = await visit(officer, '/register/worklist')
    expect(text).to.match(/C Top.*B Further.*A Own/)
    expect(text).to.contain('Further down the chain')
  })

  it('filters by what is missing, service and role, and counts', async () => {
    await engagement({ name: 'Host A/S', contacts: [] }, { services: [hosting], contract: null })
    await engagement({ name: 'Phone A/S', contacts: [] }, { services: [telephony] })
    const one = await visit(officer, '/register/worklist?service=S-01')
    expect(one.text).to.contain('Host A/S').and.not.contain('Phone A/S')
    expect(one.text).to.contain('Contact person (1)')
    const contracts = await visit(officer, '/register/worklist?field=contract')
    expect(contracts.text)
      .to.contain('Host A/S')
      .and.not.contain('Phone A/S')
      .and.not.contain('Add a contact person')
    expect((await visit(officer, '/register/worklist?role=own-vendor')).text).to.contain(
      'Nothing is missing of what the filters ask for',
    )
    const grouped = await visit(officer, '/register/worklist?by=field')
    expect(grouped.text).to.contain('Contact person 2 lack it').and.contain('Signed agreement 1 lacks it')
    expect((await visit(officer, '/register/worklist?by=field&field=contact&page=9')).h1).to.equal(
      'What is missing',
    )
    expect(
      (await visit(officer, '/register/worklist?by=zzz&field=zzz&service=zzz&role=zzz&page=-1')).text,
    ).to.contain('Host A/S')
  })

  it('comes in pages', async () => {
    const { _id } = await createVendor(tilsyn.context(), vendorInput({ contacts: [] }))
    for (let at = 0; at < 45; at += 1)
      await createEngagement(tilsyn.context(), { ...engagementInput(), vendor: _id })
    const first = await visit(officer, '/register/worklist')
    expect(first.html).to.contain('page=2')
    const second = await visit(officer, '/register/worklist?page=2')
    const shown = [first, second].map(({ text }) => text.match(/\bE-\d{4}(?= Sub-processor)/g) ?? [])
    expect(shown.map(({ length }) => length)).to.deep.equal([40, 5])
    expect(new Set(shown.flat()).size).to.equal(45)
    const grouped = await visit(officer, '/register/worklist?by=field&field=contact')
    expect(grouped.text, "the vendor's contact is missing once").to.contain('Contact person 1 lacks it')
  })

  it('names complete records that nobody has looked at for a year, until somebody does', async () => {
    await engagement({}, {})
    expect((await visit(officer, '/register/worklist?by=stale')).text).to.contain('within the last year')
    tilsyn.moveTo('2027-11-23')
    officer = (await signedIn(tilsyn)).agent
    const stale = await visit(officer, '/register/worklist?by=stale')
    expect(stale.text).to.contain('Curanet A/S').and.contain('23 Nov 2026')
    expect((await visit(officer, '/engagements/E-0001')).text).to.contain('Not looked over for a year')
    const answer = await submit(
      officer,
      '/engagements/E-0001',
      { version: '1' },
      '/engagements/E-0001/looked-over',
    )
    expect(answer.status).to.equal(303)
    expect((await visit(officer, '/register/worklist?by=stale')).text).to.contain('within the last year')
    const page = await visit(officer, '/engagements/E-0001')
    expect(page.text).to.contain('Looked over: nothing has changed').and.contain('23 November 2027')
    const late = await submit(
      officer,
      '/engagements/E-0001',
      { version: '1' },
      '/engagements/E-0001/looked-over',
    )
    expect(late.status, 'somebody saved in between').to.equal(409)
  })

  it('is open to an auditor, without ways to change anything', async () => {
    await engagement({ contacts: [] }, {})
    const auditor = (await signedIn(tilsyn, 'auditor')).agent
    const page = await visit(auditor, '/register/worklist')
    expect(page.text).to.contain('Add a contact person')
    expect(page.links.filter((url) => url.includes('/edit'))).to.deep.equal([])
  })

  it('shows how complete the register is on the list and on the overview', async () => {
    await engagement({}, {})
    await engagement({ name: 'Other A/S', contacts: [] }, {})
    for (const url of ['/register', '/']) {
      const page = await visit(officer, url)
      expect(page.text, url).to.contain('50% complete: 1 of 2 engagements')
      expect(page.text, url).not.to.contain('Of the sub-processors')
      expect(page.links, url).to.contain('/register/worklist')
    }
    // Of others less is asked: they must not make the share that customers ask for look better.
    await engagement({ name: 'Printing ApS', contacts: [] }, { role: 'own-vendor' })
    expect((await visit(officer, '/register/worklist')).text).to.contain(
      '66% complete: 2 of 3 engagements hold every detail asked for. Of the sub-processors: 50%, 1 of 2 engagements.',
    )
  })
})
