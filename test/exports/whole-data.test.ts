import { expect } from 'chai'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import type { Response } from 'supertest'
import { verifyLog } from '../../src/audit-log/verify.js'
import { personByEmail } from '../../src/auth/records/people.js'
import { readInWholeData } from '../../src/exports/actions.js'
import { refuseHalfReadIn } from '../../src/exports/actions/half-read-in.js'
import { beginReadIn } from '../../src/exports/records/read-ins.js'
import { filledCollections } from '../../src/exports/records/collections.js'
import { readFileBytes, storeFile } from '../../src/files/actions.js'
import { keepListsUpToDate } from '../../src/register/timers/lists.js'
import { loadSample } from '../../src/sample/actions.js'
import { useApp } from '../support/app.js'
import { emptyDatabase } from '../support/database.js'
import { password, signedIn } from '../support/people.js'
import { withPhone } from '../support/second-factor.js'
import { visit } from '../support/visit.js'
import { exportTo, manifestOf, membersOf, recordsOf, sealedAgain, writeZip, type Members } from './whole.js'

const paper = Buffer.from('%PDF-1.7\n%âãÏÓ\nkontrakt\n%%EOF\n')

describe('The whole data of a house', function () {
  this.timeout(120_000)
  const house = useApp()
  let folder: string
  let file: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-whole-'))
    file = join(folder, 'whole.zip')
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const readIn = (path = file, dry = false) =>
    readInWholeData(house.context(), path, { dry, clock: house.now })
  const refused = async (path: string, why: RegExp) => {
    const error: unknown = await readIn(path).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error, `refused because ${why}`).to.be.an('error').with.property('name', 'CannotReadIn')
    expect((error as Error).message).to.match(why)
    expect(await filledCollections(), 'nothing written').to.deep.equal([])
  }

  /** What lists are found by. */
  async function listed(): Promise<unknown[]> {
    return mongoose.connection.collection('list-spans').find({}).sort({ _id: 1 }).toArray()
  }

  it('comes over to a second Tilsyn as it was: records, files, log, lists and numbers', async () => {
    const { person } = await signedIn(house, 'administrator')
    await loadSample(house.context())
    const about = { kind: 'vendor', id: 'v' }
    const stored = await storeFile(house.context(), { name: 'kontrakt.pdf', bytes: paper, about })
    await storeFile(house.context(), { name: 'samme.pdf', bytes: paper, about })
    await keepListsUpToDate(house.context())
    const first = await exportTo(house, file)
    const lists = await listed()
    const counters = await mongoose.connection.collection('counters').find({}).sort({ _id: 1 }).toArray()

    await emptyDatabase()
    const report = await readIn()
    expect(report.log).to.include({ whole: true, waiting: 0 })
    expect(report.log?.sealed).to.equal(manifestOf(first).log.sequence)
    expect(
      await mongoose.connection.collection('counters').find({}).sort({ _id: 1 }).toArray(),
    ).to.deep.equal(counters)
    expect(await readFileBytes(stored._id)).to.deep.equal(paper)
    const indexes = await mongoose.connection.collection('people').indexes()
    expect(indexes.map(({ key }) => Object.keys(key)[0])).to.include('email')

    const second = await exportTo(house, join(folder, 'second.zip'))
    const same = (members: Members) =>
      Object.fromEntries(
        Object.entries(members).filter(([path]) => !/^(manifest\.json|records\/log-)/.test(path)),
      )
    expect(Object.keys(same(second))).to.deep.equal(Object.keys(same(first)))
    for (const [path, bytes] of Object.entries(same(first)))
      expect(same(second)[path]?.equals(bytes), path).to.equal(true)
    // Made anew, and found to be the same. After the second export: what is made anew is marked on the records.
    await keepListsUpToDate(house.context())
    expect(await listed()).to.deep.equal(lists)
    // The chain goes on where it was: the second's begins with the first's.
    const seals = recordsOf(first, 'log-seals')
    expect(recordsOf(second, 'log-seals').slice(0, seals.length)).to.deep.equal(seals)
    for (const name of ['log-entries', 'log-personal'])
      expect(recordsOf(second, name)).to.deep.include.members(recordsOf(first, name))
    expect(recordsOf(second, 'log-entries').map(({ event }) => event)).to.include('whole-data.read-in')
    expect((await verifyLog()).whole).to.equal(true)
    expect((await personByEmail(person.email))?.password, 'no password comes along').to.equal(null)
  })

  it('leaves out what lets somebody in, and each content is in it once', async () => {
    const { agent, person } = await signedIn(house, 'administrator')
    await withPhone(house, person)
    const factor = (await personByEmail(person.email))?.secondFactor
    await agent.get('/account')
    const about = { kind: 'vendor', id: 'v' }
    for (const name of ['a.pdf', 'b.pdf']) await storeFile(house.context(), { name, bytes: paper, about })
    const members = await exportTo(house, file)
    const { leftOut, files, log, collections } = manifestOf(members)
    expect(leftOut).to.include({ sessions: 'secret', 'filecontents.chunks': 'content' })
    expect(Object.keys(members).filter((path) => /sessions|tickets|codes/.test(path))).to.deep.equal([])
    const all = Object.values(members).join('\n')
    for (const kept of ['$argon2', factor?.secret, factor?.recovery[0]]) {
      expect(kept).to.be.a('string')
      expect(all).not.to.include(kept)
    }
    expect(files).to.deep.equal({ count: 2, lost: [] })
    expect(Object.keys(members).filter((path) => path.startsWith('files/'))).to.have.length(1)
    expect(log).to.include({ later: 0, sequence: collections['log-seals'] })
  })

  it('is taken by an administrator who gives the password again, and the log tells', async () => {
    const { agent } = await signedIn(house, 'administrator')
    const page = await visit(agent, '/whole-data')
    const token = /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const send = (typed: string) =>
      agent.post('/whole-data').type('form').send({ _csrf: token, password: typed }).buffer(true).parse(bytes)
    expect((await send('')).status).to.equal(422)
    expect((await send('not mine')).status).to.equal(422)
    const taken = await send(password)
    expect(taken.status).to.equal(200)
    expect(manifestOf(membersOf(taken.body as Buffer)).made.by.kind).to.equal('staff')
    const log = await visit(agent, '/log')
    expect(log.text).to.include('Whole data: exported')
    for (const role of ['officer', 'dpo', 'auditor'] as const)
      await visit((await signedIn(house, role)).agent, '/whole-data', 403)
  })

  it('is read into an empty database only, and says what to do otherwise', async () => {
    await signedIn(house, 'administrator')
    await exportTo(house, file)
    const dry = await readIn(file, true)
    expect(dry.inTheWay).to.match(/not empty.*DATA_DIR/)
    const error: unknown = await readIn().catch((thrown: unknown) => thrown)
    expect((error as Error).message).to.match(/not empty.*Nothing was changed/)
    await emptyDatabase()
    expect(await readIn(file, true)).to.include({ done: false, inTheWay: null })
    expect(await filledCollections()).to.deep.equal([])
  })

  it('begins anew after a kill in the middle, and until then no Tilsyn starts on it', async () => {
    await signedIn(house, 'administrator')
    await exportTo(house, file)
    await emptyDatabase()
    // As a kill leaves it: begun, some of it written.
    await beginReadIn({ run: 'killed', startedAt: house.now(), seenAt: house.now(), manifest: 'x' }, null)
    await mongoose.connection.collection('customers').insertOne({ _id: 'half' as never })
    const error: unknown = await refuseHalfReadIn().catch((thrown: unknown) => thrown)
    expect((error as Error).message).to.match(/broken off.*tilsyn import all/s)
    expect((await readIn(file, true)).inTheWay).to.match(/at work.*Wait a minute/)
    house.moveTo(new Date(house.now().getTime() + 61_000))
    expect((await readIn()).done).to.equal(true)
    expect(await mongoose.connection.collection('customers').findOne({ _id: 'half' as never })).to.equal(null)
    await refuseHalfReadIn()
  })

  it('says why it does not take a file that somebody changed, and writes nothing', async () => {
    await signedIn(house, 'administrator')
    await storeFile(house.context(), { name: 'a.pdf', bytes: paper, about: { kind: 'vendor', id: 'v' } })
    const members = await exportTo(house, file)
    const whole = await readFile(file)
    await emptyDatabase()
    const bad = join(folder, 'bad.zip')
    const people = 'records/people.ndjson'
    const content = Object.keys(members).find((path) => path.startsWith('files/'))!
    const { [people]: _people, ...withoutPeople } = members
    const { [content]: _content, ...withoutContent } = members
    const wrongs: [Members, RegExp][] = [
      [
        { ...members, [people]: Buffer.from('{"doc":{"_id":"me"}}\n') },
        /people\.ndjson is damaged or was changed/,
      ],
      [withoutPeople, /people\.ndjson" is missing/],
      [sealedAgain(withoutPeople), /the records of ""?people""? are missing/],
      [sealedAgain(withoutContent), /the content of the file \w+ is missing/],
      [sealedAgain({ ...members, '../../etc/cron.d/x': Buffer.from('x') }), /etc\/cron.*does not belong/],
      [{ ...members, 'files/extra': Buffer.from('x') }, /extra" is not in its manifest/],
      [
        sealedAgain({ ...members, 'records/sessions.ndjson': Buffer.from('{"doc":{"_id":"me"}}\n') }),
        /"sessions", which this Tilsyn does not take/,
      ],
      [sealedAgain({ ...members, [people]: Buffer.from('{"doc":\n') }), /people\.ndjson is damaged/],
      [
        sealedAgain({ ...members, [people]: Buffer.concat([members[people]!, members[people]!]) }),
        /has 2 records where 1 should be/,
      ],
      [
        sealedAgain(members, (manifest) => ((manifest as { format: string }).format = 'tilsyn-whole-data-2')),
        /format tilsyn-whole-data-2/,
      ],
      [
        sealedAgain(members, (manifest) => (manifest.made.version = '999.0.0')),
        /made by Tilsyn 999\.0\.0, and this is Tilsyn \d.*Nothing was changed/,
      ],
      [
        sealedAgain(members, (manifest) => ((manifest as { format: string }).format = 'tilsyn-evidence-1')),
        /not one of the whole data/,
      ],
      [
        sealedAgain(members, (manifest) => void delete (manifest as Partial<typeof manifest>).log),
        /manifest is incomplete/,
      ],
      [{ ...members, 'manifest.json': Buffer.from('{') }, /manifest is damaged/],
      [{ 'readme.txt': Buffer.from('hello') }, /no manifest\.json/],
    ]
    for (const [changed, why] of wrongs) {
      await writeZip(bad, changed)
      await refused(bad, why)
    }
    const bomb = sealedAgain({ ...members, [content]: Buffer.alloc(60_000_000) })
    await writeZip(bad, bomb)
    await refused(bad, /unpack to far more/)
    const cheating = sealedAgain({ ...members, [content]: Buffer.alloc(20_000_000) }, (manifest) => {
      for (const member of manifest.members) if (member.path === content) member.size = 100
    })
    await writeZip(bad, cheating)
    await refused(bad, /is damaged or was changed/)
    await writeFile(bad, whole.subarray(0, whole.length - 700))
    await refused(bad, /not a ZIP, or not all of it/)
    await writeFile(bad, 'PK')
    await refused(bad, /not a ZIP/)
    const flipped = Buffer.from(whole)
    const at = flipped.indexOf('records/people.ndjson') + 60
    flipped[at] = (flipped[at] ?? 0) ^ 0x10
    await writeFile(bad, flipped)
    await refused(bad, /people\.ndjson is damaged or was changed/)
  })
})

function bytes(answer: Response, done: (error: Error | null, body: Buffer) => void): void {
  const pieces: Buffer[] = []
  const stream = answer as unknown as NodeJS.ReadableStream
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  stream.on('end', () => done(null, Buffer.concat(pieces)))
}
