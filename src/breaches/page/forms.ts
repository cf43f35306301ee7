/** What the forms of a breach offer and hold. */
import { textIn } from '../../i18n/texts.js'
import {
  grades,
  harms,
  isInOneLanguage,
  isOurs,
  isWritten,
  levelOf,
  notKnownYet,
  proposedLevel,
  riskLevels,
  servicesOf,
  type Breach,
  type NoticeContent,
  type RiskGroup,
  type Standing,
} from '../rules.js'
import { contentTexts, wordsStamp } from '../rules.js'
import { partsOf } from './facts.js'
import { roleChoices } from './list.js'
import { fieldsOf, type Reading } from './moment.js'
import { riskState, urlOf, whereOf } from './words.js'

type Offered = { _id: string; reference: string; activity: { da: string; en: string } }
type Named = { _id: string; name: { da: string; en: string } }

const shared = (breach: Breach, { locale }: Reading) => {
  const t = textIn(locale)
  return { breach, home: urlOf(breach), where: whereOf(breach, t), ours: isOurs(breach) }
}

/** `offered`: the sub-processor's engagements; those the breach names already stand among them. */
export function detailsPage(
  breach: Breach,
  offered: readonly Offered[],
  services: readonly Named[],
  reading: Reading,
) {
  const { locale, zone } = reading
  const known = offered.map(({ _id, reference, activity }) => ({
    value: _id,
    text: `${reference}: ${activity[locale] || activity.da}`,
  }))
  const others = breach.engagements
    .filter(({ id }) => !known.some(({ value }) => value === id))
    .map(({ id, reference, vendorName }) => ({ value: id, text: `${reference}: ${vendorName}` }))
  return {
    ...shared(breach, reading),
    roles: roleChoices(locale),
    engagements: [...known, ...others],
    services: services.map(({ _id, name }) => ({ value: _id, text: name[locale] })),
    stored: {
      engagements: breach.engagements.map(({ id }) => id),
      services: breach.ownServices,
      from: breach.from ?? '',
      until: breach.until ?? '',
      ...fieldsOf('knew', breach.vendorKnewAt, zone),
      ...fieldsOf('told', breach.vendorToldAt, zone),
      ...fieldsOf('aware', breach.awareAt, zone),
    },
    counted: servicesOf(breach).length,
  }
}

/** What was reported is proposed as what happened, until something has been written or sent. */
function proposed({ content, report, phases }: Breach, locale: Reading['locale']): NoticeContent | null {
  return phases.length > 0 || isWritten(content.nature)
    ? null
    : { ...content, nature: { ...content.nature, [locale]: report } }
}

export function noticePage(breach: Breach, standing: Standing, example: string | null, reading: Reading) {
  const t = textIn(reading.locale)
  const { content } = breach
  const draft = proposed(breach, reading.locale)
  const number = breach.phases.length + 1
  return {
    ...shared(breach, reading),
    content: draft ?? content,
    proposed: draft !== null,
    seen: wordsStamp(breach),
    kept: partsOf(content, reading.locale).map(({ label, text }) => [label, text]),
    texts: contentTexts,
    // `number` is how views write figures.
    phase: number,
    later: number > 1,
    missing: notKnownYet(content).map((part) => t(`breaches:part.${part}`)),
    oneLanguage: contentTexts
      .filter((key) => isInOneLanguage(content[key]))
      .map((key) => t(`breaches:part.${key}`)),
    sendable: standing.affected > 0 && (!isOurs(breach) || breach.authority !== null),
    waitsForAuthority: isOurs(breach) && breach.authority === null,
    count: standing.affected,
    example,
  }
}

const most = 8

/** The groups judged so far and two empty rows more. */
export function riskPage(breach: Breach, typed: number, reading: Reading) {
  const t = textIn(reading.locale)
  const groups: readonly RiskGroup[] = breach.risk?.groups ?? []
  const proposed = proposedLevel(groups)
  return {
    ...shared(breach, reading),
    rows: Array.from({ length: Math.min(most, Math.max(groups.length + 2, typed)) }, (_, place) => {
      const group = groups[place]
      return { group: group ?? null, level: group ? riskState(levelOf(group), t) : null }
    }),
    proposed: proposed && riskState(proposed, t),
    harms: harms.map((value) => ({ value, text: t(`breaches:risk.harm.${value}`) })),
    likelihoods: grades.map((value) => ({ value, text: t(`breaches:risk.likelihood.${value}`) })),
    consequences: grades.map((value) => ({ value, text: t(`breaches:risk.consequence.${value}`) })),
    levels: riskLevels.map((value) => ({
      value,
      text: t(`breaches:risk.level.${value}`),
      hint: t(`breaches:risk.level-hint.${value}`),
    })),
    risk: breach.risk,
  }
}
