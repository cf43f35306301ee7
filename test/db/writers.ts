import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { readOwner } from '../../src/db/owner.js'
import { program } from '../support/compiled.js'

export type App = {
  child: ChildProcess
  lines: string[]
  /** Resolves with the first line that begins so; fails where the app ends without it. */
  says: (beginning: string) => Promise<string>
  exit: Promise<number | null>
  wrote: () => number
}

/** Inside `describe`: apps (`writer.ts`) on a data folder that every test has to itself. */
export function useWriters() {
  const running: ChildProcess[] = []
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-life-'))
  })
  afterEach(async () => {
    for (const child of running.splice(0)) child.kill('SIGKILL')
    const engine = (await readOwner(folder))?.engine.pid
    if (engine !== undefined) kill(engine, 'SIGKILL')
    await sleep(50)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  function app(way: 'start' | 'join', settings: Record<string, string> = {}): App {
    const child = spawn(process.execPath, [...program('test/db/writer.ts'), way, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...settings },
    })
    running.push(child)
    const lines: string[] = []
    let rest = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString('utf8')).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
      child.emit('said')
    })
    const exit = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
    const says = async (beginning: string): Promise<string> => {
      for (;;) {
        const line = lines.find((each) => each.startsWith(beginning))
        if (line !== undefined) return line
        const over = await Promise.race([once(child, 'said').then(() => false), exit.then(() => true)])
        if (over && !lines.some((each) => each.startsWith(beginning)))
          throw new Error(`ended: ${lines.join(' | ')}`)
      }
    }
    const wrote = () => Number(lines.findLast((line) => line.startsWith('wrote'))?.split(' ')[1] ?? 0)
    return { child, lines, says, exit, wrote }
  }

  async function writing(): Promise<App & { engine: number }> {
    const first = app('start')
    await first.says('ready')
    await first.says('wrote')
    await sleep(150)
    const engine = (await readOwner(folder))?.engine.pid
    if (engine === undefined) throw new Error('no owner file')
    return { ...first, engine }
  }

  /** Starts again and gives the last number found, once the new one writes too. */
  async function foundAfterwards(): Promise<number> {
    const next = app('start')
    const found = Number((await next.says('ready')).split(' ')[2])
    await next.says('wrote')
    next.child.kill('SIGTERM')
    expect(await next.exit).to.equal(0)
    return found
  }

  return { folder: () => folder, app, writing, foundAfterwards }
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone already.
  }
}
