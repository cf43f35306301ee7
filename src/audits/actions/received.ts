import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import type { Customer } from '../../customers/rules.js'
import { copiesByIds, copiesOfCustomer } from '../records/copies.js'
import type { SignedDeclaration } from '../rules/declaration.js'
import { copyId, type Copy } from '../rules/sending.js'
import { keepCopies, moveCopyOn, newCopy } from './copies.js'
import { signedDeclarations } from './declarations.js'

/** Every signed declaration, and which of them the customer has. */
export async function declarationsFor(
  customer: Pick<Customer, '_id'>,
): Promise<{ declaration: SignedDeclaration; copy: Copy | null }[]> {
  const [declarations, copies] = await Promise.all([signedDeclarations(), copiesOfCustomer(customer._id)])
  return declarations.map((declaration) => ({
    declaration,
    copy: copies.find(({ audit }) => audit === declaration.audit) ?? null,
  }))
}

/** Those of these copies that there are. */
export function copiesWith(ids: readonly string[]): Promise<Copy[]> {
  return copiesByIds(ids)
}

export type Wanted = 'da' | 'en' | 'copy'

/**
 * The file a customer takes, which the log tells of: from then on it has that edition, however it came by it. Throws `NotFound`.
 */
export async function takeDeclaration(
  context: Context,
  customer: Customer,
  contact: string,
  { reference, wanted }: { reference: string; wanted: Wanted },
): Promise<string> {
  const declaration = (await signedDeclarations()).find((each) => each.reference === reference)
  const file = declaration?.files[wanted]
  if (!declaration || !file) throw new NotFound()
  const copy = await keptCopy(context, customer, declaration)
  if (copy && copy.state !== 'told')
    await moveCopyOn(
      context,
      copy,
      { state: 'told', toldOn: context.today, undelivered: null },
      { event: 'declaration-copy.taken', facts: { contact } },
    )
  await recordEvent(
    context,
    'declaration-copy.downloaded',
    { kind: 'declaration-copy', id: copyId(declaration.audit, customer._id) },
    { reference, edition: declaration.edition, customer: customer.reference, contact, wanted, file },
  )
  return file
}

/** The customer says that it has it. Said twice, it is said once. Throws `NotFound`. */
export async function confirmDeclaration(
  context: Context,
  customer: Customer,
  contact: string,
  reference: string,
): Promise<void> {
  const declaration = (await signedDeclarations()).find((each) => each.reference === reference)
  if (!declaration) throw new NotFound()
  const copy = await keptCopy(context, customer, declaration)
  if (!copy || copy.receipt) return
  await moveCopyOn(
    context,
    copy,
    {
      receipt: { at: context.now, on: context.today, contact },
      ...(copy.state === 'told' ? {} : { state: 'told' as const, toldOn: context.today, undelivered: null }),
    },
    { event: 'declaration-copy.received', facts: { contact } },
  )
}

/** The customer's copy, made where it was never sent one. */
async function keptCopy(
  context: Context,
  customer: Customer,
  declaration: SignedDeclaration,
): Promise<Copy | null> {
  const id = copyId(declaration.audit, customer._id)
  const [known] = await copiesByIds([id])
  if (known) return known
  await keepCopies([
    newCopy(context, declaration, customer, {
      way: 'page',
      state: 'told',
      toldOn: context.today,
      replaces: '',
      sample: customer.sample,
      event: 'declaration-copy.taken',
    }),
  ])
  return (await copiesByIds([id]))[0] ?? null
}
