import { expect } from 'chai'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { declarationPaper } from '../../src/audits/page/paper.js'
import type { YearFigures } from '../../src/audits/rules/figures.js'
import type { Block } from '../../src/documents/blocks.js'
import { buildPdf } from '../../src/documents/pdf.js'
import { missingPrograms } from '../support/office.js'
import { signedPaper, someFacts } from './declared.js'

const made = { count: 0, hash: 'e'.repeat(64), ids: [] }
const figure = (key: string, value: number, of: number | null = null) => ({
  key,
  value,
  of,
  unit: 'count' as const,
  evidence: '/notices',
  made,
})

const figures: YearFigures = {
  year: 2026,
  period: { from: '2026-01-01', to: '2026-12-31' },
  asOf: '2026-11-23T09:00:00.000Z',
  sections: [
    {
      key: 'sub-processors',
      figures: [figure('sub-processors.start', 7), figure('sub-processors.end', 8)],
      tables: [],
    },
    {
      key: 'notices',
      figures: [
        figure('notices.issued', 3),
        figure('notices.kept', 212, 212),
        { ...figure('notices.shortest', 31), unit: 'days' },
      ],
      tables: [],
    },
    {
      key: 'supervision',
      figures: [figure('supervision.vendors', 8), figure('supervision.weaker', 0)],
      tables: [],
    },
  ],
}

/** The paper as lines of text, as a reader goes through it. */
function linesOf(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block): string[] => {
      switch (block.kind) {
        case 'heading':
          return ['', `${block.level === 3 ? '###' : '##'} ${block.text}`]
        case 'list':
          return block.items.map((item) => `- ${item}`)
        case 'pairs':
          return block.rows.map(([label, value]) => `${label}: ${value.replaceAll('\n', ' / ')}`)
        case 'table':
          return [block.headings, ...block.rows].map((row) =>
            row.map((cell) => cell.replaceAll('\n', ' / ')).join(' | '),
          )
        case 'page-break':
          return ['']
        default:
          return [block.text]
      }
    })
    .join('\n')
}

/** With UPDATE_GOLDEN=1 it is written anew: look at the difference before it is committed. */
async function golden(name: string, text: string): Promise<void> {
  const file = new URL(`golden/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN']) await writeFile(file, text)
  expect(text).to.equal(await readFile(file, 'utf8'))
}

describe('the declaration as a paper (DPA C.7)', () => {
  const facts = someFacts({}, figures)

  for (const locale of ['da', 'en'] as const)
    it(`says in ${locale} what it is known to say, word for word`, async () => {
      const { title, kicker, footer, blocks } = declarationPaper(facts, signedPaper(facts), locale)
      const text = `${kicker}\n# ${title}\n${linesOf(blocks)}\n\n${footer}\n`
      expect(text).to.not.match(/declaration:|audit-figures:|undefined|\{\{/)
      await golden(`declaration.${locale}.txt`, text)
    })

  it('says first that it is internal and no independent assurance', () => {
    for (const [locale, said] of [
      ['da', 'ikke en uafhængig revisors'],
      ['en', 'not independent assurance'],
    ] as const) {
      const [first] = declarationPaper(facts, signedPaper(facts), locale).blocks
      expect(first).to.deep.include({ kind: 'lead' })
      expect((first as { text: string }).text).to.include(said)
    }
  })

  it('says of a draft, of one that waits, of one replaced and of a sample what it is', () => {
    const paper = (changes: Parameters<typeof signedPaper>[1]) =>
      linesOf(declarationPaper(facts, signedPaper(facts, changes), 'en').blocks)
    expect(paper({ state: 'open', hash: null, signatures: [] })).to.include('Draft. Not signed')
    expect(paper({ state: 'to-sign', signatures: [] })).to.include('Waiting for signature')
    expect(paper({ sample: true })).to.include('Sample:')
    const replacedBy = { reference: 'AU-2026-2', signedOn: '2026-12-01' }
    expect(paper({ state: 'replaced', replacedBy })).to.include('This edition no longer holds')
    const next = someFacts({ edition: 2 })
    next.replaces = { reference: 'AU-2026', signedOn: '2026-11-24', why: { da: 'Tal', en: 'A number' } }
    expect(linesOf(declarationPaper(next, signedPaper(next), 'en').blocks)).to.include(
      'This edition replaces AU-2026',
    )
  })

  it('is a tagged PDF in its language, with the pages counted and the hash at the foot of each', async function () {
    if (missingPrograms.length > 0) this.skip()
    this.timeout(120_000)
    const folder = await mkdtemp(join(tmpdir(), 'tilsyn-declaration-'))
    const file = join(folder, 'paper.pdf')
    await writeFile(file, await buildPdf(declarationPaper(facts, signedPaper(facts), 'da')))
    const run = async (program: string, words: string[]) =>
      (await promisify(execFile)(program, words, { maxBuffer: 1e8 })).stdout
    const [info, text] = await Promise.all([run('pdfinfo', [file]), run('pdftotext', ['-layout', file, '-'])])
    await run('qpdf', ['--check', file])
    await rm(folder, { recursive: true })
    expect(info).to.match(/Tagged:\s+yes/)
    const pages = Number(/Pages:\s+(\d+)/.exec(info)?.[1])
    expect(pages).to.be.greaterThan(5)
    const feet = text.match(/AU-2026 · udgave 1 · SHA-256 [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}/g)
    expect(feet).to.have.length(pages)
    expect(text).to.include(`Side ${pages} af ${pages}`)
  })
})
