import { organisation } from '../../auth/organisation.js'
import { record } from '../../audit-log/actions.js'
import { moveRecorded, mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { currentWording } from '../../mail/wording.js'
import { Notices } from '../records/notices.js'
import { insertRecipients, Recipients, recipientsOwed } from '../records/recipients.js'
import type { Tick } from '../rules/blockers.js'
import { customersAtOnce, issue } from '../rules/issue.js'
import type { Notice, Sender } from '../rules/notice.js'
import { audienceOf, blockersOf } from './audience.js'
import { applyCorrections } from './corrections.js'
import { noticeByReference, withContents } from './contents.js'
import { draftAsSeen, type Which } from './drafts.js'
import { openPost, postMails, type Post } from './mails.js'
import { endSuperseded, maySupersede } from './supersede.js'

/**
 * Sends the notice. The one move from draft to issuing is the commit point: whoever is second, here or in another process, is
 * refused. What follows can be cut short anywhere; `finishIssuing` and `enqueueMissingMails` go on from what is there.
 * Throws `Refused`: 'notice-not-draft', 'notice-blocked', 'changed-meanwhile', 'organisation-missing'.
 */
export async function issueNotice(context: Context, which: Which, ticks: readonly Tick[]): Promise<Notice> {
  const { notice, customers } = await beginIssue(context, which, ticks)
  // Nobody waits minutes for a page: what is large goes on by the timers alone.
  if (customers > customersAtOnce) return notice
  const issued = await finishIssue(context, notice)
  await postAnnouncements(await openPost(context), issued)
  return issued
}

export async function beginIssue(
  context: Context,
  which: Which,
  ticks: readonly Tick[],
): Promise<{ notice: Notice; customers: number }> {
  const draft = await withContents(await draftAsSeen(which))
  await maySupersede(context, draft)
  const { blockers, summary } = await blockersOf(context, draft)
  const change = issue(draft, {
    now: context.now,
    today: context.today,
    by: context.actor.id,
    sender: await senderNow(),
    blockers,
    ticks,
  })
  // Frozen with everything else: what a timer sends later reads as what was sent first.
  const wording = await currentWording()
  const frozen = { ...change, wording }
  const moved = await mustMove(context, Notices, draft, frozen, {
    event: 'notice.issued',
    facts: {
      reference: draft.reference,
      before: { state: draft.state },
      after: { state: 'issuing' },
      customers: summary.count,
      issuedOn: context.today,
      lines: draft.lines.map(({ id, kind, engagement, site }) => ({
        id,
        kind,
        engagement,
        ...(site === undefined ? {} : { site }),
      })),
      ticks: [...ticks],
      ...(wording ? { wording: wording.number } : {}),
    },
  })
  return { notice: moved, customers: summary.count }
}

/** Every customer its part, and the notice out of 'issuing'. Whatever part of it is done already stays as it is. */
export async function finishIssue(context: Context, notice: Notice): Promise<Notice> {
  if (notice.state !== 'issuing') return notice
  await listRecipients(notice)
  await endSuperseded(context, notice)
  await applyCorrections(context, notice)
  const { reference } = notice
  const moved = await moveRecorded(
    context,
    Notices,
    notice,
    { state: 'issued' },
    {
      event: 'notice.recipients-listed',
      facts: { reference, before: { state: 'issuing' }, after: { state: 'issued' } },
    },
  )
  // Another has finished it.
  return moved ?? noticeByReference(reference)
}

/** As of the day and the instant of issue, whenever it is done. */
export async function listRecipients(notice: Notice): Promise<void> {
  const { issuedAt, issuedOn, issuedBy, reference } = notice
  if (issuedAt === null || issuedOn === null) return
  for await (const contents of audienceOf(notice, issuedOn, issuedAt)) {
    const listed = await insertRecipients(contents, {
      at: issuedAt,
      by: { kind: 'staff', id: issuedBy ?? '' },
      event: 'recipient.listed',
      facts: { notice: reference },
    })
    await record(Recipients, listed)
  }
}

const batch = 200

export async function postAnnouncements(post: Post, notice: Notice): Promise<number> {
  let posted = 0
  let after = ''
  for (;;) {
    const recipients = await recipientsOwed('announcement', batch, { after, notice: notice._id })
    const last = recipients.at(-1)
    if (!last) return posted
    after = last._id
    posted += await postMails(post, notice, recipients, 'announcement')
  }
}

export async function senderNow(): Promise<Sender> {
  const house = await organisation()
  if (!house) throw new Refused('organisation-missing')
  const { name, registration, address, dpo, replyTo } = house
  return {
    name,
    registration: `${registration.kind === 'other' ? '' : `${registration.kind} `}${registration.number}`,
    address: address.replace(/\n+/g, ', '),
    officer: dpo.name,
    phone: dpo.phone,
    replyTo,
  }
}
