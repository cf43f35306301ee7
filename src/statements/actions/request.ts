import { createHash } from 'node:crypto'
import { ensureVendorLink } from '../../auth/vendor-links.js'
import type { Context } from '../../base/context.js'
import { addDays, laterOf } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { enqueue, stopMails } from '../../mail/actions.js'
import { senderNow } from '../../notices/actions.js'
import type { Vendor } from '../../register/rules.js'
import type { RequestInput } from '../form.js'
import { requestMail, type Asking } from '../mails.js'
import { statementByOnce } from '../records.js'
import { withdrawn, type Statement, type StatementRequest } from '../rules.js'
import { moveTo, statementOf, vendorOfStatement } from './move.js'
import { insertRequested } from './receive.js'

/** The link works until a good while after the due day: statements come late. */
const linkDays = 180

/** Asks a sub-processor for a statement by mail, with a link to send it by. The same form twice is one request. */
export async function requestStatement(
  context: Context,
  vendor: Vendor,
  { once, what, name, email, locale, dueOn }: Omit<RequestInput, 'vendor'>,
): Promise<Statement> {
  const contact = contactOf(vendor, email)
  const request: StatementRequest = {
    what,
    contact,
    name,
    email,
    locale,
    dueOn,
    askedOn: context.today,
    arrivedAt: null,
    failed: null,
    stopped: null,
    round: 1,
  }
  const key = `form/${once}`
  const statement = (await insertRequested(context, vendor, request, key)) ?? (await statementByOnce(key))
  if (!statement) throw new Refused('changed-meanwhile')
  await sendRequest(context, statement, vendor)
  return statement
}

/** Again, to the same or another person: the reminders count from the new day. */
export async function askAgain(
  context: Context,
  reference: string,
  { name, email, locale, dueOn, what }: Omit<RequestInput, 'vendor' | 'once'>,
): Promise<Statement> {
  const statement = await statementOf(reference)
  const { request } = statement
  if (statement.state !== 'requested' || request === null) throw new Refused('statement-not-asked')
  const vendor = await vendorOfStatement(statement)
  const contact = contactOf(vendor, email)
  const moved = await moveTo(
    context,
    statement,
    {
      request: {
        name,
        email,
        locale,
        dueOn,
        what,
        contact,
        askedOn: context.today,
        arrivedAt: null,
        failed: null,
        stopped: null,
        round: request.round + 1,
      },
    },
    {
      event: 'statement.asked-again',
      facts: { contact, dueOn },
      personal: { what, name, email },
    },
  )
  await sendRequest(context, moved, vendor)
  return moved
}

export async function stopReminders(
  context: Context,
  reference: string,
  because: string,
): Promise<Statement> {
  const statement = await statementOf(reference)
  const { request } = statement
  if (statement.state !== 'requested' || request === null) throw new Refused('statement-not-asked')
  return moveTo(
    context,
    statement,
    { request: { ...request, stopped: { at: context.now, because } } },
    { event: 'statement.reminders-stopped', facts: {}, personal: { because } },
  )
}

/** No longer asked for, or taken in by mistake. It stays on record and counts for nothing. */
export async function withdrawStatement(
  context: Context,
  reference: string,
  because: string,
): Promise<Statement> {
  const statement = await statementOf(reference)
  const moved = await moveTo(
    context,
    statement,
    { ...withdrawn(statement), once: null },
    { event: 'statement.withdrawn', facts: { was: statement.state }, personal: { because } },
  )
  await stopMails(context, {
    about: { kind: 'statement', ids: [statement._id] },
    kinds: ['statement-request', 'statement-reminder'],
  })
  return moved
}

async function sendRequest(context: Context, statement: Statement, vendor: Vendor): Promise<void> {
  await enqueue(context, [requestMail(await askingOf(context, statement, vendor))])
}

export async function askingOf(context: Context, statement: Statement, vendor: Vendor): Promise<Asking> {
  const { request } = statement
  if (request === null) throw new Refused('statement-not-asked')
  const link = await ensureVendorLink(context, {
    vendor: vendor._id,
    contact: request.contact,
    about: { kind: 'statement-request', id: statement._id },
    expiresOn: addDays(laterOf(context.today, request.dueOn), linkDays),
  })
  return { statement, request, vendorName: vendor.name, sender: await senderNow(), link: link._id }
}

/** The register's contact; somebody else has a link of their own, told apart without the address. */
function contactOf({ contacts }: Vendor, email: string): string {
  const known = contacts.find((each) => each.email?.toLowerCase() === email)
  return known?.id ?? `other-${createHash('sha256').update(email).digest('hex').slice(0, 12)}`
}
