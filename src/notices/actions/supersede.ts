import { record } from '../../audit-log/actions.js'
import { mustMove } from '../../audit-log/recorded.js'
import type { Bilingual, Context } from '../../base/context.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { firstMove } from '../../db/moves.js'
import { textIn } from '../../i18n/texts.js'
import { draftSuperseding, findNotice, insertNotice, Notices } from '../records/notices.js'
import { danishDateRules } from '../rules/deadlines.js'
import { withdraw } from '../rules/issue.js'
import type { Notice } from '../rules/notice.js'
import { noticeByReference } from './contents.js'
import { finishWithdrawal } from './withdraw.js'

/**
 * A draft that takes the place of a notice that is out: what is changed in substance is announced anew, with days of its own (clause 7.3;
 * a notice is what the customer had 30 days to consider). The earlier one runs on until this is issued, so that nothing
 * is lost while it is written. One draft at a time: who is second is shown the first.
 * Throws `Refused`: 'notice-not-issued', 'notice-being-issued', 'notice-in-use'.
 */
export async function replaceNotice(context: Context, reference: string): Promise<Notice> {
  const earlier = await noticeByReference(reference)
  withdraw(earlier, noReason, context.today)
  const there = await draftSuperseding(reference)
  if (there) return there
  const { why, safeguards, plannedStart, goLive, togetherBecause, sample } = earlier
  const notice: Notice = {
    _id: newId(),
    reference: await nextReference('CN', Number(context.today.slice(0, 4))),
    state: 'draft',
    why,
    safeguards,
    lines: earlier.lines.map((line) => ({ ...line, content: null, replacedContent: null })),
    plannedStart,
    goLive,
    togetherBecause,
    supersedes: { reference, on: earlier.issuedOn ?? context.today },
    issuedAt: null,
    issuedOn: null,
    issuedBy: null,
    rules: danishDateRules,
    otherChannel: false,
    sender: null,
    withdrawal: null,
    settledOn: null,
    counts: null,
    sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'notice.drafted',
      facts: { supersedes: reference, plannedStart, goLive },
      personal: { why, safeguards },
    }),
  }
  await insertNotice(notice)
  await record(Notices, notice)
  return notice
}

const noReason: Bilingual = { da: '', en: '' }

/** The earlier notice must still be one that can be called off. Throws `Refused` as `withdraw` does. */
export async function maySupersede(context: Context, { supersedes, reference }: Notice): Promise<void> {
  if (!supersedes) return
  const earlier = await noticeByReference(supersedes.reference)
  if (earlier.supersededBy !== reference) withdraw(earlier, noReason, context.today)
}

/** The earlier notice ends with the issue of this one. Repeats change nothing. */
export async function endSuperseded(context: Context, { supersedes, reference }: Notice): Promise<void> {
  const earlier = supersedes && (await findNotice(supersedes.reference))
  if (!earlier) return
  if (earlier.state !== 'issued') {
    await finishWithdrawal(context, earlier)
    return
  }
  const say = (locale: 'da' | 'en') => textIn(locale)('notices:superseded-by', { reference })
  const because = { da: say('da'), en: say('en') }
  // Where somebody moved it at this moment, the timer that finishes issues asks again.
  const moved = await mustMove(
    context,
    Notices,
    earlier,
    { ...withdraw(earlier, because, context.today), supersededBy: reference },
    {
      event: 'notice.superseded',
      facts: {
        reference: earlier.reference,
        by: reference,
        before: { state: 'issued' },
        after: { state: 'withdrawn' },
      },
    },
  )
  await finishWithdrawal(context, moved)
}
