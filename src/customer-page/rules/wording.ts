import { declarationTexts } from '../../audits/rules/wording.js'
import { breachTexts } from '../../breaches/rules/wording.js'
import { customerTexts } from '../../customers/rules/wording.js'
import { departureTexts } from '../../departures/rules/wording.js'
import type { EditableText } from '../../mail/rules/wording.js'
import { noticeTexts } from '../../notices/rules.js'
import { objectionTexts } from '../../objections/rules.js'
import { replyTexts } from '../../replies/rules/wording.js'
import { requestTexts } from '../../requests/rules/wording.js'
import { unpermittedTexts } from '../../unpermitted-use/rules/wording.js'

/** What of the mail with a code the house may word itself. */
const codeTexts: readonly EditableText[] = (
  [
    ['subject', 'subject'],
    ['lead', 'lead'],
    ['heading', 'confirms'],
    ['code-by', 'by'],
    ['code-minutes', 'minutes'],
    ['heading', 'not-you'],
    ['not-you', 'not-you-what'],
  ] as const
).map(([part, key]) => ({ group: 'code', part, key: `answers:code-mail.${key}` }))

/** Every text of every mail to a customer that the house may word itself. */
export const textsToCustomers: readonly EditableText[] = [
  ...noticeTexts,
  ...codeTexts,
  ...objectionTexts,
  ...replyTexts,
  ...unpermittedTexts,
  ...requestTexts,
  ...customerTexts,
  ...declarationTexts,
  ...departureTexts,
  ...breachTexts,
]
