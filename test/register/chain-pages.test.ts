import { expect } from 'chai'
import { addCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement, type Customer } from '../../src/customers/rules.js'
import { approve, createEngagement, createVendor } from '../../src/register/actions.js'
import { engagementByReference, EngagementModel } from '../../src/register/records.js'
import type { Engagement } from '../../src/register/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { engagementInput, vendorInput } from './builders.js'

describe('The pages of the chain', () => {
  const tilsyn = useApp()
  let officer: Agent

  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
  })

  async function link(
    name: string,
    parent: Engagement | null = null,
    vendor: Parameters<typeof vendorInput>[0] = {},
    input: Parameters<typeof engagementInput>[0] = {},
  ): Promise<Engagement> {
    const { _id } = await createVendor(tilsyn.context(), {
      ...vendorInput({ name, registration: null, noRegistrationBecause: 'Foreign', ...vendor }),
      from: '2025-01-01',
    })
    return createEngagement(tilsyn.context(), {
      ...engagementInput({ parent: parent?._id ?? null, ...input }),
      vendor: _id,
      from: '2025-01-01',
    })
  }

  async function customerWith(name: string, ...engagements: Engagement[]): Promise<Customer> {
    const customer = await addCustomer(tilsyn.context(), {
      name,
      isProcessor: false,
      agreement: { ...ordinaryAgreement, signedOn: '2025-02-01' },
      from: '2025-02-01',
      services: [],
      contacts: [],
    })
    await approve(
      tilsyn.context(),
      engagements.map(({ _id }) => ({
        customer: customer._id,
        engagement: _id,
        from: '2025-02-01',
        notice: null,
        kind: 'baseline' as const,
      })),
    )
    return customer
  }

  it('ask of a further link that is entered whether customers are told of it first (7.3), and say that it waits', async () => {
    const { reference } = await link('Hosting A/S')
    const form = {
      role: 'sub-processor',
      'activity[da]': 'Arkiv',
      'activity[en]': 'Archive',
      contractTemplate: 'none',
      noticeUnit: 'days',
      parent: reference,
      vendor: 'V-0001',
    }
    const from = '/engagements/new?vendor=V-0001'
    const unsaid = await submitFiles(officer, from, form, [], '/engagements')
    expect(unsaid.status).to.equal(422)
    expect(inspect(unsaid.text, 422).html).to.match(/href="#field-further"/)
    const saved = await submitFiles(officer, from, { ...form, further: 'by-notice' }, [], '/engagements')
    expect(saved.status).to.equal(303)
    expect((await engagementByReference('E-0002'))?.askedByItself).to.equal(true)
    expect((await visit(officer, '/engagements/E-0002')).text).to.include(
      'no customer sees it in its chain yet',
    )
    expect((await visit(officer, '/register/chain')).text).to.include('Planned: no customer has approved it')
    const { html } = await visit(officer, '/engagements/E-0002/edit')
    expect(html).to.match(/name="further" value="by-notice" checked/)
  })

  it('show every link with identity, address and contact, as a tree and as a table', async () => {
    const hosting = await link('Hosting A/S')
    const disks = await link('Disks Ltd', hosting, { contacts: [] })
    await link('Repairs GmbH', disks)
    await link('Printing ApS', null, {}, { role: 'own-vendor' })
    const tree = await visit(officer, '/register/chain')
    for (const said of [
      '3 links, 1 at the top, 3 levels',
      'Hosting A/S',
      'Uses 2 further sub-processors',
      'Disks Ltd',
      'Uses 1 further sub-processor',
      'Repairs GmbH',
      'Højvangen 4, 8660 Skanderborg',
      'Contact: Dorthe Holm, dpo@curanet.example',
      'No contact person stated',
      'Identity incomplete',
      'Of 1 link shown here, name, address or contact person is missing',
    ])
      expect(tree.text).to.contain(said)
    expect(tree.text, 'no chain of customers').not.to.contain('Printing ApS')
    expect(tree.html.match(/<details/g)).to.have.length(2)
    expect(tree.html.match(/<details/g)?.length).to.equal(tree.html.match(/<\/details>/g)?.length)
    expect(tree.html.match(/<li[ >]/g)?.length).to.equal(tree.html.match(/<\/li>/g)?.length)

    const table = await visit(officer, '/register/chain?as=table')
    expect(table.text).to.contain('3 Repairs GmbH E-0003 Complete Hosting A/S › Disks Ltd')
    expect((await visit(officer, '/register')).links).to.contain('/register/chain')
    expect((await visit(officer, '/register/chain?on=2024-12-31')).text).to.contain(
      'No sub-processor was recorded on that day',
    )
  })

  it('say of each link on what a transfer stands, and what nobody has stated (22/2024, para 88)', async () => {
    const hosting = await link('Hosting A/S')
    const scc = { country: 'US', basis: 'scc-2021' as const, module: 3 as const, signedOn: '2025-01-01' }
    await link('Disks Inc', hosting, {}, { accessCountries: ['US', 'IN'], transfers: [scc] })
    await link('Quiet Ltd', hosting, { address: '' }, { storageCountries: [], activity: { da: '', en: '' } })
    for (const as of ['tree', 'table']) {
      const { text } = await visit(officer, `/register/chain?as=${as}`)
      expect(text, as)
        .to.contain('Nothing leaves the EU/EEA')
        .and.contain('Transfer: India (basis not stated); United States (SCC, module 3)')
        .and.contain('Country of storage not stated')
        .and.contain('The processing is not described')
        .and.contain('No address stated')
    }
  })

  it('find a link wherever it hangs, with the chain it hangs in', async () => {
    const hosting = await link('Hosting A/S')
    const disks = await link('Disks Ltd', hosting)
    await link('Kaseya Inc', disks)
    await link('Others A/S')
    const page = await visit(officer, '/register/chain?q=kasey')
    expect(page.text)
      .to.contain('1 link matches “kasey”. Here it is with its whole chain.')
      .and.contain('Kaseya Inc E-0003 Matches the search')
      .and.contain('Hosting A/S')
      .and.not.contain('Others A/S')
    expect(page.links.some((url) => url.includes('as=table') && url.includes('q=kasey'))).to.equal(true)
    expect((await visit(officer, '/register/chain?q=zzz')).text).to.contain('No link of the chain matches')
    expect((await visit(officer, '/register/chain?q=%2F')).text).to.contain('Others A/S')
  })

  it("show one customer's chain on a day, and say so where it has approved nobody", async () => {
    const hosting = await link('Hosting A/S')
    await link('Disks Ltd', hosting)
    await link('Secret Ltd', await link('Others A/S'))
    const customer = await customerWith('Aalborg Kommune', hosting)
    const page = await visit(officer, `/register/chain?customer=${customer.reference}`)
    expect(page.h1).to.equal('The chain of Aalborg Kommune')
    expect(page.text).to.contain('Disks Ltd').and.not.contain('Secret Ltd')
    expect(
      (await visit(officer, `/register/chain?customer=${customer.reference}&on=2025-01-31`)).text,
    ).to.contain('had approved nobody')
    expect((await visit(officer, '/register/chain?customer=zzz')).text).to.contain('No customer matches')
  })

  it('stand on the engagement: the way down to it and the tree below', async () => {
    const hosting = await link('Hosting A/S')
    const disks = await link('Disks Ltd', hosting)
    const repairs = await link('Repairs GmbH', disks)
    await link('Spare parts AB', repairs)
    const page = await visit(officer, '/engagements/E-0003')
    const chain = page.html.slice(page.html.indexOf('id="chain"'))
    expect(chain).to.match(/Hosting A\/S[\s\S]*Disks Ltd[\s\S]*Repairs GmbH[\s\S]*Spare parts AB/)
    expect(page.links).to.include.members(['/engagements/E-0003/move', '/register/chain'])
    expect((await visit(officer, '/engagements/E-0004')).text).to.contain(
      'No further link is recorded below it',
    )
  })

  it('say what to do about a link that hangs on what has ended, and about a circle', async () => {
    const hosting = await link('Hosting A/S')
    await link('Disks Ltd', hosting)
    const one = await link('One A/S')
    const other = await link('Other A/S', one)
    await EngagementModel.updateOne(
      { _id: hosting._id },
      { $set: { endedOn: '2026-11-01', listed: false } as never },
    )
    await EngagementModel.updateOne(
      { _id: one._id },
      { $set: { parent: other._id, 'versions.0.content.parent': other._id, listed: false } as never },
    )
    const page = await visit(officer, '/register/chain')
    expect(page.text).to.contain('3 links hang on something that has ended')
    expect(page.text).to.contain('The link above has ended').and.contain('If nobody does, end it.')
    expect(page.text).to.contain('Leads back to itself').and.contain('Move one of them to the top')
    const faults = await visit(officer, '/register/chain?only=faults')
    expect(faults.text).to.contain('Disks Ltd').and.contain('Show the whole chain')
    expect((await visit(officer, '/engagements/E-0002')).text).to.contain('The link above has ended')
    expect((await visit(officer, '/engagements/E-0003')).text).to.contain('Leads back to itself')
    expect((await visit(officer, '/register/worklist')).text).to.contain('3 links of the chain hang on')
    const form = await visit(officer, '/engagements/E-0002/edit')
    expect(form.text, 'saving something else keeps its place').to.contain('Hosting A/S, ended: ')
  })

  it('move a branch after a preview, with a reason', async () => {
    const hosting = await link('Hosting A/S')
    const backup = await link('Backup A/S')
    const disks = await link('Disks Ltd', hosting)
    await link('Repairs GmbH', disks)
    await customerWith('Aalborg Kommune', hosting)
    await customerWith('Ærø Kommune', backup)
    const choose = await visit(officer, '/engagements/E-0003/move')
    expect(choose.text).to.contain('Nobody: we use it ourselves').and.contain('Backup A/S: ')
    expect(choose.html, 'not under itself or what hangs below it').not.to.contain('value="E-0004"')
    const preview = await visit(officer, '/engagements/E-0003/move?to=E-0002')
    for (const said of [
      'Backup A/S › Disks Ltd',
      'Repairs GmbH',
      '1 customer sees it from today who did not before',
      'Ærø Kommune',
      '1 customer sees it no more from today',
      'Aalborg Kommune',
      'send a notice first',
    ])
      expect(preview.text).to.contain(said)
    const form = { version: '1', to: 'E-0002', because: '' }
    const from = '/engagements/E-0003/move?to=E-0002'
    const to = '/engagements/E-0003/move'
    const wanting = await submit(officer, from, form, to)
    expect(wanting.status).to.equal(422)
    expect(inspect(wanting.text, 422).text).to.contain('Why it is moved')
    const moved = await submit(officer, from, { ...form, because: 'Wrong from the start' }, to)
    expect(moved.status).to.equal(303)
    expect((await engagementByReference('E-0003'))?.parent).to.equal(backup._id)
    const page = await visit(officer, '/engagements/E-0003')
    expect(page.text).to.contain('Moved in the chain').and.contain('Wrong from the start')
    const top = from.replace('E-0002', 'top')
    expect((await visit(officer, top)).text).to.contain('you need a contract with it yourselves (clause 7.4)')
    const late = { ...form, to: 'top', because: 'The reason as typed' }
    const again = await submit(officer, top, late, to)
    expect(again.status, 'on the version of before').to.equal(409)
    expect(inspect(again.text, 409).text)
      .to.contain('changed this in the meantime')
      .and.contain('The reason as typed')
  })

  it('refuse a circle with what is wrong, before and at the move', async () => {
    const hosting = await link('Hosting A/S')
    await link('Disks Ltd', hosting)
    expect((await visit(officer, '/engagements/E-0001/move?to=E-0002', 409)).text).to.contain('close a ring')
    const answer = await submit(
      officer,
      '/engagements/E-0002/move?to=top',
      { version: '1', to: 'E-0002', because: 'x' },
      '/engagements/E-0001/move',
    )
    expect(answer.status).to.equal(409)
    expect(inspect(answer.text, 409).text).to.contain('close a ring')
    expect((await visit(officer, '/engagements/E-0001/move?to=E-9999', 422)).text).to.contain(
      'Nothing matches',
    )
  })

  it('find the new place by search where there are too many to choose from', async () => {
    const { _id } = await createVendor(tilsyn.context(), {
      ...vendorInput({ name: 'Mange A/S' }),
      from: '2025-01-01',
    })
    for (let at = 0; at < 31; at += 1)
      await createEngagement(tilsyn.context(), { ...engagementInput(), vendor: _id, from: '2025-01-01' })
    await link('Særlig ApS')
    const page = await visit(officer, '/engagements/E-0001/move')
    expect(page.text).to.contain('choose among those that match').and.not.contain('Særlig')
    const one = await visit(officer, '/engagements/E-0001/move?to=saerl')
    expect(one.text, 'the one that is meant is taken').to.contain('Særlig ApS').and.contain('Moves along')
    const none = await visit(officer, '/engagements/E-0001/move?to=zzz', 422)
    expect(none.text).to.contain('Nothing matches “zzz”')
    const several = await visit(officer, '/engagements/E-0001/move?to=mange', 422)
    expect(several.text).to.contain('Which one do you mean by “mange”?').and.contain('There are more')
  })

  it('are read by an auditor, who moves nothing', async () => {
    await link('Disks Ltd', await link('Hosting A/S'))
    const auditor = (await signedIn(tilsyn, 'auditor')).agent
    expect((await visit(auditor, '/register/chain')).text).to.contain('Disks Ltd')
    expect((await visit(auditor, '/engagements/E-0002')).links).not.to.contain('/engagements/E-0002/move')
    expect((await auditor.get('/engagements/E-0002/move')).status).to.equal(403)
  })
})
