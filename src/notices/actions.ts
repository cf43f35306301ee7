export { askedNow } from './records/asked-now.js'
export { announceAgain, registerDelivery } from './actions/delivery.js'
export { blockersOf } from './actions/audience.js'
export { confirmDeletion, confirmUse, useBlocksByLine } from './actions/use.js'
export { answerOnPage, confirmReceipt, recheckInstruction, registerApproval } from './actions/answers.js'
export { passOnToApprover } from './actions/answer-mails.js'
export { discardDraft, draftNotice, editDraft, suggestSafeguards, type Which } from './actions/drafts.js'
export { holdForObjection, holdForReply, permit, releaseObjection, releaseReply } from './actions/permits.js'
export { issueNotice } from './actions/issue.js'
export { exampleLetter, exampleOfNotice } from './actions/example.js'
export { noticeByReference, serviceNames, withContents } from './actions/contents.js'
export {
  noticeById,
  noticesForCustomer,
  recipientById,
  recipientsOf,
  stateCounts,
  type Part,
  type PhaseCounts,
  type RecipientFilter,
} from './actions/queries.js'
export { noticeTasks } from './actions/tasks.js'
export { listOfNotices, noticesToShow } from './actions/show.js'
export {
  acceptedWithList,
  toldAbout,
  toldCounts,
  toldCustomer,
  toldOf,
  toldOn,
  customerToldOn,
} from './actions/told.js'
export { sentPaper } from './actions/papers.js'
export { instructedFor } from './records/instructed.js'
export { leftOutOf } from './records/left-out.js'
export { previewNotice } from './actions/preview.js'
export {
  findRecipients as recipientsByIds,
  recipientsHeldPastTheirDays,
  recipientsPastTheirDays,
  recipientsUnderwayOf,
} from './records/recipients.js'
export { replaceNotice } from './actions/supersede.js'
export { withdrawNotice } from './actions/withdraw.js'
export type { Notice, Recipient } from './rules.js'
export { latestToSend, reckonStart, type StartRow } from './actions/start.js'
export { previewFor, type Preview } from './actions/preview.js'
export { senderNow } from './actions/issue.js'
export {
  announcedAsReplacement,
  findNoticesAbout as noticesAbout,
  findNoticesAboutAny as noticesAboutAny,
} from './records/notices.js'
