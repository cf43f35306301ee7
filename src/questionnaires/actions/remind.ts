import { record } from '../../audit-log/actions.js'
import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import { anotherWasQuicker, NotFound, Refused } from '../../base/errors.js'
import { keysInOutbox, stopMails } from '../../mail/actions.js'
import { reminderKey } from '../mails/asking.js'
import { campaignByReference, Campaigns, campaignsByIds } from '../records/campaigns.js'
import { dueBefore } from '../records/lists.js'
import { readReminderSetting, ReminderSettings, saveReminderSetting } from '../records/reminder-days.js'
import type { Campaign } from '../rules/campaign.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { escalationDue, remindersDue, usualReminders, type ReminderDays } from '../rules/reminders.js'
import { escalationMails, reminderMails } from './mails.js'
import { moveTo, questionnaireOf, tryMove } from './move.js'

const batch = 200

export async function reminderDays(): Promise<ReminderDays> {
  const setting = await readReminderSetting()
  return setting ? { offsets: setting.offsets, escalate: setting.escalate } : usualReminders
}

export async function setReminderDays(context: Context, days: ReminderDays): Promise<void> {
  const before = await reminderDays()
  const saved = await saveReminderSetting(days, {
    at: context.now,
    by: context.actor,
    event: 'supervision-reminders.set',
    facts: { before: { ...before }, after: { ...days } },
  })
  await record(ReminderSettings, saved)
}

/** Reminds of what is due by now, and tells the data protection officer. After standing still only the newest reminder goes. */
export async function remindOfQuestionnaires(
  context: Context,
): Promise<{ reminded: number; escalated: number }> {
  const counts = { reminded: 0, escalated: 0 }
  const failures: unknown[] = []
  const days = await reminderDays()
  const until = addDays(context.today, 1 - Math.min(0, ...days.offsets))
  let after: { dueOn: string; _id: string } | null = null
  for (;;) {
    const found: Questionnaire[] = await dueBefore('asked', until, batch, after)
    const last = found.at(-1)
    if (!last) break
    const stopped = await stoppedCampaigns(found)
    const written = await writtenToday(found, context.today)
    for (const questionnaire of found)
      if (questionnaire.campaign === null || !stopped.has(questionnaire.campaign))
        try {
          counts.reminded += await remind(context, questionnaire, days, written)
          counts.escalated += await escalate(context, questionnaire, days)
        } catch (error) {
          if (!anotherWasQuicker(error)) failures.push(error)
        }
    after = { dueOn: last.dueOn, _id: last._id }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
  return counts
}

async function stoppedCampaigns(found: readonly Questionnaire[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(found.flatMap(({ campaign }) => campaign ?? []))]
  if (ids.length === 0) return new Set()
  return new Set(
    (await campaignsByIds(ids)).filter(({ remindersStopped }) => remindersStopped).map(({ _id }) => _id),
  )
}

// Of today's reminders those that are in the outbox: the others were lost in a crash.
async function writtenToday(found: readonly Questionnaire[], today: string): Promise<ReadonlySet<string>> {
  const keys = found.flatMap((each) =>
    each.reminded?.on === today ? [reminderKey(each, each.reminded.offset, each.owner.email)] : [],
  )
  return keys.length === 0 ? new Set() : keysInOutbox(keys)
}

async function remind(
  context: Context,
  questionnaire: Questionnaire,
  days: ReminderDays,
  written: ReadonlySet<string>,
): Promise<number> {
  const { today } = context
  const offset = remindersDue(questionnaire, today, days)
  if (offset === null) {
    // What a crash left between the move and its mail; the key makes it harmless else.
    const { reminded, state, delivery } = questionnaire
    if (reminded?.on !== today || state !== 'asked' || delivery !== 'accepted') return 0
    const key = reminderKey(questionnaire, reminded.offset, questionnaire.owner.email)
    return written.has(key) ? 0 : reminderMails(context, questionnaire, reminded.offset, today)
  }
  const { round, dueOn } = questionnaire
  const moved = await tryMove(
    context,
    questionnaire,
    { reminded: { round, dueOn, offset, on: today } },
    { event: 'questionnaire.reminded', facts: { offset, dueOn, round } },
  )
  if (!moved) return 0
  return reminderMails(context, moved, offset, today)
}

async function escalate(context: Context, found: Questionnaire, days: ReminderDays): Promise<number> {
  if (!escalationDue(found, context.today, days)) return 0
  // Reminded of a moment ago, it has another version by now.
  const questionnaire = await questionnaireOf(found.reference)
  if (!escalationDue(questionnaire, context.today, days)) return 0
  // First the mail: its key makes a repeat harmless, and what is noted as told has been.
  await escalationMails(context, questionnaire)
  await moveTo(
    context,
    questionnaire,
    { escalated: context.now },
    { event: 'questionnaire.escalated', facts: { dueOn: questionnaire.dueOn } },
  )
  return 1
}

/** No more reminders, nor word to the data protection officer, until somebody resumes them. */
export async function stopReminders(
  context: Context,
  reference: string,
  reason: string,
): Promise<Questionnaire> {
  const questionnaire = await questionnaireOf(reference)
  if (questionnaire.state !== 'asked') throw new Refused('questionnaire-not-asked')
  const moved = await moveTo(
    context,
    questionnaire,
    { remindersStopped: { at: context.now, reason } },
    { event: 'questionnaire.reminders-stopped', facts: {}, personal: { reason } },
  )
  await stopMails(context, {
    about: { kind: 'questionnaire', ids: [moved._id] },
    kinds: ['questionnaire-reminder'],
  })
  return moved
}

export async function resumeReminders(context: Context, reference: string): Promise<Questionnaire> {
  const questionnaire = await questionnaireOf(reference)
  return moveTo(
    context,
    questionnaire,
    { remindersStopped: null },
    { event: 'questionnaire.reminders-resumed', facts: {} },
  )
}

/** The same for all questionnaires of a campaign; null resumes them. */
export async function stopCampaignReminders(
  context: Context,
  reference: string,
  reason: string | null,
): Promise<Campaign> {
  const campaign = await campaignByReference(reference)
  if (!campaign) throw new NotFound()
  return mustMove(
    context,
    Campaigns,
    campaign,
    { remindersStopped: reason === null ? null : { at: context.now, reason } },
    {
      event: `campaign.reminders-${reason === null ? 'resumed' : 'stopped'}`,
      facts: {},
      ...(reason === null ? {} : { personal: { reason } }),
    },
  )
}
