/** One notice and one customer in memory, moved by the real rules: what the actions do, without the database under them. */
import { dayOf, type Day } from '../../../src/base/day.js'
import type { CustomerToTell } from '../../../src/customers/rules.js'
import {
  recipientFor,
  unreadOf,
  type Change,
  type Notice,
  type Recipient,
} from '../../../src/notices/rules.js'
import { nextPermission } from '../../../src/notices/rules/permission.js'
import type { Objection } from '../../../src/objections/rules.js'
import { shippedLaw } from '../../../src/transfers/rules.js'
import { aContent, aCustomer, aLine, aNotice, contact } from '../builders.js'
import { checkMove } from './claims.js'

export type Sent = {
  id: string
  contact: string
  state: 'queued' | 'accepted' | 'bounced'
  sentAt: Date
  acceptedAt: Date | null
}

/** What happened, noted by hand and with none of the rules: what the claims are judged by. */
export type Ledger = {
  /** The latest day the customer has read as its last. */
  told: Day | null
  /** The copy that reached the customer, as far as anybody knows. */
  arrival: { at: Date; by: string } | null
  /** The newest answer to each line. */
  answers: Map<string, { approved: boolean; waives: boolean; on: Day }>
  open: Set<string>
  unread: Set<string>
  /** The day the last hold was lifted. */
  heldUntil: Day | null
  /** Lines that stand in the register as approved. */
  register: Set<string>
}

export type Town = {
  now: Date
  notice: Notice
  customer: CustomerToTell
  /** Its agreement has ended, or it never was a customer so far. */
  away: boolean
  part: Recipient | null
  mails: Sent[]
  cases: Objection[]
  ledger: Ledger
  /** How many replies, objections and mails there have been. */
  count: number
  /** States and events that were reached. */
  seen: Set<string>
}

export type Given = {
  authorisation: 'general' | 'specific'
  counts: 'arrival' | 'dispatch'
  objectionUntil: 'use' | 'period-end'
  replacementNeedsApproval: boolean
  commonList: boolean
  instructed: boolean
  period: { length: number; unit: 'days' }
  services: string[]
  contacts: number
  there: boolean
}

const american = aContent({
  vendor: 'v3',
  services: ['hosting', 'telephony'],
  storageCountries: ['US'],
  transfers: [{ country: 'US', basis: 'adequacy-dpf' }],
})

/** An addition for hosting, a replacement for telephony, and another place, in the United States, for both. */
const lines = [
  aLine(),
  aLine({
    id: 'l2',
    kind: 'replacement',
    engagement: 'e2',
    replaces: 'e0',
    content: aContent({ vendor: 'v2', services: ['telephony'] }),
    replacedContent: aContent({ vendor: 'v0', services: ['telephony'] }),
  }),
  aLine({ id: 'l3', kind: 'new-place', engagement: 'e3', content: american }),
]

/** Tuesday 24 November 2026, 10:00 in Copenhagen: the moment of issue. */
export function aTown(given: Given): Town {
  const notice = aNotice({ lines })
  const now = notice.issuedAt!
  const customer = aCustomer({
    agreement: {
      authorisation: given.authorisation,
      counts: given.counts,
      objectionUntil: given.objectionUntil,
      replacementNeedsApproval: given.replacementNeedsApproval,
      commonList: given.commonList,
      notice: given.period,
      transferInstruction: { kind: given.instructed ? 'any-valid' : 'scc-only', countries: [] },
    },
    services: given.services,
    affected: given.services.length > 0,
    contacts: [1, 2, 3].slice(0, given.contacts).map((place) => contact(place)),
  })
  const town: Town = {
    now,
    notice,
    customer,
    away: !given.there,
    part: null,
    mails: [],
    cases: [],
    ledger: {
      told: null,
      arrival: null,
      answers: new Map(),
      open: new Set(),
      unread: new Set(),
      heldUntil: null,
      register: new Set(),
    },
    count: 0,
    seen: new Set(),
  }
  const content = given.there ? recipientFor(notice, customer, now, shippedLaw) : null
  if (content) enter(town, content)
  return town
}

export function today({ now, notice }: Town): Day {
  return dayOf(now, notice.rules.zone)
}

/** As `insertRecipients` keeps it. */
export function enter(town: Town, content: ReturnType<typeof recipientFor>): void {
  if (!content) return
  town.part = {
    ...content,
    sortKey: '',
    tokens: [],
    held: false,
    dueOn: null,
    version: 1,
    moves: [],
    unlogged: false,
  }
  town.seen.add(content.state)
}

/** As `moveRecipient` keeps it, and judged at once. False where the rule changes nothing. */
export function move(town: Town, change: Change | null): boolean {
  const before = town.part
  if (!before || !change) return false
  const after = { ...before, ...change }
  after.held = after.openObjections.length + unreadOf(after).length > 0
  after.dueOn = nextPermission(after)
  town.part = after
  town.seen.add(after.state)
  checkMove(town, before, after)
  return true
}
