import { expect } from 'chai'
import request from 'supertest'
import { ensureLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { draftNotice, issueNotice } from '../../src/notices/actions.js'
import { approve, createSite, editEngagement, moveBranch, planChange } from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { visit } from '../support/visit.js'
import { aDraft, anEngagement, aWorld, customersOf, officer } from '../notices/world.js'

describe("the chain on the customer's page", () => {
  const tilsyn = useApp()

  it('names everyone below what the customer has approved on any day, as tree and table, and nobody else', async () => {
    tilsyn.moveTo('2026-02-02T09:00:00Z')
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{ name: 'Bakkeby Kommune' }])
    if (!customer) throw new Error('no customer')
    const below = (name: string, parent: string) =>
      anEngagement(tilsyn, name, [world.hosting._id], { parent, contract: null })
    const disks = await below('Diske ApS', world.old._id)
    await below('Reparation GmbH', disks._id)
    await below('Hemmelig ApS', world.planned._id)
    await anEngagement(tilsyn, 'Revisor ApS', [], { parent: world.old._id, role: 'own-vendor' })

    const contact = customer.contacts[0]?.id ?? ''
    const link = await ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: customer._id,
      contact,
      about: { kind: 'customer', id: customer._id },
      expiresOn: '2027-11-24',
    })
    const reader = request.agent(tilsyn.app)
    const open = () => reader.get(new URL(linkUrl(link, linkMaker(tilsyn.house))).pathname)
    await open()
    const base = `/c/${link._id}/list`

    const tree = await visit(reader, base)
    for (const said of [
      '2 underdatabehandlere i de næste led bruges under disse den 2. februar 2026',
      'Gammelby Drift ApS',
      'Bruger 2 underdatabehandlere i de næste led',
      'Diske ApS',
      'Reparation GmbH',
      'Havnegade 3, 5800 Nyborg',
      'Kontakt: Ida Holm, ida@nyborg.example',
    ])
      expect(tree.text).to.contain(said)
    expect(tree.text, 'not approved by it').not.to.contain('Hemmelig')
    expect(tree.text, 'no sub-processor').not.to.contain('Revisor')
    expect(tree.text, 'our own numbers and judgements').not.to.match(/E-000\d|Komplet|Mangler/)
    expect(tree.links.filter((url) => /^\/(?:engagements|register|vendors)/.test(url))).to.deep.equal([])

    // C.5: beside them our own places, as they are on the day.
    const office = { kind: 'office', address: 'Kontorvej 1, 2600 Glostrup', country: 'DK' } as const
    await createSite(tilsyn.context(), { ...office, operator: null, services: [], from: '2026-02-01' })
    const withSites = await visit(reader, base)
    expect(withSites.text).to.contain('Hvor vi selv behandler oplysninger').and.contain('Kontorvej 1')
    expect((await visit(reader, `${base}?on=2026-01-31`)).text).not.to.contain('Kontorvej 1')

    const table = await visit(reader, `${base}?as=table`)
    expect(table.text).to.contain('Reparation GmbH Gammelby Drift ApS › Diske ApS')
    expect((await visit(reader, `${base}?as=table&lang=en`)).text).to.contain(
      '2 further sub-processors are used',
    )
    await visit(reader, `${base}?lang=da`)

    // Moved away today: yesterday's chain is as it was, today's ends with the approved one.
    tilsyn.moveTo('2026-03-02T09:00:00Z')
    await open()
    const { reference, version } = disks
    await moveBranch(tilsyn.context(), { reference, version }, { to: world.planned.reference, because: 'x' })
    expect((await visit(reader, `${base}?on=2026-03-01`)).text).to.contain('Reparation GmbH')
    const now = await visit(reader, base)
    expect(now.text).to.contain('Ingen underdatabehandler i næste led er registreret')
    expect(now.text).not.to.contain('Diske ApS')
    expect((await visit(reader, `${base}?on=2025-12-31`)).text, 'nothing approved').not.to.contain(
      'Hele kæden',
    )

    // Clause 7.3: what is being announced is read of in the notice first, also where it was entered before.
    const tapes = await below('Bånd ApS', world.old._id)
    expect((await visit(reader, base)).text).to.contain('Bånd ApS')
    const { reference: draft, version: drafted } = await draftNotice(tilsyn.context(), aDraft(tapes))
    expect((await visit(reader, base)).text, 'a draft').not.to.contain('Bånd ApS')
    await issueNotice(tilsyn.context(officer), { reference: draft, version: drafted }, ['laterStart'])
    expect((await visit(reader, base)).text, 'on its way').not.to.contain('Bånd ApS')

    // So with a change of a further link that it has: it goes on as it is until the changed one is permitted.
    const permitted = { customer: customer._id, engagement: tapes._id, from: '2026-03-02', notice: 'n1' }
    await approve(tilsyn.context(), [{ ...permitted, kind: 'no-objection' }])
    const change = await planChange(tilsyn.context(), tapes.reference)
    await editEngagement(tilsyn.context(), change, { ...change, storageCountries: ['IS'] })
    const changing = await visit(reader, base)
    expect(changing.text).to.contain('Bånd ApS').and.not.contain('Island')
  })
})
