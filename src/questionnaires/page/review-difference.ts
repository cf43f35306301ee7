import type { Locale } from '../../base/context.js'
import type { Text } from '../../i18n/texts.js'
import { countryName } from '../../transfers/countries.js'
import type { ReviewShown } from '../actions/review-shown.js'
import type { Difference } from '../rules/differences.js'

/** What the answer says, what the register says, and where to go on. */
export function differenceShown(
  { kind, question, item, said, registered, way }: Difference,
  { questionnaire, engagements, set, differences }: ReviewShown,
  vendor: string | null,
  t: Text,
  locale: Locale,
) {
  const isCountry = kind.includes('country')
  const named = (codes: string) =>
    codes
      .split(', ')
      .filter(Boolean)
      .map((code) => countryName(code, locale))
      .join(', ')
  const key = `${kind}/${item}`
  const draft = questionnaire.drafts?.find((each) => each.item === key)
  // All that is said of the vendor goes into its form together.
  const query = new URLSearchParams([
    ...differences.flatMap((each): [string, string][] =>
      each.way === 'vendor' ? [[each.kind, each.said]] : [],
    ),
    ['from', questionnaire.reference],
  ])
  return {
    key,
    what: t(`review:difference.${kind}`),
    said: isCountry ? named(said) : said,
    registered: isCountry ? named(registered) : registered,
    question: `${question} ${set.questions.find(({ id }) => id === question)?.text[locale] ?? ''}`,
    draft: draft ? { url: `/notices/${draft.notice}`, text: draft.notice } : null,
    drafts: way === 'notice' && !draft,
    links:
      way === 'engagement'
        ? engagements.map(({ reference }) => ({ url: `/engagements/${reference}`, text: reference }))
        : way === 'vendor' && vendor
          ? [{ url: `/vendors/${vendor}/edit?${query.toString()}`, text: t('review:difference-edit') }]
          : [],
  }
}
