import type { EngagementFacts, Terms } from './engagement.js'
import type { Transfer } from '../../transfers/rules.js'

export function termsOf(engagement: Terms): Terms {
  const { subjectCount, contract, dueDiligence, theirNotice, assurance, askedByItself } = engagement
  return {
    ...(subjectCount === undefined ? {} : { subjectCount }),
    contract,
    dueDiligence,
    ...(theirNotice === undefined ? {} : { theirNotice }),
    ...(assurance === undefined ? {} : { assurance }),
    ...(askedByItself === undefined ? {} : { askedByItself }),
  }
}

/** A contract's file stays with it until another takes its place. */
export function keepFile(before: Terms, after: Terms): Terms {
  const file = after.contract?.file ?? before.contract?.file
  if (after.contract === null || file === undefined) return after
  return { ...after, contract: { ...after.contract, file } }
}

/** Whoever says nothing of how customers come to a further link, such as a spreadsheet, leaves that as it is. */
export function keepStanding(before: Terms, after: Terms): Terms {
  const askedByItself = after.askedByItself ?? before.askedByItself
  return askedByItself === undefined ? after : { ...after, askedByItself }
}

/** Transfers whose basis was not on record for that country before. */
export function enteredNow(before: EngagementFacts, after: EngagementFacts): Transfer[] {
  return after.transfers.filter(
    ({ country, basis }) =>
      !before.transfers.some((earlier) => earlier.country === country && earlier.basis === basis),
  )
}
