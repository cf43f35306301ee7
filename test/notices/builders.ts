import { ordinaryAgreement, type Agreement, type CustomerToTell } from '../../src/customers/rules.js'
import type { EngagementContent } from '../../src/register/rules.js'
import { danishDateRules } from '../../src/notices/rules/deadlines.js'
import type { Line, Notice, Recipient, RecipientLine } from '../../src/notices/rules.js'

export function aContent(changes: Partial<EngagementContent> = {}): EngagementContent {
  return {
    vendor: 'v1',
    vendorName: 'Nyborg Backup ApS',
    registration: { kind: 'CVR', number: '29403473' },
    address: 'Havnegade 3, 5800 Nyborg',
    country: 'DK',
    contact: { name: 'Ida Holm', email: 'ida@nyborg.example' },
    role: 'sub-processor',
    services: ['hosting'],
    activity: { da: 'Backup af servere', en: 'Backup of servers' },
    dataCategories: ['ordinary'],
    subjects: ['employees'],
    storageCountries: ['DK'],
    accessCountries: ['DK'],
    places: [],
    transfers: [],
    parent: null,
    ...changes,
  }
}

export function aLine(changes: Partial<Line> = {}): Line {
  return {
    id: 'l1',
    kind: 'addition',
    engagement: 'e1',
    replaces: null,
    content: aContent(),
    replacedContent: null,
    inUseSince: null,
    deletedOn: null,
    ...changes,
  }
}

/** Sent on Tuesday 24 November 2026 at 10:00 in Copenhagen. */
export function aNotice(changes: Partial<Notice> = {}): Notice {
  return {
    _id: 'n1',
    reference: 'CN-2026-001',
    state: 'issued',
    why: { da: 'Vi samler backup ét sted.', en: 'We bring backup together in one place.' },
    safeguards: { da: 'Aftale underskrevet.', en: 'Contract signed.' },
    lines: [aLine()],
    plannedStart: '2027-01-01',
    goLive: 'staged',
    togetherBecause: null,
    issuedAt: new Date('2026-11-24T09:00:00Z'),
    issuedOn: '2026-11-24',
    issuedBy: 'p1',
    rules: danishDateRules,
    otherChannel: false,
    sender: {
      name: 'Nordvang Drift A/S',
      registration: 'CVR 35240136',
      address: 'Havnegade 12, 5000 Odense C',
      officer: 'Karen Østergård',
      phone: '+45 70 10 20 30',
      replyTo: 'varsler@nordvang.example',
    },
    withdrawal: null,
    settledOn: null,
    counts: null,
    sample: false,
    version: 3,
    moves: [],
    unlogged: false,
    ...changes,
  }
}

export function aPart(changes: Partial<RecipientLine> = {}): RecipientLine {
  return { line: 'l1', mode: 'notice', answer: null, permittedFrom: null, inUseSince: null, ...changes }
}

export const contact = (place: number, locale: 'da' | 'en' = 'da') => ({
  id: `k${place}`,
  name: `Kontakt ${place}`,
  email: `kontakt-${place}@bakkeby.example`,
  locale,
  dataProtection: true,
  mayApprove: true,
  order: place,
  from: '2026-01-01',
  to: null,
})

/** Bakkeby Kommune, told on 24 November 2026 with 30 days; nothing has arrived yet. */
export function aRecipient(changes: Partial<Recipient> = {}): Recipient {
  return {
    _id: 'n1/c1',
    notice: 'n1',
    noticeReference: 'CN-2026-001',
    customer: 'c1',
    customerReference: 'C-0001',
    customerName: 'Bakkeby Kommune',
    sortKey: 'bakkeby kommune',
    tokens: [],
    caseNumber: null,
    affected: true,
    agreement: ordinaryAgreement,
    period: { length: 30, unit: 'days' },
    contacts: [contact(1), contact(2)],
    contactIndex: 0,
    round: 1,
    owed: ['announcement'],
    printedLastDay: '2026-12-28',
    acceptedAt: null,
    delivery: null,
    dayZero: null,
    lastDay: null,
    earliestUse: null,
    notBefore: null,
    correctionSentAt: null,
    correctionFailed: false,
    reminders: 0,
    receipt: null,
    state: 'queued',
    lines: [aPart()],
    openObjections: [],
    held: false,
    blockedBy: [],
    dueOn: null,
    approvalsEndOn: null,
    undeliveredBecause: null,
    endedBecause: null,
    endedOn: null,
    sample: false,
    version: 1,
    moves: [],
    unlogged: false,
    ...changes,
  }
}

/** The same with its period running: 24 November to 28 December 2026. */
export function aRunning(changes: Partial<Recipient> = {}): Recipient {
  return aRecipient({
    state: 'running',
    owed: [],
    acceptedAt: new Date('2026-11-24T09:00:05Z'),
    delivery: { channel: 'mail', registered: false, file: null },
    dayZero: '2026-11-24',
    lastDay: '2026-12-28',
    earliestUse: '2026-12-29',
    ...changes,
  })
}

export function aCustomer(
  changes: Partial<Omit<CustomerToTell, 'agreement'>> & { agreement?: Partial<Agreement> } = {},
): CustomerToTell {
  const { agreement, ...rest } = changes
  return {
    _id: 'c1',
    reference: 'C-0001',
    name: 'Bakkeby Kommune',
    agreement: { ...ordinaryAgreement, ...agreement },
    contacts: [contact(1)],
    affected: true,
    services: ['hosting'],
    sample: false,
    ...rest,
  }
}
