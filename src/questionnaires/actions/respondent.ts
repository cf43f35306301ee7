import { DeadLink } from '../../auth/links.js'
import type { OpenVendorLink } from '../../auth/request.js'
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { questionSet } from '../../question-sets/actions.js'
import type { Answers, Surroundings } from '../../question-sets/rules/answer.js'
import type { QuestionSet } from '../../question-sets/rules/set.js'
import { answersOf } from '../records/answers.js'
import { questionnaireById } from '../records/questionnaires.js'
import { shareById } from '../records/shares.js'
import { givenBy } from '../rules/answers.js'
import type { Answer, Questionnaire, Share } from '../rules/questionnaire.js'
import type { Part } from '../rules/responding.js'
import { surroundings } from './around.js'

/** Whoever came by a link, and what they are answering. */
export type Respondent = {
  questionnaire: Questionnaire
  set: QuestionSet
  answers: Answer[]
  given: Answers
  around: Surroundings
  part: Part
  share: Share | null
  name: string
  locale: Locale
}

export type Answering = Pick<Respondent, 'questionnaire' | 'set' | 'answers' | 'given' | 'around'>

/** A questionnaire with its set and answers as they are now. */
export async function answeringOf(questionnaire: Questionnaire, today: Day): Promise<Answering> {
  const set = questionSet(questionnaire.set.id, questionnaire.set.version)
  const [answers, around] = await Promise.all([answersOf(questionnaire._id), surroundings(today)])
  return { questionnaire, set, answers, given: givenBy(answers), around }
}

/** Throws `DeadLink` where the link is about something else, or the colleague's part was taken back. */
export async function respondentBy(link: OpenVendorLink, today: Day): Promise<Respondent> {
  const questionnaire = link.about.kind === 'questionnaire' ? await questionnaireById(link.about.id) : null
  if (!questionnaire || questionnaire.state === 'prepared') throw new DeadLink()
  const { owner } = questionnaire
  const share = link.contact.startsWith('share:') ? await shareById(link.contact.slice(6)) : null
  if (
    link.contact.startsWith('share:') &&
    (share?.endedAt !== null || share.questionnaire !== questionnaire._id)
  )
    throw new DeadLink()
  return {
    ...(await answeringOf(questionnaire, today)),
    part: share ? { kind: 'colleague', sections: share.sections } : { kind: 'owner' },
    share,
    name: share?.name ?? owner.name,
    locale: share?.locale ?? owner.locale,
  }
}

/** As an answer names its writer. */
export function writerOf({ part, name }: Pick<Respondent, 'part' | 'name'>): Answer['by'] {
  return { name, part: part.kind }
}
