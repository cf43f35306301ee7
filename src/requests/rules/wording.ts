import type { EditableText } from '../../mail/rules/wording.js'

const inGroup = (group: string, texts: readonly [part: string, key: string][]): EditableText[] =>
  texts.map(([part, key]) => ({ group, part, key: `requests:mail.${key}` }))

/** What of the mails to a customer about its requests the house may word itself. */
export const requestTexts: readonly EditableText[] = [
  ...inGroup('request-receipt', [
    ['subject', 'receipt.subject'],
    ['lead', 'receipt.lead'],
    ['heading', 'asked'],
    ['questions', 'receipt.more'],
  ]),
  ...inGroup('request-answer', [
    ['subject', 'answer.subject'],
    ['lead', 'answer.lead'],
    ['heading', 'to-do'],
    ['where', 'where'],
    ['button', 'see'],
    ['closing', 'regards'],
  ]),
  ...inGroup('request-told', [
    ['subject', 'told.subject'],
    ['lead', 'told.lead'],
  ]),
  ...inGroup('request-declined', [
    ['subject', 'declined.subject'],
    ['lead', 'declined.lead'],
    ['heading', 'declined.why'],
    ['disagree', 'declined.disagree'],
  ]),
  ...inGroup('request-message', [
    ['subject', 'message.subject'],
    ['lead', 'message.lead'],
  ]),
  ...inGroup('request-reminder', [
    ['subject', 'reminder.subject'],
    ['lead', 'reminder.lead'],
  ]),
]
