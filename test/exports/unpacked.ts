import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import type { Response } from 'supertest'
import type { Agent } from '../support/people.js'

export type Files = Map<string, Buffer>

/** Asks for a pack with the button of a page. */
export async function askForPack(agent: Agent, page: string, url: string): Promise<Response> {
  const { text } = await agent.get(page).redirects(3)
  const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
  return agent
    .post(url)
    .type('form')
    .send({ _csrf: token })
    .buffer(true)
    .parse((answer, done) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => done(null, Buffer.concat(pieces)))
    })
}

export function unpacked(zip: Buffer): Files {
  return new Map(Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, Buffer.from(bytes)]))
}

export async function writeAll(files: Files, folder: string): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
}

/** The second program, as an auditor runs it in the unpacked folder. */
export async function verified(folder: string): Promise<{ whole: boolean; said: string }> {
  const run = promisify(execFile)
  const program = new URL('../../docs/verify-pack.mjs', import.meta.url).pathname
  return run(process.execPath, [program], { cwd: folder }).then(
    ({ stdout }) => ({ whole: true, said: stdout }),
    (error: { stdout: string; stderr: string }) => ({ whole: false, said: error.stdout + error.stderr }),
  )
}

/** All that can be read in it, with papers as their bytes. */
export function wordsIn(files: Files): string {
  return [...files].map(([path, bytes]) => `${path}\n${bytes.toString('utf8')}`).join('\n')
}

export function jsonLines(bytes: Buffer | undefined): Record<string, unknown>[] {
  return (bytes?.toString('utf8') ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
