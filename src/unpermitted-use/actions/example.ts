import type { Context, Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { toldContent } from '../mails.js'
import { openCases } from '../records.js'
import type { UseCase } from '../rules.js'

/** What a customer would be told of use without its permission: of the newest open case, or of an invented one. */
export async function exampleOfUse(
  { today }: Context,
  { locale, wording }: { locale: Locale; wording: Wording | null },
): Promise<MailContent> {
  const [[open], sender] = await Promise.all([openCases(1), senderNow()])
  const useCase = { ...invented(today), ...open }
  return toldContent({
    useCase: {
      ...useCase,
      what: useCase.what ?? {
        da: 'En tjeneste blev slået til ved en fejl.',
        en: 'A service was switched on by mistake.',
      },
      done: useCase.done ?? {
        da: 'Vi har slået den fra og fået oplysningerne slettet.',
        en: 'We have switched it off and had the data deleted.',
      },
    } as UseCase,
    affected: {
      _id: 'example',
      customerName: 'Eksempelby Kommune',
      customerReference: 'C-0000',
      since: useCase.since,
      until: null,
      approvedFrom: null,
      sample: true,
    },
    contact: { id: 'example', name: 'Åse Ørsted', email: 'example@example.com', locale },
    caseNumber: '26/0117',
    sender,
    wording,
  })
}

function invented(today: string): Partial<UseCase> & Pick<UseCase, 'since' | 'what' | 'done'> {
  return {
    reference: `UP-${today.slice(0, 4)}-000`,
    vendorName: 'Eksempel Backup ApS',
    activity: { da: 'Sikkerhedskopiering af servere', en: 'Backup of servers' },
    dataCategories: ['ordinary'],
    storageCountries: ['DK'],
    accessCountries: ['DK'],
    since: addDays(today, -20),
    discoveredOn: addDays(today, -1),
    stopped: { on: today, how: '' },
    what: null,
    done: null,
  }
}
