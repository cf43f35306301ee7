/** What is gone through besides the controls (DPA C.7): risk assessments, the threat picture, the year's incidents. */
import type { Audit, Revisited } from './audit.js'
import type { Texts } from './merge.js'

export type RevisitedKind = 'risks' | 'threats' | 'incidents'
export const revisitedKinds = ['risks', 'threats', 'incidents'] as const satisfies readonly RevisitedKind[]

export function textsOfRevisited({ what, on, text, reference }: Omit<Revisited, 'id' | 'files'>): Texts {
  return {
    'what.da': what.da,
    'what.en': what.en,
    on,
    'text.da': text.da,
    'text.en': text.en,
    reference: reference ?? '',
  }
}

export function revisitedOfTexts(texts: Texts): Omit<Revisited, 'id' | 'files'> {
  const text = (name: string) => texts[name] ?? ''
  return {
    what: { da: text('what.da'), en: text('what.en') },
    on: text('on'),
    text: { da: text('text.da'), en: text('text.en') },
    reference: text('reference') || null,
  }
}

/** By the day each was gone through, the first first. */
export function withRevisited(
  audit: Pick<Audit, RevisitedKind>,
  kind: RevisitedKind,
  item: Revisited,
): Revisited[] {
  const others = audit[kind].filter(({ id }) => id !== item.id)
  return [...others, item].toSorted((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))
}

export function withoutRevisited(
  audit: Pick<Audit, RevisitedKind>,
  kind: RevisitedKind,
  id: string,
): Revisited[] {
  return audit[kind].filter((one) => one.id !== id)
}
