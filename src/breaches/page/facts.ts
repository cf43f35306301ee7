/** What Art. 33(3) asks for, part by part, in the words of the case: the same in mail, page and paper. */
import type { Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  isOurs,
  wordsIn,
  type AffectedCustomer,
  type Breach,
  type ContactPoint,
  type NoticeContent,
} from '../rules.js'
import { momentInWords, type Reading } from './moment.js'

/** `point`: of Art. 33(3), such as 'a'. `known`: false where it says that it is not known yet. */
export type Part = { key: string; point: string; label: string; text: string; known: boolean }

export function partsOf(content: NoticeContent, locale: Locale): Part[] {
  const t = textIn(locale)
  const part = (key: string, point: string, text: string): Part => ({
    key,
    point,
    label: t(`breaches:part.${key}`),
    text: text === '' ? t('breaches:not-known') : text,
    known: text !== '',
  })
  const about = (count: number | null) =>
    count === null ? '' : t('breaches:about', { count: formatNumber(count, locale) })
  return [
    part('nature', 'a', wordsIn(content.nature, locale)),
    part('subjects', 'a', wordsIn(content.subjects, locale)),
    part('subjectCount', 'a', about(content.subjectCount)),
    part('records', 'a', wordsIn(content.records, locale)),
    part('recordCount', 'a', about(content.recordCount)),
    part('contact', 'b', contactInWords(content.contact)),
    part('consequences', 'c', wordsIn(content.consequences, locale)),
    part('measures', 'd', wordsIn(content.measures, locale)),
  ]
}

function contactInWords({ name, phone, email }: ContactPoint): string {
  return [name, phone, email].filter(Boolean).join(', ')
}

/** When who knew, and about which services: what the customer's own notification has to say of the time. */
export function timesOf(
  breach: Pick<Breach, 'vendorName' | 'vendorKnewAt' | 'vendorToldAt' | 'awareAt' | 'reference' | 'role'>,
  services: readonly string[],
  reading: Reading,
  { foundAt }: Pick<AffectedCustomer, 'foundAt'> = {},
): [label: string, value: string][] {
  const t = textIn(reading.locale)
  const at = (instant: Date) => momentInWords(instant, reading)
  const { vendorName, vendorKnewAt, vendorToldAt, awareAt, reference } = breach
  return [
    [t('breaches:fact.reference'), reference],
    ...(services.length > 0 && !isOurs(breach)
      ? ([[t('breaches:fact.services'), services.join(', ')]] as [string, string][])
      : []),
    ...(vendorName ? ([[t('breaches:fact.vendor'), vendorName]] as [string, string][]) : []),
    ...(vendorKnewAt ? ([[t('breaches:fact.vendorKnewAt'), at(vendorKnewAt)]] as [string, string][]) : []),
    ...(vendorToldAt ? ([[t('breaches:fact.vendorToldAt'), at(vendorToldAt)]] as [string, string][]) : []),
    [t('breaches:fact.awareAt'), at(awareAt)],
    ...(foundAt && foundAt > awareAt
      ? ([[t('breaches:fact.foundAt'), at(foundAt)]] as [string, string][])
      : []),
  ]
}

export function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/).filter((each) => each.trim() !== '')
}

/** The text a customer copies into its own notification, or reads aloud. */
export function ready(parts: readonly Part[], times: readonly [string, string][], locale: Locale): string {
  const t = textIn(locale)
  return [
    ...times.map(([label, value]) => `${label}: ${value}`),
    '',
    ...parts.map(({ point, label, text }) => `${t('breaches:point', { point })} ${label}:\n${text}\n`),
  ]
    .join('\n')
    .trim()
}
