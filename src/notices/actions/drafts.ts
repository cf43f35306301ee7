import { record } from '../../audit-log/actions.js'
import { mustMove } from '../../audit-log/recorded.js'
import type { Bilingual, Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { firstMove } from '../../db/moves.js'
import { askAboutByItself, engagementByReference } from '../../register/actions.js'
import type { Engagement, Site } from '../../register/rules.js'
import type { DraftInput, LineInput } from '../form.js'
import { suggestedSafeguards } from '../page/safeguards.js'
import { insertNotice, Notices } from '../records/notices.js'
import { danishDateRules } from '../rules/deadlines.js'
import { isChangedKind } from '../rules/kinds.js'
import { isUsed, type Line, type Notice } from '../rules/notice.js'
import { isSiteReference } from '../rules/own-site.js'
import { contentsOf, noticeByReference } from './contents.js'
import { siteNamed } from './own-sites.js'

/** Which notice, and the version of it the person had before them. */
export type Which = { reference: string; version: number }

export async function draftNotice(context: Context, input: DraftInput): Promise<Notice> {
  const { lines, engagements } = await linesFrom(input.lines)
  const reference = await nextReference('CN', Number(context.today.slice(0, 4)))
  const content = {
    lines,
    why: input.why,
    safeguards: await safeguardsOf(input.safeguards, lines, engagements),
    plannedStart: input.plannedStart,
    goLive: input.goLive,
    togetherBecause: input.togetherBecause,
  }
  const notice: Notice = {
    _id: newId(),
    reference,
    state: 'draft',
    ...content,
    issuedAt: null,
    issuedOn: null,
    issuedBy: null,
    rules: danishDateRules,
    otherChannel: false,
    sender: null,
    withdrawal: null,
    settledOn: null,
    counts: null,
    sample: engagements.some(({ sample }) => sample),
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'notice.drafted',
      facts: { reference, ...openFacts(content) },
      personal: { why: content.why, safeguards: content.safeguards },
    }),
  }
  await askAboutByItself(context, newInUse(lines))
  await insertNotice(notice)
  await record(Notices, notice)
  return notice
}

/** Throws `Refused`: 'notice-not-draft', 'changed-meanwhile'. */
export async function editDraft(context: Context, which: Which, input: DraftInput): Promise<Notice> {
  const notice = await draftAsSeen(which)
  const { lines, engagements } = await linesFrom(input.lines, notice.lines)
  const change = {
    lines,
    why: input.why,
    safeguards: await safeguardsOf(input.safeguards, lines, engagements),
    plannedStart: input.plannedStart,
    goLive: input.goLive,
    togetherBecause: input.togetherBecause,
    sample: engagements.some(({ sample }) => sample),
  }
  await askAboutByItself(context, newInUse(lines))
  return mustMove(context, Notices, notice, change, {
    event: 'notice.edited',
    facts: { before: openFacts(notice), after: openFacts(change) },
    personal: {
      before: { why: notice.why, safeguards: notice.safeguards },
      after: { why: change.why, safeguards: change.safeguards },
    },
  })
}

/** A draft that is not to be sent; its reference stays taken. */
export async function discardDraft(context: Context, which: Which): Promise<void> {
  const notice = await draftAsSeen(which)
  await mustMove(
    context,
    Notices,
    notice,
    { state: 'withdrawn' },
    { event: 'notice.discarded', facts: { reference: notice.reference } },
  )
}

/** The draft as the person saw it. */
export async function draftAsSeen({ reference, version }: Which): Promise<Notice> {
  const notice = await noticeByReference(reference)
  if (notice.state !== 'draft') throw new Refused('notice-not-draft', { reference })
  if (notice.version !== version) throw new Refused('changed-meanwhile')
  return notice
}

/** Lines for what was chosen; one that stays keeps its id. Contents stay in the register until the issue. */
export async function linesFrom(
  inputs: readonly LineInput[],
  before: readonly Line[] = [],
): Promise<{ lines: Line[]; engagements: Engagement[] }> {
  const engagements: Engagement[] = []
  const lines: Line[] = []
  for (const { kind, engagement: reference, replaces, corrected } of inputs) {
    if (isSiteReference(reference)) {
      lines.push(siteLine(await siteNamed(reference), before))
      continue
    }
    const engagement = await known(reference)
    const replaced = replaces === null ? null : await known(replaces)
    const same = before.find((line) => line.engagement === engagement._id && line.kind === kind)
    engagements.push(engagement)
    lines.push({
      id: same?.id ?? newId().slice(0, 8),
      kind,
      engagement: engagement._id,
      // A change of what is approved continues the engagement it was planned from.
      replaces: replaced?._id ?? (isChangedKind(kind) ? (engagement.continues ?? null) : null),
      ...(kind === 'correction' ? { corrected: corrected ?? {} } : {}),
      content: null,
      replacedContent: null,
      inUseSince: null,
      deletedOn: null,
    })
  }
  return { lines, engagements }
}

function siteLine({ _id, reference }: Site, before: readonly Line[]): Line {
  return {
    id: before.find(({ site }) => site === reference)?.id ?? newId().slice(0, 8),
    kind: 'new-place',
    engagement: _id,
    site: reference,
    replaces: null,
    content: null,
    replacedContent: null,
    inUseSince: null,
    deletedOn: null,
  }
}

async function known(reference: string): Promise<Engagement> {
  const engagement = await engagementByReference(reference)
  if (!engagement) throw new NotFound()
  return engagement
}

/** The engagements whose use would begin by these lines. */
function newInUse(lines: readonly Line[]): string[] {
  return lines.flatMap((line) => (line.site === undefined && isUsed(line) ? [line.engagement] : []))
}

/** What staff wrote; a language it left empty is filled from the register. */
async function safeguardsOf(
  written: Bilingual,
  lines: readonly Line[],
  engagements: readonly Engagement[],
): Promise<Bilingual> {
  if (written.da && written.en) return written
  const suggested = await suggestionFor(lines, engagements)
  return { da: written.da || suggested.da, en: written.en || suggested.en }
}

/** A first wording for lines that are not drafted yet; empty for engagements that are not there. */
export async function suggestSafeguards(inputs: readonly LineInput[]): Promise<Bilingual> {
  const there = await Promise.all(inputs.map(({ engagement }) => engagementByReference(engagement)))
  const { lines, engagements } = await linesFrom(inputs.filter((_, row) => there[row]))
  return suggestionFor(lines, engagements)
}

async function suggestionFor(lines: readonly Line[], engagements: readonly Engagement[]): Promise<Bilingual> {
  const coming = await Promise.all(
    lines.flatMap((line) => {
      const engagement = engagements.find(({ _id }) => _id === line.engagement)
      if (!isUsed(line) || !engagement) return []
      return [contentsOf(line).then(({ content }) => ({ ...engagement, name: content?.vendorName ?? '' }))]
    }),
  )
  return suggestedSafeguards(coming)
}

function openFacts(content: Pick<Notice, 'lines' | 'plannedStart' | 'goLive'>): Record<string, unknown> {
  return {
    lines: content.lines.map(({ kind, engagement, replaces }) => ({
      kind,
      engagement,
      ...(replaces ? { replaces } : {}),
    })),
    plannedStart: content.plannedStart,
    goLive: content.goLive,
  }
}
