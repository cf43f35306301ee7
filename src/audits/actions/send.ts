import { record } from '../../audit-log/actions.js'
import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { firstMove } from '../../db/moves.js'
import { activeCustomersAfter, customersByIds } from '../../customers/actions.js'
import { hasEnded, type Customer } from '../../customers/rules.js'
import { auditById } from '../records/audits.js'
import { anyCopyOf, copiesByIds, countCopies, holdersAfter } from '../records/copies.js'
import { insertSending, openSendings, sendingById, Sendings } from '../records/sendings.js'
import type { Audit } from '../rules/audit.js'
import type { SignedDeclaration } from '../rules/declaration.js'
import { copyId, type Sending, type SendTo } from '../rules/sending.js'
import { keepCopies, moveCopyOn, newCopy } from './copies.js'
import { signedDeclarationOf } from './declarations.js'
import { auditOf } from './read.js'
import { writeMails } from './send-mails.js'

const batch = 200
/** Nobody waits minutes for a page: what is larger goes on by the timer. */
const atOnce = 200
const mostOpen = 20
const mostCounted = 20_000

/** The one that may be sent. Throws `Refused('declaration-not-signed')`. */
export async function declarationToSend(reference: string): Promise<SignedDeclaration & { sample: boolean }> {
  const audit = await auditOf(reference)
  const declaration = signedDeclarationOf(audit)
  if (declaration?.state !== 'signed') throw new Refused('declaration-not-signed')
  return { ...declaration, sample: audit.sample }
}

export type SendInput = { once: string; to: Exclude<SendTo, 'holders'>; customers: readonly string[] }

/** Sends it to those who do not have it; asked twice with the same form, it is one sending. `customers`: ids, with 'chosen'. */
export async function sendDeclaration(
  context: Context,
  reference: string,
  { once, to, customers }: SendInput,
): Promise<Sending> {
  const declaration = await declarationToSend(reference)
  const sending = await begin(context, { declaration, id: once, to, customers: [...customers].toSorted() })
  return to === 'chosen' && customers.length <= atOnce ? goOn(context, sending) : sending
}

/** Whoever has the edition that this one replaces is told, once. Before its papers are there nothing is sent. */
export async function beginTellingHolders(context: Context, audit: Audit): Promise<void> {
  const { replaces } = audit
  if (!replaces || !(await anyCopyOf(replaces.audit))) return
  const { _id, reference, year, edition, sample } = audit
  const declaration = { audit: _id, reference, year, edition, sample }
  await begin(context, { declaration, id: `holders/${_id}`, to: 'holders', customers: [] })
}

type Begin = {
  declaration: Pick<SignedDeclaration, 'audit' | 'reference'> & { sample: boolean }
  id: string
  to: SendTo
  customers: string[]
}

async function begin(context: Context, { declaration, id, to, customers }: Begin): Promise<Sending> {
  const { audit, reference, sample } = declaration
  const made = await insertSending({
    _id: id,
    audit,
    reference,
    to,
    customers,
    after: '',
    done: false,
    copies: 0,
    sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'declaration-sending.begun',
      facts: { reference, to, customers: customers.length },
    }),
  })
  if (made) await record(Sendings, made)
  const sending = made ?? (await sendingById(id))
  if (!sending) throw new Refused('changed-meanwhile')
  return sending
}

/** Goes on with every sending that is not done, and writes the mails that are due. May be repeated. */
export async function goOnSending(context: Context): Promise<number> {
  let copies = 0
  for (const sending of await openSendings(mostOpen)) copies += (await goOn(context, sending)).copies
  await writeMails(context)
  return copies
}

async function goOn(context: Context, begun: Sending): Promise<Sending> {
  const audit = await auditById(begun.audit)
  const declaration = audit && signedDeclarationOf(audit)
  let sending = begun
  if (!audit || !declaration || sending.done) return sending
  // Replaced while it was being sent: who has not got it yet gets the next one.
  if (declaration.state === 'replaced') return step(context, sending, { done: true })
  for (;;) {
    const { customers, after } = await nextOf(sending, audit, context.today)
    if (after === null) break
    const added = await addCopies(context, sending, declaration, customers, audit)
    sending = await step(context, sending, { after, copies: sending.copies + added })
  }
  sending = await step(context, sending, { done: true })
  await writeMails(context)
  return sending
}

function step(context: Context, sending: Sending, changes: Partial<Sending>): Promise<Sending> {
  return mustMove(context, Sendings, sending, changes, {
    event: changes.done ? 'declaration-sending.done' : 'declaration-sending.went-on',
    facts: { reference: sending.reference, copies: changes.copies ?? sending.copies },
  })
}

/** The next of those it goes to; `after` null at the end. */
async function nextOf(
  { to, customers: chosen, after }: Sending,
  audit: Audit,
  today: string,
): Promise<{ customers: Customer[]; after: string | null }> {
  if (to === 'all') {
    const customers = await activeCustomersAfter(after, today, batch)
    return { customers, after: customers.at(-1)?._id ?? null }
  }
  const active = async (ids: readonly string[]) =>
    (await customersByIds(ids)).filter((customer) => !hasEnded(customer, today))
  if (to === 'chosen') {
    const ids = chosen.filter((id) => id > after).slice(0, batch)
    return { customers: await active(ids), after: ids.at(-1) ?? null }
  }
  const holders = await holdersAfter(audit.replaces?.audit ?? '', after, batch)
  const customers = await active(holders.map(({ customer }) => customer))
  return { customers, after: holders.at(-1)?._id ?? null }
}

async function addCopies(
  context: Context,
  { sample }: Sending,
  declaration: SignedDeclaration,
  customers: readonly Customer[],
  audit: Audit,
): Promise<number> {
  const earlier = audit.replaces
    ? await copiesByIds(customers.map(({ _id }) => copyId(audit.replaces?.audit ?? '', _id)))
    : []
  const had = new Map(earlier.map(({ customer, reference }) => [customer, reference]))
  return keepCopies(
    customers.map((customer) =>
      newCopy(context, declaration, customer, {
        way: 'sent',
        state: 'to-send',
        toldOn: null,
        replaces: had.get(customer._id) ?? '',
        sample,
        event: 'declaration-copy.added',
      }),
    ),
  )
}

/** Once more to a customer that was not reached, at the contacts it has now. Throws `Refused('declaration-copy-reached')`. */
export async function sendAgain(context: Context, reference: string, customer: string): Promise<void> {
  const { audit } = await declarationToSend(reference)
  const [copy] = await copiesByIds([copyId(audit, customer)])
  if (copy?.state !== 'undelivered') throw new Refused('declaration-copy-reached')
  const moved = await moveCopyOn(
    context,
    copy,
    { state: 'to-send', undelivered: null, round: copy.round + 1 },
    { event: 'declaration-copy.again', facts: { round: copy.round + 1 } },
  )
  if (!moved) throw new Refused('changed-meanwhile')
  await writeMails(context)
}

/** How many have the edition that this one replaces: they are told once both have signed. */
export async function holdersOf({ replaces }: Pick<Audit, 'replaces'>): Promise<number> {
  if (!replaces) return 0
  const { told, queued, undelivered, ...rest } = await countCopies(replaces.audit, mostCounted)
  return told.count + queued.count + undelivered.count + rest['to-send'].count
}
