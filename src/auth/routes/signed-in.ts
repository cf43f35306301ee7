import type { Request } from 'express'
import type { Person, Session } from '../request.js'

/** On a page behind `staff()`. */
export function signedIn(req: Request): { person: Person; session: Session } {
  if (!req.person || !req.session) throw new Error('a page behind staff() without a person')
  return { person: req.person, session: req.session }
}
