import { record } from '../../audit-log/actions.js'
import { revokeLinks } from '../../auth/links.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { isTaken } from '../../db/unique.js'
import { stopMails } from '../../mail/actions.js'
import { freeze, isFrozen, questionSet } from '../../question-sets/actions.js'
import type { QuestionSet } from '../../question-sets/rules/set.js'
import { engagementsByIds, vendorsByIds } from '../../register/actions.js'
import type { Vendor } from '../../register/rules.js'
import { openOne } from '../records/lists.js'
import {
  insertQuestionnaire,
  lastConcluded,
  Questionnaires,
  type QuestionnaireRecord,
} from '../records/questionnaires.js'
import {
  askingKinds,
  changeDue,
  changeOwner,
  mayBeAsked,
  send,
  sendAgain,
  withdraw,
  type Asking,
} from '../rules/asking.js'
import type { Owner, Questionnaire } from '../rules/questionnaire.js'
import { askedMails, withdrawnMails } from './mails.js'
import { moveTo, questionnaireOf } from './move.js'
import { contactOf } from './writing.js'

/**
 * Prepares a questionnaire; nothing goes out before `sendQuestionnaire`. Throws `Refused`: those of `mayBeAsked`,
 * 'questionnaire-set-unknown', and 'questionnaire-open-already' where the vendor has an open one of that set and year.
 */
export async function prepareQuestionnaire(
  context: Context,
  asking: Asking,
  campaign: string | null = null,
): Promise<Questionnaire> {
  const vendor = await vendorAsked(context, asking)
  const previous = await lastConcluded(asking.vendor, asking.set.id)
  const reference = await nextReference('QN', asking.year)
  const { year, set, engagements, why, owner, dueOn } = asking
  const inserted = await insertQuestionnaire(
    {
      _id: newId(),
      reference,
      year,
      vendor: vendor._id,
      vendorName: vendor.name,
      engagements,
      set,
      why,
      owner,
      dueOn,
      state: 'prepared',
      round: 1,
      open: null,
      delivery: 'none',
      askedAt: null,
      arrivedAt: null,
      submitted: null,
      campaign,
      remindersStopped: null,
      reminded: null,
      escalated: null,
      previous: previous?._id ?? null,
      conclusion: null,
      sample: vendor.sample,
    },
    {
      at: context.now,
      by: context.actor,
      event: 'questionnaire.prepared',
      facts: {
        reference,
        vendor: vendor._id,
        year,
        set: `${set.id} ${set.version}`,
        why,
        dueOn,
        campaign,
        engagements,
      },
      personal: { owner },
    },
  )
  if (!inserted) throw await openAlready(asking)
  await record(Questionnaires, inserted as QuestionnaireRecord)
  return inserted
}

/** Another contact, engagements, set or due date, as long as nothing has been sent. */
export async function changePrepared(
  context: Context,
  reference: string,
  asking: Asking,
): Promise<Questionnaire> {
  const questionnaire = await questionnaireOf(reference)
  if (questionnaire.state !== 'prepared') throw new Refused('questionnaire-sent-already')
  await vendorAsked(context, { ...asking, vendor: questionnaire.vendor })
  const { year, set, engagements, why, owner, dueOn } = asking
  const previous = await lastConcluded(questionnaire.vendor, set.id)
  try {
    return await moveTo(
      context,
      questionnaire,
      { year, set, engagements, why, owner, dueOn, previous: previous?._id ?? null },
      {
        event: 'questionnaire.changed',
        facts: { year, set: `${set.id} ${set.version}`, why, dueOn, engagements },
        personal: { owner },
      },
    )
  } catch (error) {
    if (isTaken(error)) throw await openAlready({ ...asking, vendor: questionnaire.vendor })
    throw error
  }
}

/** Puts it on its way: from now on the link opens, and the set stays as it is. It counts as asked when a mail server has the mail. */
export async function sendQuestionnaire(context: Context, reference: string): Promise<Questionnaire> {
  const questionnaire = await questionnaireOf(reference)
  const changes = send(questionnaire, context.now, context.today)
  await vendorAsked(context, questionnaire)
  if (!isFrozen(questionnaire.set)) await freeze(setOf(questionnaire.set))
  const sent = await moveTo(context, questionnaire, changes, {
    event: 'questionnaire.asked',
    facts: { on: context.today, contact: questionnaire.owner.contact },
    personal: { owner: questionnaire.owner },
  })
  await askedMails(context, sent)
  return sent
}

/** After a refusal that was mended at their end: the same mail to the same contact. */
export async function sendQuestionnaireAgain(context: Context, reference: string): Promise<Questionnaire> {
  const questionnaire = await questionnaireOf(reference)
  const sent = await moveTo(context, questionnaire, sendAgain(questionnaire), {
    event: 'questionnaire.sent-again',
    facts: { on: context.today, contact: questionnaire.owner.contact },
  })
  await askedMails(context, sent)
  return sent
}

/** Somebody else is to answer. What the one before has answered stays; that one's link opens no more. */
export async function changeQuestionnaireOwner(
  context: Context,
  reference: string,
  owner: Owner,
  because: string,
): Promise<Questionnaire> {
  const before = await questionnaireOf(reference)
  if (owner.email === '') throw new Refused('questionnaire-no-address', { vendor: before.vendorName })
  const changed = await moveTo(context, before, changeOwner(before, owner), {
    event: before.state === 'asked' ? 'questionnaire.owner-changed' : 'questionnaire.changed',
    facts: { on: context.today, before: before.owner.contact, after: owner.contact },
    personal: { before: before.owner, after: owner, because },
  })
  if (changed.state !== 'asked') return changed
  if (contactOf(before.owner) !== contactOf(owner)) await endLinksOf(context, changed, before.owner)
  await askedMails(context, changed)
  return changed
}

export async function changeDueDate(
  context: Context,
  reference: string,
  dueOn: Day,
  because: string,
): Promise<Questionnaire> {
  const questionnaire = await questionnaireOf(reference)
  return moveTo(context, questionnaire, changeDue(questionnaire, dueOn, context.today), {
    event: 'questionnaire.due-changed',
    facts: { before: questionnaire.dueOn, after: dueOn },
    personal: { because },
  })
}

/** Nobody is to answer it any more; whoever was asked is told. `words`: for them, may be empty. */
export async function withdrawQuestionnaire(
  context: Context,
  reference: string,
  { because, words }: { because: string; words: string },
): Promise<Questionnaire> {
  const questionnaire = await questionnaireOf(reference)
  const withdrawn = await moveTo(context, questionnaire, withdraw(questionnaire), {
    event: 'questionnaire.withdrawn',
    facts: { before: questionnaire.state },
    personal: { because, words },
  })
  await stopMails(context, {
    about: { kind: 'questionnaire', ids: [withdrawn._id] },
    kinds: [...askingKinds],
  })
  // Who never had a link has nothing to be told.
  if (questionnaire.askedAt !== null && questionnaire.arrivedAt !== null)
    await withdrawnMails(context, withdrawn, words)
  return withdrawn
}

/** The set with that name. Throws `Refused('questionnaire-set-unknown')`. */
export function setOf({ id, version }: Questionnaire['set']): QuestionSet {
  try {
    return questionSet(id, version)
  } catch (error) {
    if (error instanceof NotFound) throw new Refused('questionnaire-set-unknown')
    throw error
  }
}

async function vendorAsked(context: Context, asking: Asking): Promise<Vendor> {
  const [[vendor], engagements] = await Promise.all([
    vendorsByIds([asking.vendor]),
    engagementsByIds(asking.engagements),
  ])
  if (!vendor) throw new NotFound()
  if (engagements.some((engagement) => engagement.vendor !== vendor._id)) throw new NotFound()
  mayBeAsked(asking, vendor, context.today)
  setOf(asking.set)
  return vendor
}

async function openAlready({ vendor, year, set }: Pick<Asking, 'vendor' | 'year' | 'set'>): Promise<Refused> {
  const open = await openOne(`${vendor}/${year}/${set.id}`)
  return new Refused('questionnaire-open-already', { reference: open?.reference ?? '', year })
}

// What has not left yet does not go to them either.
async function endLinksOf(context: Context, { _id }: Questionnaire, owner: Owner): Promise<void> {
  await stopMails(context, { about: { kind: 'questionnaire', ids: [_id] }, kinds: [...askingKinds] })
  await revokeLinks(context, {
    contact: contactOf(owner),
    about: { kind: 'questionnaire', ids: [_id] },
  })
}
