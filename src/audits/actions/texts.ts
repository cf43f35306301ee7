import type { Context } from '../../base/context.js'
import type { Problem } from '../../base/form.js'
import type { Audit } from '../rules/audit.js'
import { merge, type Merged, type Texts } from '../rules/merge.js'
import { partOfTexts, problemsWithPeriod, textsOfPart, type Part } from '../rules/parts.js'
import { leads } from './begin.js'
import { moveAudit } from './move.js'
import { again, openAudit } from './open.js'

/** Takes what was typed together with what others saved meanwhile; where both changed the same field, nothing is saved. */
export async function saveTexts(
  context: Context,
  reference: string,
  part: Part,
  { typed, marks }: { typed: Texts; marks: string },
): Promise<{ audit: Audit; problems: Problem[]; merged: Merged }> {
  return again(async () => {
    const audit = await openAudit(reference)
    const before = textsOfPart(audit, part)
    const merged = merge(typed, before, marks)
    const problems = part === 'scope' ? await problemsWithScope(merged.values, audit) : []
    const same = Object.keys(before).every((name) => merged.values[name] === before[name])
    if (same || problems.length > 0 || merged.conflicts.length > 0) return { audit, problems, merged }
    const changes = partOfTexts(merged.values, part)
    const { lead, period } = changes
    const { lead: _lead, from: _from, to: _to, ...words } = merged.values
    const { lead: _before, from: _began, to: _ended, ...earlier } = before
    const moved = await moveAudit(context, audit, changes, {
      event: `audit.${part}-changed`,
      facts: part === 'scope' ? { lead, period } : {},
      personal: { before: earlier, after: words },
    })
    return { audit: moved, problems, merged }
  })
}

/** Who leads it stays as it is, whatever role they have by now; another must have the role (C.7). */
async function problemsWithScope(
  { lead, from = '', to = '' }: Texts,
  audit: Pick<Audit, 'lead'>,
): Promise<Problem[]> {
  const known = lead === audit.lead || (await leads()).some(({ _id }) => _id === lead)
  return [...(known ? [] : [{ field: 'lead', text: 'choose-one' }]), ...problemsWithPeriod(from, to)]
}
