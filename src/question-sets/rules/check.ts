import type { Band, Option, Question, QuestionSet, Section } from './set.js'
import type { Fault, Tree } from './tree.js'
import { checkCondition, circles } from './check/conditions.js'
import { bilingual, fieldsOf, items, number, text, unlikeEachOther, type Fields } from './check/fields.js'
import { idOf, idShape, readOptions } from './check/options.js'
import { readQuestion, type ReadQuestion } from './check/questions.js'
import { countrySources } from './visible.js'

const keys = ['id', 'version', 'title', 'basis', 'scoring', 'scales', 'sections', 'questions']
const scoringKeys = ['criticalBelow', 'criticalBand', 'evidenceCap', 'bands']

/** The set, or every fault that keeps it from being used, by line. */
export function readSet(tree: Tree): { set: QuestionSet; faults: [] } | { set: null; faults: Fault[] } {
  const faults: Fault[] = []
  const fields = fieldsOf(tree, 'the set', keys, faults)
  const set = fields && readFields(fields, faults)
  if (set && faults.length === 0) return { set, faults: [] }
  return { set: null, faults: faults.toSorted((a, b) => a.line - b.line) }
}

function readFields(fields: Fields, faults: Fault[]): QuestionSet {
  const scales = readScales(fields, faults)
  const sections = readSections(fields, faults)
  const read = items(fields, 'questions').flatMap((tree, at) => readQuestion(tree, at, scales, faults) ?? [])
  const questions = read.map(({ question }) => question)
  if (questions.length === 0) fields.fault('questions', 'the set has no questions')
  checkTogether(read, sections, faults)
  return {
    id: text(fields, 'id', { shape: idShape }),
    version: text(fields, 'version', { shape: idShape }),
    title: bilingual(fields, 'title') ?? { da: '', en: '' },
    basis: text(fields, 'basis', { optional: true }),
    ...readScoringOfSet(fields, faults),
    sections: sections.map(({ section }) => section),
    questions,
  }
}

function readScales(fields: Fields, faults: Fault[]): Map<string, Option[]> {
  const tree = fields.get('scales')
  if (tree === undefined) return new Map()
  if (tree.kind !== 'map') {
    fields.fault('scales', 'scales must have a list of values under each name')
    return new Map()
  }
  return new Map(tree.entries.map(({ key, value }) => [key, readOptions(value, `scale ${key}`, faults)]))
}

type ReadSection = { section: Section; line: number }

function readSections(fields: Fields, faults: Fault[]): ReadSection[] {
  const read = items(fields, 'sections').flatMap((tree, at): ReadSection[] => {
    const inner = fieldsOf(tree, `section ${idOf(tree) ?? `no. ${at + 1}`}`, ['id', 'title'], faults)
    if (!inner) return []
    const id = text(inner, 'id', { shape: idShape })
    return [{ section: { id, title: bilingual(inner, 'title') ?? { da: '', en: '' } }, line: tree.line }]
  })
  if (read.length === 0) fields.fault('sections', 'the set has no sections')
  unlikeEachOther(
    read.map(({ section: { id }, line }) => ({ id, line })),
    'section',
    faults,
  )
  return read
}

function readScoringOfSet(set: Fields, faults: Fault[]) {
  const fields = fieldsOf(set.get('scoring'), 'scoring', scoringKeys, faults)
  if (!fields) {
    if (!set.has('scoring')) set.fault(null, 'the set has no scoring')
    return { criticalBelow: 0, criticalBand: '', evidenceCap: 0, bands: [] }
  }
  const share = { least: 0, most: 1 }
  const bands = readBands(fields, faults)
  const criticalBand = text(fields, 'criticalBand')
  if (criticalBand !== '' && !bands.some(({ id }) => id === criticalBand))
    fields.fault('criticalBand', `criticalBand "${criticalBand}" is none of the bands`)
  return {
    criticalBelow: number(fields, 'criticalBelow', share) ?? 0,
    criticalBand,
    evidenceCap: number(fields, 'evidenceCap', share) ?? 0,
    bands,
  }
}

function readBands(fields: Fields, faults: Fault[]): Band[] {
  const trees = items(fields, 'bands')
  const bands = trees.flatMap((tree, at): Band[] => {
    const band = fieldsOf(tree, `band ${idOf(tree) ?? `no. ${at + 1}`}`, ['id', 'min', 'text'], faults)
    if (!band) return []
    return [
      {
        id: text(band, 'id', { shape: idShape }),
        min: number(band, 'min', { least: 0, most: 100 }) ?? 0,
        text: bilingual(band, 'text') ?? { da: '', en: '' },
      },
    ]
  })
  if (bands.length === 0) fields.fault('bands', 'scoring has no bands')
  else if (bands.some(({ min }, at) => at > 0 && min >= (bands[at - 1] as Band).min))
    fields.fault('bands', 'bands must fall: the best first, each with a lower min than the one before')
  else if (bands.at(-1)?.min !== 0)
    fields.fault('bands', 'the last band must begin at 0, so that every score has one')
  unlikeEachOther(
    bands.map(({ id }, at) => ({ id, line: trees[at]?.line ?? fields.line })),
    'band',
    faults,
  )
  return bands
}

function checkTogether(
  read: readonly ReadQuestion[],
  sections: readonly ReadSection[],
  faults: Fault[],
): void {
  const questions = read.map(({ question }) => question)
  const by = new Map<string, Question>(questions.map((question) => [question.id, question]))
  unlikeEachOther(
    read.map(({ question: { id }, line }) => ({ id, line })),
    'question',
    faults,
  )
  for (const { question, fields, asked } of read) {
    const { id, section } = question
    if (section !== '' && !sections.some((one) => one.section.id === section))
      fields.fault('section', `unknown section "${section}" in question ${id}`)
    for (const [key, one] of Object.entries(asked))
      if (one) checkCondition(one, `${key} of question ${id}`, by, faults)
    if (question.type === 'per-country' && (!question.showIf || countrySources(question.showIf).length === 0))
      fields.fault(
        'type',
        `question ${id} is asked by country: its showIf must say hasThirdCountry of which question`,
      )
  }
  for (const circle of circles(questions)) {
    const first = read.find(({ question }) => question.id === circle[0])
    first?.fields.fault('showIf', `circular condition: ${circle.join(' shows by ')}`)
  }
  for (const { section, line } of sections)
    if (!questions.some((question) => question.section === section.id))
      faults.push({ line, reason: `section ${section.id} has no questions` })
}
