import type { StoredFile } from '../../files/actions.js'
import type { Recipient } from '../../notices/actions.js'
import type { Objection } from '../../objections/rules.js'
import type { PackedMail } from './mails.js'
import type { StoryEntry } from '../page/story.js'

/** What the index tells, put together while the rest of the pack leaves; bounded, however many customers there are. */
export type Collected = {
  told: { recipient: Recipient; mails: Pick<PackedMail['mail'], 'kind' | 'to' | 'subject' | 'evidence'>[] }[]
  objections: Objection[]
  /** Filed by staff, and not in a customer's pack but by its hash. */
  keptBack: Pick<StoredFile, 'size' | 'sha256' | 'storedAt'>[]
  /** By notice. */
  story: Map<string, StoryEntry[]>
  /** How often something happened to customers on a day, by notice. */
  days: Map<string, Map<string, number>>
  entries: number
  /** The first sequence number in the pack; null while there is none. */
  firstEntry: number | null
}

export function nothingYet(): Collected {
  return {
    told: [],
    objections: [],
    keptBack: [],
    story: new Map(),
    days: new Map(),
    entries: 0,
    firstEntry: null,
  }
}
