/** Answers as receipts, alerts and pages tell of them. */
import type { Day } from '../../base/day.js'
import type { Text } from '../../i18n/texts.js'
import { linesOf } from '../mails/announcement.js'
import type { Notice } from '../rules/notice.js'
import type { Answer, Recipient } from '../rules/recipient.js'
import { lineTitle, type Rows } from './facts.js'

/** What one person said at one time. */
export type AnswerGiven = {
  key: string
  at: Date
  on: Day
  by: { name: string; title: string } | null
  channel: Answer['channel']
  /** Whose mailbox the code went to, with an answer on the page. */
  contact: string | null
  lines: { line: string; answer: Answer['answer']; waivesRest: boolean }[]
  /** The instruction on transfers that was given with it, in its own words. */
  instruction: string | null
}

/** Oldest first; that somebody kept silent is nothing that was given. */
export function answersGiven(recipient: Pick<Recipient, 'lines' | 'instruction'>): AnswerGiven[] {
  const given = new Map<string, AnswerGiven>()
  for (const { line, answer } of recipient.lines) {
    if (!answer || answer.answer === 'no-answer') continue
    const key = answer.code ?? `${answer.at.getTime()}-${answer.file ?? ''}`
    const known = given.get(key) ?? begun(key, answer)
    known.lines.push({ line, answer: answer.answer, waivesRest: answer.waivesRest })
    given.set(key, known)
  }
  const { instruction } = recipient
  if (instruction) {
    const known = given.get(instruction.code) ?? begun(instruction.code, { ...instruction, channel: 'page' })
    given.set(instruction.code, { ...known, instruction: instruction.words })
  }
  return [...given.values()].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function begun(
  key: string,
  { at, on, by, channel, contact }: Pick<Answer, 'at' | 'on' | 'by' | 'channel' | 'contact'>,
): AnswerGiven {
  return { key, at, on, by, channel, contact: contact ?? null, lines: [], instruction: null }
}

/** Line by line what was said, and what else with it. */
export function answerRows(given: AnswerGiven, notice: Notice, recipient: Recipient, t: Text): Rows {
  const titles = new Map(linesOf(notice.lines, recipient).map((line) => [line.id, lineTitle(line, t)]))
  const asked = new Map(recipient.lines.map(({ line, mode }) => [line, mode]))
  return [
    ...given.lines.map(({ line, answer, waivesRest }): [string, string] => [
      titles.get(line) ?? '',
      t(`answers:said.${wordFor(answer, asked.get(line) === 'notice', waivesRest)}`),
    ]),
    ...(given.instruction ? [[t('answers:said.instruction'), given.instruction] as [string, string]] : []),
  ]
}

function wordFor(answer: Answer['answer'], underNotice: boolean, waivesRest: boolean): string {
  if (underNotice) return 'consented'
  return answer === 'approved' && waivesRest ? 'approved-waived' : answer
}

/** Who, how: 'Jens Holm, direktør', 'on the customer's page, confirmed with a code'. */
export function answerFrom({ by, channel }: Pick<AnswerGiven, 'by' | 'channel'>, t: Text): Rows {
  return [
    [t('answers:by'), by ? `${by.name}, ${by.title}` : ''],
    [t('answers:how'), channel ? t(`notices:channel.${channel}`) : ''],
  ].filter((row): row is [string, string] => row[1] !== '')
}
