import type { EditableText } from '../../mail/rules/wording.js'

const inGroup = (group: string, texts: readonly [part: string, key: string][]): EditableText[] =>
  texts.map(([part, key]) => ({ group, part, key: `objections:mail.${key}` }))

/** What of the mails to a customer about its objection the house may word itself. */
export const objectionTexts: readonly EditableText[] = [
  ...inGroup('objection-receipt', [
    ['subject', 'receipt.subject'],
    ['lead', 'receipt.lead'],
    ['lead-in-use', 'receipt.leadInUse'],
    ['late', 'receipt.late'],
    ['answer', 'receipt.answer'],
    ['heading', 'whatNow'],
    ['withdraw', 'receipt.withdraw'],
    ['button', 'seeObjection'],
  ]),
  ...inGroup('objection-message', [
    ['subject', 'message.subject'],
    ['lead', 'message.lead'],
  ]),
  ...inGroup('objection-outcome', [
    ['subject', 'outcome.subject'],
    ['our-words', 'outcome.ourWords'],
    ['disagree', 'outcome.disagree'],
  ]),
  ...(
    [
      ['subject', 'subject'],
      ['lead', 'lead'],
      ['heading', 'what'],
      ['heading', 'how'],
      ['confirm', 'confirm'],
      ['until', 'until'],
    ] as const
  ).map(([part, key]) => ({ group: 'objection-remedy', part, key: `remedies:mail.${key}` })),
]
