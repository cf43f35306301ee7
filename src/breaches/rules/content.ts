/**
 * What a notice of a breach says. Art. 33(3)(a)-(d); clause 10.3 of the agreement lists (a), (c) and (d) and leaves out the contact
 * point (b), which the customer's own notification needs all the same. Whatever is empty is not known yet, and is said to be so:
 * Art. 33(4) lets it come in phases.
 */
import type { Bilingual, Locale } from '../../base/context.js'

export type ContactPoint = { name: string; phone: string; email: string }

export type NoticeContent = {
  /** 33(3)(a): what happened. */
  nature: Bilingual
  /** 33(3)(a): categories of data subjects, and about how many. */
  subjects: Bilingual
  subjectCount: number | null
  /** 33(3)(a): categories of personal data records, and about how many. */
  records: Bilingual
  recordCount: number | null
  /** 33(3)(b) */
  contact: ContactPoint
  /** 33(3)(c) */
  consequences: Bilingual
  /** 33(3)(d) */
  measures: Bilingual
  /** What data subjects may do themselves; seed of the policy, section 13.2. */
  advice: Bilingual
  /** What is new since the last phase. */
  news: Bilingual
  /** Annex D.2.2: what customers pass on to their users unaltered, where we or the provider are controller. */
  passOn: Bilingual
}

export const contentTexts = ['nature', 'subjects', 'records', 'consequences', 'measures', 'advice'] as const

const nothing = (): Bilingual => ({ da: '', en: '' })

export function emptyContent(contact: ContactPoint): NoticeContent {
  return {
    nature: nothing(),
    subjects: nothing(),
    subjectCount: null,
    records: nothing(),
    recordCount: null,
    contact,
    consequences: nothing(),
    measures: nothing(),
    advice: nothing(),
    news: nothing(),
    passOn: nothing(),
  }
}

/** In the reader's language; where it is written in the other one only, in that: a notice does not wait for a translation. */
export function wordsIn(text: Bilingual, locale: Locale): string {
  return text[locale] || text.da || text.en
}

export function isWritten(text: Bilingual): boolean {
  return text.da !== '' || text.en !== ''
}

/** Written in one language only; its readers in the other get it as it is. */
export function isInOneLanguage({ da, en }: Bilingual): boolean {
  return (da === '') !== (en === '')
}

/** What Art. 33(3) asks for. */
export type Required = 'nature' | 'subjects' | 'records' | 'contact' | 'consequences' | 'measures'

/** What is not known yet, in the order of the law. */
export function notKnownYet(content: NoticeContent): Required[] {
  const { contact } = content
  const known: Record<Required, boolean> = {
    nature: isWritten(content.nature),
    subjects: isWritten(content.subjects) && content.subjectCount !== null,
    records: isWritten(content.records) && content.recordCount !== null,
    contact: contact.name !== '' && (contact.phone !== '' || contact.email !== ''),
    consequences: isWritten(content.consequences),
    measures: isWritten(content.measures),
  }
  return (Object.keys(known) as Required[]).filter((name) => !known[name])
}
