import { declarationPaper } from '../../src/audits/page/paper.js'
import { workingPaper } from '../../src/audits/page/working-paper.js'
import type { Locale } from '../../src/base/context.js'
import type { Block } from '../../src/documents/blocks.js'
import { buildWord } from '../../src/documents/word.js'
import { buildWorkbook } from '../../src/documents/workbook.js'
import { someFigures } from '../audits/declared-figures.js'
import { aWhole, signedPaper, someFacts } from '../audits/declared.js'

export type DeclaredPaper = {
  name: string
  format: 'docx' | 'xlsx'
  bytes: () => Promise<Buffer>
  /** Every text a reader must find in it. */
  says: string[]
}

/** The declaration as Word, and the working papers as Excel, in both languages. */
export const declared: DeclaredPaper[] = (['da', 'en'] as const).flatMap((locale) => [
  declarationIn(locale),
  workingPaperIn(locale),
])

function declarationIn(locale: Locale): DeclaredPaper {
  const facts = someFacts({}, someFigures)
  const paper = declarationPaper(facts, signedPaper(facts), locale)
  return {
    name: `declaration-${locale}`,
    format: 'docx',
    bytes: () => buildWord(paper),
    says: [paper.title, paper.kicker ?? '', paper.footer ?? '', ...paper.blocks.flatMap(textsOf)],
  }
}

function workingPaperIn(locale: Locale): DeclaredPaper {
  const facts = someFacts({}, someFigures)
  const whole = aWhole({}, someFigures)
  const files = [{ _id: 'f1', name: 'Udtræk af brugere.xlsx', size: 24_300, sha256: 'a'.repeat(64) }]
  const names = new Map([['p-dpo', 'Karen Østergård']])
  const paper = workingPaper({ whole, facts, names, files, madeAt: new Date('2026-11-24T12:30:00Z') }, locale)
  const sheets = [paper.main, ...paper.more.map(({ table }) => table)]
  return {
    name: `working-papers-${locale}`,
    format: 'xlsx',
    bytes: () => buildWorkbook(paper),
    says: [paper.title, paper.footer ?? '', ...[...sheets, ...paper.blocks].flatMap(textsOf)],
  }
}

function textsOf(block: Block): string[] {
  switch (block.kind) {
    case 'list':
      return block.items
    case 'pairs':
      return block.rows.flat().flatMap((text) => text.split('\n'))
    case 'table':
      return [block.headings, ...block.rows].flat().flatMap((text) => text.split('\n'))
    case 'page-break':
      return []
    default:
      return [block.text]
  }
}
