import type { EditableText } from '../../mail/rules/wording.js'

/** What of the mails about a breach the house may word itself; what happened is written for each, and what Art. 33(3) asks for is a fact. */
export const breachTexts: readonly EditableText[] = (
  [
    ['subject', 'subject'],
    ['lead', 'lead'],
    ['lead-later', 'lead-later'],
    ['heading', 'facts'],
    ['heading', 'news'],
    ['heading', 'own-duty'],
    ['heading', 'advice'],
    ['button', 'button'],
    ['closing', 'regards'],
  ] as const
).map(([part, key]) => ({ group: 'breach', part, key: `breaches:mail.${key}` }))
