import { expect } from 'chai'
import {
  draftNotice,
  issueNotice,
  noticeByReference,
  replaceNotice,
  type Notice,
} from '../../src/notices/actions.js'
import { refused, useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

describe('A notice changed in substance is a new notice', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let earlier: Notice

  beforeEach('a notice that runs for two customers', async () => {
    world = await buildWorld(house.officer(), [
      { name: 'Bakkeby Kommune', contacts: [aContact('dpo@bakkeby.example')] },
      { name: 'Elmely A/S', contacts: [aContact('dpo@elmely.example', { locale: 'en' })] },
    ])
    earlier = await announce(house.officer(), anAddition(world))
    await house.work()
  })

  it('runs on while the new one is written, and ends with its issue: one mail that says what it replaces, with new days', async () => {
    await house.goTo('2026-12-07')
    const draft = await replaceNotice(house.officer(), earlier.reference)
    // Whoever asks a second time is shown the same draft.
    expect((await replaceNotice(house.officer(), earlier.reference)).reference).to.equal(draft.reference)
    expect(await house.partOf(earlier, world.customers[0]!)).to.include({ state: 'running' })
    await issueNotice(house.officer(), draft, [])
    await house.work()
    expect(await noticeByReference(earlier.reference)).to.include({
      state: 'withdrawn',
      supersededBy: draft.reference,
    })
    expect(await house.partOf(earlier, world.customers[0]!)).to.include({ state: 'withdrawn' })
    expect(await house.partOf(draft, world.customers[0]!)).to.include({
      state: 'running',
      lastDay: '2027-01-07',
    })
    const danish = house.mailbox.mailsFor('dpo@bakkeby.example')
    expect(danish).to.have.length(2)
    expect(danish[1]?.text).to.match(
      new RegExp(
        `Dette varsel erstatter vores varsel\\s+${earlier.reference}\\s+af\\s+mandag den 23. november 2026`,
      ),
    )
    expect(house.mailbox.mailsFor('dpo@elmely.example').at(-1)?.text).to.include(
      'This notice replaces our notice',
    )
    const { agent, page } = await house.open('dpo@bakkeby.example')
    const old = await agent.get(`${page}/notices/${earlier.reference}`)
    expect(old.text).to.include(`Det er erstattet af vores varsel ${draft.reference}.`)
    expect((await agent.get(`${page}/notices/${draft.reference}`)).text).to.include('Dette varsel erstatter')
    // The days of the earlier one mean nothing any more.
    await house.goTo('2026-12-30')
    expect(await house.listOf(world.customers[0]!, '2026-12-30')).to.not.include('Sikkerkopi ApS')
  })

  it('cannot take the place of one that is not out', async () => {
    const { reference } = await draftNotice(house.officer(), anAddition(world))
    await refused(replaceNotice(house.officer(), reference), 'notice-not-issued')
  })
})
