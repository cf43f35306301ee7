import type { Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { awaitsDeletion } from '../rules/issue.js'
import { modeOf } from '../rules/modes.js'
import { comes, goes, isContinued, isUsed, type Line, type Notice } from '../rules/notice.js'
import type { Mode, Phase, Recipient } from '../rules/recipient.js'
import type { UseBlock } from '../rules/use.js'
import { lineRows, lineTitle, type ServiceNames } from './facts.js'
import { barOf, noticeState, recipientState } from './words.js'

type Counts = Partial<Record<Phase, number>>

export function noticeFacts(notice: Notice, locale: Locale, day: (on: Day) => string) {
  const t = textIn(locale)
  const facts: [string, string][] = [
    [t('notices:show.why'), notice.why[locale]],
    [t('notices:show.safeguards'), notice.safeguards[locale]],
    [t('notices:show.planned-start'), day(notice.plannedStart)],
    [t('notices:show.go-live'), t(`notices:form.go-live-${notice.goLive}`)],
  ]
  if (notice.supersedes)
    facts.push([t('notices:show.supersedes'), `${notice.supersedes.reference}, ${day(notice.supersedes.on)}`])
  if (notice.supersededBy) facts.push([t('notices:show.superseded-by'), notice.supersededBy])
  if (notice.togetherBecause) facts.push([t('notices:show.together-because'), notice.togetherBecause[locale]])
  if (notice.withdrawal) facts.push([t('notices:show.withdrawn-because'), notice.withdrawal.because[locale]])
  return facts
}

/** The stations of a notice: what has been, what is now, what is ahead. */
export function timelineOf(notice: Notice, lastDay: Day | null, dueOn: Day | null, today: Day, t: Text) {
  const stations: { on: Day; text: string }[] = []
  if (notice.issuedOn) stations.push({ on: notice.issuedOn, text: t('notices:timeline.issued') })
  if (notice.state === 'issued') {
    if (lastDay) stations.push({ on: lastDay, text: t('notices:timeline.first-last-day') })
    if (dueOn) stations.push({ on: dueOn, text: t('notices:timeline.first-permitted') })
  }
  stations.push({ on: notice.plannedStart, text: t('notices:timeline.planned-start') })
  for (const line of notice.lines) {
    const names = { name: comes(line)?.vendorName ?? '', gone: goes(line)?.vendorName ?? '' }
    if (line.inUseSince) stations.push({ on: line.inUseSince, text: t('notices:timeline.in-use', names) })
    if (line.deletedOn) stations.push({ on: line.deletedOn, text: t('notices:timeline.deleted', names) })
  }
  if (notice.withdrawal) stations.push({ on: notice.withdrawal.on, text: t('notices:timeline.withdrawn') })
  if (notice.settledOn) stations.push({ on: notice.settledOn, text: t('notices:timeline.settled') })
  return stations
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map((station) => ({
      ...station,
      when: station.on < today ? 'past' : station.on === today ? 'now' : 'ahead',
    }))
}

export type LineStanding = { ready: number; inUse: number; blocks: readonly UseBlock[] }

/** A line with what can be done about it now. */
export function lineView(
  notice: Notice,
  line: Line,
  { ready, inUse, blocks }: LineStanding,
  services: ServiceNames,
  locale: Locale,
) {
  const t = textIn(locale)
  const issued = notice.state === 'issued'
  return {
    id: line.id,
    // A place of our own is no engagement.
    engagement: line.site === undefined ? line.engagement : null,
    continued: isContinued(line),
    title: lineTitle(line, t),
    rows: lineRows(line, services, locale),
    inUseSince: line.inUseSince,
    deletedOn: line.deletedOn,
    gone: goes(line)?.vendorName ?? '',
    ready,
    inUse,
    blocks: blocks.map((block) => t(`notices:use-block.${block}`)),
    asksUse: issued && isUsed(line) && ready > 0,
    asksDeletion: (issued || notice.state === 'settled') && awaitsDeletion(line),
  }
}

export function recipientRow(recipient: Recipient, t: Text) {
  const { customerReference, customerName, noticeReference, dayZero, lastDay, printedLastDay, earliestUse } =
    recipient
  const mode = modeOf(recipient)
  return {
    url: `/notices/${noticeReference}/recipients/${customerReference}`,
    name: customerName,
    reference: customerReference,
    state: recipientState(recipient, t),
    mode: t(`notices:mode.${mode}`),
    dayZero,
    lastDay: lastDay ?? printedLastDay,
    // A printed day is a promise; it becomes the effective one when the notice has arrived.
    expected: lastDay === null && printedLastDay !== null,
    permittedFrom: recipient.lines.find(({ permittedFrom }) => permittedFrom)?.permittedFrom ?? null,
    earliestUse,
    waits: waitsFor(recipient, t),
  }
}

/** What the customer waits for, or what is waited for from it; empty where nothing holds it up. */
export function waitsFor(recipient: Recipient, t: Text): string {
  if (recipient.state === 'undelivered')
    return t(`notices:undelivered.${recipient.undeliveredBecause ?? 'bounced'}`)
  if (recipient.held)
    return t(`notices:waits.${recipient.openObjections.length > 0 ? 'objection' : 'unclassified'}`)
  if (recipient.blockedBy.includes('instruction') && ['queued', 'running'].includes(recipient.state))
    return t('notices:waits.instruction')
  if (
    recipient.state === 'running' &&
    recipient.lines.some(({ mode, answer }) => mode === 'approval' && answer === null)
  )
    return t('notices:waits.approval')
  if (recipient.state === 'permitted') return t('notices:waits.use')
  return ''
}

export function paperRows(
  papers: readonly { pdf: string; mode: Mode; lastDay: Day | null; locale: Locale }[],
  locale: Locale,
) {
  const t = textIn(locale)
  return papers.map((paper) => ({
    url: `/files/${paper.pdf}`,
    language: t(`web:language.${paper.locale}`),
    text: t(paper.lastDay ? 'notices:show.paper' : 'notices:show.paper-no-day', {
      mode: t(`notices:mode.${paper.mode}`),
      day: paper.lastDay ? formatDay(paper.lastDay, locale) : '',
    }),
  }))
}

export function noticeHead(notice: Notice, counts: Counts, t: Text) {
  return {
    title:
      notice.lines.length === 0
        ? notice.reference
        : notice.lines.map((line) => lineTitle(line, t)).join('; '),
    state: noticeState(notice, t),
    bar: barOf(counts, t),
  }
}
