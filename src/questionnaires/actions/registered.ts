import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { engagementsBelow, engagementsByIds, vendorsByIds } from '../../register/actions.js'
import { countryName } from '../../transfers/countries.js'
import { countriesWritten } from '../rules/countries.js'
import type { Questionnaire } from '../rules/questionnaire.js'

/** What our own register says, by what a set asks to have shown beside a question; an answer can then say that it is so, or not. */
export async function registeredBeside(
  { vendor: id, engagements: ids }: Pick<Questionnaire, 'vendor' | 'engagements'>,
  locale: Locale,
): Promise<ReadonlyMap<string, string[]>> {
  const [[vendor], engagements] = await Promise.all([vendorsByIds([id]), engagementsByIds(ids)])
  const below = (await Promise.all(engagements.map(({ _id }) => engagementsBelow(_id)))).flat()
  const t = textIn(locale)
  const part = (name: string, value: string) =>
    value ? [`${t(`questionnaires-respond:part.${name}`)}: ${value}`] : []
  const union = (of: (one: (typeof engagements)[number]) => readonly string[]) => {
    const codes = [...new Set(engagements.flatMap(of))]
    return codes.length > 0 ? [countriesWritten(codes, locale)] : []
  }
  return new Map([
    [
      'vendor.identity',
      vendor
        ? [
            ...part('name', vendor.name),
            ...part('registration', vendor.registration?.number ?? ''),
            ...part('address', vendor.address),
            ...part('country', vendor.country ? countryName(vendor.country, locale) : ''),
          ]
        : [],
    ],
    [
      'vendor.contacts',
      (vendor?.contacts ?? []).map(({ name, email, phone }) =>
        [name, email, phone].filter(Boolean).join(', '),
      ),
    ],
    ['engagement.storage', union(({ storageCountries }) => storageCountries)],
    ['engagement.access', union(({ accessCountries }) => accessCountries)],
    [
      'engagement.transfers',
      engagements.flatMap(({ transfers }) =>
        transfers.map(
          ({ country, basis }) => `${countryName(country, locale)}: ${t(`transfers:basis.${basis}`)}`,
        ),
      ),
    ],
    ['engagement.chain', below.filter(({ endedOn }) => endedOn === null).map(({ vendorName }) => vendorName)],
  ])
}
