import { expect } from 'chai'
import type { Customer } from '../../src/customers/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { recipientById, type Notice, type Recipient } from '../../src/notices/actions.js'
import { takeMail, type Taking } from '../../src/replies/actions.js'
import type { Reply } from '../../src/replies/rules.js'
import { followUpMails } from '../../src/notices/timers.js'
import type { Tilsyn } from '../support/app.js'
import type { Mailbox } from '../support/mailbox.js'
import { aDraft, anIssued, aWorld, customersOf, senderTo } from '../notices/world.js'
import type { DraftInput } from '../../src/notices/form.js'
import { message } from './messages.js'

export const address = 'mette@bakkeby.example'
export const second = 'leder@bakkeby.example'

export type Told = { customer: Customer; other: Customer; notice: Notice; recipient: string; mail: string }

/** Bakkeby Kommune with two contacts and another customer, told of a change by mails that a server took. */
export async function told(
  tilsyn: Tilsyn,
  mailbox: Mailbox,
  wanted: { specific?: boolean; draft?: Partial<DraftInput> } = {},
): Promise<Told> {
  const world = await aWorld(tilsyn)
  const [customer, other] = (await customersOf(tilsyn, world, [
    {
      name: 'Bakkeby Kommune',
      emails: [address, second],
      ...(wanted.specific ? { agreement: { authorisation: 'specific' } } : {}),
    },
    { name: 'Åkær Kommune', emails: ['it@aakaer.example'] },
  ])) as [Customer, Customer]
  tilsyn.moveTo('2026-11-24T09:00:00Z')
  const notice = await anIssued(tilsyn, aDraft(world.planned, wanted.draft))
  await send(tilsyn, mailbox)
  const recipient = `${notice._id}/${customer._id}`
  return { customer, other, notice, recipient, mail: await mailTo(recipient, address) }
}

/** Everything in the outbox goes, and what came of it is taken up. */
export async function send(tilsyn: Tilsyn, mailbox: Mailbox): Promise<void> {
  const sender = senderTo(tilsyn, mailbox.url)
  await sender.sendDue()
  await sender.stop()
  await followUpMails(tilsyn.context())
}

export async function mailTo(recipient: string, to: string): Promise<string> {
  const mails = await mailsAbout('recipient', [recipient])
  const mail = mails.findLast((each) => each.to.address === to && each.kind === 'notice-announcement')
  if (!mail) throw new Error(`no mail to ${to}`)
  return mail._id
}

/** The stored message comes in, answering that mail, from Mette unless told otherwise. */
export async function arrives(
  tilsyn: Tilsyn,
  name: string,
  mail: string,
  { from = address, ...taking }: Partial<Taking> & { from?: string } = {},
): Promise<Reply> {
  const raw = message(name, { mail, from })
  const key = tilsyn.house.keys.replies
  return (await takeMail(tilsyn.context(), raw, { via: 'pipe', key, ...taking })).reply
}

export async function part(id: string): Promise<Recipient> {
  const found = await recipientById(id)
  expect(found).not.to.equal(null)
  return found!
}
