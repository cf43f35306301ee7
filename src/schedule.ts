import { checkLog, logMissingMoves, sealEntries } from './audit-log/timers.js'
import { auditTimers } from './audits/timers.js'
import { removeEnded } from './auth/timers.js'
import { breachTimers } from './breaches/timers.js'
import type { Timer } from './jobs/actions.js'
import { discardAbandoned } from './imports/timers.js'
import { sendMails } from './mail/timers.js'
import { unpermittedUseTimers } from './unpermitted-use/timers.js'
import { noticeTimers } from './notices/timers.js'
import { findingTimers } from './findings/timers.js'
import { objectionTimers } from './objections/timers.js'
import { questionnaireTimers } from './questionnaires/timers.js'
import { departureTimers } from './departures/timers.js'
import { publicListTimers } from './public-list/timers.js'
import { replyTimers } from './replies/timers.js'
import { requestTimers } from './requests/timers.js'
import { statementTimers } from './statements/timers.js'
import { finishWritings } from './register/actions/writings.js'
import { turnContracts } from './register/timers/contracts.js'
import { compareLists, keepListsUpToDate } from './register/timers/lists.js'

const minute = 60_000

/** Everything that happens by itself: name, how often, what. Each asks "due by now", so a late run misses nothing. */
export const timers: Timer[] = [
  { name: 'audit-log.log-missing-moves', every: minute, run: logMissingMoves },
  { name: 'audit-log.seal-entries', every: minute / 4, run: sealEntries },
  { name: 'audit-log.check-log', every: '30 3 * * *', run: checkLog },
  { name: 'mail.send', every: minute, run: sendMails },
  { name: 'auth.remove-ended', every: 15 * minute, run: removeEnded },
  { name: 'register.finish-writings', every: minute, run: finishWritings },
  { name: 'register.keep-lists-up-to-date', every: minute, run: keepListsUpToDate },
  { name: 'register.compare-lists', every: 60 * minute, run: compareLists },
  { name: 'register.turn-contracts', every: 60 * minute, run: turnContracts },
  { name: 'imports.discard-abandoned', every: '10 4 * * *', run: discardAbandoned },
  ...noticeTimers,
  ...objectionTimers,
  ...unpermittedUseTimers,
  ...replyTimers,
  ...findingTimers,
  ...statementTimers,
  ...questionnaireTimers,
  ...requestTimers,
  ...breachTimers,
  ...departureTimers,
  ...publicListTimers,
  ...auditTimers,
]
