import type { PageText } from '../../src/documents/pdf-lines.js'
import { propose } from '../../src/statements/rules/proposing.js'
import type { Proposals } from '../../src/statements/rules/proposals.js'
import type { Expected } from './expected.js'

export type Field = { right: number; wrong: number; missed: number }
export type Miss = { paper: string; field: string; wanted: unknown; got: unknown }

type Pairs = [field: string, wanted: unknown, got: unknown][]

/** Each field of one paper: what a person reads in it beside what was proposed. */
export function pairsOf(expected: Expected, got: Proposals): Pairs {
  const one: Pairs = [
    ['language', expected.language, got.language],
    ['kind', expected.kind, got.kind?.value],
    ['edition', expected.edition, got.edition?.value],
    ['type', expected.type, got.type?.value],
    ['level', expected.level, got.level?.value],
    ['period', expected.period, got.period?.value],
    ['asOf', expected.asOf, got.asOf?.value],
    ['issuedOn', expected.issuedOn, got.issuedOn?.value],
    ['auditor', plain(expected.auditor), plain(got.auditor?.value.name)],
    ['auditorNumber', expected.auditorNumber, got.auditor?.value.registration],
    ['entity', plain(expected.entity), plain(got.entity?.value.name)],
    ['opinion', expected.opinion, got.opinion?.value],
    ['certificateNumber', expected.certificateNumber, got.certificateNumber?.value],
    ['expiresOn', expected.expiresOn, got.expiresOn?.value],
    ['body', plain(expected.body), plain(got.body?.value)],
  ]
  const key = ({ name, method }: { name: string; method: string | null }) => `${plain(name)} ${method}`
  const controls = (found: Readonly<Record<string, unknown>>) =>
    Object.entries(found).map(([control, result]) => `${control} ${String(result)}`)
  return [
    ...one,
    ...several(
      'subservice',
      expected.subservice?.map(key),
      got.subservice.map(({ value }) => key(value)),
    ),
    ...several(
      'sites',
      expected.sites,
      got.sites.map(({ value }) => value.address),
    ),
    ...several(
      'exceptions',
      expected.exceptions?.map(String),
      got.exceptions.map(({ value }) => String(value.control)),
    ),
    ...several(
      'controls',
      controls(expected.controls ?? {}),
      controls(Object.fromEntries(got.controls.map(({ control, result }) => [control, result]))),
    ),
  ]
}

function several(field: string, wanted: readonly string[] = [], got: readonly string[]): Pairs {
  const both = [...new Set([...wanted, ...got])]
  return both.map((each) => [field, wanted.includes(each) ? each : null, got.includes(each) ? each : null])
}

export function measure(papers: readonly { name: string; expected: Expected; pages: PageText[] }[]): {
  fields: Map<string, Field>
  misses: Miss[]
} {
  const fields = new Map<string, Field>()
  const misses: Miss[] = []
  for (const { name, expected, pages } of papers)
    for (const [field, wanted, got] of pairsOf(expected, propose(pages))) {
      const count = fields.get(field) ?? { right: 0, wrong: 0, missed: 0 }
      const [a, b] = [JSON.stringify(wanted ?? null), JSON.stringify(got ?? null)]
      if (a === b && a !== 'null') count.right += 1
      if (a !== b) {
        // A wrong value is both: one proposed in vain, and one not found.
        if (b !== 'null') count.wrong += 1
        if (a !== 'null') count.missed += 1
        misses.push({ paper: name, field, wanted: wanted ?? null, got: got ?? null })
      }
      fields.set(field, count)
    }
  return { fields, misses }
}

function plain(text: string | undefined): string | undefined {
  return text
    ?.toLowerCase()
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim()
}
