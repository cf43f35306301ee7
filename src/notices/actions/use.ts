import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { confirmInUse, endApprovals, endUse, engagementsByIds } from '../../register/actions.js'
import { lawNow } from '../../transfers/actions.js'
import { countWhere } from '../records/lists.js'
import { Notices } from '../records/notices.js'
import { recipientBatches } from '../records/recipients.js'
import { engagementThatGoes, isContinued, isUsed, type Line, type Notice } from '../rules/notice.js'
import type { Owed } from '../rules/recipient.js'
import { contractBlocksOf, mayBeUsed, used, useBlocksOf } from '../rules/use.js'
import { noticeByReference } from './contents.js'
import { listForInformed } from './common-list.js'
import { followThrough } from './continued.js'
import { decideForAll } from './move.js'
import { payAllOwed } from './owed.js'

/**
 * Staff confirms that a line is in use since a day, for every customer for whom it was permitted by then; those permitted later
 * follow by a confirmation of their own. Returns how many customers that were.
 * Throws `Refused`: 'notice-not-issued', 'use-in-future', 'removal-has-no-use', 'use-without-contract', 'use-without-contract-later',
 * 'use-without-due-diligence', 'use-without-tia', 'use-without-basis', 'use-together-waits', 'nobody-permitted'.
 */
export async function confirmUse(
  context: Context,
  reference: string,
  lineId: string,
  day: Day,
): Promise<number> {
  const { notice, line } = await lineOf(reference, lineId)
  if (!isUsed(line)) throw new Refused('removal-has-no-use')
  if (notice.state !== 'issued') throw new Refused('notice-not-issued', { reference })
  if (day > context.today) throw new Refused('use-in-future')
  if (line.site === undefined) await refuseBlockedUse(line, day, context.today)
  if (notice.goLive === 'together') await refuseBeforeAll(notice, line, day)
  const ready = await countWhere(notice._id, {
    state: { $in: ['running', 'permitted', 'queued', 'undelivered'] },
    held: false,
    lines: { $elemMatch: { line: line.id, permittedFrom: { $ne: null, $lte: day }, inUseSince: null } },
  })
  if (ready === 0) throw new Refused('nobody-permitted')
  if (line.site === undefined) await confirmInUse(context, line.engagement, day)
  await moveLine(
    context,
    notice,
    line,
    { inUseSince: earliest(line.inUseSince, day) },
    'notice.use-confirmed',
    { day },
  )
  const count = await takeIntoUse(context, notice, line.id, day)
  if (isContinued(line)) {
    await payAllOwed(context)
    await followThrough(context, notice, line, day)
  } else if (line.site === undefined)
    await listForInformed(context, notice, line, earliest(line.inUseSince, day))
  return count
}

/** Every customer for whom the line may be used from that day, into use. A repeat finds nobody left. */
async function takeIntoUse(context: Context, notice: Notice, line: string, day: Day): Promise<number> {
  let moved = 0
  const continued = notice.lines.some((each) => each.id === line && isContinued(each))
  const ready = { lines: { $elemMatch: { line, permittedFrom: { $ne: null, $lte: day }, inUseSince: null } } }
  for await (const recipients of recipientBatches(notice._id, ready))
    moved += (
      await decideForAll(context, recipients, (recipient) => {
        if (!mayBeUsed(recipient, line, day)) return null
        // What it continues is off this customer's list from the same day.
        const owed = continued ? { owed: [...new Set<Owed>([...recipient.owed, 'succession'])] } : {}
        return {
          change: { ...used(recipient, line, day), ...owed },
          event: 'in-use',
          facts: { line, since: day },
        }
      })
    ).length
  return moved
}

/**
 * Staff confirms that what goes has been deleted (clause 11.1): from that day it is off the customers' lists. Where customers keep the
 * replaced one, because they refused or were exempted, it stays on theirs.
 * Throws `Refused`: 'notice-not-issued', 'nothing-goes', 'successor-not-in-use', 'use-in-future', 'deletion-known'.
 */
export async function confirmDeletion(
  context: Context,
  reference: string,
  lineId: string,
  day: Day,
): Promise<void> {
  const { notice, line } = await lineOf(reference, lineId)
  const engagement = engagementThatGoes(line)
  if (engagement === null || isContinued(line)) throw new Refused('nothing-goes')
  if (notice.state !== 'issued' && notice.state !== 'settled')
    throw new Refused('notice-not-issued', { reference })
  if (day > context.today) throw new Refused('use-in-future')
  if (line.kind !== 'removal' && line.inUseSince === null) throw new Refused('successor-not-in-use')
  if (line.deletedOn !== null) throw new Refused('deletion-known')
  const keeping = line.kind === 'removal' ? [] : await customersKeeping(notice, line.id)
  const gone = keeping.length === 0 ? undefined : await customersDone(notice, line.id)
  await endApprovals(context, {
    engagement,
    ...(gone ? { customers: gone } : {}),
    to: day,
    notice: notice.reference,
  })
  if (keeping.length === 0) await endUse(context, engagement, day)
  // While some are still on their way to the successor, its deletion will have to be confirmed for them, too.
  if (keeping.some(({ underway }) => underway)) return
  await moveLine(context, notice, line, { deletedOn: day }, 'notice.deletion-confirmed', { day })
}

/** What blocks use of each line today, for pages. */
export async function useBlocksByLine(
  notice: Notice,
  today: Day,
): Promise<Map<string, ReturnType<typeof useBlocksOf>>> {
  const [law, engagements] = await Promise.all([
    lawNow(),
    engagementsByIds(notice.lines.map(({ engagement }) => engagement)),
  ])
  return new Map(
    notice.lines.flatMap((line) => {
      const engagement = engagements.find(({ _id }) => _id === line.engagement)
      return engagement && isUsed(line) ? [[line.id, useBlocksOf(law, engagement, today)] as const] : []
    }),
  )
}

/** What is in order today, and of the contract also what was on the day that use began. */
async function refuseBlockedUse(line: Line, day: Day, today: Day): Promise<void> {
  const [engagement] = await engagementsByIds([line.engagement])
  if (!engagement) throw new NotFound()
  const blocks = useBlocksOf(await lawNow(), engagement, today)
  const [block] = [...blocks, ...contractBlocksOf(engagement, day)]
  if (block) throw new Refused(`use-without-${block}`)
}

// Counted at this moment and not kept: whoever objects after it is held from use by its own record.
async function refuseBeforeAll(notice: Notice, line: Line, day: Day): Promise<void> {
  const waiting = await countWhere(notice._id, {
    state: { $nin: ['left', 'withdrawn'] },
    $or: [
      {
        held: true,
        lines: { $elemMatch: { line: line.id, mode: { $ne: 'information' }, inUseSince: null } },
      },
      {
        lines: {
          $elemMatch: {
            line: line.id,
            mode: { $ne: 'information' },
            $or: [{ permittedFrom: null }, { permittedFrom: { $gt: day } }],
          },
        },
      },
      { state: 'exempted', lines: { $elemMatch: { line: line.id, mode: { $ne: 'information' } } } },
    ],
  })
  if (waiting > 0) throw new Refused('use-together-waits', { count: waiting })
}

async function customersKeeping(
  notice: Notice,
  line: string,
): Promise<{ customer: string; underway: boolean }[]> {
  const keeping: { customer: string; underway: boolean }[] = []
  const asked = { lines: { $elemMatch: { line, mode: { $ne: 'information' }, inUseSince: null } } }
  for await (const recipients of recipientBatches(notice._id, {
    ...asked,
    state: { $nin: ['left', 'withdrawn'] },
  }))
    for (const { customer, state } of recipients)
      keeping.push({ customer, underway: !['refused', 'exempted', 'in-use'].includes(state) })
  return keeping
}

async function customersDone(notice: Notice, line: string): Promise<string[]> {
  const done: string[] = []
  const moved = {
    lines: { $elemMatch: { line, $or: [{ mode: 'information' }, { inUseSince: { $ne: null } }] } },
  }
  for await (const recipients of recipientBatches(notice._id, moved))
    done.push(...recipients.map(({ customer }) => customer))
  return done
}

async function lineOf(reference: string, id: string): Promise<{ notice: Notice; line: Line }> {
  const notice = await noticeByReference(reference)
  const line = notice.lines.find((each) => each.id === id)
  if (!line) throw new NotFound()
  return { notice, line }
}

async function moveLine(
  context: Context,
  notice: Notice,
  line: Line,
  change: Partial<Line>,
  event: string,
  facts: Record<string, unknown>,
): Promise<void> {
  const lines = notice.lines.map((each) => (each.id === line.id ? { ...each, ...change } : each))
  await mustMove(context, Notices, notice, { lines }, { event, facts: { line: line.id, ...facts } })
}

function earliest(known: Day | null, day: Day): Day {
  return known !== null && known < day ? known : day
}
