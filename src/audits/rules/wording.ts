import type { EditableText } from '../../mail/rules/wording.js'

/** What of the mail about the year's declaration the house may word itself. */
export const declarationTexts: readonly EditableText[] = (
  [
    ['subject', 'subject'],
    ['subject-corrected', 'subject-corrected'],
    ['lead', 'lead'],
    ['lead-corrected', 'lead-corrected'],
    ['heading', 'corrected'],
    ['use-this', 'use-this'],
    ['heading', 'what'],
    ['what-it-is', 'what-it-is'],
    ['no-assurance', 'not-assurance'],
    ['confirm', 'confirm'],
    ['button', 'button'],
    ['closing', 'regards'],
  ] as const
).map(([part, key]) => ({ group: 'declaration', part, key: `declaration:mail.${key}` }))
