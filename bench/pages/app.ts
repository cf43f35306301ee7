/** The app as it is run, in a process of its own, and a browser of sorts. */
import { spawn } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type App = {
  /** Milliseconds from the start of the process until it says where it runs. */
  startedIn: number
  get: (path: string) => Promise<{ took: number; bytes: number }>
  /** Waits until what it catches up on at its start is done. */
  settled: () => Promise<void>
  stop: () => Promise<void>
}

/** Cookies by the beginning of the path they are for. */
export type Cookies = [beginning: string, cookie: string][]

export async function startApp({
  dataDir,
  port,
  cookies,
}: {
  dataDir: string
  port: number
  cookies: Cookies
}): Promise<App> {
  const began = performance.now()
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    SMTP_URL: '',
    MONGODB_URI: '',
  }
  const main = new URL('../../src/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      appendFileSync(join(dataDir, 'app.log'), chunk)
      if (chunk.toString().includes('Tilsyn runs at')) resolve()
    })
    child.once('exit', () => reject(new Error('the app ended')))
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })

  /** Whoever asks more often than a reader would is sent away for a while: that is waited for, and not measured. */
  const get = async (path: string): Promise<{ took: number; bytes: number }> => {
    for (;;) {
      const answer = await once(path)
      if (answer.status === 200) return answer
      if (answer.status !== 429) throw new Error(`${path} answered ${answer.status}`)
      await sleep(5000)
    }
  }
  const once = (path: string) =>
    new Promise<{ status: number | undefined; took: number; bytes: number }>((resolve, reject) => {
      const cookie = cookies.findLast(([beginning]) => path.startsWith(beginning))?.[1] ?? ''
      const asked = performance.now()
      request({ host: '127.0.0.1', port, path, agent, headers: { cookie } }, (response) => {
        let bytes = 0
        response.on('data', (chunk: Buffer) => (bytes += chunk.length))
        response.on('end', () =>
          resolve({ status: response.statusCode, took: performance.now() - asked, bytes }),
        )
      })
        .on('error', reject)
        .end()
    })

  return {
    startedIn: performance.now() - began,
    get,
    settled: async () => {
      // Some seconds in which timers run once; pages that are quick again say they are through, on a machine that has time.
      const end = performance.now() + 60_000
      const latest = end + 120_000
      await sleep(5000)
      for (let quick = 0; quick < 5 && performance.now() < end; await sleep(200))
        quick = (await get('/health')).took < 20 ? quick + 1 : 0
      // Where the system tells how long the process has computed: until it does nearly nothing for a while.
      for (
        let idle = 0, before = computed(child.pid);
        before !== null && idle < 3 && performance.now() < latest;
      ) {
        await sleep(4000)
        const now = computed(child.pid) ?? before
        idle = now - before < 0.2 ? idle + 1 : 0
        before = now
      }
    },
    stop: async () => {
      agent.destroy()
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** Seconds of processor time so far; null where the system keeps no `/proc`. */
function computed(pid: number | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    // Fields 14 and 15 of proc(5), counted behind the name; a hundred ticks a second.
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return null
  }
}
