import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { addFileToAnswer } from '../records/answers.js'
import { broughtTo } from '../records/brought.js'
import type { Brought } from '../rules/brought.js'
import { mayAnswer, seesSection } from '../rules/responding.js'
import {
  offeredFromBefore,
  offeredFromFile,
  offeredFromStatements,
  type Covered,
  type Offer,
} from '../rules/taking-over.js'
import { saveAnswer } from './answer.js'
import { writerOf, type Respondent } from './respondent.js'
import { beforeOf, type Before } from './shown.js'

export const offeredFrom = ['before', 'statement', 'portable', 'workbook'] as const
export type OfferedFrom = (typeof offeredFrom)[number]

export type Offers = {
  before: Before | null
  brought: Brought[]
  /** By section, where from, and what. */
  sections: { section: string; from: OfferedFrom; offers: (Offer & { title?: string })[] }[]
}

/** Everything that could be taken over, in the sections this respondent sees. */
export async function offersTo(respondent: Respondent, covered: readonly Covered[]): Promise<Offers> {
  const { questionnaire, set, part } = respondent
  const [before, brought] = await Promise.all([beforeOf(questionnaire), broughtTo(questionnaire._id)])
  const may = (question: (typeof set.questions)[number]) => mayAnswer(questionnaire, part, question)
  const sections = set.sections
    .map(({ id }) => id)
    .filter((id) => seesSection(part, id))
    .flatMap((section): Offers['sections'] => [
      { section, from: 'statement', offers: offeredFromStatements(section, respondent, covered, may) },
      { section, from: 'before', offers: before ? offeredFromBefore(section, respondent, before, may) : [] },
      ...brought.map(({ kind, answers }) => ({
        section,
        from: kind,
        offers: offeredFromFile(section, respondent, answers, kind, may),
      })),
    ])
  return { before, brought, sections: sections.filter(({ offers }) => offers.length > 0) }
}

export type TakingOver = {
  section: string
  from: OfferedFrom
  /** Those ticked; null for all that are offered without replacing anything. */
  questions: readonly string[] | null
  /** Who signs for last year's answers being true still; otherwise the respondent. */
  name: string | null
}

/** Writes what was offered and chosen. What somebody else answered in the meantime stands. Returns how many were written. */
export async function takeOver(
  context: Context,
  respondent: Respondent,
  covered: readonly Covered[],
  { section, from, questions, name }: TakingOver,
): Promise<number> {
  const { questionnaire, answers } = respondent
  if (questionnaire.state !== 'asked') throw new Refused('questionnaire-not-open')
  const { sections } = await offersTo(respondent, covered)
  const offers = sections.find((each) => each.section === section && each.from === from)?.offers ?? []
  const chosen = offers.filter(({ question, over }) => questions?.includes(question) ?? over === null)
  const by = { ...writerOf(respondent), ...(name === null ? {} : { name }) }
  const taken: string[] = []
  for (const { question, value, comment, origin, source, files } of chosen) {
    const seen = answers.find((answer) => answer.question === question)?.version ?? 0
    const given = { question, value, comment, seen, by, origin, source }
    const result = await saveAnswer(context, questionnaire, given)
    if ('conflict' in result) continue
    for (const file of files) await addFileToAnswer(questionnaire._id, question, file)
    taken.push(question)
  }
  if (taken.length > 0)
    await recordEvent(
      context,
      'questionnaire.answers-taken-over',
      { kind: 'questionnaire', id: questionnaire._id },
      { section, from, questions: taken },
      { name: by.name },
    )
  return taken.length
}
