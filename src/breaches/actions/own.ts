/** What a customer sees of breaches that concern it, on its own page: its part only. */
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import { contactsOn, type Customer } from '../../customers/rules.js'
import { enqueue } from '../../mail/actions.js'
import { answerMail, askedMail } from '../mails.js'
import { affectedOfCustomer, breachesByIds } from '../records.js'
import { lastPhase, refuseClosed, type AffectedCustomer, type Breach, type Question } from '../rules.js'
import { tellStaff } from './alert.js'
import { lettersFor, linksTo } from './letters.js'
import { affectedOf, decideFor } from './move.js'

export type OwnBreach = { breach: Breach; affected: AffectedCustomer }

/** Those of which something was sent to it, the newest first. */
export async function breachesForCustomer(customer: string): Promise<OwnBreach[]> {
  const parts = (await affectedOfCustomer(customer)).filter(
    ({ standing, phase }) => standing === 'affected' && phase > 0,
  )
  const breaches = new Map(
    (await breachesByIds(parts.map(({ breach }) => breach))).map((each) => [each._id, each]),
  )
  return parts
    .flatMap((affected) => {
      const breach = breaches.get(affected.breach)
      return breach ? [{ breach, affected }] : []
    })
    .toSorted((a, b) => b.breach.awareAt.getTime() - a.breach.awareAt.getTime())
}

export async function breachForCustomer(customer: string, reference: string): Promise<OwnBreach> {
  const found = (await breachesForCustomer(customer)).find(({ breach }) => breach.reference === reference)
  if (!found) throw new NotFound()
  return found
}

type Reader = { id: string; name: string }

/** The contact has read the last phase. Confirmed twice is confirmed once. */
export async function confirmBreach(context: Context, own: OwnBreach, reader: Reader): Promise<void> {
  const { affected } = own
  await decideFor(context, affected._id, (now) => {
    const { phase, receipts } = now
    if (receipts.some((each) => each.phase === phase && each.contact === reader.id)) return null
    const receipt = { phase, at: context.now, contact: reader.id, name: reader.name }
    return {
      change: { receipts: [...receipts, receipt] },
      event: 'breach-customer.receipt',
      facts: { phase, contact: reader.id },
    }
  })
}

/** A question goes to staff, who answers by mail and on the page. `once`: the form's own id. */
export async function askAboutBreach(
  context: Context,
  { breach, affected }: OwnBreach,
  reader: Reader,
  { text, once }: { text: string; once: string },
): Promise<void> {
  const moved = await decideFor(context, affected._id, (now) => {
    if (now.questions.some(({ id }) => id === once)) return null
    const question: Question = {
      id: once,
      at: context.now,
      contact: reader.id,
      name: reader.name,
      text,
      answer: null,
    }
    return {
      change: { questions: [...now.questions, question], asks: true },
      event: 'breach-customer.asked',
      facts: { question: once, contact: reader.id },
      personal: { text },
    }
  })
  if (moved) await tellStaff(context, (colleague) => askedMail(breach, affected, once, colleague))
}

/** The answer goes to whoever asked; one who has left the customer since is answered through its first contact. */
export async function answerQuestion(
  context: Context,
  reference: string,
  customerReference: string,
  { question, text }: { question: string; text: string },
): Promise<void> {
  const { breach, affected } = await affectedOf(reference, customerReference)
  refuseClosed(breach)
  const moved = await decideFor(context, affected._id, (now) => {
    if (!now.questions.some(({ id, answer }) => id === question && answer === null)) return null
    const questions = now.questions.map((each) =>
      each.id === question ? { ...each, answer: { at: context.now, by: context.actor.id, text } } : each,
    )
    return {
      change: { questions, asks: questions.some(({ answer }) => answer === null) },
      event: 'breach-customer.answered',
      facts: { question },
      personal: { text },
    }
  })
  const asked = moved?.questions.find(({ id }) => id === question)
  if (!moved || !asked) throw new NotFound()
  const [customer] = await customersByIds([affected.customer])
  const contact = customer && whoToAnswer(customer, asked.contact, context.today)
  const phase = lastPhase(breach)
  if (!customer || !contact || !phase) return
  const written = [{ affected: moved, customer, contact }]
  const [[letter], [link]] = await Promise.all([
    lettersFor(breach, phase, written),
    linksTo(context, written),
  ])
  if (letter && link) await enqueue(context, [answerMail(letter, asked, link)])
}

function whoToAnswer({ contacts }: Customer, asked: string, today: string) {
  const now = contactsOn(contacts, today)
  return now.find(({ id }) => id === asked) ?? now.find(({ dataProtection }) => dataProtection)
}
