import type { Context, Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { chosenMail, confirmationMail, endedMail } from '../mails/customer.js'
import { ownPoint, usualDepartureSettings, type Confirmation, type Departure } from '../rules.js'

/** What a customer would be told at the end of a service; null where the group is not one of these mails. */
export async function exampleOfDeparture(
  context: Context,
  group: string,
  { locale, wording }: { locale: Locale; wording: Wording | null },
): Promise<MailContent | null> {
  const departure = invented(context.today)
  const letter = {
    departure,
    reader: { id: 'example', name: 'Åse Ørsted', address: 'example@example.com', locale, link: 'example' },
    caseNumber: '26/0117',
    sender: await senderNow(),
    wording,
  }
  switch (group) {
    case 'departure-ended':
      return endedMail(letter).content
    case 'departure-chosen':
      return chosenMail(letter).content
    case 'departure-confirmed':
      return confirmationMail(letter, {
        number: 1,
        final: false,
        files: { da: '', en: '' },
      } as Confirmation).content
    default:
      return null
  }
}

function invented(today: string): Departure {
  const due = addDays(today, usualDepartureSettings.daysToDelete)
  const [retention] = usualDepartureSettings.retentions
  return {
    reference: `OP-${today.slice(0, 4)}-000`,
    customerName: 'Eksempelby Kommune',
    serviceNames: [{ da: 'Telefoni', en: 'Telephony' }],
    endedOn: today,
    chooseBy: addDays(today, usualDepartureSettings.daysToChoose),
    choice: { handling: 'delete', by: 'agreement', on: today, name: null },
    points: [
      {
        ...ownPoint('example', { da: 'Levering af mobiltelefoni', en: 'Mobile telephony' }, 'delete', due),
        name: 'Eksempel Tele ApS',
        state: 'retained',
        answer: {
          on: today,
          retention: {
            rule: retention?.rule.da ?? '',
            data: retention?.data.da ?? '',
            until: addDays(today, 365),
          },
        },
      },
      ownPoint('own-systems', { da: 'Egne systemer', en: 'Our own systems' }, 'delete', due),
    ],
    version: 1,
  } as unknown as Departure
}
