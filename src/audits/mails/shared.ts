/** One mail to a person who answers for several customers: the declaration is the same for all of them, the receipt is each one's own. */
import { textIn, type Text } from '../../i18n/texts.js'
import type { MailContent } from '../../mail/rules.js'
import { worded } from '../../mail/rules/wording.js'
import { declarationContent, type DeclarationLetter } from '../mails.js'

/** Subjects longer than this are cut off by the common mail programs. */
const longestCases = 60

export function sharedDeclaration(letters: readonly DeclarationLetter[]): MailContent {
  const [first] = letters
  if (!first) throw new RangeError('a mail to nobody')
  const { contact, wording } = first
  const t = worded(textIn(contact.locale), wording, contact.locale)
  const { caseNumber: _own, ...content } = declarationContent({ ...first, caseNumber: null })
  const [last, ...before] = content.sections.toReversed()
  // A customer whose two contacts have one address is named once.
  const customers = [...new Map(letters.map((each) => [each.copy.customerReference, each])).values()]
  return {
    ...content,
    subject: `${casesOf(customers, t)}: ${content.subject}`,
    greeting: t('shared:mail.greeting', { name: contact.name }),
    sections: [
      ...before.toReversed(),
      {
        heading: t('shared:mail.customers', { count: customers.length }),
        paragraphs: [t('declaration:mail.together')],
        list: customers.map((letter) => nameOf(letter, t)),
      },
      ...(last ? [last] : []),
    ],
  }
}

/** The customers' own case numbers where they fit into a subject, else how many customers there are. */
function casesOf(letters: readonly DeclarationLetter[], t: Text): string {
  const numbers = letters.flatMap(({ caseNumber }) => caseNumber ?? [])
  const named = t('shared:mail.cases', { numbers: [...new Set(numbers)].join(', ') })
  return numbers.length === letters.length && named.length <= longestCases
    ? named
    : t('shared:mail.count', { count: letters.length })
}

function nameOf({ copy, caseNumber }: DeclarationLetter, t: Text): string {
  return caseNumber
    ? t('shared:mail.customer-case', { name: copy.customerName, number: caseNumber })
    : copy.customerName
}
