/** What a customer may ask of us under the agreement, and what we must tell it: the only such table. */
import type { NoticePeriod } from '../../base/period.js'

export type RequestKind =
  | 'contract-copy'
  | 'declaration'
  | 'further-measures'
  | 'inspection'
  | 'authority-visit'
  | 'subject-rights'
  | 'impact-assessment'
  | 'prior-consultation'
  | 'confidentiality-proof'
  | 'extra-instruction'
  | 'article-14-text'
  | 'unlawful-instruction'
  | 'forced-transfer'

/** What an answer has to have; a file may always go with words, but for copies of contracts, where only a redacted one can be chosen. */
export type Answering = 'redacted-contract' | 'declaration' | 'file' | 'words'

/**
 * What the customer says when it has our answer. 'read': that it has it; 'passed-on': that it has handed the text on; 'order': that
 * it orders what we offered, which binds it, so that takes the right to instruct and a code from the mailbox.
 */
export type Confirming = 'none' | 'read' | 'passed-on' | 'order'

/** What its form asks for beside words. */
export type RequestDetail = 'engagements' | 'subject-day' | 'wished-day' | 'authority' | 'instruction'

export type KindRule = {
  /** The clause of the agreement on Datatilsynet's template. */
  clause: string
  law: string | null
  begins: 'customer' | 'us' | 'either'
  /** From the day it was received, or for ours from the day we knew. A house may set another; see `dueBy`. */
  due: NoticePeriod
  /** Whose the days are: a clause says so, or the agreement says nothing and they are our own promise. */
  dueFrom: 'at-once' | 'law' | 'own'
  answer: Answering
  confirming: Confirming
  /** Who may ask for the customer: anybody who is its contact, or those with the right to approve and instruct. */
  mayAsk: 'contact' | 'approver'
  details: readonly RequestDetail[]
  /** Some are clear without a word. */
  words: 'needed' | 'optional'
}

const days = (length: number): NoticePeriod => ({ length, unit: 'days' })
const businessDays = (length: number): NoticePeriod => ({ length, unit: 'business-days' })

const usual = {
  law: null,
  begins: 'customer',
  dueFrom: 'own',
  answer: 'words',
  confirming: 'none',
  mayAsk: 'contact',
  details: [],
  words: 'needed',
} as const

export const kindRules: Readonly<Record<RequestKind, KindRule>> = {
  // "Underdatabehandleraftale(r) og eventuelle senere ændringer sendes efter anmodning"; commercial terms need not be.
  'contract-copy': {
    ...usual,
    clause: '7.5',
    law: 'Art. 28(4)',
    due: days(14),
    answer: 'redacted-contract',
    details: ['engagements'],
    words: 'optional',
  },
  // "Erklæringen kan fremsendes på dataansvarliges anmodning."
  declaration: {
    ...usual,
    clause: 'C.7',
    law: 'Art. 28(3)(h)',
    due: days(7),
    answer: 'declaration',
    words: 'optional',
  },
  'further-measures': { ...usual, clause: 'C.7', law: 'Art. 28(3)(h)', due: days(30) },
  inspection: {
    ...usual,
    clause: '12.1',
    law: 'Art. 28(3)(h)',
    due: days(14),
    details: ['wished-day'],
    words: 'optional',
  },
  // Who has access by law is let in when it comes; whoever of the two hears of it first tells the other.
  'authority-visit': {
    ...usual,
    clause: '12.3',
    law: 'Art. 58(1)',
    begins: 'either',
    due: businessDays(1),
    dueFrom: 'at-once',
    details: ['authority', 'wished-day'],
  },
  // Art. 12(3): the controller answers within one month of the data subject's request.
  'subject-rights': {
    ...usual,
    clause: '9.1',
    law: 'Art. 28(3)(e), 12(3)',
    due: businessDays(5),
    dueFrom: 'law',
    details: ['subject-day'],
  },
  'impact-assessment': { ...usual, clause: '9.2.c', law: 'Art. 28(3)(f), 35', due: days(30) },
  'prior-consultation': { ...usual, clause: '9.2.d', law: 'Art. 28(3)(f), 36', due: days(14) },
  'confidentiality-proof': {
    ...usual,
    clause: '5.2',
    law: 'Art. 28(3)(b)',
    due: days(14),
    answer: 'file',
    words: 'optional',
  },
  // "Vi vil først være forpligtet til at udføre dem når vi har modtaget bekræftelse fra dig."
  'extra-instruction': {
    ...usual,
    clause: 'D.1',
    law: 'Art. 28(3)(a)',
    due: businessDays(10),
    confirming: 'order',
    mayAsk: 'approver',
  },
  // The customer hands on what the telecom provider and we must tell its users as controllers.
  'article-14-text': {
    ...usual,
    clause: 'D.2.1',
    law: 'Art. 14',
    begins: 'either',
    due: days(14),
    confirming: 'passed-on',
    words: 'optional',
  },
  // "Underretter omgående".
  'unlawful-instruction': {
    ...usual,
    clause: '4.2',
    law: 'Art. 28(3)',
    begins: 'us',
    due: businessDays(1),
    dueFrom: 'at-once',
    confirming: 'read',
    details: ['instruction'],
  },
  // "Inden behandling", unless that law forbids to tell.
  'forced-transfer': {
    ...usual,
    clause: '8.2',
    law: 'Art. 28(3)(a)',
    begins: 'us',
    due: businessDays(1),
    dueFrom: 'at-once',
    confirming: 'read',
  },
}

/** In the order of the agreement's weight for a customer: what is asked for most stands first. */
export const requestKinds = Object.keys(kindRules) as [RequestKind, ...RequestKind[]]

/** What a customer can ask for on its page. */
export const kindsToAsk = requestKinds.filter((kind) => kindRules[kind].begins !== 'us')

/** What we can begin towards a customer. */
export const kindsOfOurs = requestKinds.filter((kind) => kindRules[kind].begins !== 'customer')
