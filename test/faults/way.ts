import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Way = {
  /** For MONGODB_URI. */
  uri: string
  /** As of a machine that stands still: nothing is answered, and nobody hangs up. */
  hang: () => void
  /** As of a machine that is off: everybody is cut off, and nobody gets through. */
  cut: () => Promise<void>
  restore: () => Promise<void>
  close: () => Promise<void>
}

/** A way to the test's database that can be taken away from one process, while the test itself looks on. */
export async function openWay(database: string): Promise<Way> {
  const { host, rest } = /^mongodb:\/\/(?<host>[^/?]+)(?<rest>\/[^?]*)?/.exec(database)?.groups ?? {}
  const target = decodeURIComponent(host ?? '')
  const pairs = new Set<[Socket, Socket]>()
  let hanging = false

  const server = createServer((near) => {
    const [name, port] = target.split(':')
    const far = target.startsWith('/') ? connect(target) : connect(Number(port ?? 27017), name ?? '')
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    for (const [one, other] of [pair, pair.toReversed()] as [Socket, Socket][]) {
      one.on('data', (chunk) => other.write(chunk))
      one.on('error', () => one.destroy())
      one.on('close', () => {
        other.destroy()
        pairs.delete(pair)
      })
      if (hanging) one.pause()
    }
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of [...pairs].flat()) socket.destroy()
    await closed
  }
  const port = await listen(0)
  return {
    uri: `mongodb://127.0.0.1:${port}${rest ?? '/'}?directConnection=true`,
    hang: () => {
      hanging = true
      for (const socket of [...pairs].flat()) socket.pause()
    },
    cut,
    restore: async () => {
      hanging = false
      for (const socket of [...pairs].flat()) socket.resume()
      if (!server.listening) await listen(port)
    },
    close: async () => {
      if (server.listening) await cut()
    },
  }
}
