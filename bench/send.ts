/**
 * How fast mails leave the house: Tilsyn's sender (claims, evidence, acceptance in the database) against a bare, warm,
 * pooled nodemailer loop with the same bodies, to the same server, with the same connections.
 *
 *   node --import tsx bench/send.ts [mails ...] [--rounds n]     default: 2000 10000, 3 rounds
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import mongoose from 'mongoose'
import type { Context } from '../src/base/context.js'
import { makeLog } from '../src/base/log.js'
import { openDatabase } from '../src/db/connection.js'
import { ensureIndexes } from '../src/db/indexes.js'
import { storeFile } from '../src/files/actions.js'
import { enqueue, type Message } from '../src/mail/actions.js'
import { Mails, type Mail } from '../src/mail/records/mails.js'
import { withLink } from '../src/mail/rules.js'
import { makeSender } from '../src/mail/sender.js'
import { makeTransport, type Transport } from '../src/mail/transport.js'
import { startSink } from './sink.js'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' } },
})
const sizes = positionals.length > 0 ? positionals.map(Number) : [2000, 10_000]
const rounds = Number(values.rounds)

const context: Context = {
  now: new Date(),
  today: '2026-12-01',
  actor: { kind: 'system', id: 'bench' },
  locale: 'da',
}
const from = 'PowerNet <gdpr@powernet.example>'
const liveLinks = (ids: string[]) =>
  Promise.resolve(new Map(ids.map((id) => [id, `https://tilsyn.example.dk/l/${id}`])))

const folder = await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const database = await openDatabase({ dataDir: folder })
const sink = await startSink()
try {
  await ensureIndexes()
  const files = await storeAttachments()
  console.log(
    `To ${sink.what}, 10 connections; text, HTML, a PDF of 25 kB and a calendar file; ${rounds} rounds, medians.\n`,
  )
  for (const size of sizes) await compare(size, files)
} finally {
  sink.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
}

async function compare(size: number, files: Attached[]): Promise<void> {
  const bare = makeTransport({ smtpUrl: sink.url })!
  const ours = makeTransport({ smtpUrl: sink.url })!
  const warm = Math.min(size, 1000)
  await sendBare(bare, await outbox(warm, files), files)
  await outbox(warm, files)
  await sendOurs(ours)

  const rates: { bare: number[]; ours: number[] } = { bare: [], ours: [] }
  const work: { bare: number[]; ours: number[] } = { bare: [], ours: [] }
  for (let round = 0; round < rounds; round++) {
    const mails = await outbox(size, files)
    const bareStart = process.cpuUsage()
    rates.bare.push(size / (await sendBare(bare, mails, files)))
    work.bare.push(workSince(bareStart) / size)
    const ourStart = process.cpuUsage()
    rates.ours.push(size / (await sendOurs(ours)))
    work.ours.push(workSince(ourStart) / size)
  }
  // The same without a mail server: what is left is the database and putting the messages together.
  await outbox(size, files)
  const alone = await sendOurs({ ...ours, send: () => Promise.resolve('250 Ok') })
  bare.close()
  ours.close()

  const [fast, tilsyn] = [median(rates.bare), median(rates.ours)]
  console.log(`${size} mails`)
  console.log(
    `  bare nodemailer loop  ${fast.toFixed(0)} a second   (${rates.bare.map((rate) => rate.toFixed(0)).join(', ')})`,
  )
  console.log(
    `  Tilsyn's sender       ${tilsyn.toFixed(0)} a second   (${rates.ours.map((rate) => rate.toFixed(0)).join(', ')})`,
  )
  console.log(`  ratio                 ${(tilsyn / fast).toFixed(2)}`)
  // Steadier than the clock where other work shares the machine.
  const [bareWork, ourWork] = [median(work.bare).toFixed(2), median(work.ours).toFixed(2)]
  console.log(
    `  processor time a mail ${bareWork} ms bare, ${ourWork} ms Tilsyn (this process; the database has its own)`,
  )
  console.log(
    `  without a mail server ${(size / alone).toFixed(0)} a second: claims, evidence and acceptance alone`,
  )
  console.log(`  memory of the process ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB\n`)
}

type Attached = { file: string; name: string; type: string; bytes: Buffer }

async function storeAttachments(): Promise<Attached[]> {
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(25_000), Buffer.from('\n%%EOF\n')])
  const calendar = Buffer.from(
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tilsyn//DA\r\nBEGIN:VEVENT\r\nUID:CN-2026-001\r\nDTSTAMP:20261201T110000Z\r\n' +
      'DTSTART;VALUE=DATE:20270104\r\nSUMMARY:Sidste dag for indsigelse\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  )
  const files = [
    { name: 'CN-2026-001.pdf', type: 'application/pdf', bytes: pdf },
    { name: 'CN-2026-001.ics', type: 'text/calendar', bytes: calendar },
  ]
  const about = { kind: 'notice', id: 'bench' }
  return Promise.all(
    files.map(async (file) => ({ ...file, file: (await storeFile(context, { ...file, about }))._id })),
  )
}

/** An outbox of so many mails and nothing else. */
async function outbox(size: number, files: Attached[]): Promise<Mail[]> {
  await Mails.deleteMany({})
  await mongoose.connection.collection('mail-evidence').deleteMany({})
  await enqueue(
    context,
    Array.from({ length: size }, (_, number) => message(number, files)),
  )
  return Mails.find({}).lean()
}

async function sendOurs(transport: Transport): Promise<number> {
  const sender = makeSender({
    transport,
    clock: () => new Date(),
    log: makeLog('silent'),
    from,
    baseUrl: 'https://tilsyn.example.dk',
    liveLinks,
  })
  const before = performance.now()
  await sender.sendDue()
  return (performance.now() - before) / 1000
}

async function sendBare(transport: Transport, mails: Mail[], files: Attached[]): Promise<number> {
  const attachments = files.map(({ name, type, bytes }) => ({
    filename: name,
    contentType: type,
    content: bytes,
  }))
  const left = mails.values()
  const before = performance.now()
  await Promise.all(
    Array.from({ length: transport.connections * 2 }, async () => {
      for (const { _id, to, subject, text, html, link } of left) {
        const address = `https://tilsyn.example.dk/l/${link}`
        const body = { text: withLink(text, address), html: withLink(html, address) }
        const envelope = {
          from,
          to: { name: to.name ?? '', address: to.address },
          messageId: `<${_id}@powernet.example>`,
        }
        await transport.send({ ...envelope, subject, ...body, attachments })
      }
    }),
  )
  return (performance.now() - before) / 1000
}

function message(number: number, files: Attached[]): Message {
  return {
    key: `CN-2026-001/${number}/announcement`,
    kind: 'notice-announcement',
    to: {
      address: `databeskyttelse${number}@kunde.example`,
      name: 'Åse Ørsted',
      contact: `contact${number}`,
    },
    locale: 'da',
    content: {
      subject: `Ny underdatabehandler fra 5. januar 2027 (Deres sagsnr. 24-${number})`,
      lead: 'I skal ikke gøre noget, medmindre I vil gøre indsigelse senest den 4. januar 2027.',
      greeting: 'Kære Åse Ørsted',
      sections: [
        {
          heading: 'Hvad ændres?',
          paragraphs: [
            'Vi tilføjer en underdatabehandler til de ydelser, I køber hos os. Det sker efter punkt 7.3 i vores databehandleraftale, som giver jer mindst 30 dages varsel og ret til at gøre indsigelse, før den nye underdatabehandler tages i brug.',
            'Underdatabehandleren drifter overvågning af servere og har i den forbindelse adgang til almindelige personoplysninger om jeres brugere.',
          ],
          rows: [
            ['Navn', 'Fiktiv Overvågning ApS'],
            ['CVR-nr.', '12345674'],
            ['Adresse', 'Opdigtet Allé 12, 8000 Aarhus C'],
            ['Opbevaring', 'Danmark og Sverige'],
            ['Adgang fra', 'Danmark'],
          ],
        },
        {
          heading: 'Hvornår?',
          rows: [
            ['Sidste dag for indsigelse', '4. januar 2027'],
            ['Tidligste ibrugtagning', '5. januar 2027'],
          ],
        },
        {
          heading: 'Hvilke garantier har vi?',
          list: [
            'Databehandleraftale med samme forpligtelser som vores',
            'ISAE 3402 type 2-erklæring',
            'Kryptering',
          ],
        },
      ],
      button: { label: 'Se ændringen, og gør eventuelt indsigelse' },
      closing: ['I kan også svare på denne mail.', 'Med venlig hilsen\nPowerNet A/S'],
      caseNumber: `24-${number}`,
    },
    link: `link${number}`,
    attachments: files.map(({ file, name }) => ({ file, name })),
    about: { kind: 'recipient', id: `notice/${number}` },
  }
}

/** Milliseconds. */
function workSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
