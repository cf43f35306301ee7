import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'

export type Sink = { url: string; what: string; close: () => void }

const cache = resolve(fileURLToPath(new URL('../node_modules/.cache/smtp-sink', import.meta.url)))

/**
 * A server in a process of its own that takes every mail and throws it away: Postfix's smtp-sink from the path or from
 * Debian's package, unpacked beside the other caches; else a small one of our own.
 */
export async function startSink(): Promise<Sink> {
  const port = await freePort()
  const postfix = fromPath() ?? fromPackage()
  const child = postfix
    ? spawn(postfix.program, [...asUser(), '-c', `127.0.0.1:${port}`, '1000'], {
        env: postfix.env,
        stdio: 'ignore',
      })
    : spawn(process.execPath, [fileURLToPath(new URL('./own-sink.mjs', import.meta.url)), String(port)], {
        stdio: 'ignore',
      })
  await answering(port, child)
  return {
    url: `smtp://127.0.0.1:${port}`,
    what: postfix ? "Postfix's smtp-sink" : 'a sink of our own (smtp-sink was neither found nor to be had)',
    close: () => child.kill(),
  }
}

type Program = { program: string; env: NodeJS.ProcessEnv }

function fromPath(): Program | undefined {
  try {
    return { program: execFileSync('which', ['smtp-sink'], { encoding: 'utf8' }).trim(), env: process.env }
  } catch {
    return undefined
  }
}

function fromPackage(): Program | undefined {
  const program = join(cache, 'usr/sbin/smtp-sink')
  try {
    if (!existsSync(program)) {
      mkdirSync(cache, { recursive: true })
      execFileSync('apt-get', ['download', 'postfix'], { cwd: cache, stdio: 'ignore' })
      const archive = readdirSync(cache).find((name) => name.endsWith('.deb'))
      execFileSync('dpkg', ['-x', join(cache, archive ?? ''), cache], { stdio: 'ignore' })
    }
    return { program, env: { ...process.env, LD_LIBRARY_PATH: join(cache, 'usr/lib/postfix') } }
  } catch {
    return undefined
  }
}

// It refuses to run with all rights.
function asUser(): string[] {
  return process.getuid?.() === 0 ? ['-u', 'nobody'] : []
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  return typeof address === 'object' && address ? address.port : 0
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) break
    const open = await new Promise<boolean>((answer) => {
      const socket = connect(port, '127.0.0.1', () => answer(true)).on('error', () => answer(false))
      socket.on('connect', () => socket.end())
    })
    if (open) return
    await sleep(50)
  }
  throw new Error('the mail sink does not answer')
}
