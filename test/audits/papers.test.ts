import { expect } from 'chai'
import { readFile, writeFile } from 'node:fs/promises'
import { declarationPaper } from '../../src/audits/page/paper.js'
import { hashOf } from '../../src/audits/rules/canonical.js'
import type { Block } from '../../src/documents/blocks.js'
import { buildPdf } from '../../src/documents/pdf.js'
import { missingPrograms } from '../support/office.js'
import { project } from '../support/project.js'
import { expectSoundPdf } from '../support/sound-pdf.js'
import { someFigures } from './declared-figures.js'
import { signedPaper, someFacts } from './declared.js'

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
  const file = `${project}test/audits/golden/${name}`
  if (process.env['UPDATE_GOLDEN']) await writeFile(file, text)
  expect(text).to.equal(await readFile(file, 'utf8'))
}

describe('the declaration as a paper (DPA C.7)', () => {
  const facts = someFacts({}, someFigures)

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

  for (const locale of ['da', 'en'] as const)
    it(`is in ${locale} a tagged PDF, with the pages counted and the hash and edition at the foot of each`, async function () {
      if (missingPrograms.length > 0) this.skip()
      this.timeout(120_000)
      const edition = locale === 'da' ? 'udgave 1' : 'edition 1'
      const hash = hashOf(facts)
        .slice(0, 12)
        .replace(/(.{4})(?=.)/g, '$1 ')
      const bytes = await buildPdf(declarationPaper(facts, signedPaper(facts), locale))
      const foot = [`Nordvang Drift A/S · AU-2026 · ${edition} · SHA-256 ${hash}`]
      const pages = await expectSoundPdf(bytes, { name: `declaration-${locale}`, locale, foot })
      expect(pages.length).to.be.greaterThan(8)
    })
})
