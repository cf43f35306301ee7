/**
 * docs/notices.md: what each kind of change asks of which customer, worked out by asking the rules. Run by itself it writes the file
 * anew; `test/notices/matrix.test.ts` fails where the file says something else than the rules give.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import type { Agreement, CustomerToTell } from '../../src/customers/rules.js'
import type { EngagementContent } from '../../src/register/rules.js'
import { announcementBody } from '../../src/notices/mails/announcement.js'
import {
  askOf,
  beyondCorrection,
  kindOf,
  lineKinds,
  modeOf,
  nextPermission,
  recipientFor,
  type Answer,
  type Corrected,
  type Line,
  type LineKind,
  type Recipient,
} from '../../src/notices/rules.js'
import { aContent, aCustomer, aLine, aNotice, aRunning } from '../notices/builders.js'
import { arrivalTable, eventTable, mailTable } from './notices-events.js'

export const matrixFile = fileURLToPath(new URL('../../docs/notices.md', import.meta.url))

/** What can make a difference, with the words the table uses. */
const settings = {
  customer: ['buys the service', 'does not, one list for all', 'does not, a list of its own'],
  authorisation: ['general', 'specific'],
  replacements: ['by notice', 'by approval'],
  instruction: ['covers the transfer', 'does not cover it'],
} as const
type Setting = keyof typeof settings
export type Cell = Record<Setting, string>
const names = Object.keys(settings) as Setting[]

export type Outcome = {
  mode: string
  silence: string
  answers: string
  earliest: string
  firstLine: string
}

const us: EngagementContent['transfers'] = [{ country: 'US', basis: 'adequacy-dpf' }]
const abroad: Partial<EngagementContent> = {
  storageCountries: ['DK'],
  accessCountries: ['DK', 'US'],
  transfers: us,
}
const before = aContent({ ...abroad, transfers: [{ country: 'US', basis: 'scc-2021', module: 3 }] })

function lineOf(kind: LineKind): Line {
  const replaced = aContent({ ...before, vendor: 'v2', vendorName: 'Gammelby Drift ApS' })
  switch (kind) {
    case 'addition':
      return aLine({ kind, content: aContent(abroad) })
    case 'removal':
      return aLine({ kind, content: before })
    case 'replacement':
      return aLine({ kind, replaces: 'e0', content: aContent(abroad), replacedContent: replaced })
    case 'correction':
      return aLine({ kind, content: { ...before, address: 'Nyvej 1' }, replacedContent: before })
    default:
      return aLine({ kind, replaces: 'e0', content: aContent(abroad), replacedContent: before })
  }
}

export function everyCell(): Cell[] {
  return names.reduce<Cell[]>(
    (cells, name) => cells.flatMap((cell) => settings[name].map((value) => ({ ...cell, [name]: value }))),
    [{} as Cell],
  )
}

/** What the rules make of a line of the kind for such a customer. */
export function outcomeOf(kind: LineKind, cell: Cell): Outcome {
  const affected = cell.customer === settings.customer[0]
  const agreement: Partial<Agreement> = {
    authorisation: cell.authorisation === 'general' ? 'general' : 'specific',
    replacementNeedsApproval: cell.replacements === 'by approval',
    commonList: cell.customer !== settings.customer[2],
    transferInstruction: {
      kind: cell.instruction === settings.instruction[0] ? 'any-valid' : 'scc-only',
      countries: [],
    },
  }
  const customer: CustomerToTell = aCustomer({ agreement, affected, services: affected ? ['hosting'] : [] })
  const notice = aNotice({ lines: [lineOf(kind)] })
  const recipient = recipientFor(notice, customer, notice.issuedAt ?? new Date(0))
  if (!recipient) return { mode: 'not told', silence: '–', answers: '–', earliest: '–', firstLine: 'no mail' }
  const ask = askOf(recipient)
  const letter = {
    notice,
    recipient: { ...recipient, printedLastDay: recipient.printedLastDay && '2026-12-28' },
    contact: { name: 'Kontakt', locale: 'en' as const },
    services: new Map(),
  }
  return {
    mode: ask === 'instruction' ? 'notice, and an instruction' : modeOf(recipient),
    ...answersOf({ ...aRunning(), ...recipient, ...running, state: 'running' }, ask),
    firstLine: announcementBody(letter).lead.replaceAll('Monday 28 December 2026', 'L'),
  }
}

const running = { dayZero: '2026-11-24', lastDay: '2026-12-28', earliestUse: '2026-12-29' }
const inTime = '2026-12-01'
const late = '2027-01-10'

const words: Record<string, string> = {
  [running.earliestUse]: 'L + 1',
  [inTime]: 'the day of the answer',
  [late]: 'the day of the answer',
}

function answersOf(
  recipient: Recipient,
  ask: ReturnType<typeof askOf>,
): Pick<Outcome, 'silence' | 'answers' | 'earliest'> {
  const from = (answer: Partial<Answer> | null, blocked = recipient.blockedBy) => {
    const lines = recipient.lines.map((line) => ({ ...line, answer: answer && { ...approved, ...answer } }))
    const day = nextPermission({ ...recipient, lines, blockedBy: blocked })
    return day === null ? 'never' : (words[day] ?? day)
  }
  const silent = from(null)
  switch (ask) {
    case 'information':
      return { silence: 'nothing: nothing was asked', answers: 'nobody', earliest: '–' }
    case 'notice':
      return {
        silence: silent === 'never' ? 'refusal' : 'no objection received',
        answers: 'any contact objects; the right to approve for an earlier start',
        earliest: `${silent}; with the rest waived ${from({ on: inTime, waivesRest: true })}`,
      }
    case 'instruction':
      return {
        silence: silent === 'never' ? 'no transfer: waits for ever' : silent,
        answers: 'the right to approve instructs; any contact objects',
        earliest: `${from(null, [])}, and not before the instruction`,
      }
    case 'approval': {
      const blocked = recipient.blockedBy.length > 0
      const answered = from({ on: inTime }, [])
      return {
        silence: silent === 'never' ? 'refusal' : silent,
        answers: `the right to approve${blocked ? ', which instructs too' : ''}; a DPO advises`,
        earliest: `${answered}, answered later: ${from({ on: late }, [])}; with the rest waived ${from(
          { on: inTime, waivesRest: true },
          [],
        )}${blocked ? '; not before the instruction' : ''}`,
      }
    }
  }
}

const approved: Answer = {
  answer: 'approved',
  on: inTime,
  at: new Date('2026-12-01T09:00:00Z'),
  channel: 'letter',
  file: 'f1',
  by: { name: 'Mette Krogh', title: 'Direktør' },
  waivesRest: false,
}

/** The kind's cells, without what makes no difference to it. */
export function tableOf(kind: LineKind): { settings: Partial<Cell>; outcome: Outcome }[] {
  const all = everyCell().map((cell) => ({ cell, outcome: outcomeOf(kind, cell) }))
  return fold(all, names)
}

type Whole = { cell: Cell; outcome: Outcome }

function fold(cells: Whole[], left: readonly Setting[]): { settings: Partial<Cell>; outcome: Outcome }[] {
  const [first] = cells
  if (!first) return []
  if (cells.every(({ outcome }) => same(outcome, first.outcome)))
    return [{ settings: {}, outcome: first.outcome }]
  const [name, ...rest] = left
  if (!name) throw new Error('two outcomes for one cell')
  const parts = settings[name].map((value) => cells.filter(({ cell }) => cell[name] === value))
  const folded = parts.map((part) => fold(part, rest))
  const [one = []] = folded
  if (folded.every((part) => same(part, one))) return one
  return folded.flatMap((part, place) =>
    part.map(({ settings: more, outcome }) => ({
      settings: { [name]: settings[name][place], ...more },
      outcome,
    })),
  )
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

const meanings: Record<LineKind, string> = {
  addition: 'A sub-processor that none of the customers affected has approved (clause 7.3).',
  replacement: 'Another sub-processor for what one does today (clause 7.3).',
  removal: 'A sub-processor goes; nothing comes instead.',
  'new-activity':
    'An approved sub-processor for something else than described, also beside what it does (B.1, last paragraph).',
  'new-place':
    'A place or country that is not listed for an approved sub-processor, stored in or seen from (C.5).',
  'new-basis': 'Only what the transfer rests on is new (C.6).',
  correction: 'What was told read wrongly; nothing of what was approved changes.',
}

const kindCases: [
  what: string,
  content: EngagementContent,
  replaced: EngagementContent | null,
  known: boolean,
][] = [
  ['a vendor nobody affected has approved', aContent(), null, false],
  ['a vendor that affected customers have approved for something else', aContent(), null, true],
  ['another vendor takes the place', aContent(), aContent({ vendor: 'v2' }), false],
  [
    'another vendor, approved for something else, takes the place',
    aContent(),
    aContent({ vendor: 'v2' }),
    true,
  ],
  [
    'the same vendor, another description',
    aContent({ activity: { da: 'Drift', en: 'Operation' } }),
    aContent(),
    true,
  ],
  ['the same vendor, one more service', aContent({ services: ['hosting', 'telephony'] }), aContent(), true],
  ['the same vendor, one more country', aContent({ accessCountries: ['DK', 'SE'] }), aContent(), true],
  [
    'the same vendor, another address',
    aContent({ places: [{ kind: 'office', address: 'Nyvej 1', country: 'DK' }] }),
    aContent(),
    true,
  ],
  ['the same vendor, another basis', aContent(abroad), before, true],
  [
    'the same vendor, another description, country and basis',
    aContent({ activity: { da: 'Drift', en: 'Operation' }, storageCountries: ['US'], transfers: us }),
    before,
    true,
  ],
  ['the same vendor, one country less', aContent(), aContent({ storageCountries: ['DK', 'SE'] }), true],
]

const correctionCases: [what: string, corrected: Corrected][] = [
  ['spelling of the name, same number', { name: 'Nyborg Backup A.p.S.' }],
  ['a new name, same number', { name: 'Nyborg Cloud ApS' }],
  ['another address of the same entity', { address: 'Nyvej 1, 5800 Nyborg' }],
  ['another contact, another website', { contact: { name: 'Bo Lind' }, website: 'https://nyborg.example' }],
  ['another number', { registration: { kind: 'CVR', number: '29412006' } }],
  [
    'another number, and why it is the same entity',
    { registration: { kind: 'CVR', number: '29412006' }, sameEntityBecause: 'typing error' },
  ],
  ['another country', { country: 'SE' }],
]

export function kindTable(): [string, string][] {
  return kindCases.map(([what, content, replacedContent, vendorApproved]) => [
    what,
    kindOf({ kind: 'addition', content, replacedContent, vendorApproved }) ?? 'nothing to tell: refused',
  ])
}

export function correctionTable(): [string, string][] {
  return correctionCases.map(([what, corrected]) => {
    const beyond = beyondCorrection(aContent(), corrected)
    return [what, beyond.length === 0 ? 'taken' : `refused: ${beyond.join(', ')}`]
  })
}

export async function noticesMatrix(): Promise<string> {
  const parts = [
    '# What a change asks of a customer',
    'Written by `node --import tsx test/support/notices-matrix.ts` from the rules in `src/notices/rules/`; edit those, not this. ' +
      'L is the last day of the customer’s notice period; the first line is that of its mail. What makes no difference is left out.',
    '## Which kind it is',
    'The kind follows from what differs; a line that was called otherwise is refused. The heaviest wins.',
    tableIn(['what differs', 'kind'], kindTable()),
    '## What is a correction',
    tableIn(['what is put right', 'as a correction'], correctionTable()),
    ...lineKinds.flatMap((kind) => [`## ${kind}`, meanings[kind], matrixOf(kind)]),
    '## When a period begins',
    tableIn(['what happens', 'day 0'], arrivalTable()),
    '## What happens to a customer’s part',
    'To one customer’s part in a notice, on a day within its period; “that day” is the day it happens. Use that has begun is stopped by ' +
      'staff, who is told; for a change of an approved sub-processor a customer that is exempted has the earlier form on its list again.',
    tableIn(eventTable().head, eventTable().rows),
    '## Whom a mail holds up',
    tableIn(['what comes', 'known by', 'held up'], mailTable()),
  ]
  const config = await resolveConfig(matrixFile)
  return format(parts.join('\n\n'), { ...config, parser: 'markdown' })
}

function matrixOf(kind: LineKind): string {
  const rows = tableOf(kind)
  const told = names.filter((name) => rows.some(({ settings: own }) => own[name] !== undefined))
  return tableIn(
    [...told, 'mode', 'silence', 'who answers', 'earliest use', 'first line of the mail'],
    rows.map(({ settings: own, outcome }) => [
      ...told.map((name) => own[name] ?? 'any'),
      outcome.mode,
      outcome.silence,
      outcome.answers,
      outcome.earliest,
      outcome.firstLine,
    ]),
  )
}

function tableIn(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(matrixFile, await noticesMatrix())
