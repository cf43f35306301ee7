import type { EditableText } from '../../mail/rules/wording.js'

/** What of the mail about use without permission the house may word itself; what happened and what was done is written for each case. */
export const unpermittedTexts: readonly EditableText[] = (
  [
    ['subject', 'subject'],
    ['lead', 'lead'],
    ['heading', 'what'],
    ['heading', 'facts'],
    ['heading', 'done'],
    ['heading', 'rights'],
    ['no-advice', 'no-advice'],
    ['closing', 'regards'],
  ] as const
).map(([part, key]) => ({ group: 'unpermitted-use', part, key: `unpermitted:mail.${key}` }))
