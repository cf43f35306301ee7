import { expect } from 'chai'
import fc from 'fast-check'
import { useApp, usualNow } from '../support/app.js'
import { emptyDatabase } from '../support/database.js'
import { useMailbox } from '../support/mailbox.js'
import { told } from '../replies/world.js'
import { anyGiven, happenings, inTheHouse } from './machine/events.js'
import { checkLog, checkParts, partsOf } from './machine/house-claims.js'
import { happenInHouse, type Scene } from './machine/house.js'
import { happen } from './machine/steps.js'
import { aTown } from './machine/town.js'
import { senderTo } from './world.js'

/** By then whoever nothing holds has its permission. */
const atLast = { on: 'day' as const, days: 40 }

const states = [
  'queued',
  'running',
  'undelivered',
  'told',
  'permitted',
  'in-use',
  'refused',
  'exempted',
  'withdrawn',
  'left',
]
const grounds = ['no-objection', 'approved', 'consent']
const changes = ['concerned', 'less-concerned', 'contacts-changed']

describe('a customer in a notice, whatever happens in whatever order (clauses 7.3, B.1, C.5, C.6)', function () {
  this.timeout(120_000)

  it('meets nothing before its day, over an objection or an unread reply, or after its part has ended', () =>
    fc.assert(
      fc.property(anyGiven, happenings, (given, events) => {
        const town = aTown(given)
        for (const event of events) happen(town, event)
      }),
      { numRuns: Number(process.env['MACHINE_RUNS'] ?? 1500) },
    ))

  it('comes into every state, by every ground, in five hundred such stories', () => {
    const seen = new Set<string>()
    for (const [given, events] of fc.sample(fc.tuple(anyGiven, happenings), { numRuns: 500, seed: 4 })) {
      const town = aTown(given)
      for (const event of events) happen(town, event)
      for (const each of town.seen) seen.add(each)
    }
    expect([...states, ...grounds, ...changes].filter((each) => !seen.has(each))).to.deep.equal([])
  })
})

describe('the same in the house, with its timers, its mails and its log', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  const mailbox = useMailbox()

  it('holds for every customer, and the log explains every permission', async () => {
    let explained = 0
    await fc.assert(
      fc
        .asyncProperty(fc.boolean(), inTheHouse, async (specific, events) => {
          const scene: Scene = { tilsyn, mailbox, ...(await begin(specific)) }
          let parts = await partsOf(scene)
          for (const [count, event] of [...events, atLast].entries()) {
            await happenInHouse(scene, event, count)
            parts = await checkParts(scene, parts)
          }
          explained += await checkLog(scene)
          await scene.sender.stop()
        })
        .beforeEach(async () => {
          await emptyDatabase()
          mailbox.clear()
          tilsyn.moveTo(usualNow)
        }),
      { numRuns: Number(process.env['MACHINE_HOUSES'] ?? 7), endOnFailure: true },
    )
    expect(explained).to.be.greaterThan(0)
  })

  async function begin(specific: boolean): Promise<Pick<Scene, 'told' | 'sender'>> {
    const story = await told(tilsyn, mailbox, { specific })
    return { told: story, sender: senderTo(tilsyn, mailbox.url) }
  }
})
