import { expect } from 'chai'
import { endCustomer, customerByReference } from '../../src/customers/actions.js'
import { confirmDeletion, confirmUse } from '../../src/notices/actions.js'
import {
  editEngagement,
  editVendor,
  listForAll,
  listOn,
  vendorByReference,
  vendorsByIds,
} from '../../src/register/actions.js'
import { visit } from '../support/visit.js'
import { useJourney } from './house.js'
import { aContact, anAddition, announce, asItStands, buildWorld, cleared, engage, since } from './world.js'

describe('Who was approved on a day', function () {
  this.timeout(120_000)
  const house = useJourney()

  it('is read for any past day, through a replacement, a deletion and a change of address', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Kunde A/S', contacts: [aContact('dpo@kunde.example')] },
      {
        name: 'Langsom A/S',
        contacts: [aContact('dpo@langsom.example')],
        agreement: { notice: { length: 60, unit: 'days' } },
      },
    ])
    const [customer, slow] = world.customers
    const notice = await announce(
      house.officer(),
      anAddition(world, {
        lines: [
          { kind: 'replacement', engagement: world.planned.reference, replaces: world.present.reference },
        ],
        plannedStart: '2027-02-01',
      }),
    )
    await house.work()
    const line = notice.lines[0]!.id
    await house.goTo('2027-02-01')
    await confirmUse(house.officer(), notice.reference, line, '2027-02-01')
    // Both stand on the list until the old one's deletion is confirmed: until then it still holds the data.
    expect(await house.listOf(customer!, '2027-02-01')).to.deep.equal(['Curanet A/S', 'Sikkerkopi ApS'])
    await house.goTo('2027-02-15')
    await confirmDeletion(house.officer(), notice.reference, line, '2027-02-15')

    const vendor = await vendorOf(world.planned.vendor)
    await house.goTo('2027-03-01')
    const { reference, version, ...facts } = vendor
    await editVendor(
      house.officer(),
      { reference, version },
      { ...inputOf(facts), address: 'Nyvej 9, 8000 Aarhus C' },
      'Flyttet',
    )

    expect(await house.listOf(customer!, '2023-12-31'), 'before the agreement').to.deep.equal([])
    expect(await house.listOf(customer!, since)).to.deep.equal(['Curanet A/S'])
    expect(await house.listOf(customer!, '2026-12-28')).to.deep.equal(['Curanet A/S'])
    expect(await house.listOf(customer!, '2026-12-29')).to.deep.equal(['Curanet A/S', 'Sikkerkopi ApS'])
    expect(await house.listOf(slow!, '2026-12-29'), 'its own, longer period').to.deep.equal(['Curanet A/S'])
    expect(await house.listOf(slow!, '2027-01-26')).to.deep.equal(['Curanet A/S', 'Sikkerkopi ApS'])
    expect(await house.listOf(customer!, '2027-02-14')).to.deep.equal(['Curanet A/S', 'Sikkerkopi ApS'])
    expect(await house.listOf(customer!, '2027-02-15')).to.deep.equal(['Sikkerkopi ApS'])
    const addressOn = async (day: string) => (await listOn(customer!._id, day)).at(-1)?.content.address
    expect(await addressOn('2027-02-28')).to.equal('Højvangen 4, 8660 Skanderborg')
    expect(await addressOn('2027-03-01')).to.equal('Nyvej 9, 8000 Aarhus C')
    expect((await listForAll('2027-02-20')).map(({ content }) => content.vendorName)).to.deep.equal([
      'Sikkerkopi ApS',
    ])

    const { agent, page } = await house.open('dpo@kunde.example')
    const past = await visit(agent, `${page}/list?on=2026-12-28`)
    expect(past.text).to.include('Curanet A/S').and.not.to.include('Sikkerkopi ApS')
    const now = await visit(agent, `${page}/list`)
    expect(now.text).to.include('Sikkerkopi ApS').and.to.include('Nyvej 9').and.not.to.include('Curanet A/S')
  })

  it('is not changed afterwards by what the register learns later, nor by the customer leaving', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Kunde A/S', contacts: [aContact('dpo@kunde.example')] },
    ])
    const customer = world.customers[0]!
    const then = await listOn(customer._id, '2026-11-23')
    await house.goTo('2026-12-01')
    const { reference, version } = await asItStands(world.present)
    const changed = { ...cleared, services: [world.service._id], storageCountries: ['DK', 'SE'] }
    await editEngagement(house.officer(), { reference, version }, changed, { because: 'Nyt datacenter' })
    await engage(house.officer(), 'Ny Leverandør ApS', { services: [world.service._id] })
    const ending = (await customerByReference(customer.reference))!
    await endCustomer(house.officer(), ending, { on: '2026-12-15', because: 'Opsagt' })
    await house.goTo('2027-01-15')
    expect(await listOn(customer._id, '2026-11-23')).to.deep.equal(then)
    expect((await listOn(customer._id, '2026-12-01'))[0]?.content.storageCountries).to.deep.equal([
      'DK',
      'SE',
    ])
  })

  async function vendorOf(id: string) {
    const [row] = await vendorsByIds([id])
    return (await vendorByReference(row!.reference))!
  }

  function inputOf({
    name,
    registration,
    address,
    country,
    contacts,
  }: Omit<Awaited<ReturnType<typeof vendorOf>>, 'reference' | 'version'>) {
    return { name, registration, address, country, contacts }
  }
})
