/** A notice to an invented customer, for showing its mails before any real one has been sent. */
import { addDays, type Day } from '../../base/day.js'
import { ordinaryAgreement } from '../../customers/rules.js'
import { danishDateRules } from './deadlines.js'
import { recipientFor } from './audience.js'
import type { Notice, Sender } from './notice.js'
import type { Mode, Recipient, RecipientContent } from './recipient.js'

type Example = { notice: Notice; recipient: RecipientContent }

export function inventedExample(now: Date, today: Day, sender: Sender, service: string | null): Example {
  const notice: Notice = {
    _id: 'example',
    reference: `CN-${today.slice(0, 4)}-000`,
    state: 'issued',
    why: {
      da: 'Vi samler sikkerhedskopieringen hos én leverandør.',
      en: 'We bring backups together at one supplier.',
    },
    safeguards: {
      da: 'Databehandleraftale underskrevet, med samme forpligtelser som i vores aftale med jer.',
      en: 'Data processing agreement signed, with the same obligations as in our agreement with you.',
    },
    lines: [
      {
        id: 'l1',
        kind: 'addition',
        engagement: 'example',
        replaces: null,
        content: {
          vendor: 'example',
          vendorName: 'Eksempel Backup ApS',
          registration: { kind: 'CVR', number: '12345674' },
          address: 'Eksempelvej 1, 8000 Aarhus C',
          country: 'DK',
          contact: null,
          role: 'sub-processor',
          services: service === null ? [] : [service],
          activity: { da: 'Sikkerhedskopiering af servere', en: 'Backup of servers' },
          dataCategories: ['ordinary'],
          subjects: ['customers'],
          storageCountries: ['DK'],
          accessCountries: ['DK'],
          places: [],
          transfers: [],
          parent: null,
        },
        replacedContent: null,
        inUseSince: null,
        deletedOn: null,
      },
    ],
    plannedStart: addDays(today, 45),
    goLive: 'staged',
    togetherBecause: null,
    issuedAt: now,
    issuedOn: today,
    issuedBy: null,
    rules: danishDateRules,
    otherChannel: false,
    sender,
    withdrawal: null,
    settledOn: null,
    counts: null,
    sample: true,
    version: 1,
    moves: [],
    unlogged: false,
  }
  const recipient = recipientFor(
    notice,
    {
      _id: 'example',
      reference: 'C-0000',
      name: 'Eksempelby Kommune',
      caseNumber: '26/0117',
      agreement: ordinaryAgreement,
      contacts: [],
      services: service === null ? [] : [service],
      affected: true,
      sample: true,
    },
    now,
  )
  if (!recipient) throw new Error('an example that is told to nobody')
  return { notice, recipient }
}

/** As it would be if this were asked of the customer, with the days that then have to stand in the mail. */
export function askedFor({ notice, recipient }: Example, mode: Mode): Example {
  const issuedOn = notice.issuedOn ?? notice.plannedStart
  const printedLastDay = recipient.printedLastDay ?? addDays(issuedOn, 31)
  return {
    notice,
    recipient: {
      ...recipient,
      printedLastDay,
      lastDay: recipient.lastDay ?? printedLastDay,
      lines: recipient.lines.map((line) => ({ ...line, mode })),
    },
  }
}

/** As it would be kept, for mails that say where the customer's part stands. */
export function exampleRecipient(content: RecipientContent): Recipient {
  const kept = { sortKey: '', tokens: [], held: false, dueOn: null, version: 1, moves: [], unlogged: false }
  return { ...kept, ...content }
}
