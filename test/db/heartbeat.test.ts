import { expect } from 'chai'
import { once } from 'node:events'
import { MongoClient } from 'mongodb'
import { watchHeartbeat } from '../../src/db/heartbeat.js'
import { databaseUri, useDatabase } from '../support/database.js'

describe('A driver that has stopped asking whether its database is there', () => {
  useDatabase()
  let client: MongoClient
  beforeEach('connect', async () => {
    client = await new MongoClient(await databaseUri()).connect()
  })
  afterEach('leave', () => client.close())

  it('is made to ask again, and works', async () => {
    const said: string[] = []
    watchHeartbeat(client, (line) => said.push(line), 50)
    const [server] = await oneHeartbeat()
    const asked = once(client, 'serverHeartbeatSucceeded')
    // As it is left where the connection was just being closed: a question, and no word of what came of it.
    client.emit('serverHeartbeatStarted', { connectionId: server, awaited: false } as never)
    await asked
    // Said once more where the machine is too busy for an answer within that time.
    expect([...new Set(said)]).to.deep.equal([
      'The database driver has stopped asking for the database; it is made to ask again.',
    ])
    expect(await client.db('tilsyn').command({ ping: 1 })).to.include({ ok: 1 })
  })

  it('is left alone where it gets its answers', async () => {
    const said: string[] = []
    watchHeartbeat(client, (line) => said.push(line), 200)
    await oneHeartbeat()
    // What came before the answer was owed to a busy machine.
    said.length = 0
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(said).to.deep.equal([])
  })

  async function oneHeartbeat(): Promise<string[]> {
    const { topology } = client as unknown as {
      topology: { s: { servers: Map<string, { requestCheck: () => void }> } }
    }
    const [[address, server]] = [...topology.s.servers] as [[string, { requestCheck: () => void }]]
    const heard = once(client, 'serverHeartbeatSucceeded')
    server.requestCheck()
    await heard
    return [address]
  }
})
