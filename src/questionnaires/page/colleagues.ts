import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Respondent } from '../actions/respondent.js'
import type { Share } from '../rules/questionnaire.js'

export function colleaguesPage(
  { questionnaire, set, part, answers }: Respondent,
  shares: readonly Share[],
  { locale, zone, base }: { locale: Locale; zone: string; base: string },
) {
  const t = textIn(locale)
  const sectionOfQuestion = new Map(set.questions.map(({ id, section }) => [id, section]))
  return {
    title: t('questionnaires-respond:colleagues.title'),
    reference: questionnaire.reference,
    base,
    isOwner: part.kind === 'owner',
    isOpen: questionnaire.state === 'asked',
    owner: questionnaire.owner.name,
    ownerLocale: questionnaire.owner.locale,
    // Where there is nothing but the sign-off, nothing can be handed on.
    sections: set.sections
      .map(({ id, title }, at) => ({ value: id, text: `${at + 1}. ${title[locale]}` }))
      .filter(({ value }) =>
        set.questions.some(({ section, type }) => section === value && type !== 'signoff'),
      ),
    // A colleague sees who else has a part, and not their addresses.
    colleagues: shares.map((share) => ({
      name: share.name,
      email: part.kind === 'owner' ? share.email : '',
      sections: set.sections
        .filter(({ id }) => share.sections.includes(id))
        .map(({ title }) => title[locale]),
      answered: answers.filter(
        ({ by, question, value }) =>
          by.part === 'colleague' &&
          by.name === share.name &&
          value !== null &&
          share.sections.includes(sectionOfQuestion.get(question) ?? ''),
      ).length,
      ended: share.endedAt === null ? '' : formatInstant(share.endedAt, locale, zone),
      takeBackUrl: share.endedAt === null ? `${base}/colleagues/${share._id}/take-back` : '',
    })),
  }
}
