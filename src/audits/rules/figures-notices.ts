/**
 * What one customer's part in a notice says of the year. Sources: clause 7.3 and B.2 of the agreement (the whole notice period before
 * use), B.1 and C.5 (approval before use), and the customer's written consent where it gave up the rest.
 */
import { daysBetween, type Day } from '../../base/day.js'
import type { Mode } from '../../notices/rules/recipient.js'

/** As much of a recipient as is counted. */
export type CountedRecipient = {
  _id: string
  noticeReference: string
  customerReference: string
  acceptedAt: Date | null
  dayZero: Day | null
  earliestUse: Day | null
  state: string
  lines: readonly { mode: Mode; permittedFrom: Day | null; answer: { waivesRest: boolean } | null }[]
  moves: readonly { event: string }[]
}

/** Each is one figure: `notices.<name>`. */
export const recipientFigures = [
  'told',
  'untold',
  'permitted',
  'kept',
  'consent',
  'short',
  'bounced',
  'put-right',
] as const
export type RecipientFigure = (typeof recipientFigures)[number]

/** Which figures the customer's part counts in; `days`: whole days between the day of receipt and use, where notice was kept. */
export function judgeRecipient(recipient: CountedRecipient): { in: RecipientFigure[]; days: number | null } {
  const { acceptedAt, dayZero, earliestUse, lines, moves } = recipient
  const asked = lines.filter(({ mode, permittedFrom }) => mode !== 'information' && permittedFrom !== null)
  const early = asked.filter(({ permittedFrom }) => earliestUse === null || permittedFrom! < earliestUse)
  const short = early.some(({ answer }) => !answer?.waivesRest)
  const bounced = moves.some(({ event }) => cameBack.has(event))
  const told = acceptedAt !== null
  const permitted = asked.length > 0
  const kept = permitted && early.length === 0
  const first = asked.map(({ permittedFrom }) => permittedFrom!).toSorted()[0]
  const names: [RecipientFigure, boolean][] = [
    ['told', told],
    ['untold', !told && !gone.has(recipient.state)],
    ['permitted', permitted],
    ['kept', kept],
    ['consent', early.length > 0 && !short],
    ['short', short],
    ['bounced', bounced],
    ['put-right', bounced && told],
  ]
  return {
    in: names.filter(([, holds]) => holds).map(([name]) => name),
    days: kept && dayZero !== null && first !== undefined ? daysBetween(dayZero, first) - 1 : null,
  }
}

/** The announcement reached nobody at that address: the clock never started (domain facts 9). */
const cameBack: ReadonlySet<string> = new Set(['recipient.next-contact-tried', 'recipient.not-delivered'])

/** Whom nobody has to tell any more. */
const gone: ReadonlySet<string> = new Set(['withdrawn', 'left', 'exempted'])
