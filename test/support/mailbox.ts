import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail as it arrived: for whom by the envelope, its parts, and every byte of it. */
export type Arrived = Email & { for: string; raw: string }

type Fault = { code: number; times: number }

export type Mailbox = {
  /** For SMTP_URL. */
  url: string
  mails: Arrived[]
  /** Refuses the recipient with this reply code, so many times (for ever without a number). */
  refuse: (address: string, code: number, times?: number) => void
  /** Takes mails for the address and never answers, until `recover`. */
  hangOn: (address: string) => void
  /** Every mail takes so long. */
  slowBy: (milliseconds: number) => void
  /** No more faults. */
  recover: () => void
  /** As `recover`, and empty. */
  clear: () => void
  /** Arrived for the address, oldest first. */
  mailsFor: (address: string) => Arrived[]
  close: () => Promise<void>
}

/** A real SMTP server on a free port of this machine, with faults on demand. */
async function startMailbox(): Promise<Mailbox> {
  const mails: Arrived[] = []
  const faults = new Map<string, Fault>()
  const hanging = new Set<string>()
  let delay = 0

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, callback) => {
      const fault = faults.get(address)
      if (!fault || fault.times === 0) return callback()
      fault.times -= 1
      const reason = fault.code >= 500 ? '5.1.1 No such mailbox' : '4.2.0 Try again later'
      callback(Object.assign(new Error(reason), { responseCode: fault.code }))
    },
    onData: (stream, session, callback) => {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      void receive(stream, to).then(
        (id) =>
          to.some((address) => hanging.has(address))
            ? undefined
            : callback(null, `2.0.0 Ok: queued as ${id}`),
        (error: Error) => callback(error),
      )
    },
  })
  // A client that goes away is an error to the server, and an unheard one ends the process.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')

  async function receive(stream: NodeJS.ReadableStream, to: string[]): Promise<string> {
    const raw = await buffer(stream)
    if (delay > 0) await sleep(delay)
    const parsed = await PostalMime.parse(raw)
    for (const address of to) mails.push({ ...parsed, for: address, raw: raw.toString('utf8') })
    return `M${mails.length}`
  }

  const recover = () => {
    faults.clear()
    hanging.clear()
    delay = 0
  }
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuse: (address, code, times = Infinity) => faults.set(address, { code, times }),
    hangOn: (address) => hanging.add(address),
    slowBy: (milliseconds) => {
      delay = milliseconds
    },
    recover,
    clear: () => {
      recover()
      mails.length = 0
    },
    mailsFor: (address) => mails.filter((mail) => mail.for === address),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Inside `describe`: one server for its tests, empty and without faults before each. */
export function useMailbox(): Mailbox {
  const mailbox = {} as Mailbox
  before('start a mail server', async () => {
    Object.assign(mailbox, await startMailbox())
  })
  beforeEach('empty the mail server', () => mailbox.clear())
  after('stop the mail server', () => mailbox.close())
  return mailbox
}
