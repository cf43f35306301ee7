import type { Day } from './day.js'

export type Locale = 'da' | 'en'
export const locales: readonly Locale[] = ['da', 'en']

/** Who acts. `id` is a record's id (person, contact, timer name), never a name or an address. */
export type Actor = { kind: 'staff' | 'customer' | 'vendor' | 'timer' | 'system'; id: string }

export type Clock = () => Date

/** Made once at the door of every request and timer run; actions take it first. */
export type Context = { now: Date; today: Day; actor: Actor; locale: Locale }

/** A text a person reads, in both languages. */
export type Bilingual = { da: string; en: string }
