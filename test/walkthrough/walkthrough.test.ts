import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import PostalMime from 'postal-mime'

const run = promisify(execFile)

type Printed = { reference: string; states: Record<string, string[]>; logWhole: boolean; mails: number }

describe('the walkthrough', function () {
  // The whole product for a hundred days, in a process of its own.
  this.timeout(240_000)
  let out: string
  let printed: Printed
  let transcript: string

  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'tilsyn-walkthrough-test-'))
    const { stdout } = await run(process.execPath, [
      '--import',
      'tsx',
      'src/cli.ts',
      'walkthrough',
      '--json',
      '--out',
      out,
    ])
    printed = JSON.parse(stdout) as Printed
    transcript = await readFile(join(out, 'transcript.txt'), 'utf8')
  })
  after(() => rm(out, { recursive: true, force: true }))

  /** What is told on a day. */
  const on = (day: string) => transcript.split('\n\n').find((part) => part.includes(`${day}\n`)) ?? ''

  it('permits each customer on its own day and not before', () => {
    expect(on('23 December 2026')).to.contain('Harbour Analytics')
    expect(on('29 December 2026'))
      .to.contain('permits the change for 9 customers')
      .and.to.contain('Northlight Design')
    expect(on('26 January 2027')).to.contain('Skovbakke Kommune, Rådhuset')
    expect(on('25 February 2027')).to.contain('Æblehavens Plantage')
  })

  it('refuses use while nobody is permitted', () => {
    expect(on('9 December 2026')).to.contain('tries to confirm use already today. Tilsyn refuses')
  })

  it('keeps the customer that objected out, and asks silence of a specific authorisation in vain', () => {
    expect(printed.states['Exempted']).to.deep.equal(['Ørsted Ure og Smykker (opdigtet)'])
    expect(printed.states['Notice running']).to.deep.equal(['International School of Fjordby (sample)'])
    expect(printed.states['In use']).to.have.length(17)
  })

  it('leaves lists that differ for the one and are the same for the other', async () => {
    const lists = (await readFile(join(out, 'lists-before-and-after.md'), 'utf8')).split('## ')
    const of = (name: string) =>
      lists.filter((part) => part.startsWith(name)).map((part) => part.includes('Fjordbackup'))
    expect(of('Northlight')).to.deep.equal([false, true])
    expect(of('Ørsted')).to.deep.equal([false, false])
  })

  it('leaves the PDF and a mail that says first what the reader must do', async () => {
    expect((await readdir(out)).some((name) => name.endsWith('.pdf'))).to.equal(true)
    const mail = await PostalMime.parse(await readFile(join(out, 'a-customers-mail.eml')))
    expect(mail.subject).to.contain('NL/DPA/9')
    expect(mail.text)
      .to.contain('28 December 2026')
      .and.to.match(/do nothing/i)
    expect(mail.attachments.map(({ mimeType }) => mimeType)).to.have.members([
      'application/pdf',
      'text/calendar',
    ])
  })

  it('ends with a log that verifies', () => {
    expect(printed.logWhole).to.equal(true)
    expect(transcript).to.contain('sealed entries, whole')
  })
})
