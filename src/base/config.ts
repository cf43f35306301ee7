import { resolve } from 'node:path'
import { IANAZone } from 'luxon'

export type Config = {
  port: number
  host: string
  /** Origin of every link in mails and pages, without a trailing slash. */
  baseUrl: string
  /** Express' `trust proxy`: false, hops as a number, or addresses. */
  trustProxy: boolean | number | string
  /** Absolute path; owner file, secret, embedded database. */
  dataDir: string
  mongodbUri: string | undefined
  smtpUrl: string | undefined
  mailFrom: string
  /** Where replies to notices are read in, such as `svar@tilsyn.example.dk`; its server must take `svar+…@` too. */
  replyAddress?: string | undefined
  /** A mailbox replies are read from, such as `imaps://user:password@imap.example.dk/INBOX`. */
  imapUrl?: string | undefined
  /** Mails per second at the most; 0 is no limit. */
  mailRate: number
  /** Zone in which days begin and end for the agreement. */
  zone: string
  /** Undefined only on the embedded database, which keeps its own in the data folder. */
  sessionSecret: string | undefined
  logLevel: string
}

export type ConfigProblem = { setting: string; problem: string }

/** Every wrong setting at once, so that a start fails one time only. */
export class ConfigProblems extends Error {
  override name = 'ConfigProblems'
  constructor(readonly problems: ConfigProblem[]) {
    super(
      [
        'Tilsyn cannot start with these settings:',
        ...problems.map((p) => `  ${p.setting}: ${p.problem}`),
      ].join('\n'),
    )
  }
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** The only reader of the environment. Throws `ConfigProblems` naming every wrong value. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: ConfigProblem[] = []
  const read = (name: string) => {
    const value = env[name]?.trim()
    return value ? value : undefined
  }
  const whole = (name: string, fallback: number, least: number, most: number) => {
    const value = read(name)
    if (value === undefined) return fallback
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= least && number <= most) return number
    problems.push({ setting: name, problem: `must be a whole number from ${least} to ${most}` })
    return fallback
  }
  const url = (name: string, protocols: string[], hint: string) => {
    const value = read(name)
    if (value === undefined) return undefined
    const protocol = /^([a-z0-9+]+:)\/\//i.exec(value)?.[1]?.toLowerCase()
    // A MongoDB address may name several hosts, which URL does not parse: the protocol decides there.
    const parses = protocol?.startsWith('mongodb') ? value.length > protocol.length + 2 : URL.canParse(value)
    if (!protocol || !protocols.includes(protocol) || !parses) problems.push({ setting: name, problem: hint })
    return value
  }

  const port = whole('PORT', 3000, 0, 65535)
  const mailRate = whole('MAIL_RATE', 0, 0, 100_000)
  const host = read('HOST') ?? '127.0.0.1'
  const baseUrl = url('BASE_URL', ['http:', 'https:'], 'must be an address such as https://tilsyn.example.dk')
  const mongodbUri = url(
    'MONGODB_URI',
    ['mongodb:', 'mongodb+srv:'],
    'must begin with mongodb:// or mongodb+srv://',
  )
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:'], 'must begin with smtp:// or smtps://')

  const mailFrom = read('MAIL_FROM') ?? 'Tilsyn <tilsyn@localhost>'
  if (!/^([^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/.test(mailFrom))
    problems.push({ setting: 'MAIL_FROM', problem: 'must be an e-mail address, or Name <address>' })
  if (smtpUrl && !read('MAIL_FROM'))
    problems.push({ setting: 'MAIL_FROM', problem: 'is required with SMTP_URL: customers reply to it' })

  const replyAddress = read('REPLY_ADDRESS')
  if (replyAddress !== undefined && !/^[a-z0-9._-]{1,20}@[^\s<>@]+$/i.test(replyAddress))
    problems.push({
      setting: 'REPLY_ADDRESS',
      problem: 'must be an e-mail address with at most 20 characters before the @, none of them a +',
    })
  const imapUrl = url('IMAP_URL', ['imap:', 'imaps:'], 'must begin with imap:// or imaps://')

  const zone = read('TZ_BUSINESS') ?? 'Europe/Copenhagen'
  if (!IANAZone.isValidZone(zone))
    problems.push({ setting: 'TZ_BUSINESS', problem: 'must be a time zone such as Europe/Copenhagen' })

  const sessionSecret = read('SESSION_SECRET')
  if (sessionSecret !== undefined && sessionSecret.length < 32)
    problems.push({ setting: 'SESSION_SECRET', problem: 'must have at least 32 characters' })
  if (mongodbUri && !sessionSecret)
    problems.push({
      setting: 'SESSION_SECRET',
      problem: 'is required with MONGODB_URI, the same for every process (openssl rand -hex 32 makes one)',
    })

  const logLevel = read('LOG_LEVEL') ?? 'info'
  if (!logLevels.includes(logLevel))
    problems.push({ setting: 'LOG_LEVEL', problem: `must be one of ${logLevels.join(', ')}` })

  if (problems.length > 0) throw new ConfigProblems(problems)
  return {
    port,
    host,
    baseUrl: (
      baseUrl ?? `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`
    ).replace(/\/+$/, ''),
    trustProxy: readTrustProxy(read('TRUST_PROXY')),
    dataDir: resolve(read('DATA_DIR') ?? 'data'),
    mongodbUri,
    smtpUrl,
    mailFrom,
    mailRate,
    replyAddress,
    imapUrl,
    zone,
    sessionSecret,
    logLevel,
  }
}

function readTrustProxy(value: string | undefined): boolean | number | string {
  if (value === undefined || value === 'false') return false
  if (value === 'true') return true
  return /^\d+$/.test(value) ? Number(value) : value
}
