/** For what reads everything: V8 by itself lets some hundred megabytes of garbage stand before it looks. */
import { spawn } from 'node:child_process'

const settings = ['--max-semi-space-size=4', '--expose-gc']

/** Whether this process keeps its memory small already. */
export function isSmall(): boolean {
  return globalThis.gc !== undefined
}

/** The same command in a process that does. Returns its exit code. */
export async function inSmallMemory(): Promise<number> {
  const [node = 'node', program = '', ...words] = process.argv
  const child = spawn(node, [...process.execArgv, ...settings, program, ...words], { stdio: 'inherit' })
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass)
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => done(code ?? 1))
  })
}

/** While the work is done, garbage goes as it comes. */
export async function tidying<T>(work: Promise<T>): Promise<T> {
  const tidy = setInterval(() => globalThis.gc?.(), 2000)
  try {
    return await work
  } finally {
    clearInterval(tidy)
  }
}
