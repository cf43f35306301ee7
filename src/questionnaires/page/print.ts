/** The whole questionnaire to read and print: for the respondent, and for staff. */
import type { Locale } from '../../base/context.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { look } from '../../question-sets/rules/visible.js'
import type { Answering, Respondent } from '../actions/respondent.js'
import type { Answer } from '../rules/questionnaire.js'
import { seesSection, type Part } from '../rules/responding.js'
import type { FileShown } from './question.js'
import { answerLines } from './words.js'

type Around = { locale: Locale; zone: string; base: string; files: ReadonlyMap<string, FileShown> }

export function printPage(respondent: Respondent, around: Around) {
  const { questionnaire, set } = respondent
  const { locale, zone, base } = around
  const t = textIn(locale)
  const { submitted } = questionnaire
  return {
    title: set.title[locale],
    reference: questionnaire.reference,
    base,
    rows: [
      [t('questionnaires-respond:print.vendor'), questionnaire.vendorName],
      [t('questionnaires-respond:print.set'), `${set.title[locale]}, ${set.version}`],
      [t('questionnaires-respond:print.due'), formatDay(questionnaire.dueOn, locale)],
      [
        t('questionnaires-respond:print.submitted'),
        submitted
          ? `${formatInstant(submitted.at, locale, zone)}, ${submitted.by.name}, ${submitted.by.title}`
          : t('questionnaires-respond:print.not-submitted'),
      ],
    ],
    sections: answersBySection(respondent, respondent.part, around),
  }
}

/** What shows, as it stands: answers with who, when and where from. */
export function answersBySection(
  { set, answers, given, around: surroundings }: Answering,
  part: Part,
  { locale, zone, base, files }: Around,
) {
  const view = look(set, given, surroundings)
  const byQuestion = new Map(answers.map((answer) => [answer.question, answer]))
  return set.sections
    .filter(({ id }) => seesSection(part, id))
    .map(({ id, title }) => ({
      id,
      title: title[locale],
      questions: set.questions
        .filter((question) => question.section === id && view.shows(question.id))
        .map((question) => {
          const answer = byQuestion.get(question.id)
          return {
            id: question.id,
            text: question.text[locale],
            refs: question.refs.join(' · '),
            lines: answerLines(question, answer?.value ?? null, locale),
            comment: answer?.comment ?? '',
            ...provenance(answer, locale, zone),
            files: (answer?.files ?? []).flatMap((file) => {
              const known = files.get(file)
              return known ? [{ ...known, url: `${base}/files/${file}` }] : []
            }),
          }
        }),
    }))
}

/** Who answered, when, and where from, in words. */
function provenance(answer: Answer | undefined, locale: Locale, zone: string) {
  if (!answer) return { by: '', origin: '', tone: 'calm', source: null }
  const t = textIn(locale)
  const { origin, source } = answer
  return {
    by: t('questionnaires-respond:saved-by', {
      name: answer.by.name,
      at: formatInstant(answer.at, locale, zone),
    }),
    origin: origin === 'typed' ? '' : t(`questionnaires-respond:origin.${origin}`),
    tone: origin === 'public' ? 'wait' : 'calm',
    source:
      source === null
        ? null
        : 'url' in source
          ? { url: source.url, text: `${source.url}, ${formatDay(source.readOn, locale)}` }
          : { url: null, text: t('questionnaires-respond:from-page', { page: source.page }) },
  }
}
