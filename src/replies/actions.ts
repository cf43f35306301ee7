export { readReply, type ReadingInput } from './actions/classify.js'
export { attachReply, dismissReply, passToUpstream } from './actions/whose.js'
export { replyTasks } from './actions/show.js'
export { takeMail, type Taking } from './actions/take.js'
export {
  repliesOfRecipient,
  repliesOfRecipients,
  replyByReference,
} from './records.js'
export type { Reply } from './rules.js'
