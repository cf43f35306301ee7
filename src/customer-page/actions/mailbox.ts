/** The other customers of a person: shown to whoever reads the mailbox they are all registered with, and to nobody a link was forwarded to. */
import { giveCode, type Code } from '../../auth/actions/codes.js'
import { linkHeldBy } from '../../auth/held-links.js'
import { linkMaker, linkPath } from '../../auth/links.js'
import type { House } from '../../auth/request.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { customersAt } from '../../customers/actions.js'
import { currentContacts, hasEnded } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { enqueue } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import type { Visitor } from '../actions.js'
import { mailboxCodeMail } from '../mails/case-code.js'
import type { MailboxStatement } from '../rules/statement.js'

/** `to`: the page below the customer's own that asked for it. Throws `Refused('too-many-codes')`. */
export async function askForMailbox(context: Context, visitor: Visitor, to: string): Promise<Code> {
  const { name, title = '' } = visitor.contact
  const words = [textIn(context.locale)('mailbox:words', { name })]
  return askMailboxAgain(context, visitor, { kind: 'mailbox', to, by: { name, title }, words })
}

/** The same once more, with a new code. */
export async function askMailboxAgain(
  context: Context,
  { customer, contact }: Visitor,
  statement: MailboxStatement,
): Promise<Code> {
  const about = { kind: 'customer', id: customer._id }
  const code = await giveCode(context, {
    customer: customer._id,
    contact: contact.id,
    about,
    what: statement,
  })
  const [sender, wording] = await Promise.all([senderNow(), currentWording()])
  const { sample } = customer
  await enqueue(context, [mailboxCodeMail(code._id, statement, { about, sample, contact, sender, wording })])
  return code
}

/** Opens another customer's own page for the same person. Throws `NotFound` where nothing was ever sent to it there. */
export async function pathToOther(
  house: House,
  { contact: visitor }: Visitor,
  reference: string,
  today: Day,
): Promise<string> {
  const email = visitor.email.toLowerCase()
  const other = (await customersAt(email)).find((customer) => customer.reference === reference)
  if (!other || hasEnded(other, today)) throw new NotFound()
  const theirs = other.contacts.filter((contact) => contact.email.toLowerCase() === email)
  if (currentContacts(theirs).length === 0) throw new NotFound()
  const link = await linkHeldBy(
    house,
    other._id,
    theirs.map(({ id }) => id),
  )
  if (!link) throw new NotFound()
  return linkPath(link, linkMaker(house))
}
