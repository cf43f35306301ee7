import { expect } from 'chai'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { annexB, type AnnexB } from '../../src/annex-b/page.js'
import type { Columns, Format } from '../../src/annex-b/rules.js'
import type { Locale } from '../../src/base/context.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { buildPdf } from '../../src/documents/pdf.js'
import { buildWord } from '../../src/documents/word.js'
import { buildWorkbook } from '../../src/documents/workbook.js'
import { paperFile } from '../../src/notices/page/paper.js'
import type { Listed } from '../../src/register/rules.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { aContent, aNotice, aRunning } from '../notices/builders.js'
import { missingPrograms, printByOffice, run } from '../support/office.js'
import { declared } from './declared.js'

type Paper = { name: string; locale: Locale; columns: Columns; format: Format; rows: number }

const build = { pdf: buildPdf, docx: buildWord, xlsx: buildWorkbook }
const titles = { da: 'Bilag B. Underdatabehandlere', en: 'Appendix B. Authorised sub-processors' }

/** One word, so that no line break of a narrow column takes it apart. */
const vendorName = (number: number) => `Æresvendor${String(number).padStart(3, '0')}`

const papers: Paper[] = [0, 40].flatMap((rows) =>
  (['da', 'en'] as const).flatMap((locale) =>
    (['b1', 'complete'] as const).flatMap((columns) =>
      (['pdf', 'docx', 'xlsx'] as const).map((format) => ({
        name: `${rows}-${locale}-${columns}`,
        locale,
        columns,
        format,
        rows,
      })),
    ),
  ),
)

function listed(number: number): Listed {
  return {
    engagement: `e${number}`,
    reference: `E-${String(number).padStart(4, '0')}`,
    approvedFrom: '2025-01-01',
    kind: number % 2 === 0 ? 'baseline' : 'no-objection',
    notice: number % 2 === 0 ? null : 'CN-2025-001',
    content: aContent({
      vendorName: vendorName(number),
      // As long as a description gets, and one that is longer than a page lying down.
      activity: {
        da: number === 7 ? 'Drift og overvågning. '.repeat(120) : 'Drift og overvågning af kundens systemer',
        en: number === 7 ? 'Operation and monitoring. '.repeat(120) : 'Operation of the customer’s systems',
      },
      storageCountries: number % 5 === 0 ? ['DK', 'US'] : ['DK'],
      accessCountries: ['DK', 'SE'],
      transfers: number % 5 === 0 ? [{ country: 'US', basis: 'adequacy-dpf' }] : [],
      places: [{ kind: 'data-centre', address: 'Herstedvang 8, 2620 Albertslund', country: 'DK' }],
    }),
  }
}

function valuesOf({ locale, columns, format, rows: count }: Paper): AnnexB {
  const rows = Array.from({ length: count }, (_, place) => listed(place + 1))
  const added = rows.map((row) => ({ kind: 'added' as const, row }))
  return {
    customer: { name: 'Møllegården & Søn A/S', reference: 'C-0001', isProcessor: false, sample: false },
    agreement: { ...ordinaryAgreement, from: '2024-01-01', signedOn: '2024-01-01' },
    organisation: {
      name: 'Nordvang Drift A/S',
      registration: { kind: 'CVR', number: '35240136' },
      address: 'Havnegade 12\n5000 Odense C',
      dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '+45 70 10 20 30' },
    },
    order: { on: '2026-11-23', language: locale, columns, format },
    rows,
    states:
      count === 0
        ? []
        : ([
            { from: '2024-01-01', rows: [], differences: [], notices: [] },
            { from: '2025-01-01', rows, differences: added, notices: ['CN-2025-001'] },
          ] as unknown as AnnexB['states']),
    further:
      count === 0
        ? []
        : [{ reference: 'E-0900', content: aContent({ vendorName: vendorName(900) }), through: ['A', 'B'] }],
    known: { services: [], vendors: new Map(), law: shippedLaw, day: '2026-11-23' },
    today: '2026-11-23',
    madeAt: new Date('2026-11-23T09:00:00Z'),
  }
}

describe('the papers in the hands of those who get them', function () {
  this.timeout(180_000)
  let folder = ''
  // Those of one name in two formats are printed into one folder.
  const fileOf = ({ name, format }: Pick<Paper, 'name' | 'format'>) =>
    join(folder, `${name}-${format}.${format}`)
  const printed = () => join(folder, 'printed')
  const printedOf = (paper: Pick<Paper, 'name' | 'format'>) =>
    paper.format === 'pdf' ? fileOf(paper) : join(printed(), `${paper.name}-${paper.format}.pdf`)
  const textOf = async (file: string) => (await run('pdftotext', [file, '-'])).replace(/\s+/g, ' ')

  before('make every paper, and print those of Word and Excel by LibreOffice', async function () {
    if (missingPrograms.length > 0) this.skip()
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-papers-'))
    for (const paper of papers)
      await writeFile(fileOf(paper), await build[paper.format](annexB(valuesOf(paper))))
    for (const paper of declared) await writeFile(fileOf(paper), await paper.bytes())
    await mkdir(printed())
    const forOffice = [...papers, ...declared].filter(({ format }) => format !== 'pdf')
    await printByOffice(forOffice.map(fileOf), printed())
  })

  after(async () => {
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  for (const paper of papers) {
    const { rows, locale, columns, format, name } = paper
    it(`Annex B ${name} as ${format} opens and shows every one of its ${rows} sub-processors`, async () => {
      const text = await textOf(printedOf(paper))
      expect(text).to.include(titles[locale]).and.to.include('Møllegården & Søn A/S')
      for (let number = 1; number <= rows; number += 1) expect(text).to.include(vendorName(number))
      // The links further down belong to the complete list alone.
      expect(text.includes(vendorName(900))).to.equal(rows > 0 && columns === 'complete')
      expect(text.includes(locale === 'da' ? 'Parterne bekræfter' : 'The parties confirm')).to.equal(rows > 0)
    })
  }

  for (const paper of declared)
    it(`the yearly audit’s ${paper.name} as ${paper.format} opens and says all it has to say`, async () => {
      const text = (await run('pdftotext', ['-raw', printedOf(paper), '-'])).replace(/\s+/g, '')
      const lost = paper.says.filter((words) => !text.includes(words.replace(/\s+/g, '')))
      expect(lost).to.deep.equal([])
    })

  it('cut nothing off where a description is longer than a page', async () => {
    for (const paper of papers.filter(
      (each) => each.rows === 40 && each.locale === 'da' && each.format !== 'xlsx',
    )) {
      const text = await textOf(printedOf(paper))
      expect(text.match(/overvågning\./g)?.length, paper.name + paper.format).to.be.at.least(120)
    }
  })

  it('are sound PDFs with their structure, language and title: Annex B and the notice (qpdf, pdfinfo)', async () => {
    const recipient = aRunning()
    const notices = await Promise.all(
      (['da', 'en'] as const).map(async (locale) => {
        const letter = {
          notice: aNotice(),
          recipient,
          contact: { name: 'Kontakt 1', locale },
          services: new Map([['hosting', { da: 'Hosting', en: 'Hosting' }]]),
        }
        const file = join(folder, `notice-${locale}.pdf`)
        await writeFile(file, await buildPdf(paperFile(letter as never, locale)))
        return { file, locale, says: 'Nyborg Backup ApS' }
      }),
    )
    const made = papers.filter(({ format }) => format === 'pdf')
    const all = [
      ...notices,
      ...made.map((paper) => ({ file: fileOf(paper), locale: paper.locale, says: titles[paper.locale] })),
    ]
    for (const { file, locale, says } of all) {
      expect(await run('qpdf', ['--check', file]), file).to.include(
        'No syntax or stream encoding errors found',
      )
      expect(await run('pdfinfo', [file]), file).to.match(/Tagged:\s+yes/)
      const structure = await run('pdfinfo', ['-struct', file])
      for (const part of ['H1', 'H2', 'Table', 'TR', 'TD'])
        expect(structure, file).to.match(new RegExp(`\\b${part}\\b`))
      expect((await readFile(file)).toString('latin1'), file).to.include(
        `/Lang (${locale === 'da' ? 'da-DK' : 'en-GB'})`,
      )
      expect(await textOf(file), file).to.include(says)
    }
  })

  it('number their pages and say on each whose list it is and of which day', async () => {
    const [paper] = papers.filter(({ name, format }) => name === '40-en-complete' && format === 'pdf')
    const pages = (await run('pdftotext', ['-layout', fileOf(paper!), '-'])).split('\f').slice(0, -1)
    expect(pages.length).to.be.greaterThan(5)
    for (const [place, page] of pages.entries())
      expect(page)
        .to.include(`Page ${place + 1} of ${pages.length}`)
        .and.to.include('C-0001 · Appendix B as of 23 November 2026')
  })
})
