import { customersByIds } from '../customers/actions.js'
import type { Notice } from '../notices/actions.js'
import { changePage, mailsTo, recipientNamed, short } from './customers.js'
import type { Telling } from './telling.js'
import { newVisitor } from './visitor.js'

/** A DPO advises; who decides gets the notice from it, and answers with a code from the mailbox that is registered. */
export async function directorApproves({ trial, transcript }: Telling, notice: Notice): Promise<void> {
  const { say } = transcript
  const lawyers = await recipientNamed(notice, 'Lind & Lund')
  const [customer] = await customersByIds([lawyers.customer])
  const contact = lawyers.contacts[0]
  const director = customer?.contacts.find(({ mayApprove }) => mayApprove)
  const line = notice.lines[0]
  if (!contact || !director || !line) throw new Error('nobody can approve')

  trial.at('11:00')
  const adviser = newVisitor()
  await adviser.send(await changePage(adviser, trial, contact.email, notice), '/pass-on', { to: director.id })
  await trial.runTimers()
  say(
    contact.name,
    `passes the notice on to ${director.name}, who decides: ${short(lawyers.customerName)} has agreed on specific authorisation.`,
  )

  trial.at('11:20')
  const visitor = newVisitor()
  const change = await changePage(visitor, trial, director.email, notice)
  const form = await visitor.open(`${change.address}/answer`)
  const asked = await visitor.send(form, '/answer', {
    [`answers[${line.id}]`]: 'approved',
    name: director.name,
    title: director.title ?? '',
  })
  await trial.runTimers()
  const code = /\b\d{6}\b/.exec(mailsTo(trial, director.email).at(-1)?.mail.text ?? '')?.[0]
  if (!code) throw new Error('a mail without a code')
  const page = await visitor.open(asked)
  await visitor.send(page, new URL(page.address).pathname, { code })
  await trial.runTimers()

  const { lines } = await recipientNamed(notice, 'Lind & Lund')
  const answer = lines[0]?.answer
  if (answer?.answer !== 'approved' || !answer.by) throw new Error('the approval is not there')
  say(
    director.name,
    `approves on the customer’s page, with the code mailed to ${director.email}. Recorded: ${answer.by.name}, ${answer.by.title}.`,
  )
}
