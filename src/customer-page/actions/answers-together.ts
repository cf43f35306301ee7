/** One answer for several customers of one person: worked out for each as on its own page, and done for each by itself. */
import type { Context, Locale } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { answerOnPage } from '../../notices/actions.js'
import type { Notice, Recipient } from '../../notices/rules.js'
import { objectionsOfRecipients } from '../../objections/actions.js'
import type { AnswerInput, TogetherAnswer } from '../form.js'
import { answerInWords, instructionWords } from '../page/answer.js'
import { offersFor, type Offers } from '../rules.js'
import type { AnswersStatement, AnswerStatement, Part } from '../rules/statement.js'
import type { Visitor } from '../actions.js'
import { customersAnsweredFor } from './together.js'

/** What is said about one customer's part, and the words it is confirmed in; null where nothing is. */
export function whatIsSaid(
  told: { notice: Notice; recipient: Recipient },
  { answer: offered }: Offers,
  input: AnswerInput,
  locale: Locale,
): Pick<AnswerStatement, 'lines' | 'waive' | 'instruction' | 'words'> | null {
  const approved = new Set(input.lines.flatMap(({ line, answer }) => (answer === 'approved' ? [line] : [])))
  // What is refused, or not answered yet, is not started earlier either.
  const waive = input.waive
    ? offered.waive.filter((line) => approved.has(line) || !offered.approve.includes(line))
    : []
  const instruction = input.instruct ? instructionWords(told, locale) : null
  if (input.lines.length === 0 && waive.length === 0 && !instruction) return null
  const words = answerInWords(told, input, { waive, instruction }, locale)
  return { lines: input.lines, waive, instruction, words }
}

/** For each of the chosen customers for which the person may decide and something is asked. Throws `Refused('nothing-to-answer')`. */
export async function partsFor(
  context: Context,
  visitor: Visitor,
  reference: string,
  input: TogetherAnswer,
): Promise<Part[]> {
  const { notice, those } = await customersAnsweredFor(visitor, reference, context.today)
  const chosen = those.filter(
    ({ customer, contact }) => contact.mayApprove && input.customers.includes(customer._id),
  )
  const objections = await objectionsOfRecipients(chosen.map(({ recipient }) => recipient._id))
  const parts = chosen.flatMap(({ customer, recipient }): Part[] => {
    const own = objections.filter((objection) => objection.recipient === recipient._id)
    const offers = offersFor(recipient, own, notice, context.today)
    const { answer, waive, instruct, by } = input
    const lines = answer ? offers.answer.approve.map((line) => ({ line, answer })) : []
    const given = { by, lines, waive, instruct: instruct && offers.answer.instruct }
    const said = whatIsSaid({ notice, recipient }, offers, given, context.locale)
    return said ? [{ customer: customer._id, ...said }] : []
  })
  if (parts.length === 0) throw new Refused('nothing-to-answer')
  return parts
}

/**
 * As confirmed, for each customer by itself, judged again at this moment; what can no longer be done for one does not keep the others
 * from it. Returns for how many it is done, also where an earlier attempt did some. Throws what was refused where it is none.
 */
export async function answerForThose(
  context: Context,
  visitor: Visitor,
  { notice: reference, parts, by }: AnswersStatement,
  code: string,
): Promise<number> {
  const { those } = await customersAnsweredFor(visitor, reference, context.today)
  let refusal: Error = new Refused('no-right-to-approve')
  let done = 0
  for (const { customer, words, ...said } of parts) {
    const member = those.find((each) => each.customer._id === customer)
    if (!member?.contact.mayApprove) continue
    const given = { ...said, code, contact: member.contact.id, by }
    try {
      await answerOnPage(context, member.recipient._id, given, words)
      done += 1
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refusal = error
    }
  }
  if (done === 0) throw refusal
  return done
}
