/** What stands in the workbook: rows of the sheet with the questions, and a sheet for each table. */
import type { Locale } from '../../base/context.js'
import { isDay } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { isByCountry } from '../../question-sets/rules/given.js'
import type { Question } from '../../question-sets/rules/set.js'
import { look } from '../../question-sets/rules/visible.js'
import { countryName } from '../../transfers/countries.js'
import type { Answering } from '../actions/respondent.js'
import { countriesWritten } from '../rules/countries.js'
import type { Answer } from '../rules/questionnaire.js'
import { hasOwnSheet, partsOf } from '../rules/workbook.js'
import { cellText } from './words.js'

/** `choices`: what may be chosen in the cell; `kind` says how the cell is formatted. */
export type RowPlan = {
  key: string
  seen: number
  number: string
  text: string
  answer: string | number
  kind: 'text' | 'date' | 'number' | 'heading'
  choices: string[]
  comment: string | null
  note: string
}

export type TablePlan = {
  id: string
  title: string
  headings: { text: string; kind: 'text' | 'date'; choices: string[] }[]
  rows: string[][]
}

export type BookPlan = {
  title: string
  intro: string
  reference: string
  sheet: string
  headings: string[]
  rows: RowPlan[]
  tables: TablePlan[]
}

export function bookPlan(
  { questionnaire, set, answers, given, around }: Answering,
  mayAnswer: (question: Question) => boolean,
  locale: Locale,
): BookPlan {
  const t = textIn(locale)
  const said = (key: string) => t(`questionnaires-respond:workbook.${key}`)
  const view = look(set, given, around)
  const byQuestion = new Map(answers.map((answer) => [answer.question, answer]))
  // All of them: which ones are asked may change while it is filled in away from here.
  const asked = set.questions.filter((question) => question.type !== 'signoff' && mayAnswer(question))
  return {
    title: `${set.title[locale]} – ${questionnaire.vendorName}`,
    intro: said('intro'),
    reference: questionnaire.reference,
    sheet: said('sheet'),
    headings: ['number', 'text', 'answer', 'comment', 'note'].map((key) => said(`column.${key}`)),
    rows: set.sections.flatMap(({ id, title }) => {
      const own = asked.filter(({ section }) => section === id)
      const rows = own.flatMap((question) => rowsOf(question, byQuestion.get(question.id), locale))
      return rows.length === 0 ? [] : [headingRow(title[locale]), ...rows]
    }),
    tables: asked
      .filter(hasOwnSheet)
      .map((question) => tableOf(question, byQuestion.get(question.id), view.countriesOf(question), locale)),
  }
}

function headingRow(text: string): RowPlan {
  return {
    key: '',
    seen: 0,
    number: '',
    text,
    answer: '',
    kind: 'heading',
    choices: [],
    comment: null,
    note: '',
  }
}

function rowsOf(question: Question, answer: Answer | undefined, locale: Locale): RowPlan[] {
  const t = textIn(locale)
  const value = answer?.value ?? null
  const [yes, no] = [t('questionnaires-respond:yes'), t('questionnaires-respond:no')]
  const parts = partsOf(question)
  const head: RowPlan = {
    key: question.id,
    seen: answer?.version ?? 0,
    number: question.id,
    text: question.text[locale],
    answer: '',
    kind: 'text',
    choices: [],
    comment: answer?.comment ?? '',
    note: noteOf(question, locale),
  }
  if (parts.length > 1)
    return [
      { ...head, kind: 'heading' },
      ...parts.map((part): RowPlan => {
        const option = question.options.find(({ id }) => id === part)
        const told = (value ?? {}) as Record<string, string>
        const text = option ? option.text[locale] : t(`questionnaires-respond:part.${part}`)
        const chosen = Array.isArray(value) && value.includes(part)
        const cell =
          part === 'country' && told['country'] ? countryName(told['country'], locale) : told[part ?? '']
        return {
          ...head,
          key: `${question.id}/${part}`,
          number: '',
          text: `– ${text}`,
          answer: option ? (chosen ? yes : '') : (cell ?? ''),
          choices: option ? [yes, no] : [],
          comment: null,
          note: '',
        }
      }),
    ]
  if (hasOwnSheet(question)) return [{ ...head, kind: 'heading', comment: answer?.comment ?? '' }]
  return [
    {
      ...head,
      answer: cellOf(question, value, locale),
      kind: question.type === 'date' ? 'date' : question.type === 'number' ? 'number' : 'text',
      choices: question.type === 'single' ? question.options.map(({ text }) => text[locale]) : [],
    },
  ]
}

function cellOf({ type, options }: Question, value: Answer['value'], locale: Locale): string | number {
  if (value === null) return ''
  if (typeof value === 'number') return value
  if (type === 'single') return options.find(({ id }) => id === value)?.text[locale] ?? ''
  if (type === 'countries') return countriesWritten(value as readonly string[], locale)
  return typeof value === 'string' ? value : ''
}

function noteOf(question: Question, locale: Locale): string {
  const t = textIn(locale)
  const said = (key: string, facts: Record<string, unknown> = {}) =>
    t(`questionnaires-respond:workbook.${key}`, facts)
  const conditions = question.showIf === null ? [] : [said('note.conditional')]
  const own = hasOwnSheet(question) ? [said('note.own-sheet', { sheet: question.id })] : []
  const countries = question.type === 'countries' ? [said('note.countries')] : []
  const evidence =
    question.evidence.level === 'none' ? [] : [said(`note.evidence-${question.evidence.level}`)]
  return [...conditions, ...own, ...countries, ...evidence, question.help?.[locale] ?? '']
    .filter(Boolean)
    .join(' ')
}

function tableOf(
  question: Question,
  answer: Answer | undefined,
  countries: readonly string[],
  locale: Locale,
): TablePlan {
  const t = textIn(locale)
  const value = answer?.value ?? null
  const base = { id: question.id, title: question.text[locale] }
  if (question.type === 'per-country') {
    const told = isByCountry(value) ? value.byCountry : {}
    const codes = [...new Set([...countries, ...Object.keys(told)])]
    const text = (id: string | undefined) =>
      question.options.find((option) => option.id === id)?.text[locale] ?? ''
    return {
      ...base,
      headings: [
        { text: t('questionnaires-respond:part.country'), kind: 'text', choices: [] },
        {
          text: t('questionnaires-respond:workbook.column.answer'),
          kind: 'text',
          choices: question.options.map((option) => option.text[locale]),
        },
      ],
      rows: codes.map((code) => [countryName(code, locale), text(told[code])]),
    }
  }
  const rows = Array.isArray(value) ? (value as readonly Record<string, string>[]) : []
  return {
    ...base,
    headings: question.columns.map(({ text, type }) => ({
      text: text[locale],
      kind: type === 'date' ? 'date' : 'text',
      choices: [],
    })),
    rows: rows.map((row) =>
      question.columns.map(({ id, type }) => {
        const cell = row[id] ?? ''
        return type === 'date' && isDay(cell) ? cell : cellText(type === 'date' ? 'text' : type, cell, locale)
      }),
    ),
  }
}
