import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { program } from '../support/compiled.js'

const root = new URL('../../', import.meta.url).pathname

type Report = {
  id: string | null
  applied: boolean
  counts: Record<string, number>
  columns: Record<string, string>
  rows: { row: number; verdict: string; matched: string[] }[]
  messages: { row: number; cell: string; severity: string; message: string }[]
}

describe('Spreadsheets on the command line', function () {
  this.timeout(300_000)
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-sheets-'))
    await writeFile(join(folder, 'list.csv'), 'Vendor;Purpose;Location\nExample A/S;Hosting;Denmark\n')
    await writeFile(join(folder, 'bad.csv'), 'Vendor;Purpose;Contract signed\nExample A/S;Hosting;soon\n')
    await writeFile(
      join(folder, 'old.xls'),
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    )
    await writeFile(join(folder, 'customers.csv'), 'Kunde;E-mail\nÆrø;a@aeroe.example\n')
  })
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

  async function tilsyn(...words: string[]) {
    const child = spawn(process.execPath, [...program('src/cli.ts'), ...words], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        MONGOMS_SYSTEM_BINARY: process.env['MONGOMS_SYSTEM_BINARY'],
        DATA_DIR: join(folder, 'data'),
        LOG_LEVEL: 'error',
      },
    })
    const said = { out: '', error: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.error += text))
    const [code] = (await once(child, 'close')) as [number]
    return { code, ...said }
  }
  const file = (name: string) => join(folder, name)
  const reportOf = (out: string) => JSON.parse(out) as Report

  it('come in: seen first, then done, then known again, with how each row was matched', async () => {
    const dry = await tilsyn('import', 'register', file('list.csv'), '--dry-run', '--json')
    expect([dry.code, reportOf(dry.out).applied, reportOf(dry.out).id]).to.deep.equal([0, false, null])
    expect(reportOf(dry.out).rows[0]?.matched).to.deep.equal(['New vendor', 'New engagement'])
    const done = await tilsyn('import', 'register', file('list.csv'))
    expect([done.code, done.out]).to.deep.equal([
      0,
      'Columns as they are read: Vendor: Vendor, Purpose: Activity, Location: Processing location\nrow 2: Example A/S, Hosting: New vendor; New engagement\n1 new, 0 changed, 0 unchanged, 0 with problems.\nDone.\n',
    ])
    const again = reportOf((await tilsyn('import', 'register', file('list.csv'), '--json')).out)
    expect([again.counts['same'], again.columns, again.rows[0]?.matched]).to.deep.equal([
      1,
      { Vendor: 'vendor', Purpose: 'activity', Location: 'countries' },
      [
        'V-0001 Example A/S, because the name is the same',
        'E-0001 Hosting, because vendor and activity are the same',
      ],
    ])
  })

  it('say what is wrong, and leave everything as it was', async () => {
    const bad = await tilsyn('import', 'register', file('bad.csv'), '--json')
    expect([bad.code, reportOf(bad.out).counts['problem']]).to.deep.equal([1, 1])
    expect(reportOf(bad.out).messages[0]).to.include({ row: 2, cell: 'C2', severity: 'problem' })
    const old = await tilsyn('import', 'register', file('old.xls'))
    expect([old.code, old.out]).to.deep.equal([1, ''])
    expect(old.error).to.match(/old Excel format/)
    const gone = await tilsyn('import', 'customers', file('nothing.csv'))
    expect([gone.code, gone.out]).to.deep.equal([1, ''])
    expect(gone.error).to.match(/nothing\.csv/)
  })

  it('go out whole, or not at all', async () => {
    expect((await tilsyn('import', 'customers', file('customers.csv'), '--json')).code).to.equal(0)
    const out = await tilsyn('export', 'customers', file('out.csv'), '--json')
    expect([out.code, (JSON.parse(out.out) as { format: string }).format]).to.deep.equal([0, 'csv'])
    expect(await readFile(file('out.csv'), 'utf8')).to.include('C-0001;Ærø;')
    const sheet = await tilsyn('export', 'register', file('out.xlsx'))
    expect([sheet.code, (await readFile(file('out.xlsx'))).subarray(0, 2).toString()]).to.deep.equal([
      0,
      'PK',
    ])
    const wrong = await tilsyn('export', 'register', file('wrong.txt'), '--format', 'pdf')
    expect([wrong.code, wrong.error.includes('xlsx, csv')]).to.deep.equal([1, true])
    const nowhere = await tilsyn('export', 'register', join(folder, 'no', 'where.csv'))
    expect([nowhere.code, nowhere.out]).to.deep.equal([1, ''])
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).to.deep.equal([])
  })
})
