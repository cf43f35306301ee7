import { record } from '../../audit-log/actions.js'
import { moveRecorded } from '../../audit-log/recorded.js'
import { revokeLinks } from '../../auth/links.js'
import type { Context, Locale } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { enqueue } from '../../mail/actions.js'
import { handedOnMail } from '../mails/handed-on.js'
import { insertShare, shareById, Shares, shareWith } from '../records/shares.js'
import type { Questionnaire, Share } from '../rules/questionnaire.js'
import type { Respondent } from './respondent.js'
import { askerNow, shareReader } from './writing.js'

export { sharesOf } from '../records/shares.js'

export type ShareInput = {
  name: string
  email: string
  locale: Locale
  sections: string[]
  note: string | null
}

/**
 * Hands sections to a colleague, who gets a mail with a link of their own. The same address again: what they see is
 * what was chosen last. Only the owner hands on.
 */
export async function handOn(context: Context, respondent: Respondent, input: ShareInput): Promise<Share> {
  const { questionnaire, part, set } = respondent
  if (part.kind !== 'owner') throw new Refused('only-owner-hands-on')
  if (questionnaire.state !== 'asked') throw new Refused('questionnaire-not-open')
  if (input.email === questionnaire.owner.email.toLowerCase()) throw new Refused('share-with-owner')
  const { name, email, locale } = input
  const sections = set.sections.map(({ id }) => id).filter((id) => input.sections.includes(id))
  const said = {
    event: 'questionnaire-share.handed-on',
    facts: { questionnaire: questionnaire._id, sections },
    personal: { name, email },
  }
  const known = await shareWith(questionnaire._id, email)
  const share = known
    ? await moveRecorded(context, Shares, known, { name, locale, sections, endedAt: null }, said)
    : await insertShare(
        { _id: newId(), questionnaire: questionnaire._id, name, email, locale, sections, endedAt: null },
        { at: context.now, by: context.actor, ...said },
      )
  if (!share) throw new Refused('share-changed')
  if (!known) await record(Shares, share)
  const { link } = await shareReader(context, questionnaire, share)
  const { name: sender } = await askerNow()
  await enqueue(context, [handedOnMail({ questionnaire, set, share, note: input.note, sender, link })])
  return share
}

/** Their link stops at once; what they have answered stays, under their name. */
export async function takeBack(context: Context, respondent: Respondent, id: string): Promise<void> {
  const { questionnaire, part } = respondent
  if (part.kind !== 'owner') throw new Refused('only-owner-hands-on')
  const share = await shareById(id)
  if (!share || share.questionnaire !== questionnaire._id) throw new NotFound()
  await endShare(context, questionnaire, share)
}

async function endShare(
  context: Context,
  questionnaire: Pick<Questionnaire, '_id'>,
  share: Share,
): Promise<void> {
  if (share.endedAt === null) {
    const said = { event: 'questionnaire-share.taken-back', facts: { questionnaire: questionnaire._id } }
    const ended = await moveRecorded(context, Shares, share, { endedAt: context.now }, said)
    if (!ended) throw new Refused('share-changed')
  }
  await revokeLinks(context, {
    contact: `share:${share._id}`,
    about: { kind: 'questionnaire', ids: [questionnaire._id] },
  })
}
