/**
 * How well the text of statements is read: precision (of what was proposed, how much was right) and recall (of what is in the paper, how
 * much was found) per field, on PDFs made here; and how long a PDF takes.
 *
 *   node --import tsx bench/statements.ts [made|held|again|third|fourth]
 *
 * made: what the rules were written on. The others: each written in other words and layouts before the rules were run on it, after they had
 * been mended on the one before. What each first run found stands below and is printed: together 213 of 249 facts found, with 19 wrong
 * proposals. That is the measure of papers nobody has seen; what is printed of them now only shows that nothing has got worse.
 */
import { loadavg } from 'node:os'
import { pagesOf } from '../src/documents/pdf-text.js'
import { danish } from './statements/danish.js'
import { english } from './statements/english.js'
import { heldDanish } from './statements/held-danish.js'
import { heldEnglish } from './statements/held-english.js'
import { heldAgain } from './statements/held-again.js'
import { heldFourth } from './statements/held-fourth.js'
import { heldThird } from './statements/held-third.js'
import { measure, type Field } from './statements/measure.js'
import { paper, scanned } from './statements/paper.js'

const sets = {
  made: [...danish, ...english],
  held: [...heldDanish, ...heldEnglish],
  again: heldAgain,
  third: heldThird,
  fourth: heldFourth,
}
/** Of the first run. */
const atFirst: Record<string, Field> = {
  held: { right: 73, wrong: 7, missed: 12 },
  again: { right: 54, wrong: 9, missed: 5 },
  third: { right: 44, wrong: 2, missed: 13 },
  fourth: { right: 42, wrong: 1, missed: 6 },
}
const share = (a: number, b: number) => (a + b === 0 ? '–' : `${Math.round((100 * a) / (a + b))} %`)
const row = ({ right, wrong, missed }: Field) => ({
  right,
  wrong,
  missed,
  precision: share(right, wrong),
  recall: share(right, missed),
})

const asked = process.argv[2]
const took: number[] = []
for (const [name, papers] of Object.entries(sets)) {
  if (asked !== undefined && asked !== name) continue
  const read = []
  for (const { pdf, ...each } of papers) {
    const bytes = await pdf()
    const began = performance.now()
    const text = await pagesOf(bytes)
    took.push(performance.now() - began)
    read.push({ ...each, pages: text.outcome === 'read' ? text.pages : [] })
  }
  const { fields, misses } = measure(read)
  const all = { right: 0, wrong: 0, missed: 0 }
  for (const field of fields.values())
    for (const key of ['right', 'wrong', 'missed'] as const) all[key] += field[key]
  console.log(`\n${name}: ${papers.length} papers`)
  console.table(
    Object.fromEntries([...fields, ['all', all] as const].map(([field, count]) => [field, row(count)])),
  )
  const first = atFirst[name]
  if (first) console.log('when the rules had not seen them:', JSON.stringify(row(first)))
  for (const miss of misses) console.log(JSON.stringify(miss))
}

const outcomes = {
  scanned: (await pagesOf(await scanned())).outcome,
  encrypted: (await pagesOf(await paper([{ title: 'x' }], { password: 'hemmelig' }))).outcome,
  broken: (await pagesOf(Buffer.from('%PDF-1.7 and nothing more'))).outcome,
}
const sorted = took.toSorted((a, b) => a - b)
const milliseconds = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0)
console.log(
  JSON.stringify({
    outcomes,
    milliseconds: { median: milliseconds(0.5), most: milliseconds(1) },
    load: loadavg()[0],
  }),
)
