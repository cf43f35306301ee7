import { earlierOf, type Day } from '../../base/day.js'
import { noticePeriodsFor } from '../../customers/actions.js'
import { countReady, countWhere, firstDayOf } from '../records/lists.js'
import { noticesIn } from '../records/notices.js'
import { latestDayToSend } from '../rules/deadlines.js'
import { awaitsDeletion } from '../rules/issue.js'
import { comes, goes, isUsed, servicesOf, type Line, type Notice } from '../rules/notice.js'
import { endStates } from '../rules/recipient.js'
import { severityBy, type NoticeTask } from '../rules/tasks.js'
import { withContents } from './contents.js'
import { useBlocksByLine } from './use.js'

/** What staff has to do about notices, for the dashboard. */
export async function noticeTasks(today: Day): Promise<NoticeTask[]> {
  const drafts = await noticesIn(['draft'])
  const running = await noticesIn(['issued', 'settled'])
  const tasks = await Promise.all([
    ...drafts.map((notice) => draftTasks(notice, today)),
    ...running.map((notice) => runningTasks(notice, today)),
  ])
  return tasks.flat().toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

async function draftTasks(notice: Notice, today: Day): Promise<NoticeTask[]> {
  const { lines, reference, plannedStart, rules } = await withContents(notice)
  const periods = await noticePeriodsFor([
    ...new Set(lines.filter(({ kind }) => kind !== 'correction').flatMap(servicesOf)),
  ])
  const days = periods.map((period) => latestDayToSend(plannedStart, period, rules)?.sendBy ?? today)
  if (days.length === 0) return []
  const on = days.reduce(earlierOf)
  return [
    {
      kind: 'notice-draft-send-by',
      severity: severityBy(on, today),
      text: on < today ? 'draft-too-late' : 'draft-send-by',
      facts: { reference, start: plannedStart, on },
      action: 'preview',
      url: `/notices/${reference}/preview`,
      on,
    },
  ]
}

async function runningTasks(notice: Notice, today: Day): Promise<NoticeTask[]> {
  const url = `/notices/${notice.reference}`
  const facts = { reference: notice.reference }
  const since = notice.issuedOn ?? today
  const tasks: NoticeTask[] = []
  const count = (filter: Record<string, unknown>) => countWhere(notice._id, filter)
  if (notice.state === 'issued') {
    const [undelivered, uncorrected, uninstructed, unapproved] = await Promise.all([
      count({ state: 'undelivered' }),
      count({ correctionFailed: true, state: 'running' }),
      count({ blockedBy: 'instruction', state: { $nin: [...endStates] } }),
      count({ state: 'running', lines: { $elemMatch: { mode: 'approval', answer: null } } }),
    ])
    if (undelivered > 0)
      tasks.push({
        kind: 'notice-undelivered',
        severity: 'blocked',
        text: 'undelivered',
        facts: { ...facts, count: undelivered },
        action: 'deliver',
        url: `${url}?phase=undelivered`,
        on: since,
      })
    if (uncorrected > 0)
      tasks.push({
        kind: 'notice-correction',
        severity: 'due',
        text: 'correction',
        facts: { ...facts, count: uncorrected },
        action: 'look',
        url: `${url}?phase=running`,
        on: since,
      })
    if (uninstructed > 0)
      tasks.push({
        kind: 'notice-instruction-missing',
        severity: 'blocked',
        text: 'instruction',
        facts: { ...facts, count: uninstructed },
        action: 'look',
        url,
        on: since,
      })
    if (unapproved > 0) {
      const on =
        (await firstDayOf(notice._id, 'lastDay', {
          lines: { $elemMatch: { mode: 'approval', answer: null } },
        })) ?? today
      tasks.push({
        kind: 'notice-approval-outstanding',
        severity: on < today ? 'overdue' : 'info',
        text: on < today ? 'approval-overdue' : 'approval',
        facts: { ...facts, count: unapproved, on },
        action: 'look',
        url: `${url}?phase=running`,
        on,
      })
    }
    tasks.push(...(await useTasks(notice, today)))
  }
  for (const line of notice.lines.filter(awaitsDeletion))
    tasks.push({
      kind: 'notice-deletion',
      severity: 'due',
      text: 'deletion',
      facts: { ...facts, name: goes(line)?.vendorName ?? '' },
      action: 'confirm-deletion',
      url: `${url}#line-${line.id}`,
      on: line.inUseSince ?? since,
    })
  return tasks
}

async function useTasks(notice: Notice, today: Day): Promise<NoticeTask[]> {
  const blocks = await useBlocksByLine(notice, today)
  const tasks = await Promise.all(
    notice.lines.map((line) => useTask(notice, line, (blocks.get(line.id) ?? []).length > 0, today)),
  )
  return tasks.flatMap((task) => task ?? [])
}

async function useTask(notice: Notice, line: Line, blocked: boolean, today: Day): Promise<NoticeTask | null> {
  if (!isUsed(line)) return null
  const waiting = await countReady(notice, line.id, today)
  if (waiting === 0) return null
  const { reference, plannedStart } = notice
  const on = plannedStart
  return {
    kind: blocked ? 'notice-use-blocked' : 'notice-permitted-not-in-use',
    severity: blocked ? 'blocked' : on > today ? 'info' : 'due',
    text: blocked ? 'use-blocked' : 'permitted',
    facts: { reference, count: waiting, name: comes(line)?.vendorName ?? '' },
    action: blocked ? 'look' : 'confirm-use',
    url: `/notices/${reference}#line-${line.id}`,
    on,
  }
}
