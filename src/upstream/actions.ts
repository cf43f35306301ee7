export {
  answerObjection,
  assessUpstream,
  closeUpstream,
  confirmUpstream,
  reopenUpstream,
} from './actions/steps.js'
export { contractGaps, gapOf, gapsToShow, matching } from './actions/gaps.js'
export { draftFromUpstream, linkNotice } from './actions/draft.js'
export { handlingDays, setHandlingDays } from './actions/handling.js'
export { objectUpstream } from './actions/object.js'
export { receiveUpstream, type Receiving } from './actions/receive.js'
export { reckonFor } from './actions/reckon.js'
export { caseToShow, engagementsToChoose, fileOfUpstream, upstreamToList } from './actions/show.js'
export { upstreamTasks } from './actions/tasks.js'
export { upstreamOf } from './actions/move.js'
export { upstreamOfEngagement, upstreamOfNotice } from './records.js'
export type { UpstreamNotice } from './rules.js'
