import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import request from 'supertest'
import { readOwner } from '../../src/db/owner.js'
import { program } from '../support/compiled.js'
import { password, submit, type Agent } from '../support/people.js'
import { project } from '../support/project.js'

export type RunningApp = {
  /** Resolves with the address it answers at; fails where it ends first. */
  address: Promise<string>
  /** What it has written so far. */
  said: () => { out: string; err: string }
  exit: Promise<number | null>
  /** To the whole group where it was started by npm, as a terminal does. */
  signal: (signal: NodeJS.Signals) => void
}

/** Inside `describe`: the app itself as processes of their own, on a data folder that every test has to itself. */
export function useApps() {
  let folder = ''
  const running: { child: ChildProcess; group: boolean }[] = []
  beforeEach('make a data folder', async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-app-'))
  })
  afterEach('end the apps', async function () {
    this.timeout(120_000)
    const engine = await engineOf()
    for (const { child, group } of running.splice(0)) end(child, 'SIGKILL', group)
    if (engine !== undefined) endPid(engine, 'SIGKILL')
    await sleep(100)
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  })

  const engineOf = async () => (await readOwner(folder))?.engine.pid

  function start(settings: Record<string, string> = {}, by: 'node' | 'npm' = 'node'): RunningApp {
    const [command, words] =
      by === 'npm' ? ['npm', ['start', '--silent']] : [process.execPath, program('src/main.ts')]
    const child = spawn(command as string, words as string[], {
      cwd: project,
      env: { ...withoutSettings(), PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: by === 'npm',
    })
    const group = by === 'npm'
    running.push({ child, group })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8')
      child.emit('said')
    })
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')))
    const exit = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
    const address = new Promise<string>((resolve, reject) => {
      child.on('said', () => {
        const found = /runs at (\S+)/.exec(out)?.[1]
        if (found) resolve(found)
      })
      child.once('close', (code, signal) => reject(new Error(`ended with ${signal ?? code}: ${out} ${err}`)))
    })
    address.catch(() => undefined)
    return { address, said: () => ({ out, err }), exit, signal: (signal) => end(child, signal, group) }
  }

  return { start, engineOf, folder: () => folder }
}

/** Follows the link that the first start prints, and makes the organisation and its administrator. */
export async function setUpBy(app: RunningApp): Promise<Agent> {
  const agent = request.agent(await app.address)
  for (const end = Date.now() + 30_000; !/set-up\/\S+/.test(app.said().out) && Date.now() < end;)
    await sleep(50)
  const path = /(\/set-up\/\S+)/.exec(app.said().out)?.[1] ?? ''
  const answer = await submit(agent, path, {
    name: 'Nordvang Drift A/S',
    cvr: '35240136',
    address: 'Havnegade 12\n5000 Odense C',
    'dpo[name]': 'Karen Østergård',
    'dpo[email]': 'dpo@nordvang.example',
    'dpo[phone]': '+45 70 10 20 30',
    locales: ['da', 'en'],
    replyTo: 'varsler@nordvang.example',
    'person[name]': 'Anders Vester',
    'person[email]': 'anders@nordvang.example',
    'person[locale]': 'en',
    'person[password]': password,
  })
  if (answer.status !== 303) throw new Error(`set-up answered ${answer.status}: ${answer.text}`)
  return agent
}

export async function signInTo(app: RunningApp): Promise<Agent> {
  const agent = request.agent(await app.address)
  const answer = await submit(agent, '/sign-in', { email: 'anders@nordvang.example', password })
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`)
  return agent
}

export function endPid(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone already.
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals, group: boolean): void {
  if (child.pid !== undefined && child.exitCode === null) endPid(group ? -child.pid : child.pid, signal)
}

/** Of the person who runs the tests: they would reach a database and a mail server of theirs. */
function withoutSettings(): NodeJS.ProcessEnv {
  const own = [
    'MONGODB_URI',
    'SMTP_URL',
    'MAIL_FROM',
    'BASE_URL',
    'HOST',
    'SESSION_SECRET',
    'TRUST_PROXY',
    'TZ_BUSINESS',
  ]
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.includes(name)))
}
