import type { DraftContent, DraftOption, DraftQuestion, LeftOver } from '../draft.js'
import { asId, idGiver, plain, unnamed } from './texts.js'

/** A sheet as text, as the house reads workbooks and CSV files. */
export type Sheet = { name: string; rows: string[][] }

type Column =
  'id' | 'question' | 'domain' | 'answer' | 'comment' | 'control' | 'specification' | 'ownership' | 'customer'
type Columns = Partial<Record<Column, number>>

/** How the columns are headed in the editions of the CAIQ (3.0 to 4.1), its light form and house copies, da and en. */
const wordings: Record<Column, RegExp> = {
  question: /^(?:consensus assessment |assessment |caiq |security )?questions?(?: text)?$|^spørgsmål$/,
  id: /^(?:question|caiq|consensus assessment question)? ?(?:id|no|nr|number|#)\.?(?: \(cid\))?$|^cid$|^spørgsmål ?(?:id|nr)\.?$|^(?:spørgsmåls)?nummer$/,
  domain:
    /^(?:ccm )?(?:control )?domain(?: title)?$|^(?:category|section|area|domæne|område|afsnit|kategori)$/,
  answer:
    /^(?:csp |service provider |vendor )?(?:ai-)?(?:caiq )?(?:answers?|responses?)$|^yes\/no(?:\/n\/?a)?$|^(?:consensus assessment )?answers? ?(?:yes|no).*$|^svar$|^ja\/nej.*$/,
  comment:
    /^(?:csp )?implementation description.*$|^(?:comments?|notes?|explanation|additional information|bemærkning(?:er)?|kommentar(?:er)?|uddybning)(?: .*)?$/,
  control: /^(?:ccm )?control id$|^ccm id$|^kontrol(?: ?id)?$/,
  specification: /^(?:ccm )?control (?:specification|title|group)$/,
  ownership: /^ssrm.*$/,
  customer: /^csc responsibilities.*$/,
}

/** Yes is good, no is not, and what does not concern them is left out: so the CAIQ is written. */
const answers: Record<'da' | 'en', DraftOption[]> = {
  da: [
    { id: 'yes', text: 'Ja', score: 1, requiresComment: false },
    { id: 'no', text: 'Nej', score: 0, requiresComment: true },
    { id: 'na', text: 'Ikke relevant', score: null, requiresComment: true },
  ],
  en: [
    { id: 'yes', text: 'Yes', score: 1, requiresComment: false },
    { id: 'no', text: 'No', score: 0, requiresComment: true },
    { id: 'na', text: 'Not applicable', score: null, requiresComment: true },
  ],
}

/** Rows above the headings are notices and version numbers. */
const deepestHeading = 25
const mostQuestions = 1500

/** Null where no sheet has a column of questions. */
export function readCaiq(sheets: readonly Sheet[], language: 'da' | 'en'): DraftContent | null {
  const report: LeftOver[] = []
  const draft = { sections: [] as DraftContent['sections'], questions: [] as DraftQuestion[] }
  const giveId = idGiver()
  let found = false
  for (const sheet of sheets) {
    const heading = headingOf(sheet)
    if (!heading) {
      report.push({ at: sheet.name, what: 'sheet', facts: {} })
      continue
    }
    found = true
    readSheet(sheet, heading, language, draft, giveId, report)
  }
  if (!found) return null
  if (draft.questions.length >= mostQuestions)
    report.push({ at: '', what: 'too-many', facts: { most: mostQuestions } })
  report.push({ at: '', what: 'weights', facts: { count: draft.questions.length } })
  const title = sheets.find((sheet) => headingOf(sheet))?.name ?? 'CAIQ'
  return { title, shape: 'caiq', ...draft, report }
}

type Heading = { row: number; columns: Columns; unknown: string[] }

function headingOf({ rows }: Sheet): Heading | null {
  for (const [row, cells] of rows.slice(0, deepestHeading).entries()) {
    const columns: Columns = {}
    const unknown: string[] = []
    for (const [at, cell] of cells.entries()) {
      const words = cell.toLowerCase().replace(/\s+/g, ' ').trim()
      const known = (Object.keys(wordings) as Column[]).find((name) => wordings[name].test(words))
      if (known && columns[known] === undefined) columns[known] = at
      else if (words !== '' && !known) unknown.push(cell.trim().slice(0, 80))
    }
    // A cover sheet may say "Question" somewhere; a list of questions has something beside it.
    if (columns.question !== undefined && Object.keys(columns).length > 1) return { row, columns, unknown }
  }
  return null
}

function readSheet(
  sheet: Sheet,
  { row: top, columns, unknown }: Heading,
  language: 'da' | 'en',
  draft: Pick<DraftContent, 'sections' | 'questions'>,
  giveId: (wanted: string) => string,
  report: LeftOver[],
): void {
  const filled: Partial<Record<Column, number>> = {}
  // Cells that are merged over several rows have their text in the first only.
  let [domain, control] = ['', '']
  for (const [at, cells] of sheet.rows.slice(top + 1).entries()) {
    const cell = (name: Column) => plain(columns[name] === undefined ? '' : (cells[columns[name]] ?? ''))
    const place = `${sheet.name}, ${top + at + 2}`
    domain = cell('domain') || domain
    control = cell('control') || control
    const text = cell('question')
    if (text === '') {
      const told = cells.filter((one) => one.trim() !== '')
      // A row of one cell is a heading in the list.
      if (told.length === 1 && columns.domain === undefined) domain = plain(told[0] ?? '')
      else if (told.length > 0) report.push({ at: place, what: 'no-question', facts: {} })
      continue
    }
    if (draft.questions.length >= mostQuestions) return
    for (const name of ['answer', 'comment', 'ownership', 'customer', 'specification'] as const)
      if (cell(name) !== '') filled[name] = (filled[name] ?? 0) + 1
    const wanted = cell('id')
    if (wanted === '') report.push({ at: place, what: 'no-id', facts: {} })
    const id = giveId(wanted || `Q${top + at + 2}`)
    if (wanted !== '' && id !== asId(wanted))
      report.push({ at: place, what: 'same-id', facts: { id: wanted, now: id } })
    const section = sectionFor(domain || prefixOf(wanted) || unnamed[language], wanted, draft)
    draft.questions.push({
      id,
      section,
      text,
      help: '',
      type: 'single',
      options: answers[language],
      weight: 1,
      required: true,
      evidence: false,
      refs: [...new Set([control ? `CCM ${control}` : '', wanted ? `CAIQ ${wanted}` : ''])].filter(Boolean),
      showIf: null,
      finding: null,
    })
  }
  for (const [name, count] of Object.entries(filled))
    report.push({ at: sheet.name, what: `column-${name}`, facts: { count } })
  for (const column of unknown) report.push({ at: sheet.name, what: 'column', facts: { column } })
}

function sectionFor(title: string, id: string, draft: Pick<DraftContent, 'sections'>): string {
  const known = draft.sections.find((section) => section.title === title)
  if (known) return known.id
  const wanted = asId(prefixOf(id)) || `S${String(draft.sections.length + 1).padStart(2, '0')}`
  const own = draft.sections.some((section) => section.id === wanted)
    ? `${wanted}-${draft.sections.length + 1}`
    : wanted
  draft.sections.push({ id: own, title })
  return own
}

/** 'A&A-01.1' -> 'A&A' */
function prefixOf(id: string): string {
  return /^([A-Za-z&]{2,6})[-.]/.exec(id)?.[1] ?? ''
}
