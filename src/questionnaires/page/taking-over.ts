import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Section } from '../../question-sets/rules/set.js'
import type { Respondent } from '../actions/respondent.js'
import type { OfferedFrom, Offers } from '../actions/taking-over.js'
import { answerLines } from './words.js'

/** What is offered for a section, beside what stands there; nothing is taken over before it is said. */
export function takeOverPage(
  respondent: Respondent,
  section: Section,
  { before, brought, sections }: Offers,
  { locale, zone, base, from }: { locale: Locale; zone: string; base: string; from: OfferedFrom },
) {
  const { set, questionnaire, name } = respondent
  const t = textIn(locale)
  const questions = new Map(set.questions.map((question) => [question.id, question]))
  const found = sections.find((each) => each.section === section.id && each.from === from)?.offers ?? []
  const file = brought.find(({ kind }) => kind === from)
  return {
    title: t(`questionnaires-respond:take-over.title.${from}`, { section: section.title[locale] }),
    lead: t(`questionnaires-respond:take-over.lead.${from}`, {
      year: before?.questionnaire.year ?? '',
      title: found[0]?.title ?? '',
      file: file?.name ?? '',
      day: file ? formatInstant(file.at, locale, zone) : '',
      count: found.length,
    }),
    signed:
      before?.questionnaire.submitted && from === 'before'
        ? t('questionnaires-respond:take-over.signed', {
            name: before.questionnaire.submitted.by.name,
            day: formatInstant(before.questionnaire.submitted.at, locale, zone),
          })
        : '',
    from,
    isOpen: questionnaire.state === 'asked',
    signer: name,
    url: `${base}/sections/${encodeURIComponent(section.id)}/take-over`,
    back: `${base}/sections/${encodeURIComponent(section.id)}`,
    sectionTitle: section.title[locale],
    offers: found.flatMap((offer) => {
      const question = questions.get(offer.question)
      if (!question) return []
      const { source, over } = offer
      return [
        {
          id: question.id,
          text: question.text[locale],
          lines: answerLines(question, offer.value, locale),
          comment: offer.comment,
          files: offer.files.length,
          page:
            source && 'page' in source ? t('questionnaires-respond:from-page', { page: source.page }) : '',
          now: over ? answerLines(question, over.value, locale) : [],
          nowComment: over?.comment ?? '',
          nowBy: over ? `${over.by.name}, ${formatInstant(over.at, locale, zone)}` : '',
          isOver: over !== null,
          isConflict: offer.isConflict,
        },
      ]
    }),
  }
}
