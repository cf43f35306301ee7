import { newRecoveryCodes, newSecret, digitsAt, recoveryMark, sealed } from '../../src/auth/second-factor.js'
import { insertSecondFactor } from '../../src/auth/records/second-factors.js'
import { People } from '../../src/auth/records/people.js'
import { record } from '../../src/audit-log/actions.js'
import type { Person } from '../../src/auth/request.js'
import type { Tilsyn } from './app.js'

export type Phone = {
  /** What their app shows now. */
  code: () => string
  /** What it will have shown half a minute later; the clock moves there. */
  nextCode: () => string
  /** The paper with recovery codes. */
  paper: string[]
  secret: string
}

/** Gives somebody two-step sign-in, and us their telephone. */
export async function withPhone(tilsyn: Tilsyn, person: Pick<Person, '_id'>): Promise<Phone> {
  const key = tilsyn.house.keys.secondFactors
  const secret = newSecret()
  const paper = newRecoveryCodes()
  const at = tilsyn.now()
  const factor = {
    secret: sealed(secret, person._id, key),
    since: at,
    lastStep: 0,
    recovery: paper.map((code) => recoveryMark(code, person._id, key)),
    codesMadeAt: at,
  }
  const by = { kind: 'staff', id: person._id } as const
  const moved = await insertSecondFactor(person._id, factor, {
    at,
    by,
    event: 'person.second-factor-on',
    facts: {},
  })
  if (!moved) throw new Error('there is a second factor already')
  await record(People, moved)
  const code = () => digitsAt(secret, tilsyn.now())
  const nextCode = () => {
    tilsyn.moveTo(new Date(tilsyn.now().getTime() + 30_000))
    return code()
  }
  return { code, nextCode, paper, secret }
}
