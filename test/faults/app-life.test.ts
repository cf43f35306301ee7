import { expect } from 'chai'
import { setTimeout as sleep } from 'node:timers/promises'
import request from 'supertest'
import { readOwner } from '../../src/db/owner.js'
import { submit, type Agent } from '../support/people.js'
import { endPid, setUpBy, signInTo, useApps } from './apps.js'
import { randomFrom, seedOfRun } from './workers.js'

describe('The life of the app', function () {
  this.timeout(360_000)
  const { start, engineOf, folder } = useApps()

  it('works after it was killed, told to stop, and killed together with its database, and loses nothing acknowledged', async () => {
    const seed = seedOfRun()
    const random = randomFrom(seed)
    const times: number[] = []
    const acknowledged: string[] = []
    const begun = async () => {
      const from = Date.now()
      const app = start()
      const { status } = await request(await app.address).get('/sign-in')
      expect(status).to.equal(200)
      times.push(Date.now() - from)
      return app
    }
    let app = await begun()
    let agent = await setUpBy(app)
    const endings = ['SIGKILL', 'SIGTERM', 'SIGINT', 'both', 'SIGKILL'] as const
    for (const ending of endings) {
      const adding = addServices(agent, ending, acknowledged)
      const before = acknowledged.length
      while (acknowledged.length < before + 2) await sleep(10)
      await sleep(random() * 200)
      const engine = await engineOf()
      app.signal(ending === 'both' ? 'SIGKILL' : ending)
      if (ending === 'both' && engine !== undefined) endPid(engine, 'SIGKILL')
      const code = await app.exit
      if (ending === 'SIGTERM' || ending === 'SIGINT') {
        expect(code, ending).to.equal(0)
        expect(await readOwner(folder()), 'owner file after a clean end').to.equal(undefined)
      }
      await adding
      app = await begun()
      agent = await signInTo(app)
      const { text } = await agent.get('/services')
      for (const name of acknowledged) expect(text, `${name}, acknowledged before ${ending}`).to.include(name)
    }
    console.log(
      `      seed ${seed}: first page ${times.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s after each start; ` +
        `${acknowledged.length} services, all there`,
    )
    expect(app.said().err, 'what the last start complained of').not.to.match(/"level":[56]0/)
  })

  it('stops cleanly on Ctrl-C in the terminal it was started in by npm start', async () => {
    const app = start({}, 'npm')
    await app.address
    app.signal('SIGINT')
    await app.exit
    for (const end = Date.now() + 20_000; (await readOwner(folder())) && Date.now() < end;) await sleep(50)
    expect(await readOwner(folder())).to.equal(undefined)
  })

  it('goes on when its database engine dies, and ends when it dies again', async () => {
    const app = start()
    const agent = await setUpBy(app)
    const acknowledged: string[] = []
    const adding = addServices(agent, 'engine', acknowledged)
    while (acknowledged.length < 2) await sleep(10)
    const first = await engineOf()
    endPid(first ?? 0, 'SIGKILL')
    const secondEngine = await eventually(async () => {
      const pid = await engineOf()
      return pid === first ? undefined : pid
    })
    await adding
    const { text } = await eventually(async () => {
      const answer = await agent.get('/services')
      return answer.status === 200 ? answer : undefined
    })
    for (const name of acknowledged) expect(text).to.include(name)
    await addOne(agent, 'After the engine came back')
    expect(app.said().err).to.include('started again')
    endPid(secondEngine, 'SIGKILL')
    expect(await app.exit).to.equal(1)
    const next = start()
    expect((await (await signInTo(next)).get('/services')).text).to.include('After the engine came back')
  })
})

/** One after the other, until one is not acknowledged. */
async function addServices(agent: Agent, ending: string, acknowledged: string[]): Promise<void> {
  for (let number = 1; number <= 60; number += 1) {
    const name = `Service ${number} before ${ending} ${acknowledged.length}`
    if (!(await addOne(agent, name).catch(() => false))) return
    acknowledged.push(name)
  }
}

async function addOne(agent: Agent, name: string): Promise<boolean> {
  const { status } = await submit(
    agent,
    '/services/new',
    { 'name[da]': name, 'name[en]': name, order: 1 },
    '/services',
  )
  return status === 303
}

async function eventually<Value>(find: () => Promise<Value | undefined>): Promise<Value> {
  for (const end = Date.now() + 60_000; ; await sleep(100)) {
    const found = await find().catch(() => undefined)
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error('it did not come about within a minute')
  }
}
