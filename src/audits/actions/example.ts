import type { Context, Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { declarationContent } from '../mails.js'

/** What a customer would be told of the year's declaration: of an invented one that was corrected, so that every text is in it. */
export async function exampleOfDeclaration(
  { today }: Context,
  { locale, wording }: { locale: Locale; wording: Wording | null },
): Promise<MailContent> {
  const year = Number(today.slice(0, 4)) - 1
  return declarationContent({
    declaration: {
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
  })
}
