import type { EditableText } from '../../mail/rules/wording.js'

/** What of the mail about the year's declaration the house may word itself. */
export const declarationTexts: readonly EditableText[] = [
  ...inGroup('declaration', [
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
  ]),
  ...inGroup('declaration-shared', [['intro', 'together']]),
]

function inGroup(group: string, texts: readonly (readonly [part: string, key: string])[]): EditableText[] {
  return texts.map(([part, key]) => ({ group, part, key: `declaration:mail.${key}` }))
}
