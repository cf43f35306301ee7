import { expect } from 'chai'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Binary, Decimal128, Double, Int32, Long, MaxKey, ObjectId, Timestamp, type Document } from 'mongodb'
import mongoose from 'mongoose'
import { dumpDatabase, restoreDatabase } from '../../src/db/dump.js'
import { BadDump, DatabaseNotEmpty } from '../../src/db/failures.js'
import { emptyDatabase, useDatabase } from '../support/database.js'

const everyType: Document = {
  _id: new ObjectId(),
  date: new Date('1912-02-29T23:59:59.999Z'),
  long: Long.fromString('9007199254740993'),
  smallLong: Long.fromNumber(5),
  int: new Int32(5),
  double: new Double(5),
  zero: new Double(-0),
  nan: new Double(Number.NaN),
  decimal: Decimal128.fromString('0.10'),
  binary: new Binary(Buffer.from([0, 1, 255]), 5),
  uuid: new Binary(Buffer.alloc(16, 7), 4),
  text: 'Æblegrød \u2028 "\\\n',
  pattern: /^a.b$/im,
  nothing: null,
  timestamp: new Timestamp({ t: 1, i: 2 }),
  greatest: new MaxKey(),
  list: [1, [2, { three: 3 }], []],
  empty: {},
  $dollar: { $date: 'not a date', $oid: 'not an id' },
}
// JavaScript would put these keys into numeric order.
const years = new Map<string, unknown>([
  ['_id', 'years'],
  [
    '2027',
    new Map<string, unknown>([
      ['10', new Date(0)],
      ['9', Long.fromNumber(1)],
    ]),
  ],
  [
    '2026',
    [
      new Map([
        ['2', 'b'],
        ['1', 'a'],
      ]),
    ],
  ],
])

describe('Dump and restore', () => {
  useDatabase()
  let folder = ''
  let file = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-dump-'))
    file = join(folder, 'all.dump')
    await collection('types').insertMany([everyType, years as unknown as Document], {
      forceServerObjectId: true,
    })
    await collection('many').insertMany(
      Array.from({ length: 1200 }, (_, index) => ({ _id: `m${index}`, index }) as Document),
    )
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('bring every document back byte for byte', async () => {
    const before = [await bytesOf('types'), await bytesOf('many')]
    expect(before[0]).to.have.length(2)
    expect(await dumpDatabase(file)).to.include({ types: 2, many: 1200 })
    await emptyDatabase()
    expect(await restoreDatabase(file, { replace: false })).to.deep.equal({ types: 2, many: 1200 })
    expect([await bytesOf('types'), await bytesOf('many')]).to.deep.equal(before)
  })

  it('make a file only its owner may read, with a time on top and counts at the end', async () => {
    await dumpDatabase(file)
    expect((await stat(file)).mode & 0o777).to.equal(0o600)
    expect(await readdir(folder)).to.deep.equal(['all.dump'])
    const lines = gunzipSync(await readFile(file))
      .toString('utf8')
      .trimEnd()
      .split('\n')
    expect(JSON.parse(lines[0] ?? ''))
      .to.include({ format: 'tilsyn-dump', version: 1 })
      .and.to.have.property('at')
    expect(JSON.parse(lines.at(-1) ?? '').end).to.include({ types: 2, many: 1200 })
    expect(JSON.parse(lines[1] ?? '')).to.deep.equal({
      in: 'many',
      doc: { _id: 'm0', index: { $numberInt: '0' } },
    })
  })

  it('refuse a database that is not empty unless told to replace it', async () => {
    await dumpDatabase(file)
    await collection('later').insertOne({ a: 1 })
    const refusal = await failureOf(restoreDatabase(file, { replace: false }))
    expect(refusal).to.be.instanceOf(DatabaseNotEmpty).with.property('message').that.includes('later')
    await restoreDatabase(file, { replace: true })
    expect(await collection('later').countDocuments()).to.equal(0)
    expect(await collection('many').countDocuments()).to.equal(1200)
  })

  const damages: [string, (whole: Buffer) => Buffer][] = [
    ['cut off in the middle', (whole) => whole.subarray(0, whole.length / 2)],
    ['cut off by one byte', (whole) => whole.subarray(0, -1)],
    ['empty', () => Buffer.alloc(0)],
    [
      'with a changed byte',
      (whole) => Buffer.from(whole.map((byte, index) => (index === 2000 ? byte ^ 255 : byte))),
    ],
    ['without its end', (whole) => relined(whole, (lines) => lines.slice(0, -1))],
    ['with a document less', (whole) => relined(whole, (lines) => lines.toSpliced(5, 1))],
    ['with more after its end', (whole) => relined(whole, (lines) => [...lines, lines[1] ?? ''])],
    ['with half a line', (whole) => relined(whole, (lines) => lines.with(5, (lines[5] ?? '').slice(0, 20)))],
    [
      'of a later version',
      (whole) => relined(whole, (lines) => lines.with(0, '{"format":"tilsyn-dump","version":2}')),
    ],
    ['of another format', () => gzipSync('{"a":1}\n')],
    ['that is no gzip', () => Buffer.from('hello')],
  ]
  for (const [kind, damage] of damages) {
    it(`refuse a file ${kind} and change nothing`, async () => {
      await dumpDatabase(file)
      await writeFile(file, damage(await readFile(file)))
      expect(await failureOf(restoreDatabase(file, { replace: true }))).to.be.instanceOf(BadDump)
      expect(await collection('many').countDocuments()).to.equal(1200)
    })
  }
})

function collection(name: string) {
  return mongoose.connection.collection<Document>(name)
}

async function bytesOf(name: string): Promise<string[]> {
  const stored = (await collection(name).find({}, { raw: true }).toArray()) as unknown as Buffer[]
  return stored.map((document) => document.toString('hex')).toSorted()
}

function relined(whole: Buffer, change: (lines: string[]) => string[]): Buffer {
  return gzipSync(change(gunzipSync(whole).toString('utf8').trimEnd().split('\n')).join('\n'))
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
