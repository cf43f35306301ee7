import type { Context } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import { answeringOf } from './actions/respondent.js'
import { filesOf } from './actions/shown.js'
import { answersBySection } from './page/print.js'
import type { Part } from './parts.js'
import { sharesOf } from './records/shares.js'
import type { Questionnaire } from './rules/questionnaire.js'
import { progressOf } from './rules/responding.js'

/** On a questionnaire's page for staff: how far it is, and every answer with who, when and where from. */
export async function answersPanel(
  questionnaire: Questionnaire,
  { today, locale }: Context,
  zone: string,
): Promise<Part | null> {
  const answering = await answeringOf(questionnaire, today)
  const { set, given, around, answers } = answering
  const [files, shares] = await Promise.all([filesOf(questionnaire, answers), sharesOf(questionnaire._id)])
  const t = textIn(locale)
  const progress = new Map(progressOf(set, given, around, null).map((row) => [row.id, row]))
  const words = (answered: number, count: number) =>
    t('questionnaires-respond:panel.progress', { answered, count })
  const rows = [...progress.values()]
  const sum = (of: 'answered' | 'shown') => rows.reduce((total, row) => total + row[of], 0)
  const sections = answersBySection(answering, { kind: 'owner' }, { locale, zone, base: '', files })
  const live = shares.filter(({ endedAt }) => endedAt === null).map(({ name }) => name)
  return {
    id: 'answers',
    title: t('questionnaires-respond:panel.title'),
    view: 'questionnaires/parts/answers',
    values: {
      words: words(sum('answered'), sum('shown')),
      colleagues:
        live.length > 0 ? t('questionnaires-respond:panel.colleagues', { names: live.join(', ') }) : '',
      sections: sections.map((section) => ({
        ...section,
        words: words(progress.get(section.id)?.answered ?? 0, progress.get(section.id)?.shown ?? 0),
        questions: section.questions.filter(({ by }) => by !== ''),
      })),
    },
  }
}
