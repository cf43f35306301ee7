import type { Context } from '../../base/context.js'
import { keysInOutbox, mailsToFollowUp, markFollowedUp } from '../../mail/actions.js'
import { askedWithMail } from '../records/lists.js'
import { questionnaireById } from '../records/questionnaires.js'
import { askingKey, askingKinds, deliveryAfter } from '../rules/asking.js'
import { lastAsking } from '../rules/reminders.js'
import type { MailRow } from '../../mail/actions.js'
import { askedMails } from './mails.js'
import { tryMove } from './move.js'

const batch = 200
const attempts = 5

/** Takes up what became of mails: who has it, and who must be looked for. Returns how many questionnaires moved. */
export async function followUpQuestionnaires(context: Context): Promise<number> {
  let moved = 0
  for (const kind of askingKinds)
    for (;;) {
      const mails = await mailsToFollowUp(kind, batch)
      if (mails.length === 0) break
      for (const mail of mails) moved += await takeUp(context, mail)
      await markFollowedUp(mails.map(({ _id }) => _id))
    }
  return moved
}

// A respondent may save at the same moment: word about a mail is not lost for that.
async function takeUp(context: Context, mail: MailRow): Promise<number> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const questionnaire = await questionnaireById(mail.about.id)
    const after = questionnaire && deliveryAfter(questionnaire, mail)
    if (!questionnaire || !after) return 0
    const moved = await tryMove(context, questionnaire, after, {
      event: `questionnaire.${after.delivery !== 'accepted' ? 'mail-refused' : mail.state === 'kept' ? 'arrival-simulated' : 'arrived'}`,
      facts: { mail: mail._id, delivery: after.delivery },
    })
    if (moved) return 1
  }
  throw new Error(`no move of a questionnaire in ${attempts} attempts`)
}

/** Writes the mails that a crash left unwritten between a move and its mail. Returns how many. */
export async function finishAsking(context: Context): Promise<number> {
  const waiting = (await askedWithMail(['under-way'], batch)).filter(
    (questionnaire) => lastAsking(questionnaire)?.event !== 'questionnaire.sent-back',
  )
  const known = await keysInOutbox(waiting.map(askingKey))
  let written = 0
  for (const questionnaire of waiting)
    if (!known.has(askingKey(questionnaire))) written += await askedMails(context, questionnaire)
  return written
}
