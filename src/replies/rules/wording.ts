import type { EditableText } from '../../mail/rules/wording.js'

/** What of our answer to a customer's mail the house may word itself; the answer is written anew each time. */
export const replyTexts: readonly EditableText[] = (['subject', 'lead', 'button'] as const).map((part) => ({
  group: 'reply-answer',
  part,
  key: `replies:mail.answer.${part}`,
}))
