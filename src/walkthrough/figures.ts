import { everyEntry } from '../audit-log/extract.js'
import { figuresOfYear } from '../audits/actions/figures.js'
import { auditsList } from '../audits/actions/read.js'
import type { DeclarationFacts } from '../audits/rules/declaration.js'
import type { YearFigures } from '../audits/rules/figures.js'
import { calendarYear } from '../base/day.js'
import type { Trial } from './house.js'

/** The years the story has lived through, counted at its end; and what was signed, as it was frozen then. */
export async function figuresTold(trial: Trial, from: number): Promise<YearFigures[]> {
  const context = trial.as({ kind: 'system', id: 'walkthrough' })
  const told = (await auditsList()).flatMap(({ frozen }) =>
    frozen ? [(frozen.facts as DeclarationFacts).figures] : [],
  )
  for (let year = from; year <= Number(trial.today().slice(0, 4)); year += 1)
    told.push(await figuresOfYear(context, year, calendarYear(year)))
  // An audit may as well cover July to June.
  told.push(await figuresOfYear(context, from, { from: `${from}-07-01`, to: `${from + 1}-06-30` }))
  return told
}

/** The whole log without its personal part, an entry to a line: from this alone every figure can be counted again. */
export async function logLines(): Promise<string> {
  const lines: string[] = []
  for await (const entries of everyEntry())
    lines.push(...entries.map((entry) => `${JSON.stringify(entry)}\n`))
  return lines.join('')
}
