/** The mails of a questionnaire, each by a key that is unique for ever: a repeat adds nothing. */
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { enqueue } from '../../mail/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { questionSet } from '../../question-sets/actions.js'
import { askedMail, reminderMail, sentBackMail } from '../mails/asking.js'
import { concludedMail, escalationMail, submittedMail, withdrawnMail } from '../mails/over.js'
import type { Reader } from '../mails/shared.js'
import { sharesOf } from '../records/shares.js'
import type { Questionnaire, Remark } from '../rules/questionnaire.js'
import { dpoReaders, ownerReader, shareReader, writingOf } from './writing.js'

/** To the one who is to answer. */
export async function askedMails(context: Context, questionnaire: Questionnaire): Promise<number> {
  const [writing, reader] = await Promise.all([writingOf(questionnaire), ownerReader(context, questionnaire)])
  return enqueue(context, [askedMail(writing, reader)])
}

export async function reminderMails(
  context: Context,
  questionnaire: Questionnaire,
  offset: number,
  on: Day,
): Promise<number> {
  const [writing, reader] = await Promise.all([writingOf(questionnaire), ownerReader(context, questionnaire)])
  return enqueue(context, [reminderMail(writing, reader, offset, on)])
}

/** The receipt: to the owner and to every colleague who still has a part. */
export async function submittedMails(context: Context, questionnaire: Questionnaire): Promise<number> {
  const [writing, readers] = await Promise.all([
    writingOf(questionnaire),
    everyReader(context, questionnaire),
  ])
  return enqueue(
    context,
    readers.map((reader) => submittedMail(writing, reader, danishDateRules.zone)),
  )
}

/** What is still open, in the reviewer's words for them; only to the owner, who hands it on. */
export async function sentBackMails(
  context: Context,
  questionnaire: Questionnaire,
  remarks: readonly Pick<Remark, 'question' | 'external'>[],
): Promise<number> {
  const [writing, reader] = await Promise.all([writingOf(questionnaire), ownerReader(context, questionnaire)])
  const { questions } = questionSet(questionnaire.set.id, questionnaire.set.version)
  const words = new Map(remarks.map(({ question, external }) => [question, external]))
  const open = questions
    .filter(({ id }) => questionnaire.open?.includes(id))
    .map(({ id, text }) => ({ question: text[reader.locale], remark: words.get(id) ?? '' }))
  return enqueue(context, [sentBackMail(writing, reader, open)])
}

/** The result and our words for them, to the owner. */
export async function concludedMails(context: Context, questionnaire: Questionnaire): Promise<number> {
  const [writing, reader] = await Promise.all([writingOf(questionnaire), ownerReader(context, questionnaire)])
  const { bands } = questionSet(questionnaire.set.id, questionnaire.set.version)
  const band = bands.find(({ id }) => id === questionnaire.conclusion?.band)
  return enqueue(context, [concludedMail(writing, reader, band?.text[reader.locale] ?? '')])
}

export async function withdrawnMails(
  context: Context,
  questionnaire: Questionnaire,
  words: string,
): Promise<number> {
  const [writing, readers] = await Promise.all([
    writingOf(questionnaire),
    everyReader(context, questionnaire),
  ])
  return enqueue(
    context,
    readers.map((reader) => withdrawnMail(writing, reader, words)),
  )
}

export async function escalationMails(context: Context, questionnaire: Questionnaire): Promise<number> {
  const [writing, readers] = await Promise.all([writingOf(questionnaire), dpoReaders()])
  const reminders = questionnaire.moves.filter(({ event }) => event === 'questionnaire.reminded').length
  return enqueue(
    context,
    readers.map((reader) => escalationMail(writing, reader, { reminders })),
  )
}

/** The owner, and each colleague once. */
async function everyReader(context: Context, questionnaire: Questionnaire): Promise<Reader[]> {
  const owner = await ownerReader(context, questionnaire)
  const readers = [owner]
  for (const share of await sharesOf(questionnaire._id))
    if (share.endedAt === null && readers.every(({ email }) => email !== share.email))
      readers.push(await shareReader(context, questionnaire, share))
  return readers
}
