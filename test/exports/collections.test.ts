import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { BSON, Long, MongoClient, Timestamp, type Document } from 'mongodb'
import { listen, type Listener } from '../../src/db/engine/listener.js'
import { requestOf } from '../../src/db/engine/messages.js'
import { openSnapshot, storedIn } from '../../src/exports/records/collections.js'
import { filesBelow } from '../house/files.js'

// The engine of the tests has no snapshots and never lets go of a cursor: a server that does is played here, at the other end of the wire.
const moment = new Timestamp({ t: 1_795_000_000, i: 1 })
const all = Array.from({ length: 1200 }, (_, at) => ({ _id: at + 1 }))

type Play = {
  /** It names the moment that all is read at. */
  snapshots: boolean
  /** The code of the error it answers a command with; null where it answers. */
  refuse?: (command: Document) => number | null
}

describe('Reading all that a server has', () => {
  let folder: string
  let listener: Listener
  let client: MongoClient
  let play: Play
  let asked: Document[]
  const open = new Map<string, Document[]>()

  function answerTo(command: Document): Document {
    const code = play.refuse?.(command) ?? null
    if (code !== null) return { ok: 0, code, errmsg: 'refused' }
    if ('hello' in command || 'ismaster' in command || 'isMaster' in command)
      return { isWritablePrimary: true, ismaster: true, minWireVersion: 0, maxWireVersion: 21, ok: 1 }
    if ('getMore' in command) {
      const id = String(command['getMore'])
      return batchOf(id, open.get(id) ?? [], Number(command['batchSize']), 'nextBatch')
    }
    if (!('find' in command)) return { ok: 1 }
    asked.push(command)
    const { $gt = 0, $lte = Infinity } = ((command['filter'] as Document)['_id'] ?? {}) as Document
    const found = command['find'] === 'things' ? all.filter(({ _id }) => _id > $gt && _id <= $lte) : []
    return batchOf(String(asked.length), found, Number(command['batchSize'] ?? 101), 'firstBatch')
  }

  function batchOf(id: string, found: Document[], size: number, name: string): Document {
    open.set(id, found.slice(size))
    const at = play.snapshots ? { atClusterTime: moment } : {}
    const more = found.length > size ? Long.fromString(id) : Long.ZERO
    return { cursor: { id: more, ns: 'house.things', [name]: found.slice(0, size), ...at }, ok: 1 }
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-played-'))
    const socket = join(folder, 'server.sock')
    const roundTrip = async (frame: Uint8Array) => ({
      response: Buffer.from(BSON.serialize(answerTo(BSON.deserialize(requestOf(Buffer.from(frame)).body)))),
    })
    play = { snapshots: false }
    listener = await listen({ roundTrip } as unknown as Parameters<typeof listen>[0], socket)
    client = new MongoClient(`mongodb://${encodeURIComponent(socket)}/?directConnection=true`)
  })
  beforeEach(() => {
    play = { snapshots: true }
    asked = []
    open.clear()
  })
  after(async () => {
    await client.close()
    await listener.close()
    await rm(folder, { recursive: true, force: true })
  })

  const house = () => client.db('house')

  async function read(upTo?: number): Promise<{ ids: number[]; lost: number; snapshot: boolean }> {
    const snapshot = await openSnapshot(house())
    let lost = 0
    const ids: number[] = []
    const how = { snapshot, lost: () => void (lost += 1), ...(upTo === undefined ? {} : { upTo }) }
    try {
      for await (const stored of storedIn('things', how, house()))
        ids.push((BSON.deserialize(stored) as { _id: number })._id)
    } finally {
      await snapshot?.end()
    }
    return { ids, lost, snapshot: snapshot !== null }
  }

  const whole = all.map(({ _id }) => _id)
  /** Once, at the second batch after the first. */
  const once = (code: number) => {
    let left = 2
    return (command: Document) => ('getMore' in command && --left === 0 ? code : null)
  }

  it('is done at one moment where it has snapshots', async () => {
    expect(await read()).to.deep.equal({ ids: whole, lost: 0, snapshot: true })
    const last = asked.at(-1)?.['readConcern'] as Document
    expect(last['level']).to.equal('snapshot')
    expect(moment.equals(last['atClusterTime'] as Timestamp)).to.equal(true)
  })

  it('is done as it stands where it has none, or refuses one', async () => {
    play = { snapshots: false }
    expect(await read()).to.deep.equal({ ids: whole, lost: 0, snapshot: false })
    // InvalidOptions: what a server by itself says.
    play = { snapshots: false, refuse: (command) => ('readConcern' in command ? 72 : null) }
    expect(await read()).to.deep.equal({ ids: whole, lost: 0, snapshot: false })
  })

  for (const [name, code] of [
    ['SnapshotTooOld', 239],
    ['SnapshotUnavailable', 246],
  ] as const)
    it(`goes on after the last where the snapshot is given up on the way (${name}), and tells`, async () => {
      play = { snapshots: true, refuse: once(code) }
      expect(await read()).to.deep.equal({ ids: whole, lost: 1, snapshot: true })
      expect(asked.at(-1)?.['filter']).to.deep.equal({ _id: { $gt: 1000 } })
      expect(asked.at(-1)).not.to.have.property('readConcern')
    })

  it('goes on after the last where a reader paused too long (CursorNotFound), and ends where it was to end', async () => {
    play = { snapshots: false, refuse: once(43) }
    expect((await read(1100)).ids).to.deep.equal(whole.slice(0, 1100))
    expect(asked.at(-1)?.['filter']).to.deep.equal({ _id: { $gt: 1000, $lte: 1100 } })
  })

  it('ends with the error where nothing more comes of going on', async () => {
    play = { snapshots: false, refuse: (command) => (command['find'] === 'things' ? 43 : null) }
    const error: unknown = await read().catch((thrown: unknown) => thrown)
    expect((error as { code?: unknown }).code).to.equal(43)
  })
})

it('the command line finds the records of every room by where they stand', () => {
  const holdsRecords = /^src\/[\w-]+\/records(?:\/[\w-]+)?\.ts$/
  const declaring = filesBelow('src', '.ts').filter(({ text }) => /\bmodel<[^>]+>\(\s*'/.test(text))
  expect(declaring.length).to.be.greaterThan(70)
  expect(declaring.map(({ path }) => path).filter((path) => !holdsRecords.test(path))).to.deep.equal([])
})
