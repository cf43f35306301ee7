/**
 * How long an import of 5,000 rows takes, dry run and writing, and how much memory; beside it, in the same run, what only reading
 * the same file takes, and the load the machine was under.
 *
 *   node --import tsx bench/import.ts [rows]
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ExcelJS from 'exceljs'
import { openDatabase } from '../src/db/connection.js'
import { ensureIndexes } from '../src/db/indexes.js'
import { applyImport, dryRun, readSheets, sheetsOf, startImport } from '../src/imports/actions.js'

const rows = Number(process.argv[2] ?? 5_000)
// The file is made by a process of its own, so that its memory is not counted here.
if (process.argv[3] !== undefined) {
  await makeFile(process.argv[3])
  process.exit(0)
}

const folder = await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const database = await openDatabase({ dataDir: folder })
await ensureIndexes()
const now = new Date('2026-11-23T09:00:00Z')
const context = { now, today: '2026-11-23', actor: { kind: 'system', id: 'bench' }, locale: 'da' } as const

const path = join(folder, 'liste.xlsx')
execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), String(rows), path])
const bytes = await readFile(path)

const load = loadavg()[0]
let peak = 0
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
const before = process.memoryUsage.rss()
const cpuBefore = process.cpuUsage()
const began = performance.now()
const started = await startImport(context, 'register', { name: 'liste.xlsx', bytes })
// Only its size is kept: a page that has been shown holds no plan either.
const rowsPlanned = (await dryRun(context, started, (await sheetsOf(started)).sheets)).rows.length
const plannedAt = performance.now()
const done = await applyImport(context, started._id)
const ended = performance.now()
const cpu = process.cpuUsage(cpuBefore)
clearInterval(watch)

// The baseline: what reading the same file takes, without anything being made of it.
const readBegan = performance.now()
await readSheets(bytes, 'liste.xlsx')
const readEnded = performance.now()

const seconds = (from: number, to: number) => Number(((to - from) / 1000).toFixed(2))
const megabytes = (count: number) => Math.round(count / 1024 / 1024)
console.log(
  JSON.stringify({
    rows: rowsPlanned,
    created: done.created.length,
    load,
    readSeconds: seconds(readBegan, readEnded),
    fileKilobytes: Math.round(bytes.length / 1024),
    dryRunSeconds: seconds(began, plannedAt),
    applySeconds: seconds(plannedAt, ended),
    totalSeconds: seconds(began, ended),
    ownProcessorSeconds: Number(((cpu.user + cpu.system) / 1_000_000).toFixed(2)),
    megabytesBefore: megabytes(before),
    megabytesPeak: megabytes(peak),
  }),
)
await database.close()
await rm(folder, { recursive: true, force: true })

async function makeFile(path: string): Promise<void> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Liste')
  sheet.addRow([
    'Leverandør',
    'Adresse',
    'Hjemland',
    'Kontaktens e-mail',
    'Formål',
    'Behandlingssted',
    'Overførselsgrundlag',
    'Aftale underskrevet',
  ])
  for (let row = 0; row < rows; row += 1)
    sheet.addRow([
      `Leverandør ${Math.floor(row / 2)} A/S`,
      `Havnegade ${row}, 5000 Odense C`,
      'Danmark',
      `dpo${row}@leverandoer.example`,
      `Drift nr. ${row}`,
      row % 3 === 0 ? 'Danmark; USA (Virginia)' : 'Tyskland',
      row % 3 === 0 ? 'EU-U.S. DPF; SCC (modul 3)' : '',
      '13-04-2024',
    ])
  await workbook.xlsx.writeFile(path)
}
