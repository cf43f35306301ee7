/** Who gets the declaration, and what became of it (DPA C.7: sent on request, or to all). */
import type { Day } from '../../base/day.js'
import type { Moved } from '../../db/moves.js'

/** all: every customer of the day. chosen: those named. holders: whoever has the edition this one replaces. */
export type SendTo = 'all' | 'chosen' | 'holders'

/** One decision to send, gone through some customers at a time; a timer goes on where it stopped. */
export type Sending = {
  /** The form's own id, or 'holders/<audit>': sent twice, it is one. */
  _id: string
  audit: string
  reference: string
  to: SendTo
  /** With 'chosen': their ids. */
  customers: string[]
  /** The last customer (of holders: copy) gone through. */
  after: string
  done: boolean
  /** How many new copies came of it. */
  copies: number
  sample: boolean
} & Moved

/** to-send: its mails are still to be written. queued: they wait. told: one arrived, or the customer took it itself. */
export type CopyState = 'to-send' | 'queued' | 'told' | 'undelivered'
export const copyStates = ['to-send', 'queued', 'told', 'undelivered'] as const satisfies readonly CopyState[]

/** One customer's copy of one edition: there is one at most, so nobody gets it twice. */
export type Copy = {
  /** `<audit>/<customer>` */
  _id: string
  audit: string
  reference: string
  year: number
  edition: number
  customer: string
  customerReference: string
  customerName: string
  sortKey: string
  tokens: string[]
  /** sent: by our mail. page: the customer took it on its page before it was sent. */
  way: 'sent' | 'page'
  state: CopyState
  toldOn: Day | null
  /** 'no-contact', 'bounced', 'kept' */
  undelivered: string | null
  /** How often it was tried. */
  round: number
  /** Of the edition the customer had before; '' where it had none. */
  replaces: string
  receipt: { at: Date; on: Day; contact: string } | null
  sample: boolean
} & Moved

export function copyId(audit: string, customer: string): string {
  return `${audit}/${customer}`
}

/** What of a copy is to be done: those that reached nobody may be tried again. */
export function maySendAgain({ state }: Pick<Copy, 'state'>): boolean {
  return state === 'undelivered'
}
