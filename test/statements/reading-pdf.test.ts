import { deflateSync } from 'node:zlib'
import { expect } from 'chai'
import fc from 'fast-check'
import { plain, pageText } from '../../src/documents/pdf-lines.js'
import { flowing, pagesOf } from '../../src/documents/pdf-text.js'
import { paper, scanned } from '../../bench/statements/paper.js'

const linesOf = async (pdf: Uint8Array) => {
  const read = await pagesOf(pdf)
  if (read.outcome !== 'read') throw new Error(read.outcome)
  return read.pages.flatMap(({ lines }) => lines)
}

describe('the text of a PDF', () => {
  it('is lines as a person reads them, Danish letters and all', async () => {
    const pdf = await paper([{ heading: 'Konklusion' }, { text: 'Ærø, Århus og Øster Å: blåbærgrød.' }])
    expect(await linesOf(pdf)).to.deep.equal(['Konklusion', 'Ærø, Århus og Øster Å: blåbærgrød.'])
  })

  it('goes down the left column before the right one, and along the rows of a table', async () => {
    const half = (word: string) => Array.from({ length: 60 }, () => word).join(' ')
    const [first, ...rest] = await linesOf(
      await paper([{ columns: [half('venstre'), half('midte'), half('højre')] }]),
    )
    const all = [first, ...rest].join(' ')
    expect(all.lastIndexOf('venstre')).to.be.lessThan(all.indexOf('midte'))
    expect(all.lastIndexOf('midte')).to.be.lessThan(all.indexOf('højre'))
    const table = await paper([
      {
        table: [
          ['B.6', 'Adgang', 'Ingen afvigelser'],
          ['B.7', 'Alarm', 'Afvigelse'],
        ],
        widths: [60, 150, 150],
      },
    ])
    expect(await linesOf(table)).to.deep.equal(['B.6 Adgang Ingen afvigelser', 'B.7 Alarm Afvigelse'])
  })

  for (const [written, read] of [
    ['R E V I S O R S   E R K L Æ R I N G', 'REVISORS ERKLÆRING'],
    ['Konklusion M E D forbehold', 'Konklusion MED forbehold'],
    ['ﬁrma og ﬂytning', 'firma og flytning'],
    ['A\u030arhus\u00a0C', 'Århus C'],
    ['sikker\u00adhed', 'sikkerhed'],
    ['B I L A G til aftalen', 'BILAG til aftalen'],
  ] as const)
    it(`reads "${written}" as "${read}"`, () => expect(plain(written)).to.equal(read))

  it('has words that were parted at a line’s end whole again, and "sikkerheds- og" as it is', async () => {
    const read = await pagesOf(
      await paper([
        {
          text: 'De tekniske og organisatoriske foranstalt-\nninger for adgang til sikkerheds-\nog driftslogge.',
        },
      ]),
    )
    expect(read.outcome === 'read' && flowing(read.pages)).to.include('foranstaltninger')
    expect(read.outcome === 'read' && flowing(read.pages)).to.match(/sikkerheds-\s+og/)
  })

  it('leaves out what is written across the page, such as a signing service’s mark', async () => {
    expect(pageText(1, [{ text: 'Penneo', x: 5, y: 300, width: 40, size: 6 }]).lines).to.deep.equal([
      'Penneo',
    ])
    const doc = new (await import('pdfkit')).default({ size: 'A4' })
    const written: Buffer[] = []
    doc.on('data', (piece: Buffer) => written.push(piece))
    const done = new Promise((resolve) => doc.on('end', resolve))
    doc
      .text('Uafhængig revisors erklæring om driften')
      .save()
      .rotate(90)
      .text('Penneo', 100, -20)
      .restore()
      .end()
    await done
    expect((await linesOf(Buffer.concat(written))).join()).to.equal('Uafhængig revisors erklæring om driften')
  })
})

describe('a PDF that cannot be read', () => {
  it('is said to be locked, a picture, or damaged', async () => {
    expect(await pagesOf(await paper([{ title: 'Hemmeligt' }], { password: 'x' }))).to.deep.equal({
      outcome: 'encrypted',
      count: null,
    })
    expect(await pagesOf(await scanned())).to.deep.equal({ outcome: 'scanned', count: 1 })
    for (const bytes of ['', 'not a pdf', '%PDF-1.7', '%PDF-1.7\ntrailer << /Root 1 0 R >>'])
      expect(await pagesOf(Buffer.from(bytes)), bytes).to.deep.equal({ outcome: 'broken', count: null })
  })

  it('never ends in a fault, wherever it is cut off or overwritten', async () => {
    const whole = await paper([
      { title: 'Erklæring' },
      { text: 'Vi har undersøgt beskrivelsen i hele perioden.' },
    ])
    const outcomes = ['read', 'encrypted', 'broken', 'scanned', 'too-much']
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.uint8Array({ maxLength: 40 }),
        async (part, noise) => {
          const cut = Math.floor(part * whole.length)
          expect(outcomes).to.include((await pagesOf(whole.subarray(0, cut))).outcome)
          const overwritten = Buffer.from(whole)
          overwritten.set(noise.subarray(0, whole.length - cut), cut)
          expect(outcomes).to.include((await pagesOf(overwritten)).outcome)
        },
      ),
      { numRuns: 6 },
    )
  }).timeout(60_000)

  it('is given up when it takes too long, and what comes next is read all the same', async () => {
    const pdf = await paper([{ text: 'Kort og godt, men den får ingen tid.' }])
    expect(await pagesOf(pdf, { milliseconds: 1 })).to.deep.equal({ outcome: 'too-much', count: null })
    const several = await Promise.all(Array.from({ length: 5 }, () => pagesOf(pdf)))
    expect(several.map(({ outcome }) => outcome)).to.deep.equal(Array.from({ length: 5 }, () => 'read'))
  }).timeout(60_000)

  it('is given up when it unpacks to more memory than a file may take', async () => {
    const unpacked = Buffer.alloc(300_000_000, ' ')
    const read = await pagesOf(rawPdf(deflateSync(unpacked, { level: 9 })), { growth: 60 * 1024 * 1024 })
    expect(read).to.deep.equal({ outcome: 'too-much', count: null })
    // Held until here, so that what the process gives back meanwhile does not hide what the file takes.
    expect(unpacked.length).to.equal(300_000_000)
  }).timeout(60_000)

  it('is read at its beginning and its end where it has thousands of pages', async () => {
    const pages = Array.from({ length: 400 }, (_, at) => [
      { text: `Dette er side nummer ${at + 1} i en lang rapport.` },
      'page' as const,
    ])
    const read = await pagesOf(await paper(pages.flat().slice(0, -1)))
    if (read.outcome !== 'read') throw new Error(read.outcome)
    expect(read.count).to.equal(400)
    expect(read.pages.map(({ page }) => page)).to.deep.equal([
      ...Array.from({ length: 40 }, (_, at) => at + 1),
      ...Array.from({ length: 10 }, (_, at) => 391 + at),
    ])
    expect(read.pages.at(-1)?.lines).to.deep.equal(['Dette er side nummer 400 i en lang rapport.'])
  }).timeout(60_000)

  it('is read no further than some pieces of text', async () => {
    const pdf = await paper(
      Array.from({ length: 60 }, (_, at) => ({ text: `Linje ${at} med en del ord på.` })),
    )
    const read = await pagesOf(pdf, { mostItems: 10 })
    expect(read.outcome === 'read' && read.pages.flatMap(({ lines }) => lines).length).to.be.lessThan(11)
  })
})

/** One page whose content is the packed stream. */
function rawPdf(packed: Buffer): Buffer {
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << >> >>'),
    Buffer.concat([
      Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
      packed,
      Buffer.from('\nendstream'),
    ]),
  ]
  const parts = [Buffer.from('%PDF-1.7\n')]
  const places: number[] = []
  const length = () => parts.reduce((sum, part) => sum + part.length, 0)
  for (const [at, object] of objects.entries()) {
    places.push(length())
    parts.push(Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'))
  }
  const start = length()
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`,
    ),
  )
  return Buffer.concat(parts)
}
