import type { Context, Locale } from '../../base/context.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { phaseMail } from '../mails.js'
import { openBreaches } from '../records.js'
import { emptyContent, hour, lastPhase, type Breach, type NoticeContent } from '../rules.js'

/** What a customer is told of a breach: by the newest open one that has been sent, or an invented one. */
export async function exampleOfBreach(
  { now, today }: Context,
  { locale, wording }: { locale: Locale; wording: Wording | null },
): Promise<MailContent> {
  const [breaches, sender] = await Promise.all([openBreaches(10), senderNow()])
  const open = breaches.find(({ phases, role }) => phases.length > 0 && role === 'processor')
  const phase = (open && lastPhase(open)) ?? {
    number: 1,
    at: now,
    by: '',
    content: invented({ name: sender.officer, phone: sender.phone, email: sender.replyTo }),
    finished: true,
  }
  const breach = {
    reference: `BR-${today.slice(0, 4)}-000`,
    role: 'processor',
    vendorName: 'Eksempel Backup ApS',
    vendorKnewAt: new Date(now.getTime() - 6 * hour),
    vendorToldAt: new Date(now.getTime() - 2 * hour),
    awareAt: new Date(now.getTime() - 2 * hour),
    ...open,
  } as Breach
  return phaseMail(
    {
      breach,
      phase,
      affected: {
        _id: 'example',
        customerName: 'Eksempelby Kommune',
        customerReference: 'C-0000',
        sample: true,
      },
      services: ['Backup'],
      contact: { id: 'example', name: 'Åse Ørsted', email: 'example@example.com', locale },
      caseNumber: '26/0117',
      sender,
      wording,
      zone: danishDateRules.zone,
    },
    'example',
  ).content
}

function invented(contact: NoticeContent['contact']): NoticeContent {
  return {
    ...emptyContent(contact),
    nature: {
      da: 'Uvedkommende har haft adgang til en server med sikkerhedskopier.',
      en: 'A third party has had access to a server with backups.',
    },
    subjects: { da: 'Medarbejdere og borgere', en: 'Employees and citizens' },
    measures: {
      da: 'Adgangen er lukket, og alle nøgler er skiftet.',
      en: 'The access is closed, and all keys have been changed.',
    },
  }
}
