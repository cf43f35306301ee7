import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { testConfig } from '../support/app.js'
import { program } from '../support/compiled.js'
import { databaseUri } from '../support/database.js'
import type { Order, Report } from './worker.js'

export type Worker = {
  /** Tells what came of it; undefined where the process was killed before it could say. */
  obey: (order: Order) => Promise<Record<string, number> | undefined>
  /** `kill -9`, and wait until it is gone. */
  kill: () => Promise<void>
}

/** Inside `describe`: processes of their own that work on the test's database. None outlives its test. */
export function useWorkers() {
  const running: ChildProcess[] = []
  afterEach('end the workers', () => {
    for (const child of running.splice(0)) child.kill('SIGKILL')
  })

  /** Resolves once it is ready to be told. Started ahead of need, one loads while another works. `given`: another way to the database, how long it is waited for, and MAIL_RATE. */
  async function worker(
    smtpUrl: string,
    part: 'sender' | 'whole',
    given: { uri?: string; patience?: number; rate?: number } = {},
  ): Promise<Worker> {
    const child = fork(program('test/faults/worker.ts')[0] ?? '', [part], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        MONGODB_URI: given.uri ?? (await databaseUri()),
        ...(given.patience ? { TEST_PATIENCE: String(given.patience) } : {}),
        ...(given.rate ? { MAIL_RATE: String(given.rate) } : {}),
        SESSION_SECRET: testConfig.sessionSecret,
        SMTP_URL: smtpUrl,
        MAIL_FROM: testConfig.mailFrom,
        LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      },
    })
    running.push(child)
    const gone = once(child, 'exit').then(() => undefined)
    const report = () => Promise.race([once(child, 'message').then(([said]) => said as Report), gone])
    const first = await report()
    if (!first || !('ready' in first)) throw new Error('a worker ended before it was ready')
    return {
      obey: async (order) => {
        const said = report()
        if (child.connected) child.send(order)
        const came = await said
        if (came && 'failed' in came) throw new Error(came.failed)
        return came && 'done' in came ? came.done : undefined
      },
      kill: async () => {
        child.kill('SIGKILL')
        await gone
      },
    }
  }
  return worker
}

/** Numbers from 0 to below 1 that are the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Of this run, or the one to repeat: TEST_SEED. */
export function seedOfRun(): number {
  return Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
}
