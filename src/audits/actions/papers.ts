import type { Context, Locale } from '../../base/context.js'
import { buildPdf } from '../../documents/pdf.js'
import { buildWord } from '../../documents/word.js'
import { buildWorkbook } from '../../documents/workbook.js'
import { fileById, storeFile, type StoredFile } from '../../files/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { declarationPaper, paperName, type PaperState } from '../page/paper.js'
import { workingPaper, workingPaperName } from '../page/working-paper.js'
import type { Audit, Papers } from '../rules/audit.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { staffMembers } from '../../auth/actions/people.js'
import type { AuditAtWork } from './read.js'

export type Made = { name: string; type: string; bytes: Buffer }

const types = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** The declaration as it stands, made anew: what a signer sees, a draft, or what is stored once both have signed. */
export async function makePaper(
  audit: Audit,
  facts: DeclarationFacts,
  paper: Pick<PaperState, 'madeAt' | 'replacedBy'>,
  { locale, format }: { locale: Locale; format: 'pdf' | 'docx' },
): Promise<Made> {
  const input = declarationPaper(facts, paperStateOf(audit, paper), locale)
  return {
    name: paperName(facts, locale, format),
    type: types[format],
    bytes: await (format === 'pdf' ? buildPdf : buildWord)(input),
  }
}

export function paperStateOf(
  { state, frozen, signatures, sample }: Audit,
  { madeAt, replacedBy }: Pick<PaperState, 'madeAt' | 'replacedBy'>,
): PaperState {
  const zone = danishDateRules.zone
  return { state, hash: frozen?.hash ?? null, signatures, replacedBy, madeAt, zone, sample }
}

/** Controls with tests, samples and notes, findings, figures and files with their hashes: ours, for whoever checks our work. */
export async function makeWorkingPapers(
  whole: AuditAtWork,
  facts: DeclarationFacts,
  madeAt: Date,
  locale: Locale,
): Promise<Made> {
  const [people, files] = await Promise.all([staffMembers(), evidenceOf(whole)])
  const names = new Map(people.map(({ _id, name }) => [_id, name]))
  const input = workingPaper({ whole, facts, names, files, madeAt }, locale)
  return { name: workingPaperName(facts, locale), type: types.xlsx, bytes: await buildWorkbook(input) }
}

/** The files of the tests and of what else was gone through, in the order they are named. */
async function evidenceOf({ audit, tests }: AuditAtWork): Promise<StoredFile[]> {
  const ids = [
    ...tests.flatMap(({ files }) => files),
    ...[...audit.risks, ...audit.threats, ...audit.incidents].flatMap(({ files }) => files),
  ]
  return (await Promise.all(ids.map((id) => fileById(id)))).flatMap((file) => file ?? [])
}

/** All of them stored: from then on these are handed out, byte for byte. */
export async function storePapers(
  context: Context,
  whole: AuditAtWork,
  replacedBy: PaperState['replacedBy'] = null,
): Promise<Papers> {
  const { audit } = whole
  const facts = audit.frozen?.facts as DeclarationFacts
  const about = { kind: 'declaration', id: audit._id }
  const paper = { madeAt: context.now, replacedBy }
  const store = async ({ name, bytes }: Made) =>
    (await storeFile(context, { name, bytes, about, sample: audit.sample }))._id
  const each = async (locale: Locale, format: 'pdf' | 'docx') =>
    store(await makePaper(audit, facts, paper, { locale, format }))
  return {
    da: await each('da', 'pdf'),
    en: await each('en', 'pdf'),
    // Word files and working papers stay as they were signed; what is handed to customers says that it is replaced.
    wordDa: audit.papers?.wordDa ?? (await each('da', 'docx')),
    wordEn: audit.papers?.wordEn ?? (await each('en', 'docx')),
    working: audit.papers?.working ?? (await store(await makeWorkingPapers(whole, facts, context.now, 'da'))),
    madeAt: context.now,
    ...(audit.papers ? { asSigned: { da: audit.papers.da, en: audit.papers.en } } : {}),
  }
}
