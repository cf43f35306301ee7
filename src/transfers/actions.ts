export { decisionAsked, lawNow, takeInShippedLaw } from './actions/law.js'
export type { WhichDecision } from './actions/moved.js'
export {
  addDecision,
  checkDecision,
  correctDecision,
  correctionHoldsFrom,
  endDecision,
  lawIfCorrected,
  limitDecision,
  type DecisionCorrection,
  type DecisionInput,
} from './actions/decisions.js'
export { addMembership, checkMemberships, endMembership } from './actions/memberships.js'
export type { Decision } from './records.js'
