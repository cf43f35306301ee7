import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { useApp } from '../support/app.js'
import { databaseUri } from '../support/database.js'
import { signedIn } from '../support/people.js'
import { aSignedCustomer } from './handed.js'
import { program } from '../support/compiled.js'

describe('Annex B', function () {
  this.timeout(120_000)
  const tilsyn = useApp()

  beforeEach(async () => {
    await aSignedCustomer(tilsyn)
  })

  it('is written by the command line', async () => {
    await signedIn(tilsyn)
    const folder = await mkdtemp(join(tmpdir(), 'tilsyn-annex-b-'))
    try {
      const file = join(folder, 'bilag.docx')
      const words = ['annex-b', '--customer', 'c-0001', '--day', '2026-05-15', '--lang', 'da']
      // What it is follows from the name of the file, where nothing else is said.
      const done = await run([...words, '--out', file, '--json'])
      expect([done.code, done.error]).to.deep.equal([0, ''])
      const bytes = await readFile(file)
      expect(JSON.parse(done.out)).to.include({ file, bytes: bytes.length })
      const document = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml'] ?? new Uint8Array())
      expect(document).to.include('Bilag B. Underdatabehandlere').and.to.include('Kaseya')
      const wrong = await run(['annex-b', '--customer', 'C-0001', '--day', 'i går', '--known', 'now'])
      expect(wrong.code).to.equal(1)
      expect(wrong.error).to.include('--day: Enter a valid date.').and.to.include('--known: ')
      expect((await run(['annex-b', '--customer', 'C-0042'])).error).to.include('there is no customer C-0042')
      const nowhere = await run(['annex-b', '--customer', 'C-0001', '--out', join(folder, 'no', 'a.pdf')])
      expect(nowhere.code).to.equal(1)
      expect(nowhere.error).to.include('a.pdf cannot be written: ENOENT').and.not.to.include('    at ')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  async function run(words: string[]) {
    const child = spawn(process.execPath, [...program('src/cli.ts'), ...words], {
      cwd: new URL('../../', import.meta.url).pathname,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        MONGODB_URI: await databaseUri(),
        SESSION_SECRET: 'a secret for tests, of sufficient length',
        LOG_LEVEL: 'error',
      },
    })
    const said = { out: '', error: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.error += text))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, ...said }
  }
})
