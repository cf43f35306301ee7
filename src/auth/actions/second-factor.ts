import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { enqueue } from '../../mail/actions.js'
import { secondFactorMail, type SecondFactorNews } from '../mails.js'
import { People, personById, personByEmail, type PersonRecord } from '../records/people.js'
import {
  insertSecondFactor,
  removeSecondFactor,
  saveRecoveryMarks,
  spendRecoveryMark,
  takeStep,
} from '../records/second-factors.js'
import { noteFactorSet, notePending } from '../records/sessions.js'
import type { Person, Session } from '../request.js'
import { pendingHolds } from '../rules.js'
import {
  newRecoveryCodes,
  newSecret,
  recoveryMark,
  sealed,
  stepOf,
  typedCode,
  unsealed,
} from '../second-factor.js'
import { rolesWithSecondFactor } from './second-factor-for.js'
import { endSessions } from './sessions.js'

/** What a code was, which is worth nothing from then on. `left`: recovery codes that remain. */
export type Used = { of: 'app' } | { of: 'recovery'; left: number }

/** Whether the code is one of theirs, and used up by this. `unreadable`: the house's key is not the one it was sealed with. */
export async function useCodeOf(
  context: Context,
  found: PersonRecord,
  typed: string,
  key: string,
): Promise<Used | 'wrong' | 'unreadable'> {
  const { _id, secondFactor: factor } = found
  const code = typedCode(typed)
  if (!factor || !code) return 'wrong'
  if (code.of === 'app') {
    const secret = unsealed(factor.secret, _id, key)
    if (secret === null) return 'unreadable'
    const step = stepOf(code.digits, secret, context.now)
    return step !== null && (await takeStep(_id, factor.secret, step)) ? { of: 'app' } : 'wrong'
  }
  const moved = await spendRecoveryMark(_id, recoveryMark(code.digits, _id, key), {
    ...by(context),
    event: 'person.recovery-code-used',
    facts: {},
  })
  if (!moved) return 'wrong'
  await record(People, moved)
  const left = moved.secondFactor?.recovery.length ?? 0
  await told(context, moved, { what: 'recovery-used', left })
  return { of: 'recovery', left }
}

/** What its owner may know of it; null where there is none. */
export async function secondFactorOf(
  person: string,
): Promise<{ since: Date; codesMadeAt: Date; left: number } | null> {
  const factor = (await personById(person))?.secondFactor
  return factor
    ? { since: factor.since, codesMadeAt: factor.codesMadeAt, left: factor.recovery.length }
    : null
}

/** A secret of this session's, which counts for nothing until a code of it has been given; for another telephone where there is one already. */
export async function beginSecondFactor(
  context: Context,
  person: Person,
  session: Session,
  key: string,
): Promise<void> {
  const instead = (await personById(person._id))?.secondFactor?.secret ?? null
  await notePending(session._id, { secret: sealed(newSecret(), person._id, key), at: context.now, instead })
}

/** The secret to show; null where none was begun, or too long ago. */
export function pendingSecret(person: Person, session: Session, now: Date, key: string): string | null {
  const pending = session.pendingFactor
  return pending && pendingHolds(pending.at, now) ? unsealed(pending.secret, person._id, key) : null
}

/**
 * On from here on, or with another telephone than before, and signed out everywhere else; returns the recovery codes, which nobody can show again. Null where the code is
 * not of the secret. Refused: `second-factor-begin-again`, `second-factor-already`.
 */
export async function confirmSecondFactor(
  context: Context,
  person: Person,
  session: Session,
  { code, key }: { code: string; key: string },
): Promise<string[] | null> {
  const secret = pendingSecret(person, session, context.now, key)
  if (secret === null) throw new Refused('second-factor-begin-again')
  const typed = typedCode(code)
  const step = typed?.of === 'app' ? stepOf(typed.digits, secret, context.now) : null
  if (step === null) return null
  const { codes, marks } = newCodes(person._id, key)
  const factor = {
    secret: sealed(secret, person._id, key),
    since: context.now,
    lastStep: step,
    recovery: marks,
    codesMadeAt: context.now,
  }
  const instead = session.pendingFactor?.instead ?? null
  const [what, event] =
    instead === null
      ? (['on', 'person.second-factor-on'] as const)
      : (['moved', 'person.second-factor-moved'] as const)
  const move = { ...by(context), event, facts: {} }
  const moved = await insertSecondFactor(person._id, factor, move, instead)
  if (!moved) throw new Refused('second-factor-already')
  await record(People, moved)
  await noteFactorSet(session._id)
  await endSessions(person, session._id)
  await told(context, moved, { what })
  return codes
}

/** Ten new ones; the old serve no more. Refused: `second-factor-none`. */
export async function renewRecoveryCodes(context: Context, person: Person, key: string): Promise<string[]> {
  const { codes, marks } = newCodes(person._id, key)
  const moved = await saveRecoveryMarks(person._id, marks, context.now, {
    ...by(context),
    event: 'person.recovery-codes-made',
    facts: {},
  })
  if (!moved) throw new Refused('second-factor-none')
  await record(People, moved)
  await told(context, moved, { what: 'codes-made' })
  return codes
}

/** By its owner. Refused: `second-factor-required`, `second-factor-none`. */
export async function switchSecondFactorOff(context: Context, person: Person): Promise<void> {
  if ((await rolesWithSecondFactor()).includes(person.role)) throw new Refused('second-factor-required')
  const moved = await removeSecondFactor(person._id, {
    ...by(context),
    event: 'person.second-factor-off',
    facts: {},
  })
  if (!moved) throw new Refused('second-factor-none')
  await record(People, moved)
  await told(context, moved, { what: 'off' })
}

/**
 * By an administrator, for somebody whose telephone is gone; they are signed out everywhere, and told. Of oneself only on one's own
 * page, where a code is asked for. Refused: `second-factor-own`, `second-factor-none`.
 */
export async function takeSecondFactorOff(context: Context, id: string, because: string): Promise<void> {
  const { actor } = context
  if (actor.kind === 'staff' && actor.id === id) throw new Refused('second-factor-own')
  const moved = await removeSecondFactor(id, {
    ...by(context),
    event: 'person.second-factor-taken-off',
    facts: {},
    personal: { because },
  })
  if (!moved) throw new Refused('second-factor-none')
  await record(People, moved)
  await endSessions(moved)
  const who = actor.kind === 'staff' ? ((await personById(actor.id))?.name ?? null) : null
  await told(context, moved, { what: 'taken-off', who, because })
}

/** As `takeSecondFactorOff`, by address: for the command line. Throws `NotFound`. */
export async function takeSecondFactorOffBy(context: Context, email: string, because: string): Promise<void> {
  const found = await personByEmail(email)
  if (!found) throw new NotFound()
  await takeSecondFactorOff(context, found._id, because)
}

function newCodes(person: string, key: string): { codes: string[]; marks: string[] } {
  const codes = newRecoveryCodes()
  return { codes, marks: codes.map((code) => recoveryMark(code, person, key)) }
}

// Told also of what they did themselves: it may have been somebody else in their place.
async function told(context: Context, moved: PersonRecord, news: SecondFactorNews): Promise<void> {
  await enqueue(context, [secondFactorMail(moved, news)])
}

function by(context: Context) {
  return { at: context.now, by: context.actor }
}
