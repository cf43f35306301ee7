import { expect } from 'chai'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { verifyLog } from '../../src/audit-log/verify.js'
import { databaseUri, emptyDatabase, useDatabase } from '../support/database.js'
import { startSink, type Sink } from './sink.js'
import { refusedAddress, tell } from './story.js'
import { randomFrom, seedOfRun, useWorkers, type Worker } from './workers.js'

/** At the least. */
const kills = 20

/** After how many of its writes, at the most, each is killed; the more it has to do, the further in. Each is killed once. */
const mostWrites: Record<string, number> = {
  issue: 30,
  sender: 12,
  'audit-log.log-missing-moves': 1,
  'audit-log.seal-entries': 1,
  'audit-log.check-log': 1,
  'auth.remove-ended': 1,
  'register.keep-lists-up-to-date': 1,
  'register.turn-contracts': 1,
  'imports.discard-abandoned': 2,
  'notices.finish-issuing': 12,
  'notices.enqueue-missing-mails': 1,
  'notices.follow-up-mails': 30,
  'notices.remind-of-approvals': 3,
  'notices.follow-customers': 3,
  'notices.settle-finished': 2,
  'notices.keep-list-up-to-date': 1,
  'objections.finish': 2,
  'objections.permit-due-changes': 20,
  'unpermitted-use.work-on-cases': 4,
  'unpermitted-use.find': 1,
  'replies.finish': 2,
}
/** Killed again in the weeks when most is permitted. */
const again = ['audit-log.seal-entries', 'notices.keep-list-up-to-date', 'objections.permit-due-changes']
// `register.compare-lists` finds nothing in a house of this size, where the one before it looks through all; `mail.send` wakes the sender.

describe('Killed in every timer', function () {
  this.timeout(480_000)
  useDatabase()
  const worker = useWorkers()
  let sink: Sink
  let folder: string
  beforeEach('start a mail server', async () => {
    sink = await startSink((address) => (address === refusedAddress ? 'refuse' : undefined))
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-kills-'))
  })
  afterEach('stop it', async () => {
    await sink.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('the house stands in the end as if nobody had been killed: every move, approval and mail once, the log whole', async () => {
    const undisturbed = await toldBy(never)
    const mailsUndisturbed = mailsTaken()
    await emptyDatabase()
    await sink.close()
    sink = await startSink((address) => (address === refusedAddress ? 'refuse' : undefined))

    const seed = seedOfRun()
    const random = randomFrom(seed)
    const left = new Set(Object.keys(mostWrites))
    const killedIn: string[] = []
    const disturbed = await toldBy({
      next: () =>
        Object.fromEntries(
          [...left].map((part) => [part, 1 + Math.floor(random() * (mostWrites[part] ?? 1))]),
        ),
      again: () => {
        for (const part of again) left.add(part)
      },
      killed: (part) => {
        killedIn.push(part)
        left.delete(part)
      },
    })
    console.log(`      seed ${seed}, killed in ${killedIn.join(', ')}`)
    expect(killedIn.length, 'kills').to.be.at.least(kills)
    expect(killedIn).to.include.members([
      'sender',
      'objections.permit-due-changes',
      'notices.follow-up-mails',
    ])
    expect(onlyIn(disturbed, undisturbed), 'more than if nobody had been killed').to.deep.equal([])
    expect(onlyIn(undisturbed, disturbed), 'less than if nobody had been killed').to.deep.equal([])
    expect(mailsTaken(), 'mails under one Message-ID each').to.deep.equal(mailsUndisturbed)
  })

  type Killing = {
    next: () => Record<string, number>
    killed: (part: string) => void
    again: () => void
  }
  const never: Killing = { next: () => ({}), killed: () => undefined, again: () => undefined }

  /** Tells the story with a process that is killed as said, and started anew; then nothing is left to do. */
  async function toldBy(killing: Killing): Promise<string[]> {
    const uri = `${await databaseUri()}&monitorCommands=true`
    const start = () => worker(sink.url, 'whole', { uri })
    let ready = start()
    let next: Promise<Worker> | undefined
    let starts = 0
    /** True where it was killed. */
    const killedIn = async (order: Parameters<Worker['obey']>[0]): Promise<boolean> => {
      const note = join(folder, `${(starts += 1)}`)
      const process = await ready
      const dieIn = killing.next()
      // It takes a while to load, so it does while the one before it works.
      if (Object.keys(dieIn).length > 0) next ??= start()
      const done = await process.obey({ ...order, dieIn, note } as typeof order)
      if (done !== undefined) return false
      killing.killed(await readFile(note, 'utf8'))
      ready = next ?? start()
      next = undefined
      await sink.whenQuiet()
      return true
    }
    /** Each start is six minutes later, so that claims of the one before it have run out. */
    const after = (moment: string, number: number) =>
      new Date(Date.parse(moment) + number * 6 * 60_000).toISOString()
    const work = async (moment: string) => {
      let number = 0
      for (let calm = 0; calm < 2; number += 1)
        calm = (await killedIn({ do: 'work', at: after(moment, number) })) ? 0 : calm + 1
    }
    let ended = ''
    await tell({
      issue: async ({ reference, version }, moment) => {
        await killedIn({ do: 'issue', reference, version, at: moment })
      },
      work: async (moment) => {
        if (moment > '2027') killing.again()
        await work(moment)
        ended = moment
      },
    })
    const last = await ready
    await last.obey({ do: 'work', at: after(ended, 60) })
    const before = await everything()
    await last.obey({ do: 'work', at: after(ended, 60) })
    expect(await everything(), 'a second run of everything').to.deep.equal(before)
    expect(await verifyLog()).to.deep.include({ whole: true, waiting: 0, breaks: [] })
    await last.kill()
    return whatStands()
  }

  /** How many mails under how many Message-IDs went to each address. */
  function mailsTaken(): string[] {
    return [...sink.byAddress].map(([address, ids]) => `${address} ${ids.size}`).toSorted()
  }
})

type Row = Record<string, unknown> & { _id: string }

/** What it comes to, without ids and times. */
async function whatStands(): Promise<string[]> {
  const rows = (name: string) => mongoose.connection.collection<Row>(name).find({}).toArray()
  const moves = (row: Row) => (row['moves'] as { event: string }[]).map(({ event }) => event)
  const [recipients, notices, objections, replies, mails, approvals, entries] = await Promise.all(
    ['recipients', 'notices', 'objections', 'replies', 'mails', 'approvals', 'log-entries'].map(rows),
  )
  const twice = approvals!.map((row) => `${String(row['customer'])}/${String(row['engagement'])}`)
  return [
    ...said('recipient', recipients!, (row) => [
      row['noticeReference'],
      row['customerName'],
      row['state'],
      row['lastDay'],
      row['owed'],
      (row['lines'] as Row[]).map((line) => [line['permittedFrom'], line['inUseSince']]),
      moves(row),
    ]),
    ...said('notice', notices!, (row) => [row['reference'], row['state'], moves(row)]),
    ...said('objection', objections!, (row) => [row['reference'], row['state'], moves(row)]),
    ...said('reply', replies!, (row) => [row['reference'], row['state'], moves(row)]),
    ...said('mail', mails!, (row) => [row['kind'], (row['to'] as Row)['address'], row['state']]),
    ...said('approval', approvals!, (row) => [row['from'], row['to'], row['kind']]),
    ...said('entry', entries!, (row) => [row['event']]),
    `${twice.length - new Set(twice).size} approvals twice`,
  ]
}

function said(what: string, rows: readonly Row[], say: (row: Row) => unknown[]): string[] {
  return rows.map((row) => `${what} ${JSON.stringify(say(row))}`)
}

/** What is said more often in the one than in the other. */
function onlyIn(one: readonly string[], other: readonly string[]): string[] {
  const rest = [...other]
  return one.filter((each) => {
    const place = rest.indexOf(each)
    if (place >= 0) rest.splice(place, 1)
    return place < 0
  })
}

/** All collections, but for when a timer last ran, how often and when a list was looked over, and what is counted anew each time. */
async function everything(): Promise<Record<string, string>> {
  const said: Record<string, string> = {}
  for (const { collectionName } of await mongoose.connection.db!.collections()) {
    if (['timer-runs', 'agenda-jobs'].includes(collectionName)) continue
    const fields = { seq: 0, changedAt: 0, followed: 0, counts: 0 }
    const rows = await mongoose.connection
      .collection(collectionName)
      .find({}, { projection: fields })
      .sort({ _id: 1 })
      .toArray()
    said[collectionName] = `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`
  }
  return said
}
