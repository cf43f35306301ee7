import { statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'

const memory = '/dev/shm'
/** A run holds some hundred megabytes at a time. */
const enough = 2 * 2 ** 30

/**
 * Where a run keeps its files: in memory where this machine has plenty. A database waits for the disk at each write, and what tests
 * write need not outlive the machine: processes are killed in them, never a kernel.
 */
export function quickFolder(): string {
  if (process.env['TMPDIR']) return tmpdir()
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize > enough && freemem() > enough ? memory : tmpdir()
  } catch {
    return tmpdir()
  }
}
