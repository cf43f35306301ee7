import { expect } from 'chai'
import { createConnection } from 'node:net'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BSON, MongoClient, type Document } from 'mongodb'
import { listen, type Listener } from '../../src/db/engine/listener.js'

/** A stand for the engine that keeps what reaches it and says ok: the listener is what is looked at. */
describe('The listener before the embedded engine', () => {
  const reached: Document[] = []
  const reply = (document: Document) => Buffer.from(BSON.serialize(document))
  const engine = {
    roundTrip: (message: Buffer) => {
      const legacy = message.readInt32LE(12) === 2004
      const command = legacy ? documentAt(message, message.indexOf(0, 20) + 9) : commandOf(message)
      reached.push(command)
      const hello = 'hello' in command || 'ismaster' in command || 'isMaster' in command
      const response = reply(
        hello
          ? {
              ismaster: true,
              isWritablePrimary: true,
              helloOk: true,
              maxWireVersion: 29,
              minWireVersion: 0,
              ok: 1,
            }
          : { ok: 1, n: 1 },
      )
      return Promise.resolve({ requestId: 0, moreToCome: false, legacy, response })
    },
  }
  let folder = ''
  let socketPath = ''
  let listener: Listener
  let client: MongoClient
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-listener-'))
    socketPath = join(folder, 'db.sock')
    listener = await listen(engine, socketPath)
    client = await MongoClient.connect(`mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`)
  })
  after(async () => {
    await client.close()
    await listener.close()
    await rm(folder, { recursive: true })
  })
  beforeEach(() => reached.splice(0))

  const run = (command: Document) => client.db('t').command(command, { session: session() })
  const session = () => client.startSession()
  const last = () => reached.at(-1) ?? {}

  it('lies in a socket that only its user may open', async () => {
    expect((await stat(socketPath)).mode & 0o777).to.equal(0o600)
    expect((await stat(folder)).mode & 0o777).to.equal(0o700)
  })

  const writes: Document[] = [
    { insert: 'x', documents: [{ a: 1 }] },
    { update: 'x', updates: [] },
    { delete: 'x', deletes: [] },
    { findAndModify: 'x', query: {}, remove: true },
    { createIndexes: 'x', indexes: [] },
    { drop: 'x' },
    { aggregate: 'x', pipeline: [{ $match: {} }, { $out: 'y' }], cursor: {} },
    { aggregate: 'x', pipeline: [{ $merge: { into: 'y' } }], cursor: {} },
  ]
  for (const command of writes) {
    it(`lets ${Object.keys(command)[0]} be acknowledged only when it is on disk: ${JSON.stringify(command)}`, async () => {
      for (const writeConcern of [undefined, { w: 1 }, { w: 'majority', j: true }, { w: 1, j: false }]) {
        await run(writeConcern ? { ...command, writeConcern } : command)
        expect(last().writeConcern).to.deep.equal({ w: 1, j: true })
        expect(last()).to.deep.include(command)
      }
    })
  }

  it('makes even a write nobody waits for durable', async () => {
    await client
      .db('t')
      .collection('x')
      .insertOne({ a: 1 }, { writeConcern: { w: 0 } })
    await run({ ping: 1 })
    expect(reached.find((command) => 'insert' in command)?.writeConcern).to.deep.equal({ w: 1, j: true })
  })

  it('adds no write concern to a read', async () => {
    await run({ find: 'x', filter: { $out: 1 } })
    expect(last()).not.to.have.property('writeConcern')
    await run({ aggregate: 'x', pipeline: [{ $match: { name: '$out' } }], cursor: {} })
    expect(last()).not.to.have.property('writeConcern')
  })

  it('keeps sessions from the engine and answers for them itself', async () => {
    await run({ ping: 1 })
    expect(last()).to.have.property('ping')
    expect(last()).not.to.have.property('lsid')
    reached.splice(0)
    const admin = client.db('admin')
    const begun = await admin.command({ startSession: 1 })
    expect(begun.id.id).to.be.instanceOf(BSON.Binary).with.property('sub_type', 4)
    for (const name of ['endSessions', 'refreshSessions', 'killSessions']) {
      expect(await admin.command({ [name]: [begun.id] })).to.include({ ok: 1 })
    }
    expect(reached).to.deep.equal([])
    expect(await admin.command({ hello: 1 })).to.include({ logicalSessionTimeoutMinutes: 30 })
  })

  it('refuses transactions as a standalone server does', async () => {
    const raw = {
      insert: 'x',
      documents: [{}],
      txnNumber: BSON.Long.fromNumber(1),
      startTransaction: true,
      autocommit: false,
    }
    const refusal = await rawCommand(socketPath, { ...raw, $db: 't' })
    expect(refusal).to.deep.include({ ok: 0, code: 20, codeName: 'IllegalOperation' })
    expect(reached.filter((command) => 'insert' in command)).to.deep.equal([])
    const transaction = session()
    const insert = () => client.db('t').collection('x').insertOne({}, { session: transaction })
    const failure: unknown = await transaction.withTransaction(insert).catch((error: unknown) => error)
    expect(failure).to.be.instanceOf(Error)
    expect(reached.filter((command) => 'insert' in command)).to.deep.equal([])
  })

  it('does not let a client shut the engine down', async () => {
    expect(await rawCommand(socketPath, { shutdown: 1, $db: 'admin' })).to.include({ ok: 0 })
  })

  const rejected: [string, () => Buffer][] = [
    ['more than 48 MB', () => headerOf(48_000_001, 2013)],
    ['less than a header', () => headerOf(15, 2013)],
    ['of an operation long gone', () => Buffer.concat([headerOf(20, 2002), Buffer.alloc(4)])],
    ['of nonsense', () => Buffer.concat([headerOf(30, 2013), Buffer.alloc(14, 7)])],
  ]
  for (const [kind, frame] of rejected) {
    it(`hangs up on a frame ${kind}`, async () => {
      const socket = createConnection(socketPath)
      socket.write(frame())
      await new Promise((resolve) => socket.on('close', resolve).on('error', () => {}))
      expect(await client.db('t').command({ ping: 1 })).to.include({ ok: 1 })
    })
  }

  it('passes a large document on whole, and in pieces', async () => {
    const documents = Array.from({ length: 20 }, (_, index) => ({ _id: index, text: 'å'.repeat(500_000) }))
    await client.db('t').collection<{ _id: number }>('x').insertMany(documents)
    const arrived = reached.flatMap((command) => (command.documents ?? []) as Document[])
    expect(arrived.map((document) => document._id)).to.deep.equal(documents.map((document) => document._id))
    expect(arrived.every((document) => document.text === documents[0]?.text)).to.equal(true)
  })
})

/** A command with the documents that came beside it in sections of their own. */
function commandOf(message: Buffer): Document {
  const command = documentAt(message, 21)
  for (let at = 21 + message.readInt32LE(21); at < message.length;) {
    const end = at + 1 + message.readInt32LE(at + 1)
    const nameEnd = message.indexOf(0, at + 5)
    const documents: Document[] = []
    for (let from = nameEnd + 1; from < end; from += message.readInt32LE(from))
      documents.push(documentAt(message, from))
    command[message.toString('utf8', at + 5, nameEnd)] = documents
    at = end
  }
  return command
}

function documentAt(message: Buffer, at: number): Document {
  return BSON.deserialize(message.subarray(at, at + message.readInt32LE(at)))
}

function headerOf(length: number, operation: number): Buffer {
  const header = Buffer.alloc(16)
  header.writeInt32LE(length, 0)
  header.writeInt32LE(operation, 12)
  return header
}

async function rawCommand(socketPath: string, command: Document): Promise<Document> {
  const body = BSON.serialize(command)
  const socket = createConnection(socketPath)
  socket.end(Buffer.concat([headerOf(21 + body.length, 2013), Buffer.alloc(5), body]), () => {})
  const chunks: Buffer[] = []
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk)
  return BSON.deserialize(Buffer.concat(chunks).subarray(21))
}
