/** For docs/notices.md: what each thing that may happen does to a customer's part, worked out by asking the rules. */
import { Refused } from '../../src/base/errors.js'
import {
  answered,
  clockFails,
  clockStarts,
  ended,
  hold,
  holdUnread,
  isEnded,
  mayBePermitted,
  release,
  releaseRead,
  withdrawable,
  type Answering,
  type Change,
  type Recipient,
  type RecipientLine,
} from '../../src/notices/rules.js'
import { beginning, concernOf, type Kind, type Part } from '../../src/replies/rules.js'
import { aNotice, aRecipient, aRunning, contact } from '../notices/builders.js'

const day = '2026-12-10'
const at = new Date('2026-12-10T09:00:00Z')
const yearAfter = '2027-12-31'
const { rules } = aNotice()
const words: Record<string, string> = { '2026-12-29': 'L + 1', [day]: 'that day' }

const line = (change: Partial<RecipientLine>): { lines: RecipientLine[] } => ({
  lines: [{ line: 'l1', mode: 'notice', answer: null, permittedFrom: null, inUseSince: null, ...change }],
})
const approval = line({ mode: 'approval' })
const inUse = line({ permittedFrom: '2026-12-01', inUseSince: '2026-12-01' })

/** Where the customer's part stands when it happens. */
const standings = {
  'notice, period running': aRunning(line({})),
  'approval, period running': aRunning(approval),
  information: aRunning({ ...line({ mode: 'information' }), state: 'told' }),
  'in use': aRunning({ ...inUse, state: 'in-use' }),
} satisfies Record<string, Recipient>

type Happening = (part: Recipient) => Change | null
const objected = (part: Recipient) => ({ ...part, openObjections: ['OB-1'] })
const unread = (part: Recipient) => ({ ...part, unclassified: ['RE-1'] })
const answer =
  (said: Partial<Answering>, today = day): Happening =>
  (part) => {
    const by = { name: 'Mette Krogh', title: 'Direktør' }
    const given = { answer: 'approved' as const, on: day, at, channel: 'letter' as const, by }
    return answered(part, { ...given, waivesRest: false, lines: [], ...said }, 'f1', today)
  }

const happenings: [what: string, does: Happening][] = [
  [
    'it comes back, and there is another contact',
    (part) => comesBack({ ...part, contacts: [contact(1), contact(2)] }),
  ],
  ['it comes back from the last contact', (part) => comesBack({ ...part, contacts: [contact(1)] })],
  ['a mail that may be a reply', (part) => holdUnread(part, 'RE-1')],
  ['it is read as something else than an objection', (part) => releaseRead(unread(part), 'RE-1', day)],
  ['an objection', (part) => hold(part, 'OB-1')],
  ['the objection is withdrawn or remedied', (part) => release(objected(part), 'OB-1', 'cleared', day)],
  ['the customer is exempted', (part) => release(objected(part), 'OB-1', 'exempted', day)],
  ['the change is dropped', (part) => release(objected(part), 'OB-1', 'dropped', day)],
  ['the agreement ends after an objection', (part) => release(objected(part), 'OB-1', 'ended', day)],
  ['it approves', answer({})],
  ['it consents to an earlier start', answer({ waivesRest: true })],
  ['it refuses', answer({ answer: 'refused' })],
  ['no answer when L is over', answer({ answer: 'no-answer' }, '2026-12-29')],
  [
    'the notice is withdrawn',
    (part) => (withdrawable.includes(part.state) ? ended(part, 'withdrawn', 'notice-withdrawn', day) : null),
  ],
  ['the customer leaves', (part) => ended(part, 'left', 'agreement-ended', day)],
]

function comesBack(part: Recipient): Change | null {
  return clockFails(part, { because: 'bounced', dispatchedAt: null }, at, rules)
}

export function eventTable(): { head: string[]; rows: string[][] } {
  const parts = Object.values(standings)
  return {
    head: ['what happens', ...Object.keys(standings)],
    rows: happenings.map(([what, does]) => [what, ...parts.map((part) => said(part, does))]),
  }
}

function said(part: Recipient, does: Happening): string {
  try {
    const change = does(part)
    return change === null ? 'nothing changes' : standing({ ...part, ...change }, part)
  } catch (error) {
    if (error instanceof Refused) return `refused: ${error.reason}`
    throw error
  }
}

function standing(after: Recipient, before: Recipient): string {
  const { openObjections, unclassified = [], approvalsEndOn, state } = after
  if (approvalsEndOn !== null) return `${state}; off its list from that day`
  if (state === 'queued') return 'no period runs; the next contact is written to'
  if (state === 'undelivered') return 'no period runs; a task: nobody is reached'
  if (isEnded(state) && state !== before.state) return state
  if (openObjections.length + unclassified.length > 0)
    return before.state === 'in-use'
      ? 'noted; held'
      : before.state === 'told'
        ? 'noted'
        : 'held: nothing is permitted'
  if (isEnded(state)) return 'goes on as before'
  const permission = mayBePermitted(after, [], 0, yearAfter)
  if (permission.yes) return `permitted from ${words[permission.from] ?? permission.from}`
  return permission.because.replace('notices:waits.', 'waits: ')
}

/** Before it has come: when the period begins. */
export function arrivalTable(): [string, string][] {
  const sent = aRecipient({ state: 'queued' })
  const delivery = { channel: 'mail', registered: false, file: null } as const
  const began = clockStarts(sent, new Date('2026-11-24T09:00:05Z'), delivery, rules)
  const late = clockStarts(sent, new Date('2026-11-24T15:30:00Z'), delivery, rules)
  return [
    [
      'taken over at 10:00 on a business day',
      `day 0 is ${began?.dayZero === '2026-11-24' ? 'that day' : 'another'}`,
    ],
    [
      'taken over at 16:30',
      `day 0 is ${late?.dayZero === '2026-11-25' ? 'the next business day' : 'another'}`,
    ],
    [
      'a second copy is taken over',
      clockStarts(aRunning(), at, delivery, rules) === null ? 'nothing changes' : 'another',
    ],
  ]
}

const part = (recipient: string) => ({ recipient }) as Part

/** Whom what comes to the mailbox holds up. */
export function mailTable(): [string, string, string][] {
  const own: [string, Kind][] = [
    ['somebody’s words', 'message'],
    ['an automatic reply', 'automatic'],
    ['a report that it failed', 'failed'],
    ['a report that it is there', 'delivered'],
  ]
  const unsure = concernOf({ state: 'unmatched', part: null, mayConcern: [part('a'), part('b')] })
  const known = concernOf({ state: 'waiting', part: part('a'), mayConcern: [part('a'), part('b')] })
  return [
    ...own.map(([what, kind]): [string, string, string] => [
      what,
      'our signed address, our Message-ID, or sender and notice with one customer',
      beginning(kind, true, null).blocking ? 'that customer, until it is read' : 'nobody',
    ]),
    [
      'somebody’s words',
      'a contact of several customers, or one that names no notice of its own',
      unsure.held.length === 2
        ? 'every part in a notice that it may concern, until staff says whose it is'
        : 'nobody',
    ],
    [
      'the same, once staff has said whose it is',
      'staff',
      known.released.length === 1 ? 'those chosen, until it is read; the others no more' : 'all',
    ],
    [
      'anything',
      'nobody we know',
      beginning('message', false, null).blocking ? 'somebody' : 'nobody; staff looks at it',
    ],
  ]
}
