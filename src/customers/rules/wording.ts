import type { EditableText } from '../../mail/rules/wording.js'

/** What of the mail with a contact's new link the house may word itself. */
export const customerTexts: readonly EditableText[] = (
  [
    ['subject', 'subject'],
    ['lead', 'lead'],
    ['whose', 'why'],
    ['button', 'button'],
  ] as const
).map(([part, key]) => ({ group: 'link-renewed', part, key: `customers:mail.link-renewed.${key}` }))
