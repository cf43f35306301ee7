import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

export type Sink = {
  /** For SMTP_URL. */
  url: string
  /** Message-IDs in the order in which they were taken, second copies among them. */
  taken: readonly string[]
  /** Copies taken of each Message-ID. */
  copies: ReadonlyMap<string, number>
  /** Message-IDs that were taken for each address. */
  byAddress: ReadonlyMap<string, ReadonlySet<string>>
  /** Resolves as soon as so many have been taken. */
  whenTaken: (count: number) => Promise<void>
  /** Resolves when nobody is connected: whatever a killed client had handed over is counted by then. */
  whenQuiet: () => Promise<void>
  close: () => Promise<void>
}

/** What the server does to a mail for that address: refuses it for good, asks for patience, or hangs up, having taken it or not. */
export type Mood = 'refuse' | 'later' | 'hang-up' | 'take-and-hang-up'

/** A real SMTP server that looks at nothing but envelope and Message-ID, so that thousands of mails cost it little. */
export async function startSink(
  moodFor: (address: string) => Mood | undefined = () => undefined,
): Promise<Sink> {
  const copies = new Map<string, number>()
  const byAddress = new Map<string, Set<string>>()
  const sockets = new Set<Socket>()
  const taken: string[] = []
  let waiting: { count: number; tell: () => void }[] = []

  const take = (message: string, recipients: readonly string[]) => {
    const id = /^message-id:\s*(<[^>]+>)/im.exec(message)?.[1] ?? 'none'
    copies.set(id, (copies.get(id) ?? 0) + 1)
    for (const address of recipients) byAddress.set(address, (byAddress.get(address) ?? new Set()).add(id))
    taken.push(id)
    waiting = waiting.filter(({ count, tell }) => {
      if (taken.length >= count) tell()
      return taken.length < count
    })
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // A client that is killed resets its connections.
    socket.on('error', () => socket.destroy())
    socket.setNoDelay(true)
    socket.write('220 sink ESMTP\r\n')
    let rest = ''
    let message: string | null = null
    let recipients: string[] = []
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1')
      for (;;) {
        if (message !== null) {
          const end = rest.indexOf('\r\n.\r\n')
          if (end < 0) {
            // The head is all that is looked at; the last bytes may hold half an end.
            if (message.length < 4096) message += rest.slice(0, -4)
            rest = rest.slice(-4)
            return
          }
          const mood = moodFor(recipients[0] ?? '')
          if (mood === 'hang-up') return socket.destroy()
          take(message + rest.slice(0, end), recipients)
          if (mood === 'take-and-hang-up') return socket.destroy()
          rest = rest.slice(end + 5)
          message = null
          socket.write(`250 2.0.0 Ok: queued as ${taken.length}\r\n`)
          continue
        }
        const end = rest.indexOf('\r\n')
        if (end < 0) return
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        const verb = line.slice(0, 4).toUpperCase()
        if (verb === 'EHLO' || verb === 'HELO') socket.write('250-sink\r\n250 8BITMIME\r\n')
        else if (verb === 'MAIL') {
          recipients = []
          socket.write('250 Ok\r\n')
        } else if (verb === 'RCPT') {
          const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
          const mood = moodFor(address)
          if (mood === 'refuse') socket.write('550 5.1.1 No such mailbox\r\n')
          else if (mood === 'later') socket.write('450 4.2.0 Try again later\r\n')
          else {
            recipients.push(address)
            socket.write('250 Ok\r\n')
          }
        } else if (verb === 'DATA') {
          message = ''
          socket.write('354 Go on\r\n')
          rest = `\r\n${rest}`
        } else if (verb === 'QUIT') socket.end('221 Bye\r\n')
        else socket.write('250 Ok\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    copies,
    byAddress,
    whenTaken: (count) =>
      taken.length >= count ? Promise.resolve() : new Promise((tell) => waiting.push({ count, tell })),
    whenQuiet: async () => {
      for (const socket of sockets) await once(socket, 'close')
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
