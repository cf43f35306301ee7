import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { ImportModel, moveImport, type Import } from '../records.js'
import { withCells, withoutRows } from '../rules/import.js'
import type { SeveralAsked, WayForSeveral } from '../rules/several.js'
import { dryRun } from './plan.js'
import { sheetsOf } from './upload.js'

/** Corrects every row that has this problem in this column, and leaves all else that was chosen. */
export async function chooseSeveral(
  context: Context,
  found: Import,
  { text, letter, way }: SeveralAsked,
): Promise<Import> {
  const { sheets } = await sheetsOf(found)
  const { messages } = await dryRun(context, found, sheets)
  const rows = [
    ...new Set(
      messages
        .filter((each) => each.severity === 'problem' && each.text === text && each.letter === letter)
        .map(({ row }) => row),
    ),
  ]
  if (rows.length === 0) throw new Refused('changed-meanwhile')
  const moved = await moveImport(
    found._id,
    ['ready'],
    changedBy(found, rows, letter, way),
    {
      at: context.now,
      by: context.actor,
      event: 'import.rows-chosen',
      facts: { way, problem: text, column: letter, rows: rows.length },
    },
    found.version,
  )
  if (!moved) throw new Refused('changed-meanwhile')
  await record(ImportModel, moved)
  return moved
}

function changedBy(
  { mapping, choices }: Import,
  rows: readonly number[],
  letter: string,
  way: WayForSeveral,
): Partial<Pick<Import, 'mapping' | 'choices'>> {
  if (way === 'fill') return { mapping: { ...mapping, fill: true } }
  if (way === 'split') return { mapping: { ...mapping, split: true } }
  if (way === 'out') return { choices: withoutRows(choices, rows) }
  return { choices: withCells(choices, new Map(rows.map((row) => [row, { [letter]: '' }]))) }
}
