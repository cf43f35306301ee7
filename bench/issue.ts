/**
 * How long it takes, and how much memory, to issue a notice to many customers: `npm exec tsx bench/issue.ts [customers ...]`.
 * The database is the embedded one in a folder of its own, or the one named by TEST_MONGODB_URI.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import type { Context } from '../src/base/context.js'
import { dayOf } from '../src/base/day.js'
import { editOrganisation } from '../src/auth/organisation.js'
import { addCustomers } from '../src/customers/actions.js'
import { ordinaryAgreement } from '../src/customers/rules.js'
import { openDatabase } from '../src/db/connection.js'
import { ensureIndexes } from '../src/db/indexes.js'
import { createEngagement, createService, createVendor } from '../src/register/actions.js'
import { draftNotice, stateCounts } from '../src/notices/actions.js'
import { blockersOf } from '../src/notices/actions/audience.js'
import { noticeByReference, withContents } from '../src/notices/actions/contents.js'
import { beginIssue, finishIssue, postAnnouncements } from '../src/notices/actions/issue.js'
import { openPost } from '../src/notices/actions/mails.js'

const zone = 'Europe/Copenhagen'
const context = (): Context => {
  const now = new Date()
  return { now, today: dayOf(now, zone), actor: { kind: 'staff', id: 'bench' }, locale: 'da' }
}

async function customers(count: number, service: string): Promise<void> {
  for (let from = 0; from < count; from += 500)
    await addCustomers(
      context(),
      Array.from({ length: Math.min(500, count - from) }, (_, row) => {
        const number = from + row + 1
        return {
          name: `Kunde ${number} A/S`,
          isProcessor: false,
          caseNumber: `26/${number}`,
          from: '2026-01-01',
          services: [service],
          contacts: [
            {
              name: `Kontakt ${number}`,
              email: `kontakt-${number}@kunde-${number}.example`,
              locale: number % 5 === 0 ? ('en' as const) : ('da' as const),
              dataProtection: true,
              mayApprove: true,
            },
          ],
          agreement: {
            ...ordinaryAgreement,
            signedOn: '2026-01-01',
            authorisation: number % 10 === 0 ? ('specific' as const) : ('general' as const),
            notice: { length: number % 3 === 0 ? 60 : 30, unit: 'days' as const },
          },
        }
      }),
    )
}

async function world(): Promise<{ service: string; engagement: string }> {
  await editOrganisation(context(), {
    name: 'Nordvang Drift A/S',
    registration: { kind: 'CVR', number: '35240136' },
    address: 'Havnegade 12, 5000 Odense C',
    dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '+45 70 10 20 30' },
    locales: ['da', 'en'],
    replyTo: 'varsler@nordvang.example',
  })
  const service = await createService(context(), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
  const vendor = await createVendor(context(), {
    name: 'Nyborg Backup ApS',
    registration: { kind: 'CVR', number: '29403473' },
    address: 'Havnegade 3, 5800 Nyborg',
    country: 'DK',
    contacts: [],
  })
  const engagement = await createEngagement(context(), {
    vendor: vendor._id,
    role: 'sub-processor',
    services: [service._id],
    activity: { da: 'Backup af kundernes servere', en: "Backup of customers' servers" },
    dataCategories: ['ordinary'],
    subjects: ['employees'],
    storageCountries: ['DK'],
    accessCountries: ['DK'],
    places: [],
    transfers: [],
    parent: null,
    contract: { template: 'ours', signedOn: '2026-01-01' },
    dueDiligence: { conclusion: 'accepted', concludedOn: '2026-01-01' },
  })
  return { service: service._id, engagement: engagement.reference }
}

let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 50)
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  peak = process.memoryUsage().rss
  const started = performance.now()
  const before = process.cpuUsage()
  const done = await work()
  const seconds = (performance.now() - started) / 1000
  const used = process.cpuUsage(before)
  const cpu = (used.user + used.system) / 1e6
  process.stdout.write(
    `  ${name.padEnd(34)} ${seconds.toFixed(2).padStart(7)} s  of which own CPU ${cpu.toFixed(2).padStart(6)} s  peak ${megabytes(peak)}\n`,
  )
  return done
}

async function measure(count: number): Promise<void> {
  process.stdout.write(`${count} customers\n`)
  const { service, engagement } = await world()
  await timed('customers into the register', () => customers(count, service))
  const draft = await draftNotice(context(), {
    lines: [{ kind: 'addition', engagement, replaces: null }],
    why: { da: 'Vi samler backup ét sted.', en: 'We bring backup together in one place.' },
    safeguards: { da: '', en: '' },
    plannedStart: '2030-01-01',
    goLive: 'staged',
    togetherBecause: null,
  })
  await timed('preview: blockers and summary', async () =>
    blockersOf(context(), await withContents(await noticeByReference(draft.reference))),
  )
  const which = { reference: draft.reference, version: draft.version }
  const { notice: issuing } = await timed('issue: checks and commit point', () =>
    beginIssue(context(), which, []),
  )
  const issued = await timed('issue: recipients with log', () => finishIssue(context(), issuing))
  const posted = await timed('issue: links, PDFs, mails queued', async () =>
    postAnnouncements(await openPost(context()), issued),
  )
  const counts = await timed('state counts', () => stateCounts([issued._id]))
  process.stdout.write(`  mails queued ${posted}, states ${JSON.stringify(counts.get(issued._id))}\n`)
}

const sizes = process.argv.slice(2).map(Number)
const folder = await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const mongodbUri = process.env['TEST_MONGODB_URI']
const database = await openDatabase({ dataDir: folder, mongodbUri })
try {
  await ensureIndexes()
  for (const size of sizes.length > 0 ? sizes : [1000, 10_000]) {
    for (const collection of await mongoose.connection.db!.collections()) await collection.deleteMany({})
    await measure(size)
  }
} finally {
  clearInterval(watch)
  await database.close()
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)
