import type { Day } from '../../base/day.js'

/** What was answered, shaped after the question's type: */
export type Value =
  /** single, text: the option's id, or what was written */
  | string
  /** multi, countries: ids or ISO codes, in the order given */
  | readonly string[]
  /** number */
  | number
  | Contact
  | Identity
  | Signoff
  /** table: by column */
  | readonly Readonly<Record<string, string>>[]
  /** per-country: ISO code -> option */
  | { byCountry: Readonly<Record<string, string>> }

export type Contact = { name: string; email: string; phone: string; incidents: string }
export type Identity = { name: string; registration: string; address: string; country: string }
export type Signoff = { name: string; title: string; on: Day }

/** An answer as far as showing and scoring need it. `value` null: cleared, or only commented on. A date is a `Day` in a string. */
export type Given = {
  value: Value | null
  comment: string
  /** How many pieces of evidence stand beside it. */
  files: number
  /** Set by the reviewer where 'not applicable' was not taken: it then scores 0. */
  naRefused?: boolean
}

/** By question. What a hidden question was once answered stays here and does not count. */
export type Answers = Readonly<Record<string, Given>>

/** What the rules must know that no answer tells. */
export type Surroundings = {
  today: Day
  /** By ISO code: outside the EU and EEA on that day. */
  isThirdCountry: (country: string) => boolean
}
