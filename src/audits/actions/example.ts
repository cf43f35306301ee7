import type { Context, Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { declarationContent, type DeclarationLetter } from '../mails.js'
import { sharedDeclaration } from '../mails/shared.js'

type Words = { locale: Locale; wording: Wording | null }

/** What a customer would be told of the year's declaration, or a person who answers for two of them. */
export async function exampleOfDeclaration(
  context: Context,
  group: 'declaration' | 'declaration-shared',
  words: Words,
): Promise<MailContent> {
  const letter = await exampleLetter(context, words)
  if (group === 'declaration') return declarationContent(letter)
  const other = { ...letter.copy, customerName: 'Eksempelby Vand A/S', customerReference: 'C-0001' }
  return sharedDeclaration([letter, { ...letter, copy: other, caseNumber: null }])
}

/** Of an invented one that was corrected, so that every text is in it. */
async function exampleLetter({ today }: Context, { locale, wording }: Words): Promise<DeclarationLetter> {
  const year = Number(today.slice(0, 4)) - 1
  return {
    declaration: {
      audit: 'example',
      reference: `AU-${year}-2`,
      year,
      edition: 2,
      period: { from: `${year}-01-01`, to: `${year}-12-31` },
      signedOn: addDays(today, -1),
      hash: '0'.repeat(64),
      replaces: {
        reference: `AU-${year}`,
        why: { da: 'Et tal i afsnit 7 var forkert.', en: 'A number in section 7 was wrong.' },
      },
    },
    copy: {
      _id: 'example',
      customerName: 'Eksempelby Kommune',
      customerReference: 'C-0000',
      replaces: `AU-${year}`,
      round: 0,
      sample: true,
    },
    contact: { id: 'example', name: 'Åse Ørsted', email: 'example@example.com', locale },
    caseNumber: '26/0117',
    sender: await senderNow(),
    wording,
  }
}
