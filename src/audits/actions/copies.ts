import { record } from '../../audit-log/actions.js'
import { moveRecorded, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import type { Customer } from '../../customers/rules.js'
import { Copies, copiesByIds, insertCopies } from '../records/copies.js'
import type { SignedDeclaration } from '../rules/declaration.js'
import { copyId, type Copy } from '../rules/sending.js'

type Named = Pick<Customer, '_id' | 'reference' | 'name' | 'sortKey' | 'sample'>

/** A customer's copy of the edition, as it comes to be. */
export function newCopy(
  context: Context,
  declaration: Pick<SignedDeclaration, 'audit' | 'reference' | 'year' | 'edition'>,
  { _id: customer, reference, name, sortKey, sample }: Named,
  how: Pick<Copy, 'way' | 'state' | 'toldOn' | 'replaces'> & { sample: boolean; event: string },
): Copy {
  const { audit, reference: declared, year, edition } = declaration
  const { event, ...rest } = how
  return {
    _id: copyId(audit, customer),
    audit,
    reference: declared,
    year,
    edition,
    customer,
    customerReference: reference,
    customerName: name,
    sortKey,
    tokens: searchTokens(reference, name),
    undelivered: null,
    round: 0,
    receipt: null,
    ...rest,
    sample: sample || rest.sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event,
      facts: { reference: declared, edition, customer: reference, way: rest.way },
    }),
  }
}

/** Those that are there already stay as they are; how many were new. */
export async function keepCopies(copies: Copy[]): Promise<number> {
  const added = await insertCopies(copies)
  const kept = await copiesByIds(copies.map(({ _id }) => _id))
  await record(
    Copies,
    kept.filter(({ unlogged }) => unlogged),
  )
  return added
}

/** One move of a copy, with its entry in the log; null where somebody was quicker. */
export async function moveCopyOn(
  context: Context,
  copy: Copy,
  changes: Partial<Copy>,
  said: Said,
): Promise<Copy | null> {
  const facts = { reference: copy.reference, customer: copy.customerReference, ...said.facts }
  return moveRecorded(context, Copies, copy, changes, { ...said, facts })
}
