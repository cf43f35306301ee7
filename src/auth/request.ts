import type { Config } from '../base/config.js'
import type { Clock, Locale } from '../base/context.js'
import type { Log } from '../base/log.js'
import type { Organisation } from './organisation-rules.js'
import type { Role } from './permissions.js'
import type { Keys } from './keys.js'
import type { Limits } from './limits.js'

/** What the application is built with, on every request. */
export type House = { config: Config; clock: Clock; log: Log; keys: Keys; limits: Limits }

/** A person on staff who is signed in. */
export type Person = {
  _id: string
  email: string
  name: string
  role: Role
  locale: Locale
  state: PersonState
  /** A code is asked for besides the password. */
  secondFactor?: true
}

/** Two-step sign-in of a person who has confirmed it. */
export type SecondFactor = {
  /** What the codes of their app derive from, sealed with a key of the house. */
  secret: string
  since: Date
  /** Of the last code that was taken: that one and all before it are worth nothing any more. */
  lastStep: number
  /** Marks of the recovery codes that have not been used. */
  recovery: string[]
  codesMadeAt: Date
}

/** `invited`: no password has been set yet. */
export type PersonState = 'invited' | 'active' | 'disabled'

/** The session the request came with; `_id` is the hash of what the cookie holds. */
export type Session = {
  _id: string
  person: string
  startedAt: Date
  lastSeenAt: Date
  endsAt: Date
  browser: string
  /** Begun while the role had to have a second factor and the person had none: it leads to setting one up, and nowhere else. */
  secondFactorDue?: boolean
  /** A second factor that no code has confirmed yet, sealed; of this session only. `instead`: of the present one, sealed, which it is to replace. */
  pendingFactor?: { secret: string; at: Date; instead: string | null } | null
}

/** The link a customer came by, as far as pages may know it. */
export type OpenLink = {
  _id: string
  kind: 'customer'
  customer: string
  contact: string
  about: { kind: string; id: string }
}

/** The same for a contact of a vendor, or a colleague ('share:<id>'). */
export type OpenVendorLink = {
  _id: string
  kind: 'vendor'
  vendor: string
  contact: string
  about: { kind: 'questionnaire' | 'statement-request' | 'finding' | 'departure' | 'breach'; id: string }
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- the only way to say what Express puts on a request
  namespace Express {
    interface Request {
      house: House
      locale: Locale
      /** The reader chose the language (`?lang=`), so a contact's language does not override it. */
      localeChosen?: boolean
      person?: Person
      session?: Session
      /** Whose Tilsyn it is, where a page already asks; see `askForOrganisation`. */
      organisation?: Promise<Organisation | null>
      link?: OpenLink
      vendorLink?: OpenVendorLink
      /** A multipart form whose token has not been read yet: nothing may be changed before `upload` has checked it. */
      tokenPending?: boolean
    }
  }
}
