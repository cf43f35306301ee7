import { isDay } from '../base/day.js'
import { Refused } from '../base/errors.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { recipientsOf, type Recipient } from '../notices/actions.js'
import type { Trial } from './house.js'
import type { Delivered } from './post-office.js'
import type { Page, Visitor } from './visitor.js'

const t = textIn('en')

/** Every customer's part of a notice, as it stands. */
export async function everyRecipient(notice: { _id: string }): Promise<Recipient[]> {
  const { rows } = await recipientsOf(
    notice as Parameters<typeof recipientsOf>[0],
    { phase: null, q: '' },
    { cursor: undefined, size: 100 },
  )
  return rows
}

export async function recipientNamed(notice: { _id: string }, part: string): Promise<Recipient> {
  const found = (await everyRecipient(notice)).find(({ customerName }) => customerName.includes(part))
  if (!found) throw new Error(`${part} was not told`)
  return found
}

export const short = (name: string) => name.replace(/ \((opdigtet|sample)\)$/, '')

/** What has come to a mailbox, in the order it came. */
export function mailsTo(trial: Trial, address: string): [Delivered, ...Delivered[]] {
  const [first, ...more] = trial.postOffice.delivered.filter(({ to }) => to === address)
  if (!first) throw new Error(`${address} has had no mail`)
  return [first, ...more]
}

/** The first that names it: the sample has had mails of its own, such as answers to requests. */
export function mailAbout(trial: Trial, address: string, reference: string): Delivered {
  const found = mailsTo(trial, address).find(({ mail }) => mail.subject?.includes(reference))
  if (!found) throw new Error(`${address} has had no mail about ${reference}`)
  return found
}

/** Something is done, and each of these mailboxes has a mail of it. */
export async function withMailTo(
  trial: Trial,
  addresses: readonly string[],
  doing: () => Promise<unknown>,
): Promise<void> {
  const counts = () =>
    addresses.map((address) => trial.postOffice.delivered.filter(({ to }) => to === address).length)
  const before = counts()
  await doing()
  await trial.runTimers()
  for (const [place, count] of counts().entries())
    if (count === before[place]) throw new Error(`${addresses[place]} has had no mail of it`)
}

/** The live link as it stands in the contact's own mail. */
export function linkIn(trial: Trial, address: string): string {
  const link = /https?:\/\/\S+\/l\/\S+/.exec(mailsTo(trial, address)[0].mail.text ?? '')?.[0]
  if (!link) throw new Error('a mail without a link')
  return link
}

/** Where the link leads, and on to the notice. */
export async function changePage(
  visitor: Visitor,
  trial: Trial,
  address: string,
  { reference }: { reference: string },
): Promise<Page> {
  const home = await visitor.open(linkIn(trial, address))
  return home.address.endsWith(reference)
    ? home
    : visitor.open(`${home.address.replace(/\/$/, '')}/notices/${reference}`)
}

/** What Tilsyn says to what must not be done. */
export async function refusalOf(doing: Promise<unknown>): Promise<string> {
  try {
    await doing
  } catch (error) {
    if (error instanceof Refused) return t(`refusals:${error.reason}`, inWords(error.facts))
    throw error
  }
  throw new Error('something was done that must be refused')
}

export function inWords(facts: Record<string, string | number>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, fact]) => [key, isDay(fact) ? formatDay(fact, 'en') : fact]),
  )
}
