import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type Delivered = { to: string; mail: Email; raw: Buffer }

export type PostOffice = { url: string; delivered: Delivered[]; close: () => Promise<void> }

/** A real SMTP server on this machine only. It has no mailbox for the addresses in `unknown`. */
export async function openPostOffice(unknown: ReadonlySet<string>): Promise<PostOffice> {
  const delivered: Delivered[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, callback) =>
      unknown.has(address)
        ? callback(Object.assign(new Error('5.1.1 No such mailbox'), { responseCode: 550 }))
        : callback(),
    onData: (stream, session, callback) => {
      void (async () => {
        const raw = await buffer(stream)
        const mail = await PostalMime.parse(raw)
        for (const { address } of session.envelope.rcptTo) delivered.push({ to: address, mail, raw })
      })().then(() => callback(null, '2.0.0 Ok'), callback)
    },
  })
  // A client that goes away is an error to the server, and an unheard one ends the process.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    delivered,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
