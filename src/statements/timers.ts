import type { Timer } from '../jobs/actions.js'
import { findLackingCentres } from './actions/centres.js'
import { followUpRequests, remindOfRequests } from './actions/reminders.js'
import { finishConclusions } from './actions/conclude.js'

const minute = 60_000

export const statementTimers: Timer[] = [
  { name: 'statements.follow-up-requests', every: minute, run: followUpRequests },
  { name: 'statements.remind', every: 10 * minute, run: remindOfRequests },
  { name: 'statements.finish-conclusions', every: minute, run: finishConclusions },
  { name: 'statements.judge-data-centres', every: 60 * minute, run: findLackingCentres },
]
