import { expect } from 'chai'
import exceljs from 'exceljs'
import { strFromU8, unzipSync } from 'fflate'
import { buildPdf, type Block, type PdfInput } from '../../src/documents/pdf.js'
import { buildWord } from '../../src/documents/word.js'
import { buildWorkbook, defused } from '../../src/documents/workbook.js'

const main: Block = {
  kind: 'table',
  headings: ['NAVN', 'ADRESSE'],
  rows: [
    ['Æblegården & Søn ApS', 'Åvej 1\n5000 Odense C'],
    ['=HYPERLINK("http://ond.example")', '+45 70 10 20 30'],
  ],
  widths: [1, 2],
}

const paper: PdfInput = {
  title: 'Bilag B: underdatabehandlere',
  kicker: 'Til Kunde A/S',
  subject: 'C-0001',
  author: 'Nordvang Drift A/S',
  locale: 'da',
  createdAt: new Date('2026-11-21T10:00:00Z'),
  footer: 'Nordvang & Co',
  pageLabel: (page, pages) => `Side ${page} af ${pages}`,
  landscape: true,
  blocks: [
    { kind: 'lead', text: 'Listen i dag.' },
    { kind: 'pairs', rows: [['Dataansvarlig', 'Kunde A/S']] },
    { kind: 'heading', text: 'B.1. Godkendte underdatabehandlere' },
    main,
    { kind: 'list', items: ['Første', 'Anden'] },
    { kind: 'paragraph', text: 'Et afsnit.' },
    { kind: 'page-break' },
    { kind: 'note', text: 'En note.' },
  ],
}

async function wordParts(input: PdfInput) {
  const parts = unzipSync(new Uint8Array(await buildWord(input)))
  const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array())
  const footer = Object.keys(parts).find((name) => /^word\/footer\d+\.xml$/.test(name)) ?? ''
  return {
    document: part('word/document.xml'),
    styles: part('word/styles.xml'),
    core: part('docProps/core.xml'),
    footer: part(footer),
  }
}

describe('a Word document', () => {
  it('has the language of the paper, its title and who made it', async () => {
    const { styles, core } = await wordParts(paper)
    expect(styles).to.match(/<w:lang [^>]*w:val="da-DK"/)
    expect(core)
      .to.include('Bilag B: underdatabehandlere')
      .and.to.include('C-0001')
      .and.to.include('Nordvang Drift A/S')
    expect((await wordParts({ ...paper, locale: 'en' })).styles).to.match(/<w:lang [^>]*w:val="en-GB"/)
  })

  it('has real headings and a table whose heading row repeats on every page', async () => {
    const { document } = await wordParts(paper)
    expect(document).to.include('<w:pStyle w:val="Heading1"/>').and.to.include('<w:pStyle w:val="Heading2"/>')
    expect(document.match(/<w:tblHeader\/>/g)).to.have.length(1)
    expect(document.match(/<w:cantSplit\/>/g)).to.have.length(4)
    expect(document).to.include('Æblegården &amp; Søn ApS').and.to.include('5000 Odense C')
  })

  it('lies down where it is wide, and numbers its pages', async () => {
    const { document, footer } = await wordParts(paper)
    expect(document).to.match(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"\/>/)
    expect((await wordParts({ ...paper, landscape: false })).document).to.match(
      /<w:pgSz w:w="11906" w:h="16838"/,
    )
    expect(footer)
      .to.include('PAGE')
      .and.to.include('NUMPAGES')
      .and.to.include('Side ')
      .and.to.include(' af ')
    expect(footer).to.include('Nordvang &amp; Co')
  })
})

describe('a workbook', () => {
  const sheets = { main: 'Bilag B', rest: 'Om listen: [1/2]' }
  async function opened(): Promise<exceljs.Workbook> {
    const book = new exceljs.Workbook()
    await book.xlsx.load((await buildWorkbook({ ...paper, main, sheets })) as never)
    return book
  }

  it('has the table on a sheet of its own, its heading frozen and filtered', async () => {
    const book = await opened()
    const sheet = book.getWorksheet('Bilag B')
    expect(sheet?.getRow(1).values).to.deep.equal([undefined, 'NAVN', 'ADRESSE'])
    expect(sheet?.views[0]).to.include({ state: 'frozen', ySplit: 1 })
    expect(sheet?.autoFilter).to.equal('A1:B3')
    expect(sheet?.getColumn(1).width).to.be.greaterThan(20)
    expect(book.title).to.equal('Bilag B: underdatabehandlere')
    // A font without a name is one of the program's own choosing, another in each cell.
    expect(['A1', 'A2'].map((cell) => sheet?.getCell(cell).font.name)).to.deep.equal(['Calibri', 'Calibri'])
  })

  it('has the rest, in order, on another sheet', async () => {
    const sheet = (await opened()).worksheets[1]
    const lines: string[] = []
    sheet?.eachRow((row) => {
      const cells: string[] = []
      // Texts with nothing beside them are merged over the sheet: each is said once.
      row.eachCell((cell) => cell.master === cell && cells.push(cell.text))
      lines.push(cells.join(' | '))
    })
    expect(lines).to.deep.equal([
      'Til Kunde A/S',
      'Bilag B: underdatabehandlere',
      'Listen i dag.',
      'Dataansvarlig | Kunde A/S',
      'B.1. Godkendte underdatabehandlere',
      '• Første',
      '• Anden',
      'Et afsnit.',
      'En note.',
    ])
  })

  it('lets no text be taken for a formula', async () => {
    const sheet = (await opened()).getWorksheet('Bilag B')
    expect(sheet?.getCell('A3').value).to.equal('\'=HYPERLINK("http://ond.example")')
    expect(['=1+1', '-2', '@a', '\tx', '+cmd', 'a=b', '+45 70 10 20 30', ''].map(defused)).to.deep.equal([
      "'=1+1",
      "'-2",
      "'@a",
      "'\tx",
      "'+cmd",
      'a=b',
      '+45 70 10 20 30',
      '',
    ])
  })
})

describe('one paper in three formats', () => {
  it('is built from the same blocks', async () => {
    const files = await Promise.all([
      buildPdf(paper),
      buildWord(paper),
      buildWorkbook({ ...paper, main, sheets: { main: 'a', rest: 'b' } }),
    ])
    expect(files.map((file) => file.subarray(0, 2).toString('latin1'))).to.deep.equal(['%P', 'PK', 'PK'])
  })
})
