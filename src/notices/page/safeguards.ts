/** A first wording of the safeguards held, from what the register knows; staff goes on from it. */
import { locales, type Bilingual, type Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Engagement } from '../../register/rules.js'
import { countryName } from '../../transfers/rules.js'

export type SafeguardFacts = Pick<Engagement, 'contract' | 'dueDiligence' | 'assurance' | 'transfers'> & {
  name: string
}

export function suggestedSafeguards(engagements: readonly SafeguardFacts[]): Bilingual {
  const [da, en] = locales.map((locale) =>
    engagements.flatMap((engagement) => sentences(engagement, locale)).join('\n'),
  )
  return { da: da ?? '', en: en ?? '' }
}

// Only what is so: what is still owed is no safeguard, and is shown to staff as what blocks use.
function sentences(
  { name, contract, dueDiligence, assurance, transfers }: SafeguardFacts,
  locale: Locale,
): string[] {
  const t = textIn(locale)
  const day = (on: string) => formatDay(on, locale)
  const said: string[] = []
  if (contract?.signedOn) said.push(t('notices:safeguard.contract', { name, day: day(contract.signedOn) }))
  if (dueDiligence?.concludedOn && dueDiligence.conclusion && dueDiligence.conclusion !== 'rejected')
    said.push(t('notices:safeguard.due-diligence', { name, day: day(dueDiligence.concludedOn) }))
  if (assurance?.owed)
    said.push(
      assurance.kind
        ? t('notices:safeguard.assurance', { name, kind: assurance.kind })
        : t('notices:safeguard.assurance-any', { name }),
    )
  for (const { country, basis, tia, supplementary } of transfers) {
    const facts = { name, country: countryName(country, locale), basis: t(`transfers:basis.${basis}`) }
    said.push(
      tia?.concludedOn
        ? t('notices:safeguard.transfer-assessed', { ...facts, day: day(tia.concludedOn) })
        : t('notices:safeguard.transfer', facts),
    )
    if (supplementary) said.push(t('notices:safeguard.supplementary', { ...facts, measures: supplementary }))
  }
  return said
}
