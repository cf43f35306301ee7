import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import PostalMime from 'postal-mime'
import type { YearFigures } from '../../src/audits/rules/figures.js'
import { dayOf } from '../../src/base/day.js'
import { sampleCustomers } from '../../src/sample/customers.js'
import { short } from '../../src/walkthrough/customers.js'
import { readPdf } from '../annex-b/handed.js'
import { entriesOf } from '../audits/book.js'
import { recomputeResults } from '../audits/recompute-results.js'
import { sameFromTheLog } from '../audits/same-from-log.js'
import { program } from '../support/compiled.js'

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
      ...program('src/cli.ts'),
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
      .to.contain('permits the change for 7 customers')
      .and.to.contain('Northlight Design')
    expect(on('5 January 2027'), 'its mail came back').to.contain('Møllegårdens Mejeri')
    expect(on('26 January 2027')).to.contain('Skovbakke Kommune, Rådhuset')
    expect(on('25 February 2027')).to.contain('Æblehavens Plantage')
  })

  it('begins a customer’s clock anew where its mail came back days later', () => {
    expect(on('30 November 2026'))
      .to.contain('the mail to gdpr@moellegaarden.example')
      .and.to.contain('writes to bo@moellegaarden.example. Last day 28 Dec 2026 becomes 4 Jan 2027')
  })

  it('lets the director approve, not the contact who was told, with a code from the registered mailbox', () => {
    expect(on('7 December 2026'))
      .to.contain('passes the notice on to Lars Lind')
      .and.to.contain('code mailed to lars.lind@lindlund.example. Recorded: Lars Lind, Direktør')
  })

  it('holds the customer that answered by mail until somebody has read what it says', () => {
    expect(on('28 December 2026')).to.contain('keeps it as RE-2026-002: Polar Shipping Services')
    const [permitted, held] = on('29 December 2026').split('permits nothing for Polar Shipping Services')
    expect(permitted).not.to.contain('Polar')
    expect(held).to.contain('nobody has read RE-2026-002')
    expect(on('30 December 2026'))
      .to.contain('reads RE-2026-002 as a question and answers privacy@polarshipping.example')
      .and.to.contain('permits the change for 1 customer')
  })

  it('reckons a sub-processor’s own notice against what customers are owed, and drafts ours', () => {
    expect(on('11 January 2027'))
      .to.contain('from 15 March 2027; we may object until 22 February 2027')
      .and.to.contain('Object by 22 February 2027, or 6 of 18 customers get less than their notice')
      .and.to.contain('1 x 3 months: told now, last day 12 Apr 2027; 29 days too few')
      .and.to.contain('makes CN-2027-001 of it')
      .and.to.contain('Nordlager AB (opdigtet), below Fjordbackup')
  })

  it('goes through a questionnaire: reminded, half answered, handed on, submitted, sent back, concluded (C.8)', () => {
    expect(on('19 January 2027'))
      .to.contain('14 dage (QN-2026-003)')
      .and.to.contain('hands the technical section')
    expect(on('20 January 2027')).to.contain('answers “Partly”').and.to.contain('signs and submits')
    expect(on('21 January 2027')).to.contain('proposes 92.3 of 100').and.to.contain('one open item')
    expect(on('25 January 2027')).to.contain('concludes: “Satisfactory”')
  })

  it('finds the days that a new report leaves uncovered', () => {
    expect(on('26 January 2027'))
      .to.contain('throughout the period 1 March 2026 to 31 December 2026')
      .and.to.contain('1 January 2026 to 28 February 2026')
  })

  it('declares the year it has lived through: reviewed, signed by two people, sent, received (C.7)', async () => {
    expect(on('1 February 2027'))
      .to.contain('tries to freeze the declaration before management has reviewed it. Tilsyn refuses')
      .and.to.contain('1 notice of changes was issued')
      .and.to.contain('The two signatures must come from two different people.')
      .and.to.contain('From now on nobody can change AU-2026')
      .and.to.contain('confirms that she has it')
    const files = await readdir(out)
    expect(files).to.include.members(['AU-2026.da.pdf', 'AU-2026.en.pdf'])
  })

  it('names no customer in the declaration: not its name, number, contacts or what it wrote (C.7)', async () => {
    const words = sampleCustomers().flatMap(({ name, contacts, caseNumber }) => [
      short(name),
      caseNumber ?? '',
      ...contacts.flatMap((contact) => [contact.name, contact.email]),
    ])
    expect(words.length).to.be.greaterThan(60)
    for (const locale of ['da', 'en']) {
      const { text } = await readPdf(await readFile(join(out, `AU-2026.${locale}.pdf`)))
      expect(text)
        .to.include('AU-2026')
        .and.not.match(/\bC-\d{4}\b/)
      // A short word is no customer's alone.
      const said = words.filter((word) => word.length > 3 && text.includes(word))
      expect(said, locale).to.deep.equal([])
    }
  })

  it('has no date bent for a use that nobody permitted, and tells each customer of it', () => {
    expect(on('18 January 2027'))
      .to.contain('Tilsyn refuses')
      .and.to.contain('finds 19 customers')
      .and.to.contain('19 of 19 told')
      .and.to.contain('Your case NL/DPA/9: Use of Curanet A/S without your permission [UP-2027-001]')
      .and.to.contain('closes UP-2027-001')
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

  it('states nothing of its years that does not come out when it is counted again from the log alone', async () => {
    const figures = JSON.parse(await readFile(join(out, 'figures.json'), 'utf8')) as YearFigures[]
    const log = entriesOf(await readFile(join(out, 'log.jsonl'), 'utf8'))
    expect(figures.length).to.be.greaterThan(1)
    for (const each of figures) {
      const asOf = new Date(each.asOf)
      sameFromTheLog(
        each,
        log.filter(({ at }) => at <= asOf),
        dayOf(asOf, 'Europe/Copenhagen'),
      )
    }
  })

  it('froze the results and findings that the controls’ own moves say (C.7)', async () => {
    const log = entriesOf(await readFile(join(out, 'log.jsonl'), 'utf8'))
    const frozen = log.findLast(({ event }) => event === 'audit.frozen')!
    const { results, findings } = frozen.facts
    const until = log.filter(({ at }) => at <= frozen.at)
    expect(recomputeResults(until, 'AU-2026')).to.deep.equal({ results, findings })
  })

  it('ends with a log that verifies', () => {
    expect(printed.logWhole).to.equal(true)
    expect(transcript).to.contain('sealed entries, whole')
  })
})
