export { readReply, type ReadingInput } from './actions/classify.js'
export { attachReply, attachToCase, dismissReply, passToUpstream } from './actions/whose.js'
export { readForOthers } from './actions/same.js'
export { replyTasks } from './actions/show.js'
export { takeMail, type Taking } from './actions/take.js'
export {
  repliesInCase,
  repliesOfRecipient,
  repliesOfRecipients,
  replyByReference,
  sameMail,
} from './records.js'
export type { CaseBook, Letter, Reply, ReplyCase } from './rules.js'
