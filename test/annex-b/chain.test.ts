import { expect } from 'chai'
import type { Customer } from '../../src/customers/rules.js'
import { approve, createEngagement, createVendor, listOn } from '../../src/register/actions.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { aSignedCustomer, download, path, readPdf } from './handed.js'

describe('Annex B', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  let customer: Customer

  beforeEach(async () => {
    customer = await aSignedCustomer(tilsyn)
  })

  it('lists the links further down the chain with contact, country and basis where it is complete (EDPB 22/2024)', async () => {
    const { agent } = await signedIn(tilsyn)
    const [curanet] = (await listOn(customer._id, '2026-11-23')).filter(
      ({ content }) => content.parent === null,
    )
    let parent = curanet?.engagement ?? null
    for (const name of ['Stenvad Storage ApS', 'Deep Archive Ltd.']) {
      const { _id: vendor } = await createVendor(tilsyn.context(), vendorInput({ name }))
      const link = engagementInput({
        parent,
        services: [],
        storageCountries: ['IE'],
        accessCountries: ['IE'],
      })
      parent = (await createEngagement(tilsyn.context(), { ...link, vendor }))._id
    }
    const order = { on: '2026-11-23', lang: 'en', format: 'pdf' }
    const { text } = await readPdf((await download(agent, path({ ...order, columns: 'complete' }))).bytes)
    for (const said of [
      'Further links of the chain 2 sub-processors are used by those on the list',
      'Deep Archive Ltd.',
      'Curanet A/S › Stenvad Storage ApS',
      'Storage: Ireland',
    ])
      expect(text).to.include(said)
    expect(text.match(/Contact: Dorthe Holm, dpo@curanet.example/g)).to.have.length(3)
    const { bytes } = await download(agent, path({ ...order, columns: 'b1' }))
    expect((await readPdf(bytes)).text).not.to.include('Deep Archive')
  })

  it('names one above in the chain that the customer has not approved, and says so', async () => {
    const { agent } = await signedIn(tilsyn)
    const [own] = (await listOn(customer._id, '2026-11-23')).filter(({ content }) => content.parent === null)
    const links: string[] = []
    for (const [name, parent] of [
      ['Uden Aftale ApS', null],
      ['Under Ukendt ApS', 0],
      ['Under Kendt ApS', own?.engagement ?? null],
    ] as const) {
      const { _id: vendor } = await createVendor(tilsyn.context(), vendorInput({ name }))
      const above = parent === 0 ? (links[0] ?? null) : parent
      const facts = engagementInput({ parent: above, services: own?.content.services ?? [] })
      links.push((await createEngagement(tilsyn.context(), { ...facts, vendor }))._id)
    }
    await approve(
      tilsyn.context(),
      links.slice(1).map((engagement) => ({
        customer: customer._id,
        engagement,
        from: '2026-11-23',
        notice: null,
        kind: 'baseline' as const,
      })),
    )
    const order = { on: '2026-11-23', lang: 'en', format: 'pdf', columns: 'complete' }
    const { text } = await readPdf((await download(agent, path(order))).bytes)
    expect(text).to.include('Uden Aftale ApS (not approved on this list)')
    expect(text).to.include(`Used through: ${own?.content.vendorName}`)
    expect(text).not.to.include(`${own?.content.vendorName} (not approved`)
  })
})
