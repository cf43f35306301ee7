import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import type { Contract } from './engagement.js'

/**
 * What a contract with a sub-processor must say. The first ten are Art. 28(3): subject matter and points (a)-(h), and the
 * last sentence on unlawful instructions. The others are what Art. 28(4) and clause 7.4 add: the same as we owe customers.
 */
export const lawPoints = ['subject', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'unlawful'] as const
export const samePoints = ['breach', 'notice', 'places', 'transfers'] as const
export const checkPoints = [...lawPoints, ...samePoints] as const
export type CheckPoint = (typeof checkPoints)[number]

export const checkResults = ['met', 'partly', 'not-met', 'not-applicable'] as const
export type CheckResult = (typeof checkResults)[number]

type CheckAnswer = { point: CheckPoint; result: CheckResult; clause?: string; note?: string }

/** One reading of a contract on a day; readings are never changed, only followed by another. */
export type ContractCheck = {
  on: Day
  by: string
  answers: CheckAnswer[]
  /** What they promise us, as read in the contract. */
  theirs: { breachHours?: number; notice?: NoticePeriod }
  /** What we owed our customers that day: the shortest hours, the longest notice. Null: nobody to owe it to. */
  owed: { breachHours: number | null; notice: NoticePeriod | null }
}

/** Art. 28(3) asks its points of every contract; what goes beyond it may not arise, such as transfers within the EEA. */
export function mayBeLeftOut(point: CheckPoint): boolean {
  return (samePoints as readonly CheckPoint[]).includes(point)
}

/** The points of a check that are not met, in the order of the article. */
export function openPoints(check: ContractCheck): CheckPoint[] {
  return check.answers
    .filter(({ result }) => result === 'partly' || result === 'not-met')
    .map(({ point }) => point)
}

export type CheckState = 'ours' | 'unchecked' | 'gaps' | 'passed'

/** Whether it has been read against Art. 28(3)-(4). On our own template it needs no reading: those are our own words. */
export function checkState(contract: Pick<Contract, 'template' | 'check'>): CheckState {
  if (contract.check) return contract.check.open.length > 0 ? 'gaps' : 'passed'
  return contract.template === 'ours' ? 'ours' : 'unchecked'
}

/** What is left to do about a signed contract on the vendor's own terms (Art. 28(3)-(4), clause 7.4). */
export type ContractGap =
  { text: 'contracts:gap.unchecked'; open: [] } | { text: 'contracts:gap.open'; open: CheckPoint[] }

export function contractGaps(contract: Contract | null): ContractGap[] {
  if (contract?.signedOn === undefined) return []
  switch (checkState(contract)) {
    case 'unchecked':
      return [{ text: 'contracts:gap.unchecked', open: [] }]
    case 'gaps':
      return [{ text: 'contracts:gap.open', open: contract.check?.open ?? [] }]
    case 'ours':
    case 'passed':
      return []
  }
}

/** 'short': what they owe us is less than we owe; 'bare': as much, so that not a day is left to write to customers in. */
export type Against = 'enough' | 'bare' | 'short' | 'unsaid' | 'nobody'

/** Clause 10.2: our hours begin when we hear of it, so theirs may be as long as ours and no longer. */
export function breachAgainst(theirs: number | undefined, owed: number | null): Against {
  if (owed === null) return 'nobody'
  if (theirs === undefined) return 'unsaid'
  return theirs <= owed ? 'enough' : 'short'
}

/**
 * Clause 7.3 and B.2: the longest notice we owe must fit within theirs. Days, business days and months are compared by the
 * fewest days theirs can be and the most ours can be; 'bare' where they are the same period.
 */
export function noticeAgainst(theirs: NoticePeriod | undefined, owed: NoticePeriod | null): Against {
  if (owed === null) return 'nobody'
  if (theirs === undefined) return 'unsaid'
  if (theirs.unit === owed.unit) {
    if (theirs.length === owed.length) return 'bare'
    return theirs.length > owed.length ? 'enough' : 'short'
  }
  const [least, most] = [fewestDays(theirs), mostDays(owed)]
  if (least === most) return 'bare'
  return least > most ? 'enough' : 'short'
}

/** The longest of several periods, as it must be reckoned with. */
export function longestPeriod(periods: readonly NoticePeriod[]): NoticePeriod | null {
  if (periods.length === 0) return null
  return periods.reduce((a, b) => (mostDays(b) > mostDays(a) ? b : a))
}

function fewestDays({ length, unit }: NoticePeriod): number {
  switch (unit) {
    case 'days':
      return length
    case 'business-days':
      return length + 2 * Math.floor(length / 5)
    case 'months':
      // February first: 28, 59, 89 … days.
      return Math.floor(length * 30.4) - 2
  }
}

function mostDays({ length, unit }: NoticePeriod): number {
  switch (unit) {
    case 'days':
      return length
    case 'business-days':
      // A weekend before every five, and Danish Easter or Christmas, which close five weekdays at most, in between.
      return length + 2 * Math.ceil(length / 5) + 5
    case 'months':
      return Math.ceil(length * 30.6)
  }
}

/**
 * Points said to be met although what is on record says otherwise: 72 hours where we owe 24, 14 days where we owe 30. `unsaid`
 * counts as well: a promise nobody wrote down is none.
 */
export function contradictedPoints(check: Pick<ContractCheck, 'answers' | 'theirs' | 'owed'>): CheckPoint[] {
  const { theirs, owed } = check
  const fails = (against: Against) => against === 'short' || against === 'unsaid'
  const met = new Set(check.answers.filter(({ result }) => result === 'met').map(({ point }) => point))
  const wrong: CheckPoint[] = []
  if (met.has('breach') && fails(breachAgainst(theirs.breachHours, owed.breachHours))) wrong.push('breach')
  if (met.has('notice') && fails(noticeAgainst(theirs.notice, owed.notice))) wrong.push('notice')
  return wrong
}

/** Whether customers are promised more now than when the contract was read: then it has to be read again. */
export function isOvertaken(check: ContractCheck, owed: ContractCheck['owed']): boolean {
  const { theirs } = check
  const worse = (now: Against, then: Against) => now === 'short' && then !== 'short'
  return (
    worse(
      breachAgainst(theirs.breachHours, owed.breachHours),
      breachAgainst(theirs.breachHours, check.owed.breachHours),
    ) || worse(noticeAgainst(theirs.notice, owed.notice), noticeAgainst(theirs.notice, check.owed.notice))
  )
}
