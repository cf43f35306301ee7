import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import mongoose from 'mongoose'
import { makeLog } from '../../src/base/log.js'
import { startJobs, timerRuns, timersByHand, type Jobs, type Timer } from '../../src/jobs/actions.js'
import { useDatabase } from '../support/database.js'

const noon = new Date('2026-12-01T11:00:00Z')
const door = { clock: () => noon, zone: 'Europe/Copenhagen', log: makeLog('silent') }
const never = 24 * 3600 * 1000

describe('timers', function () {
  this.timeout(120_000)
  useDatabase()
  let started: Jobs[] = []
  const start = async (timers: Timer[]) => {
    const jobs = await startJobs({ ...door, timers, lookEvery: 1000 })
    started.push(jobs)
    return jobs
  }
  const until = async (condition: () => boolean) => {
    for (let waited = 0; !condition() && waited < 15_000; waited += 20) await sleep(20)
    expect(condition()).to.equal(true)
  }
  afterEach(async () => {
    await Promise.all(started.map((jobs) => jobs.stop()))
    started = []
  })

  it('are told who acts, when, and what day it is', async () => {
    let told: unknown
    const run = async (context: unknown) => {
      told = context
      return { done: 1 }
    }
    await timersByHand({ ...door, timers: [{ name: 'sealEntries', every: never, run }] }).runNow(
      'sealEntries',
    )
    expect(told).to.deep.equal({
      now: noon,
      today: '2026-12-01',
      actor: { kind: 'timer', id: 'sealEntries' },
      locale: 'da',
    })
  })

  it('all run once soon after the start, also those whose hour was missed while nothing ran', async () => {
    const ran: string[] = []
    const timer = (name: string, every: number | string): Timer => ({
      name,
      every,
      run: async () => {
        ran.push(name)
        return {}
      },
    })
    await start([timer('a', never), timer('nightly', '0 3 * * *'), timer('b', never)])
    await until(() => ran.length === 3)
    expect(ran).to.deep.equal(['a', 'nightly', 'b'])
  })

  it('run again and again', async () => {
    let runs = 0
    const run = async () => ({ runs: ++runs })
    await start([{ name: 'often', every: 200, run }])
    await until(() => runs >= 3)
  })

  it('never overlap, in one process or several', async () => {
    let running = 0
    let most = 0
    let runs = 0
    const run = async () => {
      running += 1
      most = Math.max(most, running)
      await sleep(300)
      running -= 1
      runs += 1
      return {}
    }
    const timers = [{ name: 'slow', every: 100, run }]
    const [one, two] = await Promise.all([start(timers), start(timers)])
    await Promise.all([one.runNow('slow'), two.runNow('slow'), one.runNow('slow')])
    await start(timers)
    await until(() => runs >= 6)
    expect(most).to.equal(1)
    expect(await mongoose.connection.collection('agenda-jobs').countDocuments()).to.equal(1)
  })

  it('go on when one of them fails, whose failure is kept under an incident number', async () => {
    let runs = 0
    const failing: Timer = {
      name: 'failing',
      every: never,
      run: async () => Promise.reject(new Error('Åse Ørsted cannot be told')),
    }
    const run = async () => ({ runs: ++runs })
    await start([failing, { name: 'after', every: never, run }])
    await until(() => runs === 1)
    await Promise.all(started.map((jobs) => jobs.stop()))
    const [after, failed] = await timerRuns()
    expect(after).to.deep.include({ _id: 'after', failures: 0, counts: { runs: 1 }, incident: null })
    expect(failed).to.deep.include({ _id: 'failing', failures: 1, failedAt: noon, finishedAt: null })
    expect(failed!.incident).to.match(/^[0-9a-z]{8}$/)
    expect(JSON.stringify(failed)).not.to.include('Åse')
  })

  it('count their failures in a row, and forget them when they go well again', async () => {
    let broken = true
    const run = async () => (broken ? Promise.reject(new Error('no')) : { done: 1 })
    const timers = timersByHand({ ...door, timers: [{ name: 'a', every: never, run }] })
    await timers.runNow('a')
    expect((await timers.runNow('a')).state).to.equal('failed')
    expect((await timerRuns())[0]!.failures).to.equal(2)
    broken = false
    expect(await timers.runNow('a')).to.deep.equal({ state: 'done', counts: { done: 1 } })
    expect((await timerRuns())[0]!.failures).to.equal(0)
  })

  it('run again although the process that ran them was killed', async () => {
    await mongoose.connection
      .collection<{ _id: string }>('timer-runs')
      .insertOne({ _id: 'a', holder: 'of a killed process', heldUntil: new Date(Date.now() + 300) } as never)
    const timers = timersByHand({
      ...door,
      timers: [{ name: 'a', every: never, run: async () => ({ done: 1 }) }],
    })
    const before = Date.now()
    expect((await timers.runNow('a')).state).to.equal('done')
    expect(Date.now() - before).to.be.greaterThan(250)
  })

  it('end with the process after what is running', async () => {
    let ended = false
    let began = false
    const run = async () => {
      began = true
      await sleep(300)
      ended = true
      return {}
    }
    const jobs = await startJobs({ ...door, timers: [{ name: 'slow', every: never, run }] })
    await until(() => began)
    await jobs.stop()
    expect(ended).to.equal(true)
  })

  it('do not hold a stop up that runs for minutes', async () => {
    let began = false
    let release = () => {}
    const run = async () => {
      began = true
      await new Promise<void>((done) => (release = done))
      return {}
    }
    const timers = [{ name: 'endless', every: never, run }]
    const jobs = await startJobs({ ...door, timers, longestStop: 50 })
    await until(() => began)
    await jobs.stop()
    expect((await timerRuns())[0]).to.include({ _id: 'endless', finishedAt: null })
    release()
  })
})
