import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A process by its number and its start, since numbers are used again. */
export type Process = { pid: number; started: string }

/** Who has a data folder open, and where its database answers. */
export type Owner = { app: Process; engine: Process; engineName: string; uri: string; closing: boolean }

const file = (dataDir: string) => join(dataDir, 'owner.json')

export async function readOwner(dataDir: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file(dataDir), 'utf8')) as Owner
  } catch {
    return undefined
  }
}

/** Only one who has the engine open may write: its lock on the files decides between two starts at once. */
export async function writeOwner(dataDir: string, owner: Owner): Promise<void> {
  const draft = `${file(dataDir)}.${randomUUID()}`
  await writeFile(draft, JSON.stringify(owner), { mode: 0o600 })
  await rename(draft, file(dataDir))
}

export async function removeOwner(dataDir: string): Promise<void> {
  await rm(file(dataDir), { force: true })
}

/** The process of this number as it runs now; undefined where there is none. */
export async function processOf(pid: number): Promise<Process | undefined> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined
  }
  if (process.platform === 'win32') return { pid, started: '' }
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // After the name in brackets: state is the 1st field, start in ticks since boot the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie is a dead process whose parent has not looked yet, in a container perhaps never.
    return fields[19] && !/^[ZX]/.test(fields[0] ?? '') ? { pid, started: fields[19] } : undefined
  }
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim() ? { pid, started: stdout.trim() } : undefined
}

export async function isAlive(known: Process): Promise<boolean> {
  return (await processOf(known.pid))?.started === known.started
}

/** Ends a process left over: asks first, then insists. The journal makes a kill safe for what was acknowledged. */
export async function endProcess(known: Process, patience: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isAlive(known))) return
    try {
      process.kill(known.pid, signal)
    } catch {
      return
    }
    for (const end = Date.now() + patience; Date.now() < end && (await isAlive(known));) await sleep(50)
  }
}
