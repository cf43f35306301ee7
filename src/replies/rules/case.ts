/** The case that a mail of ours was about when it was no notice: a request, a breach, the end of services … Told by the rooms after this one. */
import type { Context } from '../../base/context.js'

export type ReplyCase = {
  /** As the mail said what it is about, such as 'request'. */
  kind: string
  id: string
  /** 'RQ-2026-001' */
  reference: string
  /** Where staff works on it. */
  url: string
  /** The customer's id and reference; null where a sub-processor was written to. */
  customer: string | null
  customerReference: string | null
  /** The customer, or the sub-processor, by name. */
  party: string
  /** The person on staff who has it in hand. */
  owner: string | null
  /** What was written can be taken into the case as the customer's own words. */
  takes: boolean
  /** Nobody else takes up a mail about it that comes back. */
  returns: boolean
  sample: boolean
}

/** What is taken into a case. `once`: repeated, it is there once. */
export type Letter = {
  once: string
  from: { id: string; name: string }
  text: string
  /** The mail itself. */
  file: { name: string; bytes: Buffer }
}

/** All that this room has to know of cases of the rooms after it; handed over where those are known. */
export type CaseBook = {
  /** Null where what a mail is about has no case. */
  ofMail: (mail: {
    about: { kind: string; id: string }
    to: { address: string; name?: string; contact?: string }
  }) => Promise<ReplyCase | null>
  /** By what stands in a subject. `customers`: of one of these only; null where staff says so, who knows. */
  ofReference: (reference: string, customers: readonly string[] | null) => Promise<ReplyCase | null>
  take: (context: Context, about: ReplyCase, letter: Letter) => Promise<void>
  /** Where nothing is taken in: it has been read, and the case's own log says so. Repeated, once. */
  note: (context: Context, about: ReplyCase, reply: string) => Promise<void>
}

export const noCases: CaseBook = {
  ofMail: () => Promise.resolve(null),
  ofReference: () => Promise.resolve(null),
  take: () => Promise.resolve(),
  note: () => Promise.resolve(),
}

/** References of cases in a subject; those of notices are looked for apart, since a reply to them holds the customer up. */
export function casesIn(subject: string): string[] {
  const found = subject.toUpperCase().match(/\b[A-Z]{2}-\d{4}-\d{3,6}\b/g) ?? []
  return [...new Set(found.filter((reference) => !reference.startsWith('CN-')))].slice(0, 5)
}
