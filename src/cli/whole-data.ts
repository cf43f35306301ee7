import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { renewPasswordLink, staffMembers } from '../auth/actions/people.js'
import type { Context } from '../base/context.js'
import { readInWholeData, type ReadInReport } from '../exports/actions/read-in.js'
import { wholeDataPieces } from '../exports/actions/whole-data.js'
import { waitingMails } from '../mail/actions.js'
import type { Command } from './commands.js'
import { connected, read } from './ports.js'
import { tidying } from './small-memory.js'
import { print, printJson } from './terminal.js'

const clock = () => new Date()

const flag = { type: 'boolean' } as const

export const commands: Record<string, Command> = {
  'export all': async (words, config) => {
    const { json, files } = read(words, { json: flag }, 1)
    const [file = ''] = files
    const bytes = await connected(config, (context) => tidying(wholeDataFile(context, file)))
    if (json) printJson({ file, bytes })
    else
      print(
        `${bytes} bytes written to ${file}. It holds everything, unencrypted: keep it as you keep Tilsyn.`,
      )
    return 0
  },
  'import all': async (words, config) => {
    const { json, files, ...given } = read(words, { json: flag, 'dry-run': flag }, 1)
    const dry = given['dry-run'] === true
    const done = await connected(config, (context) =>
      tidying(wholeDataReadIn(context, files[0] ?? '', { dry, baseUrl: config.baseUrl })),
    )
    if (json) printJson(done)
    else print(readInWords(done))
    return done.inTheWay === null && done.log?.whole !== false ? 0 : 1
  },
}

/** All data in a file that only its owner may read, there under its name only when all of it is. Returns its size in bytes. */
async function wholeDataFile(context: Context, file: string): Promise<number> {
  const unfinished = `${file}.part`
  try {
    const pieces = wholeDataPieces(context, { clock, name: 'tilsyn export all' })
    await pipeline(
      Readable.from(pieces, { highWaterMark: 4 }),
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
    )
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  return (await stat(file)).size
}

type ReadIn = ReadInReport & {
  /** Mails that leave as soon as a Tilsyn with a mail server is started here. */
  waitingMails: number
  /** Ways in for the administrators, once and for a week. */
  links: { email: string; link: string }[]
}

async function wholeDataReadIn(
  context: Context,
  file: string,
  { dry, baseUrl }: { dry: boolean; baseUrl: string },
): Promise<ReadIn> {
  const note = (line: string) => void process.stderr.write(`${line}\n`)
  const report = await readInWholeData(context, file, { dry, clock, note })
  if (!report.done) return { ...report, waitingMails: 0, links: [] }
  const links: ReadIn['links'] = []
  for (const { _id, role, state, email } of await staffMembers())
    if (role === 'administrator' && state !== 'disabled') {
      const { token } = await renewPasswordLink(context, _id)
      links.push({ email, link: `${baseUrl}/password/${token}` })
    }
  // Also what is only to be tried again later.
  const later = new Date(Date.UTC(9999, 0, 1))
  return { ...report, waitingMails: await waitingMails(later), links }
}

function readInWords(report: ReadIn): string {
  const { done, collections, files, read, inTheWay, log, links } = report
  const documents = Object.values(collections).reduce((sum, count) => sum + count, 0)
  const what = `${documents} records of ${Object.keys(collections).length} collections and ${files.count} files, read ${read.from} to ${read.to}`
  const lost =
    files.lost.length > 0
      ? [`${files.lost.length} files had lost their content before: ${files.lost.join(', ')}`]
      : []
  if (!done)
    return [
      `The file is whole: ${what}.`,
      ...lost,
      inTheWay ?? 'Dry run: nothing was changed. It can be imported here.',
    ].join('\n')
  return [
    `Imported: ${what}.`,
    ...lost,
    log?.whole
      ? `The log is whole: ${log.sealed} entries sealed, ${log.moves} moves of records compared.`
      : 'The log is NOT whole; "tilsyn verify-log" says where. Compare with the Tilsyn it came from.',
    ...(report.waitingMails > 0
      ? [
          `${report.waitingMails} mails wait to be sent: they leave once Tilsyn is started here with SMTP_URL. Stop the Tilsyn they came from first.`,
        ]
      : []),
    'Personal links in mails sent before open nothing here. Colleagues are invited anew under "People".',
    ...links.map(({ email, link }) => `${email} sets a password here, once, within 7 days:\n${link}`),
  ].join('\n')
}
