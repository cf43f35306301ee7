import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { codeDigits, digitsFit } from '../code-digits.js'
import { codeMinutes, codesADay, codeTries } from '../rules.js'
import {
  codeById,
  codesByIds,
  insertCode,
  replaceCodes,
  takeCodeTry,
  useCode,
  type Code,
} from '../records/codes.js'
import type { House } from '../request.js'

export { noteCodeDone, type Code } from '../records/codes.js'

/** Whose code, about what, and what it is to confirm. */
export type CodeAsked = Pick<Code, 'customer' | 'contact' | 'about' | 'what'>

/**
 * Makes a code; whoever calls mails it. Earlier ones of that contact about the same thing serve no more.
 * Throws `Refused('too-many-codes')`.
 */
export async function giveCode(context: Context, asked: CodeAsked): Promise<Code> {
  const { contact, about } = asked
  const day = [contact, about.kind, about.id, context.today].join('/')
  for (let number = 1; number <= codesADay; number += 1) {
    const code: Code = {
      _id: newId(),
      ...asked,
      place: `${day}/${number}`,
      madeAt: context.now,
      endsAt: new Date(context.now.getTime() + codeMinutes * 60_000),
      tries: 0,
      usedAt: null,
      doneAt: null,
      replacedAt: null,
    }
    if (!(await insertCode(code))) continue
    await replaceCodes(code)
    await recordEvent(context, 'code.given', about, { code: code._id, contact })
    return code
  }
  throw new Refused('too-many-codes')
}

/** The code of this contact, to show what it confirms. Throws `NotFound`. */
export async function codeOf(id: string, owner: Pick<Code, 'customer' | 'contact'>): Promise<Code> {
  const code = await codeById(id)
  if (code?.customer !== owner.customer || code.contact !== owner.contact) throw new NotFound()
  return code
}

/** `left`: how often it may still be tried; 0: a new one is needed. */
export type Tried = { right: true; code: Code } | { right: false; left: number }

/**
 * Whether the digits are those of the code. Right once: from then on the code is used, and asking again with the same digits finds
 * it so (`usedAt` was set), which makes a second click harmless.
 */
export async function tryCode(context: Context, code: Code, typed: string, key: string): Promise<Tried> {
  const fits = digitsFit(typed, code._id, key)
  const taken = await takeCodeTry(code._id, codeTries, context.now)
  if (!taken) {
    const now = await codeById(code._id)
    return now?.usedAt && fits ? { right: true, code: now } : { right: false, left: 0 }
  }
  if (fits) return { right: true, code: (await useCode(code._id, context.now)) ?? taken }
  const left = codeTries - taken.tries
  if (left === 0)
    await recordEvent(context, 'code.used-up', code.about, { code: code._id, contact: code.contact })
  return { right: false, left }
}

/** Whether typing digits can still help. */
export function codeServes(code: Code, now: Date): boolean {
  return code.usedAt === null && code.replacedAt === null && code.tries < codeTries && now < code.endsAt
}

/** For the mail sender: the digits of those codes that still serve. Put into the mail while it is sent, kept nowhere. */
export function liveCodes(house: House): (ids: string[]) => Promise<ReadonlyMap<string, string>> {
  return async (ids) => {
    const now = house.clock()
    const codes = (await codesByIds(ids)).filter((code) => codeServes(code, now))
    return new Map(codes.map(({ _id }) => [_id, codeDigits(_id, house.keys.codes)]))
  }
}
