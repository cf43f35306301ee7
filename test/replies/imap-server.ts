import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

export type ImapServer = {
  url: string
  mails: { uid: number; raw: Buffer; at: Date; flags: Set<string> }[]
  add: (raw: Buffer, at: Date) => void
  /** Hangs up in the middle of the fetch of that number, once. */
  breakAt: (uid: number) => void
  /** Begins its numbers anew. */
  renumber: () => void
  deleted: number
  close: () => Promise<void>
}

/** A small IMAP server by script: enough of RFC 3501 to read a mailbox, and to go away in the middle. */
export async function startImap({ keywords = true } = {}): Promise<ImapServer> {
  const sockets = new Set<Socket>()
  let validity = 1
  let broken = 0
  let next = 1
  const mails: ImapServer['mails'] = []

  const answer = (socket: Socket, tag: string, command: string, rest: string) => {
    const ok = (text = 'done') => socket.write(`${tag} OK ${text}\r\n`)
    switch (command) {
      case 'CAPABILITY':
        socket.write('* CAPABILITY IMAP4rev1\r\n')
        return ok()
      case 'LIST':
      case 'LSUB':
        socket.write('* LIST () "/" INBOX\r\n')
        return ok()
      case 'SELECT':
      case 'EXAMINE': {
        const flags = keywords ? '(\\Seen TilsynKept \\*)' : '(\\Seen)'
        socket.write(`* FLAGS (\\Seen)\r\n* ${mails.length} EXISTS\r\n* 0 RECENT\r\n`)
        socket.write(`* OK [PERMANENTFLAGS ${flags}] ok\r\n* OK [UIDVALIDITY ${validity}] ok\r\n`)
        socket.write(`* OK [UIDNEXT ${next}] ok\r\n`)
        return ok('[READ-WRITE] selected')
      }
      case 'UID SEARCH': {
        const from = Number(/UID (\d+):\*/i.exec(rest)?.[1] ?? 1)
        const since = new Date(/SINCE (\S+)/i.exec(rest)?.[1] ?? 0)
        const found = mails.filter(({ uid, at }) => uid >= from && at >= since).map(({ uid }) => uid)
        const last = mails.at(-1)?.uid
        const numbers = found.length === 0 && last !== undefined && from > last ? [last] : found
        socket.write(`* SEARCH ${numbers.join(' ')}\r\n`)
        return ok()
      }
      case 'UID FETCH': {
        const uid = Number(/^(\d+)/.exec(rest)?.[1])
        const place = mails.findIndex((mail) => mail.uid === uid)
        const mail = mails[place]
        if (!mail) return ok()
        if (broken === uid) {
          broken = 0
          socket.write(`* ${place + 1} FETCH (UID ${uid} BODY[] {${mail.raw.length}}\r\nhalf`)
          return socket.destroy()
        }
        const date = `${String(mail.at.getUTCDate()).padStart(2, ' ')}-Nov-2026 ${mail.at.toISOString().slice(11, 19)} +0000`
        socket.write(
          `* ${place + 1} FETCH (UID ${uid} INTERNALDATE "${date}" BODY[]<0> {${mail.raw.length}}\r\n`,
        )
        socket.write(mail.raw)
        socket.write(')\r\n')
        return ok()
      }
      case 'UID STORE': {
        const [, uid, flag] = /^(\d+) \+FLAGS\S* \(?([^)]*)\)?/i.exec(rest) ?? []
        const mail = mails.find((each) => each.uid === Number(uid))
        if (/deleted/i.test(rest)) server_.deleted += 1
        if (mail && flag) mail.flags.add(flag)
        return ok()
      }
      case 'EXPUNGE':
        server_.deleted += 1
        return ok()
      case 'LOGOUT':
        socket.write('* BYE\r\n')
        ok()
        return socket.end()
      default:
        return ok()
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n')
    let text = ''
    socket.on('data', (piece) => {
      text += piece.toString('latin1')
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        const [, tag = '*', command = '', rest = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/i.exec(line) ?? []
        answer(socket, tag, command.toUpperCase(), rest)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const server_: ImapServer = {
    url: `imap://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}/INBOX`,
    mails,
    add: (raw, at) => {
      mails.push({ uid: next, raw, at, flags: new Set() })
      next += 1
    },
    breakAt: (uid) => {
      broken = uid
    },
    renumber: () => {
      validity += 1
      next = 1
      for (const mail of mails) {
        mail.uid = next
        next += 1
      }
    },
    deleted: 0,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return server_
}
