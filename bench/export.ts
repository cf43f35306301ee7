/**
 * Whether an export takes more memory for more customers: the largest heap while it is written, with 1,000 and then with 10,000.
 *
 *   node --expose-gc --import tsx bench/export.ts [customers]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { addCustomers } from '../src/customers/actions.js'
import { ordinaryAgreement } from '../src/customers/rules.js'
import { openDatabase } from '../src/db/connection.js'
import { ensureIndexes } from '../src/db/indexes.js'
import { writeExport } from '../src/imports/actions.js'

const most = Number(process.argv[2] ?? 10_000)
const folder = await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const database = await openDatabase({ dataDir: folder })
await ensureIndexes()
const now = new Date('2026-11-23T09:00:00Z')
const context = { now, today: '2026-11-23', actor: { kind: 'system', id: 'bench' }, locale: 'da' } as const

let made = 0
for (const customers of [most / 10, most]) {
  for (; made < customers; made += 500)
    await addCustomers(
      context,
      Array.from({ length: 500 }, (_, place) => ({
        name: `Kunde ${made + place}`,
        isProcessor: false,
        agreement: ordinaryAgreement,
        from: '2025-01-01',
        services: [],
        contacts: [
          {
            name: 'Anna Ager',
            email: `anna${made + place}@kunde.example`,
            locale: 'da' as const,
            dataProtection: true,
            mayApprove: false,
          },
        ],
      })),
    )
  for (const format of ['csv', 'xlsx'] as const) {
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    let [bytes, peak] = [0, 0]
    const into = new Writable({
      write(piece: Buffer, _encoding, done) {
        bytes += piece.length
        // What is still needed, without what only waits to be collected.
        globalThis.gc?.()
        peak = Math.max(peak, process.memoryUsage().heapUsed)
        done()
      },
    })
    const began = performance.now()
    await writeExport(context, { of: 'customers' }, format, into)
    console.log(
      JSON.stringify({
        customers: made,
        format,
        load: loadavg()[0],
        kilobytes: Math.round(bytes / 1024),
        seconds: Number(((performance.now() - began) / 1000).toFixed(2)),
        megabytesMoreAtMost: Number(((peak - before) / 1024 / 1024).toFixed(1)),
      }),
    )
  }
}
await database.close()
await rm(folder, { recursive: true, force: true })
