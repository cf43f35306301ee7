import type { Column, Option, Question, QuestionType } from '../set.js'
import type { Fault, Tree } from '../tree.js'
import { readCondition, type Asked } from './conditions.js'
import {
  bilingual,
  fieldsOf,
  flag,
  items,
  number,
  oneOf,
  text,
  texts,
  unlikeEachOther,
  type Fields,
} from './fields.js'
import { idOf, idShape, readOptions } from './options.js'
import { checkScoring, readScoring } from './scoring.js'

const questionTypes = [
  'single',
  'multi',
  'text',
  'number',
  'date',
  'contact',
  'identity',
  'table',
  'countries',
  'per-country',
  'signoff',
] as const satisfies readonly QuestionType[]

/** Our own records that may stand beside an answer. */
const prefills = [
  'vendor.identity',
  'vendor.contacts',
  'engagement.chain',
  'engagement.storage',
  'engagement.access',
  'engagement.transfers',
] as const

const units = ['days', 'hours', 'months', 'people'] as const

/** Controls A.1 to I.4 of the Danish ISAE 3000 statement, by area how many. */
const controlAreas: Record<string, number> = { A: 3, B: 15, C: 9, D: 3, E: 2, F: 6, G: 3, H: 2, I: 4 }

const known =
  'id section text help type scale options columns weight required critical evidence refs ' +
  'controls showIf commentIf finding scoring min max unit prefill'
const withOptions: readonly QuestionType[] = ['single', 'multi', 'per-country']
const levels = ['none', 'recommended', 'required'] as const
const severities = ['low', 'medium', 'high', 'critical'] as const

/** A question, and what of it can only be checked when all are read. */
export type ReadQuestion = {
  question: Question
  line: number
  fields: Fields
  asked: Record<string, Asked | null>
}

/** Null where it is not a thing with keys. */
export function readQuestion(
  tree: Tree,
  at: number,
  scales: ReadonlyMap<string, Option[]>,
  faults: Fault[],
): ReadQuestion | null {
  const fields = fieldsOf(tree, `question ${idOf(tree) ?? `no. ${at + 1}`}`, known.split(' '), faults)
  if (!fields) return null
  const type = oneOf(fields, 'type', questionTypes)
  const evidence = fieldsOf(
    fields.get('evidence'),
    `evidence of ${fields.what}`,
    ['level', 'text', 'when'],
    faults,
  )
  const finding = fieldsOf(
    fields.get('finding'),
    `finding of ${fields.what}`,
    ['severity', 'text', 'when'],
    faults,
  )
  const asked = {
    showIf: readCondition(fields, 'showIf'),
    commentIf: readCondition(fields, 'commentIf'),
    evidence: evidence && readCondition(evidence, 'when'),
    finding: finding && readCondition(finding, 'when'),
  }
  const limits = { least: -1e9, most: 1e9, optional: true }
  const question: Question = {
    id: text(fields, 'id', { shape: idShape }),
    section: text(fields, 'section'),
    text: bilingual(fields, 'text') ?? nothing,
    help: bilingual(fields, 'help', true),
    type: type ?? 'text',
    options: optionsOf(fields, type, scales),
    columns: columnsOf(fields, type),
    weight: number(fields, 'weight', { least: 0, most: 5 }) ?? 0,
    required: flag(fields, 'required'),
    critical: flag(fields, 'critical'),
    evidence: {
      level: (evidence && oneOf(evidence, 'level', levels)) ?? 'none',
      text: evidence && bilingual(evidence, 'text', true),
      when: asked.evidence?.condition ?? null,
    },
    refs: texts(fields, 'refs'),
    controls: texts(fields, 'controls'),
    showIf: asked.showIf?.condition ?? null,
    commentIf: asked.commentIf?.condition ?? null,
    finding: finding && {
      severity: oneOf(finding, 'severity', severities) ?? 'medium',
      text: bilingual(finding, 'text') ?? nothing,
      when: asked.finding?.condition ?? null,
    },
    scoring: readScoring(fields, type),
    min: number(fields, 'min', limits),
    max: number(fields, 'max', limits),
    unit: fields.has('unit') ? oneOf(fields, 'unit', units) : null,
    prefill: fields.has('prefill') ? oneOf(fields, 'prefill', prefills) : null,
  }
  checkItself(question, fields)
  if (question.evidence.level === 'required' && !evidence?.has('text'))
    fields.fault('evidence', `question ${question.id} requires evidence, but says not which`)
  return { question, line: fields.line, fields, asked }
}

const nothing = { da: '', en: '' }

function checkItself(question: Question, fields: Fields): void {
  const { id, critical, finding, evidence, type, min, max, controls } = question
  checkScoring(question, fields)
  if (critical && !finding)
    fields.fault('critical', `question ${id} is critical without a finding: what is written when it fails?`)
  if (evidence.when && evidence.level === 'none')
    fields.fault('evidence', `question ${id} says when it needs evidence, but its level is none`)
  if (type !== 'number' && (min !== null || max !== null || question.unit !== null))
    fields.fault(
      fields.has('min') ? 'min' : fields.has('max') ? 'max' : 'unit',
      `min, max and unit of question ${id} are for type number only`,
    )
  if (min !== null && max !== null && min > max)
    fields.fault('min', `min of question ${id} is more than its max`)
  for (const control of controls)
    if (!isControl(control))
      fields.fault('controls', `unknown control "${control}" in question ${id} (A.1 to I.4)`)
}

function isControl(control: string): boolean {
  const [, area = '', no = ''] = /^([A-I])\.(\d{1,2})$/.exec(control) ?? []
  return Number(no) >= 1 && Number(no) <= (controlAreas[area] ?? 0)
}

function optionsOf(
  fields: Fields,
  type: QuestionType | null,
  scales: ReadonlyMap<string, Option[]>,
): Option[] {
  const own = fields.get('options')
  if (type !== null && !withOptions.includes(type)) {
    for (const key of ['options', 'scale'])
      if (fields.has(key)) fields.fault(key, `${fields.what} is of type ${type}, which has no ${key}`)
    return []
  }
  if (own && fields.has('scale'))
    fields.fault('scale', `${fields.what} has both a scale and options of its own`)
  if (own) return readOptions(own, fields.what, fields.faults)
  if (!fields.has('scale')) {
    if (type !== null) fields.fault(null, `${fields.what} of type ${type} has neither scale nor options`)
    return []
  }
  const name = text(fields, 'scale')
  const scale = scales.get(name)
  if (!scale && name !== '') fields.fault('scale', `unknown scale "${name}" in ${fields.what}`)
  return scale ?? []
}

function columnsOf(fields: Fields, type: QuestionType | null): Column[] {
  if (type !== 'table') {
    if (type !== null && fields.has('columns'))
      fields.fault('columns', `${fields.what} is of type ${type}, which has no columns`)
    return []
  }
  const trees = items(fields, 'columns')
  if (trees.length === 0) fields.fault(null, `${fields.what} of type table has no columns`)
  const read = trees.flatMap((tree, at) => {
    const column = fieldsOf(
      tree,
      `column ${idOf(tree) ?? `no. ${at + 1}`} of ${fields.what}`,
      ['id', 'text', 'type'],
      fields.faults,
    )
    if (!column) return []
    const one: Column = {
      id: text(column, 'id', { shape: idShape }),
      text: bilingual(column, 'text') ?? nothing,
      type: column.has('type') ? (oneOf(column, 'type', ['text', 'date', 'countries']) ?? 'text') : 'text',
    }
    return [{ one, line: tree.line }]
  })
  unlikeEachOther(
    read.map(({ one: { id }, line }) => ({ id, line })),
    `column of ${fields.what}`,
    fields.faults,
  )
  return read.map(({ one }) => one)
}
