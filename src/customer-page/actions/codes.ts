/** What a contact confirms with a code from its registered mailbox: asked for, mailed, typed, done. */
import { codeOf, codeServes, giveCode, noteCodeDone, tryCode, type Code } from '../../auth/actions/codes.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { enqueue, mailsAbout } from '../../mail/actions.js'
import { answerOnPage, passOnToApprover } from '../../notices/actions.js'
import { confirmRemedy, withdrawOwnObjection } from '../../objections/actions.js'
import { isClosed, mayEnd, type Objection } from '../../objections/rules.js'
import { noticeShown, objectionShown, type Visitor } from '../actions.js'
import type { AnswerInput, TogetherAnswer } from '../form.js'
import { codeMail, codeMailKey } from '../mails.js'
import type { CodeShown } from '../page/code.js'
import { endingInWords } from '../page/objection.js'
import { offersFor } from '../rules.js'
import { answerForThose, partsFor, whatIsSaid } from './answers-together.js'
import { askForHandling, carryOutHandling } from './handling.js'
import { askMailboxAgain } from './mailbox.js'
import { askForOrder, carryOutOrder } from './orders.js'
import { readStatement, type CaseStatement, type Signer, type Statement } from '../rules/statement.js'

/** Throws `Refused`: 'no-right-to-approve', 'nothing-to-answer', 'too-many-codes'. */
export async function askToAnswer(
  context: Context,
  visitor: Visitor,
  reference: string,
  input: AnswerInput,
): Promise<Code> {
  mustDecide(visitor)
  const shown = await noticeShown(visitor, reference)
  const offers = offersFor(shown.recipient, shown.objections, shown.notice, context.today)
  const said = whatIsSaid(shown, offers, input, context.locale)
  if (!said) throw new Refused('nothing-to-answer')
  return ask(context, visitor, { kind: 'answer', notice: reference, ...said, by: input.by })
}

/** For the chosen ones of a person's customers, by one code. Throws `Refused`: 'nothing-to-answer', 'too-many-codes'. */
export async function askToAnswerTogether(
  context: Context,
  visitor: Visitor,
  reference: string,
  input: TogetherAnswer,
): Promise<Code> {
  const parts = await partsFor(context, visitor, reference, input)
  const words = parts.flatMap((part) => part.words)
  return ask(context, visitor, { kind: 'answers', notice: reference, parts, by: input.by, words })
}

/** Throws `Refused`: 'objection-settled', 'not-yours-to-end', 'too-many-codes'. */
export async function askToEnd(
  context: Context,
  visitor: Visitor,
  reference: string,
  kind: 'withdraw' | 'remedied',
  by: Signer,
): Promise<Code> {
  const { objection } = await objectionShown(visitor, reference)
  mustEnd(visitor, objection)
  if (isClosed(objection)) throw new Refused('objection-settled', { reference })
  const { noticeReference: notice, remedy } = objection
  const common = { notice, objection: reference, by, words: endingInWords(objection, kind, context.locale) }
  if (kind === 'withdraw') return ask(context, visitor, { kind, ...common })
  if (!remedy) throw new Refused('remedy-changed', { reference })
  return ask(context, visitor, { kind, ...common, remedy: remedy.id })
}

/** The same statement once more, with a new code. */
export async function askAgain(context: Context, visitor: Visitor, id: string): Promise<Code> {
  const code = await codeOf(id, ownerOf(visitor))
  if (code.usedAt) return code
  const statement = readStatement(code.what)
  if (statement.kind === 'order') return askForOrder(context, visitor, statement)
  if (statement.kind === 'handling') return askForHandling(context, visitor, statement)
  if (statement.kind === 'mailbox') return askMailboxAgain(context, visitor, statement)
  return ask(context, visitor, statement)
}

export async function codeShown(context: Context, visitor: Visitor, id: string): Promise<CodeShown> {
  const code = await codeOf(id, ownerOf(visitor))
  const mails = await mailsAbout(code.about.kind, [code.about.id])
  const state = mails.find(({ key }) => key === codeMailKey(id))?.state
  return {
    code,
    statement: readStatement(code.what),
    serves: codeServes(code, context.now),
    failed: state === 'bounced' || state === 'given-up',
    address: visitor.contact.email,
  }
}

/**
 * Done where the digits are right; else how often they may still be tried. `first`: the code was used for the first time, so whoever
 * typed it reads the mailbox; digits of a used one are not counted, and may be guessed. Throws what doing it throws.
 */
export async function confirmByCode(
  context: Context,
  visitor: Visitor,
  id: string,
  { typed, key }: { typed: string; key: string },
): Promise<{ done: Statement; count: number; first: boolean } | { left: number }> {
  const code = await codeOf(id, ownerOf(visitor))
  const tried = await tryCode(context, code, typed, key)
  if (!tried.right) return { left: tried.left }
  const statement = readStatement(tried.code.what)
  const count = await carryOut(context, visitor, statement, id)
  await noteCodeDone(id, context.now)
  return { done: statement, count, first: code.usedAt === null }
}

/** A contact without the right to approve sends the question to a colleague who has it. */
export async function passOn(
  context: Context,
  visitor: Visitor,
  reference: string,
  to: string,
): Promise<{ name: string }> {
  const { recipient } = await noticeShown(visitor, reference)
  const { id, name } = visitor.contact
  return passOnToApprover(context, recipient._id, { to, from: { id, name } })
}

// Judged again at this moment: the right may have gone, or the notice been withdrawn, since the code was asked for. For how many customers.
async function carryOut(
  context: Context,
  visitor: Visitor,
  statement: Statement,
  code: string,
): Promise<number> {
  if (statement.kind === 'answers') return answerForThose(context, visitor, statement, code)
  if (statement.kind === 'order') {
    await carryOutOrder(context, visitor, statement, code)
    return 1
  }
  if (statement.kind === 'handling') {
    await carryOutHandling(context, visitor, statement, code)
    return 1
  }
  if (statement.kind === 'mailbox') return 1
  const { by, words } = statement
  const own = { code, contact: visitor.contact.id, by }
  if (statement.kind === 'answer') {
    mustDecide(visitor)
    const { recipient } = await noticeShown(visitor, statement.notice)
    const { lines, waive, instruction } = statement
    await answerOnPage(context, recipient._id, { ...own, lines, waive, instruction }, words)
    return 1
  }
  const { objection } = await objectionShown(visitor, statement.objection)
  mustEnd(visitor, objection)
  if (statement.kind === 'withdraw') await withdrawOwnObjection(context, statement.objection, own)
  else await confirmRemedy(context, statement.objection, statement.remedy, own)
  return 1
}

async function ask(
  context: Context,
  visitor: Visitor,
  statement: Exclude<Statement, CaseStatement>,
): Promise<Code> {
  const { customer, contact } = visitor
  const { notice, recipient } = await noticeShown(visitor, statement.notice)
  const code = await giveCode(context, {
    customer: customer._id,
    contact: contact.id,
    about: { kind: 'recipient', id: recipient._id },
    what: statement,
  })
  await enqueue(context, [codeMail(code._id, statement, { notice, recipient, contact })])
  return code
}

function ownerOf({ customer, contact }: Visitor): { customer: string; contact: string } {
  return { customer: customer._id, contact: contact.id }
}

function mustDecide({ contact }: Visitor): void {
  if (!contact.mayApprove) throw new Refused('no-right-to-approve')
}

function mustEnd(visitor: Visitor, objection: Objection): void {
  if (!mayEndHere(visitor, objection)) throw new Refused('not-yours-to-end')
}

/** Who raised it is known by its mailbox: a contact whose details were changed has another id since. */
export function mayEndHere({ customer, contact }: Visitor, objection: Objection): boolean {
  const raiser = customer.contacts.find(({ id }) => id === objection.raisedBy.id)
  return mayEnd(objection, contact, raiser?.email === contact.email)
}
