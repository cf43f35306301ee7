import { expect } from 'chai'
import { Mails } from '../../src/mail/records/mails.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import { useJourney } from '../journeys/house.js'
import { aContact, anAddition, announce, buildWorld } from '../journeys/world.js'
import { startSink, type Mood, type Sink } from './sink.js'

const customers = 60

describe('A mail server with its moods', function () {
  this.timeout(120_000)
  let sink: Sink
  let moodFor: (address: string) => Mood | undefined
  beforeEach('start it', async () => {
    sink = await startSink((address) => moodFor(address))
  })
  afterEach('stop it', () => sink.close())
  const house = useJourney(() => sink.url)

  beforeEach('a notice to sixty customers with two contacts each', async () => {
    const world = await buildWorld(
      house.officer(),
      Array.from({ length: customers }, (_, number) => ({
        name: `Kunde ${number}`,
        contacts: [aContact(`first${number}@kunde.example`), aContact(`second${number}@kunde.example`)],
      })),
    )
    moodFor = () => undefined
    await announce(house.officer(), anAddition(world))
  })

  it('refuses some, puts others off, and takes the rest: the next contact, another try, and a clock each from its own day', async () => {
    moodFor = (address) => {
      const number = Number(/^first(\d+)@/.exec(address)?.[1] ?? 0)
      return number % 3 === 1 ? 'refuse' : number % 3 === 2 ? 'later' : undefined
    }
    await house.work()
    await house.work()
    expect(await phases()).to.deep.equal({ running: 40, queued: 20 })
    expect(await states()).to.deep.equal({ accepted: 40, bounced: 20, deferred: 20 })
    expect(await Recipients.countDocuments({ contactIndex: 1, dayZero: '2026-11-23' })).to.equal(20)
    await house.goTo('2026-11-24')
    expect(await phases(), 'still put off').to.deep.equal({ running: 40, queued: 20 })
    moodFor = () => undefined
    await house.goTo('2026-11-25')
    expect(await phases()).to.deep.equal({ running: customers })
    expect(await Recipients.countDocuments({ contactIndex: 0, dayZero: '2026-11-25' })).to.equal(20)
    expect(sink.taken.length, 'one mail each').to.equal(new Set(sink.taken).size)
  })

  it('puts some off for more than two days: they are given up, and the next contact is written to', async () => {
    moodFor = (address) => (address.startsWith('first1@') ? 'later' : undefined)
    for (const moment of [
      '23T09:00',
      '23T15:00',
      '24T08:00',
      '24T20:00',
      '25T08:50',
      '25T20:00',
      '26T08:00',
      '26T09:00',
    ])
      await house.goTo(`2026-11-${moment}:00Z`)
    expect(await states()).to.deep.equal({ accepted: customers, 'given-up': 1 })
    expect(await Recipients.countDocuments({ contactIndex: 1, state: 'running' })).to.equal(1)
  })

  it('hangs up on everyone: nothing is lost, nobody counts as refused, and all arrive when it has calmed down', async () => {
    moodFor = () => 'hang-up'
    await house.work()
    await house.goTo('2026-11-23T11:00:00Z')
    expect(Object.keys(await states()).toSorted()).to.deep.equal(['deferred', 'queued'])
    expect(await phases()).to.deep.equal({ queued: customers })
    moodFor = () => undefined
    await house.goTo('2026-11-24')
    expect(await phases()).to.deep.equal({ running: customers })
    expect(sink.taken.length).to.equal(customers)
  })

  it('takes mails and hangs up before it says so: they come again under the same Message-ID', async () => {
    moodFor = (address) => (/^first[0-4]@/.test(address) ? 'take-and-hang-up' : undefined)
    await house.work()
    moodFor = () => undefined
    await house.goTo('2026-11-24')
    expect(await phases()).to.deep.equal({ running: customers })
    expect(sink.copies.size).to.equal(customers)
    expect(sink.taken.length - customers, 'second copies').to.be.within(1, 5)
    expect([...sink.byAddress.keys()].filter((address) => address.startsWith('second'))).to.deep.equal([])
  })

  async function phases(): Promise<Record<string, number>> {
    return counted(await Recipients.find({}, { state: 1 }).lean())
  }

  async function states(): Promise<Record<string, number>> {
    return counted(await Mails.find({ kind: 'notice-announcement' }, { state: 1 }).lean())
  }
})

function counted(rows: { state: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
  return counts
}
