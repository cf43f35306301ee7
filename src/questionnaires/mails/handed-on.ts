import { formatWeekday } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Message } from '../../mail/rules.js'
import type { QuestionSet } from '../../question-sets/rules/set.js'
import type { Questionnaire, Share } from '../rules/questionnaire.js'

/** To a colleague of the respondent: which sections, from whom, until when, and that only the owner submits. */
export function handedOnMail({
  questionnaire,
  set,
  share,
  note,
  sender,
  link,
}: {
  questionnaire: Questionnaire
  set: QuestionSet
  share: Share
  note: string | null
  /** Whose questionnaire it is. */
  sender: string
  link: string | undefined
}): Message {
  const { locale } = share
  const t = textIn(locale)
  const { owner } = questionnaire
  const titles = set.sections
    .filter(({ id }) => share.sections.includes(id))
    .map(({ title }) => title[locale])
  const facts = { owner: owner.name, sender, count: titles.length }
  return {
    key: `questionnaire/handed-on/${share._id}/${share.version}`,
    kind: 'questionnaire-handed-on',
    to: { address: share.email, name: share.name },
    locale,
    content: {
      subject: `${t('questionnaires-respond:mail.subject', facts)} [${questionnaire.reference}]`,
      greeting: t('questionnaires-respond:mail.greeting', { name: share.name }),
      lead: t('questionnaires-respond:mail.lead', facts),
      sections: [
        ...(note === null
          ? []
          : [{ heading: t('questionnaires-respond:mail.note', facts), paragraphs: note.split(/\n{2,}/) }]),
        { heading: t('questionnaires-respond:mail.sections'), list: titles },
        {
          paragraphs: [
            t('questionnaires-respond:mail.due', {
              owner: owner.name,
              day: formatWeekday(questionnaire.dueOn, locale),
            }),
            t('questionnaires-respond:mail.own-name', facts),
            t('questionnaires-respond:mail.stranger', facts),
          ],
        },
      ],
      button: { label: t('questionnaires-respond:mail.button') },
      closing: [t('questionnaires-respond:mail.regards'), [owner.name, questionnaire.vendorName].join(', ')],
    },
    ...(link === undefined ? {} : { link }),
    about: { kind: 'questionnaire', id: questionnaire._id },
    replyTo: owner.email,
    sample: questionnaire.sample,
  }
}
