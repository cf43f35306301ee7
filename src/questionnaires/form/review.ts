import { z } from 'zod'
import type { Day } from '../../base/day.js'
import { day, optionalDay, readForm, text, wholeNumber, type Problem, type Read } from '../../base/form.js'
import type { OwnerChoice } from '../../findings/actions.js'
import { severities } from '../../findings/rules.js'
import type { Question, QuestionSet } from '../../question-sets/rules/set.js'
import type { Decided } from '../actions/review.js'
import type { RemarkToSave } from '../actions/remark.js'
import type { Proposed } from '../rules/proposed.js'
import type { Remark } from '../rules/questionnaire.js'
import { keyOf } from './answer.js'

const mostWords = 4000
const verdicts = ['accepted', 'open', 'na-refused'] as const

/** The reviewer's words on the questions of a section, as one form sends them; those without a verdict are left out. */
export function readRemarks(questions: readonly Question[], body: unknown): Read<RemarkToSave[]> {
  const fields = (body ?? {}) as Record<string, unknown>
  const problems: Problem[] = []
  const input = questions.flatMap((question): RemarkToSave[] => {
    const key = keyOf(question)
    const verdict =
      verdicts.find((each) => each === fields[`${key}__verdict`]) ??
      (fields['others'] === 'accepted' && !isWorded(fields, key) ? 'accepted' : undefined)
    if (verdict === undefined) {
      // Words without a judgement would be lost.
      if (isWorded(fields, key)) problems.push({ field: `${key}__verdict`, text: 'choose-one' })
      return []
    }
    const [external, internal] = (['external', 'internal'] as const).map((side) => {
      const words = clean(fields[`${key}__${side}`])
      if (words.length > mostWords)
        problems.push({ field: `${key}__${side}`, text: 'too-long', facts: { most: mostWords } })
      return words
    })
    // Sent back without a word, nobody would know what is wrong.
    if (verdict !== 'accepted' && !external) problems.push({ field: `${key}__external`, text: 'required' })
    return [
      {
        question: question.id,
        verdict: verdict satisfies Remark['verdict'],
        external: external ?? '',
        internal: internal ?? '',
        seen: countOf(fields[`${key}__seen`]),
        answer: countOf(fields[`${key}__answer`]),
      },
    ]
  })
  return problems.length > 0 ? { problems } : { input }
}

export function readSendingBack(body: unknown): Read<{ dueOn: Day; version: number }> {
  return readForm(z.object({ dueOn: day(), version: wholeNumber(0, 1_000_000) }), body)
}

export function readReason(body: unknown): Read<{ because: string }> {
  return readForm(z.object({ because: text(mostWords) }), body)
}

export function readDraft(body: unknown): Read<{ key: string; version: number }> {
  return readForm(z.object({ key: text(300), version: wholeNumber(0, 1_000_000) }), body)
}

export type ConclusionInput = {
  band: string
  reason: string
  external: string
  internal: string
  version: number
  findings: Decided[]
}

/** Each proposed finding is either taken, with owner and day, or left with a reason; neither is not an answer. */
export function readConclusion(
  body: unknown,
  set: Pick<QuestionSet, 'bands'>,
  proposed: readonly Proposed[],
  owners: readonly OwnerChoice[],
): Read<ConclusionInput> {
  const words = z.string().trim().max(mostWords, `too-long|most=${mostWords}`).default('')
  const read = readForm(
    z.object({
      band: z.string().refine((id) => set.bands.some((band) => band.id === id), 'choose-one'),
      reason: words,
      external: words,
      internal: words,
      version: wholeNumber(0, 1_000_000),
    }),
    body,
  )
  const problems: Problem[] = [...(read.problems ?? [])]
  const findings = proposed.flatMap((each): Decided[] => {
    const decided = readDecided(body, each, owners)
    if (decided.problems) problems.push(...decided.problems)
    return decided.input ? [decided.input] : []
  })
  if (problems.length > 0 || !read.input) return { problems }
  return { input: { ...read.input, findings } }
}

function readDecided(
  body: unknown,
  { question, severity }: Proposed,
  owners: readonly OwnerChoice[],
): Read<Decided> {
  const key = keyOf({ id: question })
  const fields = (body ?? {}) as Record<string, unknown>
  const take = fields[`${key}__take`]
  if (take === 'leave') {
    const because = clean(fields[`${key}__because`]).slice(0, mostWords)
    return because === ''
      ? { problems: [{ field: `${key}__because`, text: 'required' }] }
      : { input: { question, take: false, because } }
  }
  const rest = clean(fields['rest']).slice(0, mostWords)
  // Nothing was said of this one, and one reason stands for all such.
  if (take !== 'take' && rest !== '') return { input: { question, take: false, because: rest } }
  if (take !== 'take') return { problems: [{ field: `${key}__take`, text: 'choose-one' }] }
  const due = readForm(z.object({ dueOn: optionalDay() }), { dueOn: fields[`${key}__dueOn`] })
  if (due.problems || due.input.dueOn === null)
    return { problems: [{ field: `${key}__dueOn`, text: due.problems ? 'not-a-day' : 'required' }] }
  const owner = owners.find(({ value }) => value === fields[`${key}__owner`])?.owner
  if (!owner) return { problems: [{ field: `${key}__owner`, text: 'choose-one' }] }
  return {
    input: {
      question,
      take: true,
      severity: severities.find((each) => each === fields[`${key}__severity`]) ?? severity,
      owner,
      dueOn: due.input.dueOn,
    },
  }
}

/** Where staff read it, and when: both, or it is no evidence. */
export function readSource(
  question: Pick<Question, 'id'>,
  body: unknown,
  today: Day,
): Read<{ url: string; readOn: Day }> {
  const key = keyOf(question)
  const fields = (body ?? {}) as Record<string, unknown>
  const url = clean(fields[`${key}__url`])
  const readOn = readForm(z.object({ readOn: day() }), { readOn: fields[`${key}__readOn`] })
  const problems: Problem[] = []
  if (!/^https?:\/\/[^\s/]+\.[^\s]+$/.test(url) || url.length > 2000)
    problems.push({ field: `${key}__url`, text: url === '' ? 'required' : 'not-a-web-address' })
  if (readOn.problems)
    problems.push({ field: `${key}__readOn`, text: readOn.problems[0]?.text ?? 'required' })
  else if (readOn.input.readOn > today) problems.push({ field: `${key}__readOn`, text: 'day-in-future' })
  if (problems.length > 0 || !readOn.input) return { problems }
  return { input: { url, readOn: readOn.input.readOn } }
}

function isWorded(fields: Record<string, unknown>, key: string): boolean {
  return [fields[`${key}__external`], fields[`${key}__internal`]].some((words) => clean(words) !== '')
}

function clean(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFC').replace(/\r\n?/g, '\n').trim() : ''
}

function countOf(value: unknown): number {
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : 0
}
