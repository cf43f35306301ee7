/** Freezing, signing, opening again and correcting the declaration (DPA C.7). */
import type { Bilingual } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import type { Audit, Signature, Test } from './audit.js'
import { canonical, hashOf } from './canonical.js'
import type { AreaFacts, DeclarationFacts } from './declaration.js'

export type SignAs = Signature['as']
export const signers = ['dpo', 'management'] as const satisfies readonly SignAs[]

/** From here on what is signed stands still. Throws `Refused` where something is missing or it is frozen already. */
export function frozen(
  audit: Audit,
  missing: readonly unknown[],
  facts: DeclarationFacts,
  at: Date,
): Pick<Audit, 'state' | 'frozen' | 'signatures'> {
  if (audit.state !== 'open') throw new Refused('audit-not-open')
  if (missing.length > 0) throw new Refused('declaration-incomplete', { count: missing.length })
  return { state: 'to-sign', frozen: { facts, hash: hashOf(facts), at }, signatures: [] }
}

/** What this person may sign as, the signature still lacking; null where nothing is asked of them. */
export function signsAs(
  audit: Pick<Audit, 'state' | 'lead' | 'signatures'>,
  person: { _id: string; role: string },
): SignAs | null {
  if (audit.state !== 'to-sign' || audit.signatures.some((each) => each.person === person._id)) return null
  const lacks = (as: SignAs) => !audit.signatures.some((each) => each.as === as)
  if (person.role === 'dpo' && audit.lead === person._id && lacks('dpo')) return 'dpo'
  if (person.role === 'management' && lacks('management')) return 'management'
  return null
}

/**
 * With one more signature; with both it is signed. `areas`: the results as they stand now, held against those that were frozen.
 * Throws `Refused` where it is not the same person's to sign, or not the same any more.
 */
export function signed(
  audit: Audit,
  signature: Signature,
  areas: readonly AreaFacts[],
): Pick<Audit, 'state' | 'signatures'> {
  if (audit.state !== 'to-sign' || !audit.frozen) throw new Refused('declaration-not-to-sign')
  const { signatures } = audit
  if (signature.as === 'dpo' && signature.person !== audit.lead) throw new Refused('declaration-not-lead')
  if (signatures.some(({ as }) => as === signature.as)) throw new Refused('declaration-signed-already')
  // Two pairs of eyes: whoever changes role in between still is one person.
  if (signatures.some(({ person }) => person === signature.person))
    throw new Refused('declaration-two-people')
  const facts = audit.frozen.facts as DeclarationFacts
  const same =
    signature.hash === audit.frozen.hash &&
    hashOf(facts) === audit.frozen.hash &&
    canonical(areas) === canonical(facts.areas)
  if (!same) throw new Refused('declaration-changed-since')
  const all = [...signatures, signature]
  return { signatures: all, state: all.length === signers.length ? 'signed' : 'to-sign' }
}

/** Open to change once more; a signature given to the earlier wording is none to the next. */
export function reopened(audit: Audit): Pick<Audit, 'state' | 'frozen' | 'signatures'> {
  if (audit.state !== 'to-sign') throw new Refused('declaration-not-to-sign')
  return { state: 'open', frozen: null, signatures: [] }
}

/** The next edition: everything of the signed one, open, and what it says it replaces. */
export function correctionOf(
  audit: Audit,
  why: Bilingual,
  id: string,
): Omit<Audit, 'version' | 'moves' | 'unlogged'> {
  if (audit.state !== 'signed') throw new Refused('declaration-not-signed')
  const { version: _version, moves: _moves, unlogged: _unlogged, ...copied } = audit
  const edition = audit.edition + 1
  return {
    ...copied,
    _id: id,
    reference: `AU-${audit.year}-${edition}`,
    edition,
    replaces: { audit: audit._id, why },
    state: 'open',
    frozen: null,
    signatures: [],
    signedCopy: null,
    papers: null,
  }
}

export function correctedTest(test: Test, audit: string): Omit<Test, 'version' | 'moves' | 'unlogged'> {
  const { version: _version, moves: _moves, unlogged: _unlogged, ...copied } = test
  return { ...copied, _id: `${audit}/${test.control}`, audit }
}
