/** What stands in the way of a notice, told before it is issued; nothing is skipped in silence. */
import type { Day } from '../../base/day.js'
import type { Law } from '../../transfers/rules.js'
import { beyondCorrection, correctsNothing } from './correction.js'
import { comes, type GoLive, type Line, type LineKind } from './notice.js'
import { isSiteReference } from './own-site.js'
import type { Named, Summary } from './summary.js'
import { basisHolds, type UseBlock } from './use.js'

/**
 * - 'issue': must be put right first.
 * - 'tick': staff takes it on itself, explicitly, by the tick of that name.
 * - 'customers': only these customers wait for it.
 * - 'use': does not keep the notice back, but the use.
 */
export type Severity = 'issue' | 'tick' | 'customers' | 'use'
export type Tick = 'otherChannel' | 'laterStart'

/** `text` is a key below `notices:blocker`. `url` leads to where it is put right. */
export type Blocker = {
  severity: Severity
  text: string
  facts: Record<string, string | number>
  url: string | null
  tick?: Tick
  customers?: Named
}

/**
 * A line as the register knows it. `found`: what it is by what differs, null where it brings nothing. `elsewhere`: a notice that
 * is out and changes the same engagement.
 */
export type LineFacts = {
  line: Line
  reference: string
  useBlocks: UseBlock[]
  found?: LineKind | null
  elsewhere?: string | null
}

export type Drafted = {
  reference: string
  goLive: GoLive
  plannedStart: Day
  lines: LineFacts[]
  summary: Summary
  law: Law
  today: Day
}

export function blockersIn({
  reference,
  goLive,
  plannedStart,
  lines,
  summary,
  law,
  today,
}: Drafted): Blocker[] {
  const edit = `/notices/${reference}/edit`
  const blockers: Blocker[] = []
  if (lines.length === 0) blockers.push({ severity: 'issue', text: 'no-lines', facts: {}, url: edit })
  if (lines.length > 0 && summary.count === 0)
    blockers.push({ severity: 'issue', text: 'nobody-to-tell', facts: {}, url: edit })
  for (const facts of lines) blockers.push(...declaredWrongly(facts, edit))
  for (const { line, reference: engagement } of lines) {
    const content = comes(line)
    const facts = { name: content?.vendorName ?? line.content?.vendorName ?? '', engagement }
    const url = `/${isSiteReference(engagement) ? 'sites' : 'engagements'}/${engagement}`
    if (content && !basisHolds(law, content, today))
      blockers.push({ severity: 'issue', text: 'no-basis', facts, url })
    if (content && !(content.activity.da && content.activity.en))
      blockers.push({ severity: 'issue', text: 'no-activity', facts, url })
  }
  const { tooEarly, withoutContact, notInstructed } = summary
  if (tooEarly.count > 0) {
    const facts = { count: tooEarly.count, planned: plannedStart, latest: tooEarly.latest ?? plannedStart }
    // Together means one start for all: it cannot be before anybody's earliest day. Staged, each customer starts on its own.
    blockers.push(
      goLive === 'together'
        ? { severity: 'issue', text: 'start-too-early-together', facts, url: edit, customers: tooEarly }
        : {
            severity: 'tick',
            tick: 'laterStart',
            text: 'start-too-early',
            facts,
            url: edit,
            customers: tooEarly,
          },
    )
  }
  if (withoutContact.count > 0)
    blockers.push({
      severity: 'tick',
      tick: 'otherChannel',
      text: 'no-contact',
      facts: { count: withoutContact.count },
      url: null,
      customers: withoutContact,
    })
  if (notInstructed.count > 0)
    blockers.push({
      severity: 'customers',
      text: 'not-instructed',
      facts: { count: notInstructed.count },
      url: null,
      customers: notInstructed,
    })
  for (const { line, reference: engagement, useBlocks } of lines) {
    const name = comes(line)?.vendorName
    if (name === undefined) continue
    for (const block of useBlocks)
      // A basis that does not hold is told once, as what keeps the notice back.
      if (block !== 'basis')
        blockers.push({
          severity: 'use',
          text: `use-${block}`,
          facts: { name, engagement },
          url: `/engagements/${engagement}`,
        })
  }
  return blockers
}

/** What staff called the line, against what it is: each kind asks for something else of the customers. */
function declaredWrongly(
  { line, reference: engagement, found = line.kind, elsewhere = null }: LineFacts,
  url: string,
): Blocker[] {
  const { content, replacedContent, corrected = {} } = line
  const facts = { name: content?.vendorName ?? '', engagement }
  const issue = (text: string, more: Blocker['facts'] = {}): Blocker => ({
    severity: 'issue',
    text,
    facts: { ...facts, ...more },
    url,
  })
  if (line.kind === 'correction') {
    if (!replacedContent) return []
    if (correctsNothing(corrected)) return [issue('correction-nothing')]
    return beyondCorrection(replacedContent, corrected).length > 0 ? [issue('correction-beyond')] : []
  }
  const blockers: Blocker[] = []
  if (found === null) blockers.push(issue('kind-nothing'))
  else if (found !== line.kind) blockers.push(issue(`kind-${found}`))
  if (elsewhere !== null) blockers.push(issue('continued-elsewhere', { notice: elsewhere }))
  return blockers
}

/** What still keeps the notice back when staff has ticked these. */
export function keepsBack(blockers: readonly Blocker[], ticks: readonly Tick[]): Blocker[] {
  return blockers.filter(
    ({ severity, tick }) =>
      severity === 'issue' || (severity === 'tick' && !ticks.some((ticked) => ticked === tick)),
  )
}
