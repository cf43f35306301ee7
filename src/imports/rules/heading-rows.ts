import type { Sheet } from '../reading/limits.js'

/** Where the headings stand: `heading` is the last row of them, and with `depth` 2 the row above it belongs to them. */
export type HeadingPlace = { heading: number; depth?: 2 | undefined }

/** The headings as one row. Where they fill two rows, each comes with the group above it: 'Kontakt: Navn'. */
export function headingsOf({ rows, spans = [] }: Sheet, { heading, depth }: HeadingPlace): string[] {
  const own = rows[heading] ?? []
  const above = rows[heading - 1]
  if (depth !== 2 || !above) return own
  const merged = spans.filter(({ row }) => row === heading - 1)
  const groups: string[] = []
  let carried = ''
  for (let place = 0; place < Math.max(own.length, above.length); place += 1) {
    const [group = '', heads = ''] = [above[place], own[place]]
    // A heading over two rows is no group: what stands beside it does not belong to it.
    if (group !== '') carried = heads === '' || heads === group ? '' : group
    const span = merged.find(({ from, to }) => place > from && place <= to)
    if (merged.length > 0 && group === '') carried = span ? (above[span.from] ?? '') : ''
    groups.push(joined(group === '' ? carried : group, heads))
  }
  return groups
}

function joined(group: string, own: string): string {
  if (own === '' || group === own) return group
  return group === '' ? own : `${group}: ${own}`
}

/** 'Kontakt: Navn' in its parts; null for a heading without a group. */
export function groupOf(heading: string): { group: string; own: string } | null {
  const [, group, own] = /^([^:]{2,60}):\s+(.+)$/s.exec(heading) ?? []
  return group === undefined || own === undefined ? null : { group, own }
}

/** What plain words of a heading mean below a group that says what they are about. */
const groups: readonly [RegExp, readonly [RegExp, string][]][] = [
  [
    /kontakt|contact|dpo|databeskyttelsesr/,
    [
      [/^(?:navn|name|person|kontaktperson)$/, 'contactName'],
      [/mail$/, 'contactEmail'],
      [/^(?:telefon|telefonnummer|tlf|tlf nr|phone|mobil|mobile)$/, 'contactPhone'],
      [/^(?:titel|title|stilling)$/, 'contactTitle'],
    ],
  ],
  [
    /opbevar|storage|lagring|hosting|stored/,
    [[/^(?:land|lande|country|countries|sted|location|placering)$/, 'storageCountries']],
  ],
  [
    /adgang|access|support/,
    [[/^(?:land|lande|country|countries|sted|location|placering)$/, 'accessCountries']],
  ],
  [
    /aftale|kontrakt|dpa|dba|contract|agreement/,
    [
      [/^(?:dato|date|underskrevet|signed|underskriftsdato|indgået)$/, 'contractSignedOn'],
      [/^(?:version|versionsnummer)$/, 'contractVersion'],
    ],
  ],
  [/overf|transfer/, [[/^(?:grundlag|basis|mekanisme|mechanism|hjemmel)$/, 'safeguards']]],
  [/behandling|processing/, [[/^(?:land|lande|country|countries|sted|location|placering)$/, 'countries']]],
  [
    /leverand|underdatabehandler|processor|vendor|supplier|virksomhed|selskab|company/,
    [
      [/^(?:navn|name|firma)$/, 'vendor'],
      [/^(?:land|country|hjemland)$/, 'country'],
    ],
  ],
]

/** The field a plain heading names below its plain group; null where the group settles nothing. */
export function fieldWithin(group: string, own: string): string | null {
  for (const [about, fields] of groups) {
    if (!about.test(group)) continue
    const field = fields.find(([wording]) => wording.test(own))
    if (field) return field[1]
  }
  return null
}
