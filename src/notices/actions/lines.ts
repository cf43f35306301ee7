/** The lines of a draft as staff chose them, against what the register says. */
import type { Context } from '../../base/context.js'
import type { Problem } from '../../base/form.js'
import { engagementByReference, engagementContent, siteByReference } from '../../register/actions.js'
import type { LineInput } from '../form.js'
import { correctedFields, correctionProblems } from '../form/corrected.js'
import type { Engagement } from '../../register/rules.js'
import { isUsed, type Line } from '../rules/notice.js'
import { isSiteReference } from '../rules/own-site.js'
import { contentsOf } from './contents.js'
import { linesFrom } from './drafts.js'
import { kindsFound } from './kinds.js'

/** Where the register shows that a line is something else than it was called, or nothing at all. */
export async function kindProblems(context: Context, inputs: readonly LineInput[]): Promise<Problem[]> {
  const { lines, engagements } = await linesFrom(inputs)
  const whole = await Promise.all(
    lines.map((line) => contentsOf({ ...line, replaces: line.replaces ?? continuedBy(line, engagements) })),
  )
  const found = await kindsFound(whole, context.today)
  return whole.flatMap((line, row): Problem[] => {
    if (line.kind === 'correction')
      return line.replacedContent ? correctionProblems(row, line.replacedContent, inputs[row]?.corrected) : []
    const kind = found.get(line.id) ?? null
    if (kind === line.kind) return changedTwice(whole, row)
    return [
      { field: `lines.${row}.kind`, text: kind === null ? 'notice-kind-nothing' : `notice-kind-${kind}` },
    ]
  })
}

function continuedBy(line: Line, engagements: readonly Engagement[]): string | null {
  const engagement = engagements.find(({ _id }) => _id === line.engagement)
  return isUsed(line) ? (engagement?.continues ?? null) : null
}

// Each is a copy of the engagement with one change: the second would take the first one back.
function changedTwice(lines: readonly Line[], row: number): Problem[] {
  const own = lines[row]?.replaces ?? null
  const before = lines.slice(0, row).some(({ replaces }) => own !== null && replaces === own)
  return before ? [{ field: `lines.${row}.engagement`, text: 'notice-changed-twice' }] : []
}

/** What each correction among the lines can put right, by row; the others have none. */
export async function correctionFields(lines: readonly Partial<LineInput>[]) {
  return Promise.all(
    lines.map(async ({ kind, engagement: reference = '', corrected }) => {
      if (kind !== 'correction') return null
      const engagement = reference === '' ? null : await engagementByReference(reference)
      const content = engagement && (await engagementContent(engagement._id))
      return content && correctedFields(reference, content, corrected)
    }),
  )
}

/** The place of our own that a line is about, by row; the others are about none. */
export async function sitesChosen(lines: readonly Partial<LineInput>[]): Promise<(SiteChosen | null)[]> {
  return Promise.all(
    lines.map(async ({ engagement: reference }) => {
      const site = isSiteReference(reference) ? await siteByReference(reference) : null
      return site && { reference: site.reference, address: site.address }
    }),
  )
}

type SiteChosen = { reference: string; address: string }
