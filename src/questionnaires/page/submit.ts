import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { uncommented, unproven } from '../../question-sets/rules/visible.js'
import type { Respondent } from '../actions/respondent.js'
import { keyOf } from '../form/answer.js'
import { lackingIn } from '../rules/responding.js'

/** What is lacking, each a link to where it is answered; and the signing. */
export function submitPage(
  respondent: Respondent,
  { locale, base, asker }: { locale: Locale; base: string; asker: string },
) {
  const { questionnaire, set, given, around, part, name } = respondent
  const t = textIn(locale)
  const unsaid = new Set(uncommented(set, given, around).map(({ id }) => id))
  const linked = (question: (typeof set.questions)[number]) => ({
    url: `${base}/sections/${encodeURIComponent(question.section)}#q-${keyOf(question)}`,
    id: question.id,
    text: question.text[locale],
    why: unsaid.has(question.id) ? t('questionnaires-respond:submit.unsaid') : '',
  })
  const signoff = set.questions.find(({ type }) => type === 'signoff')
  return {
    title: t('questionnaires-respond:submit.title'),
    reference: questionnaire.reference,
    base,
    isOwner: part.kind === 'owner',
    isOpen: questionnaire.state === 'asked',
    owner: questionnaire.owner.name,
    signer: name,
    lead: t('questionnaires-respond:submit.lead', { asker }),
    words: signoff?.text[locale] ?? t('questionnaires-respond:submit.words'),
    lacking: lackingIn(set, given, around).map(linked),
    unproven: unproven(set, given, around).map(linked),
  }
}
