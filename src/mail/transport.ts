import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Config } from '../base/config.js'
import type { Failure } from './rules/failure.js'

/** The way out of the house: a pool of connections to one mail server. */
export type Transport = {
  /** host:port, as evidence says it. */
  server: string
  connections: number
  /** The server's reply when it took the mail; throws what `failureOf` reads. */
  send: (mail: SendMailOptions) => Promise<string>
  close: () => void
}

const connections = 10

/** RFC 5321 4.5.3.2.6 asks for at least ten minutes for the answer to a mail that was handed over. */
export const patience = 11 * 60_000

/** Null without SMTP_URL: nothing leaves the house. */
export function makeTransport(config: Pick<Config, 'smtpUrl'>): Transport | null {
  if (!config.smtpUrl) return null
  const url = new URL(config.smtpUrl)
  const pool = createTransport({
    url: config.smtpUrl,
    pool: true,
    maxConnections: connections,
    // A pool slows down by 0.1 s at each new connection.
    maxMessages: 1000,
    // A connection that breaks after the mail was handed over leaves open whether it was taken. We want to note that
    // attempt and wait, where the pool would quietly send a second copy.
    maxRequeues: 0,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    // What is handed over and not answered yet may have been taken: to give up early is to send a second copy (RFC 5321 4.5.3.2.6).
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0] & { pool: true })
  return {
    server: `${url.hostname}:${url.port || (url.protocol === 'smtps:' ? 465 : 587)}`,
    connections,
    send: async (mail) => {
      const sent = (await pool.sendMail(mail)) as { response?: string }
      return sent.response ?? ''
    },
    close: () => pool.close({ force: true }),
  }
}

type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number }

/** What an error from `send` says about this mail. */
export function failureOf(thrown: unknown): Failure {
  const error = thrown as SmtpError
  return {
    refused: whatWasRefused(error),
    code: error.responseCode ?? null,
    // Without a reply the error's code only: its message may carry the address.
    reply: (error.response ?? error.code ?? error.name).slice(0, 1000),
  }
}

function whatWasRefused({ code, command, responseCode }: SmtpError): Failure['refused'] {
  if (responseCode === undefined) {
    if (code === 'EENVELOPE') return 'recipient'
    return code === 'EMESSAGE' ? 'message' : 'connection'
  }
  // 421: closing down; 503: the session is out of step. Neither says anything about this mail.
  if (responseCode === 421 || responseCode === 503) return 'connection'
  if (command === 'RCPT TO') return 'recipient'
  return command === 'DATA' ? 'message' : 'connection'
}
