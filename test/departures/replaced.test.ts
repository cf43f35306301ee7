import { expect } from 'chai'
import { departureOf, lookForEndings, registerAnswer } from '../../src/departures/actions.js'
import { departuresOfEngagement } from '../../src/departures/records.js'
import { workOnDepartures } from '../../src/departures/timers.js'
import { confirmDeletion, confirmUse, noticeByReference } from '../../src/notices/actions.js'
import { aCustomer, anAddition, announce, buildWorld } from '../journeys/world.js'
import { useJourney } from '../journeys/house.js'

describe('A replaced sub-processor', function () {
  this.timeout(120_000)
  const journey = useJourney()

  async function replaced() {
    const world = await buildWorld(journey.officer(), [aCustomer(1), aCustomer(2)])
    const notice = await announce(
      journey.officer(),
      anAddition(world, {
        lines: [
          { kind: 'replacement', engagement: world.planned.reference, replaces: world.present.reference },
        ],
      }),
    )
    await journey.work()
    expect(
      await departuresOfEngagement(world.present._id),
      'while it is used nothing has ended',
    ).to.deep.equal([])
    await journey.goTo('2027-02-10')
    const line = notice.lines[0]?.id ?? ''
    await confirmUse(journey.officer(), notice.reference, line, '2027-02-10')
    await lookForEndings(journey.officer())
    const [departure] = await departuresOfEngagement(world.present._id)
    if (!departure) throw new Error('no departure')
    return { world, notice, line, departure }
  }

  it('is asked to delete once its successor is in use, and stays listed until that is confirmed, on the notice and here alike', async () => {
    const { world, notice, line, departure } = await replaced()
    expect(departure).to.deep.include({
      cause: 'replaced',
      customer: null,
      endedOn: '2027-02-10',
      notice: { reference: notice.reference, line },
    })
    const [customer] = world.customers
    if (!customer) throw new Error('no customer')
    expect(await journey.listOf(customer, '2027-02-15')).to.include('Curanet A/S')
    journey.moveTo('2027-02-15')
    const points = departure.points.map(({ id }) => id)
    await registerAnswer(journey.officer(), departure.reference, {
      points,
      on: '2027-02-12',
      how: 'Slettet',
      by: 'Ida Holm',
      retention: null,
      known: null,
      files: [],
    })
    expect((await departureOf(departure.reference)).state).to.equal('confirmed')
    const kept = await noticeByReference(notice.reference)
    expect(kept.lines[0]?.deletedOn).to.equal('2027-02-12')
    expect(await journey.listOf(customer, '2027-02-15')).to.deep.equal(['Sikkerkopi ApS'])
    // A repeat of the look finds it taken up.
    expect((await lookForEndings(journey.officer())).opened).to.equal(0)
  })

  it('whose deletion is confirmed on the notice is settled here by that', async () => {
    const { notice, line, departure } = await replaced()
    journey.moveTo('2027-02-15')
    await confirmDeletion(journey.officer(), notice.reference, line, '2027-02-14')
    await workOnDepartures(journey.officer())
    const settled = await departureOf(departure.reference)
    expect(settled).to.deep.include({ state: 'confirmed' })
    expect(settled.points[0]?.answer).to.deep.include({ on: '2027-02-14', by: notice.reference })
  })
})
