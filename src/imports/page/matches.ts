import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Candidate, Match } from '../rules/matches.js'

export type MatchKind = 'vendor' | 'engagement' | 'customer'

/** 'V-0003 Curanet A/S, because the registration number is the same', 'New vendor', 'Several fit: …'. */
export function matchInWords(match: Match, kind: MatchKind, locale: Locale): string {
  const t = textIn(locale)
  const { found, how, others } = match
  if (found) return `${calledBy(found)}, ${t(`imports:because.${found.by}`)}`
  if (how === 'several')
    return t('imports:match.several', { references: others.map(({ reference }) => reference).join(', ') })
  return how === 'chosen' ? t(`imports:match.new-chosen-${kind}`) : t(`imports:match.new-${kind}`)
}

export function calledBy({ reference, name }: Candidate): string {
  return `${reference} ${name}`
}
