import { expect } from 'chai'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { calendarFile } from '../../src/documents/calendar-file.js'
import { buildPdf, type Block, type PdfInput } from '../../src/documents/pdf.js'

const paper: PdfInput = {
  title: 'Ny underdatabehandler: Škoda Backup AB',
  kicker: 'Varsel CN-2026-001',
  locale: 'da',
  createdAt: new Date('2026-11-21T10:00:00Z'),
  footer: 'Æblegården ApS',
  pageLabel: (page, pages) => `Side ${page} af ${pages}`,
  blocks: [
    { kind: 'lead', text: 'I skal ikke gøre noget.' },
    { kind: 'heading', text: 'Hvad ændres' },
    { kind: 'pairs', rows: [['Navn', 'Škoda Backup AB']] },
    {
      kind: 'table',
      headings: ['Navn', 'Adresse'],
      rows: Array.from({ length: 80 }, (_, n) => [`Række ${n}`, 'Åvej 1']),
    },
    { kind: 'list', items: ['Første', 'Anden'] },
    { kind: 'note', text: 'Ikke juridisk rådgivning.' },
  ],
}

async function read(bytes: Buffer) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const content = await (await pdf.getPage(index + 1)).getTextContent()
      return content.items.map((item) => ('str' in item ? item.str : '')).join(' ')
    }),
  )
  return { pdf, pages, text: pages.join('\n'), info: await pdf.getMetadata() }
}

describe('a PDF', () => {
  it('has selectable text with the letters of every European language', async () => {
    const { text } = await read(await buildPdf(paper))
    expect(text)
      .to.contain('Ny underdatabehandler: Škoda Backup AB')
      .and.to.contain('Hvad ændres')
      .and.to.contain('Åvej 1')
  })

  it('is tagged, names its language and shows its title', async () => {
    const bytes = await buildPdf(paper)
    const { pdf, info } = await read(bytes)
    expect(await pdf.getMarkInfo()).to.include({ Marked: true })
    expect(info.info).to.include({ Language: 'da-DK', Title: paper.title })
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree())
    for (const role of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD']) expect(tree).to.contain(`"role":"${role}"`)
  })

  it('can be selected letter by letter, whatever papers were made before it', async () => {
    const say = (text: string) => buildPdf({ ...paper, blocks: [{ kind: 'paragraph', text }] })
    await say('Navn: før »Datto«, nu »Kaseya«, Ålborg, café')
    const { pages } = await read(await say('Curanet A/S › Stenvad Storage ApS, afficeret flåde'))
    expect(pages.join(' ')).to.include('Curanet A/S › Stenvad').and.to.include('afficeret flåde')
  })

  it('repeats a table’s headings and numbers every page', async () => {
    const bytes = await buildPdf(paper)
    const { pages } = await read(bytes)
    expect(pages.length).to.be.greaterThan(2)
    // PDF/UA: what a heading is the heading of; repeated on further pages it is no part of the table.
    expect(bytes.toString('latin1').match(/\/Scope \/Column/g)).to.have.length(2)
    pages.forEach((page, index) => {
      expect(page)
        .to.contain(`Side ${index + 1} af ${pages.length}`)
        .and.to.contain('Æblegården ApS')
    })
    expect(pages[1]).to.contain('Adresse')
  })

  it('leaves no headings alone at the foot of a page, and keeps together what belongs together', async () => {
    const table = (rows: number, together: boolean): Block => ({
      kind: 'table',
      headings: ['Underskrifter', 'For begge'],
      rows: Array.from({ length: rows }, (_, n) => [`Linje ${n}\n `, '']),
      together,
    })
    for (const filling of [30, 31, 32, 33, 34, 35, 36]) {
      const before: Block[] = Array.from({ length: filling }, () => ({ kind: 'note', text: 'Fyld.' }))
      const { pages } = await read(await buildPdf({ ...paper, blocks: [...before, table(3, true)] }))
      const page = pages.find((text) => text.includes('Underskrifter'))
      for (const line of ['Linje 0', 'Linje 1', 'Linje 2']) expect(page, `${filling}`).to.include(line)
      const apart = await read(await buildPdf({ ...paper, blocks: [...before, table(3, false)] }))
      expect(apart.pages.find((text) => text.includes('Underskrifter'))).to.include('Linje 0')
    }
  }).timeout(20_000)

  it('is the same to the byte for the same values, so that its hash can be checked', async () => {
    expect((await buildPdf(paper)).equals(await buildPdf(paper))).to.equal(true)
  })
})

describe('a calendar file', () => {
  const entry = calendarFile({
    uid: 'CN-2026-001@tilsyn',
    summary: 'Sidste dag: æøå, komma',
    description: 'Linje et\nlinje to',
    day: '2027-01-04',
    alarmDays: 7,
    stamp: new Date('2026-11-21T10:00:00Z'),
  })

  it('is an all-day entry on the day itself that takes no time', () => {
    expect(entry).to.contain('DTSTART;VALUE=DATE:20270104').and.to.contain('DTEND;VALUE=DATE:20270105')
    expect(entry).to.contain('TRANSP:TRANSPARENT').and.to.contain('UID:CN-2026-001@tilsyn')
  })

  it('escapes text and reminds at nine in the morning, a week before', () => {
    expect(entry).to.contain('SUMMARY:Sidste dag: æøå\\, komma').and.to.contain('Linje et\\nlinje to')
    expect(entry).to.contain('TRIGGER:-P6DT15H')
  })
})
