import type { Day } from '../../base/day.js'
import type { DataCategory, SubjectCount } from '../../register/rules.js'
import { partsOf, readDay, readMonth, readYesNo } from './cells.js'
import { shortened, type RowReader } from './plan.js'
import { readSafeguards, readTia, type NamedBasis } from './safeguards.js'
import { codeOf } from './words.js'

/** Bases as free text names them, and as columns of their own say them: 'DPF', 'SCC', 'TIA'. */
export function safeguardsIn(read: RowReader): NamedBasis[] | undefined {
  const told = [
    basesIn(read, 'safeguards', (text) => text),
    basesIn(read, 'dpf', (text) => (isAffirmed(text) ? 'DPF' : `DPF ${text}`)),
    basesIn(read, 'scc', (text) =>
      isAffirmed(text) ? 'SCC' : `SCC ${/^[1-4]$/.test(text) ? `modul ${text}` : text}`,
    ),
  ]
  const tia = assessedIn(read)
  if (told.every((each) => each === undefined)) return undefined
  const named = [...new Map(told.flatMap((each) => each ?? []).map((each) => [keyOf(each), each])).values()]
  if (tia === undefined) return named
  return named.map((each) =>
    /^(?:scc|bcr)/.test(each.basis) ? { ...each, tia: { concludedOn: tia } } : each,
  )
}

function keyOf({ basis, countries }: NamedBasis): string {
  return `${basis}|${countries?.join() ?? ''}`
}

function isAffirmed(text: string): boolean {
  return (
    readYesNo(text) === true ||
    /^(?:aktiv|active|certificeret|certified|indgået|underskrevet|signed|ok)$/i.test(text)
  )
}

function basesIn(read: RowReader, field: string, whole: (text: string) => string): NamedBasis[] | undefined {
  return read.value(field, (text) => {
    if (readYesNo(text) === false) return []
    const day = field === 'safeguards' ? null : readDay(text)
    const given = day === null ? whole(text) : whole(`${field === 'scc' ? 'signed' : 'checked'} ${day}`)
    const { bases: named, unread } = readSafeguards(given)
    if (unread.length > 0)
      read.say(field, 'warning', 'safeguards-unread', { text: shortened(unread.join('; ')) })
    if (readTia(given)?.on === null) read.say(field, 'warning', 'tia-without-day')
    return named
  })
}

/** The day of the assessment, from its own column. */
function assessedIn(read: RowReader): Day | undefined {
  const said = read.value(
    'tiaOn',
    (text) => readDay(text) ?? (readYesNo(text) !== null || readMonth(text) ? text : null),
    'not-a-day',
    'warning',
  )
  if (said === undefined || readYesNo(said) === false) return undefined
  const day = readDay(said)
  if (day === null) read.say('tiaOn', 'warning', 'tia-without-day')
  return day ?? undefined
}

const special =
  /følsom|særlige kategorier|helbred|health|race|etnisk|ethnic|religi|politisk|political|fagforening|trade union|biometri|genetisk|genetic|seksuel|sexual|\bart(?:ikel|icle|\.)?\s*9\b|sensitive|special categor/i
const confidential =
  /fortrolig|confidential|\bcpr|personnumm|straf|criminal|lovovertrædelse|\bart(?:ikel|icle|\.)?\s*10\b|national id/i
const ordinary =
  /almindelig|ordinary|\bart(?:ikel|icle|\.)?\s*6\b|ikke[- ]følsom|non[- ]sensitive|kontaktoplys|contact (?:data|details|information)|\bnavne?\b|\bnames?\b|e-?mail|telefon|phone|adresse|address|\bip\b|brugernavn|user ?name|stamdata|identifikationsoplys/i

/** Categories in the words people use: 'CPR-numre' are confidential, 'helbredsoplysninger' of a special category. */
export function categoriesIn(read: RowReader): DataCategory[] | undefined {
  return read.value('dataCategories', (text) => {
    const unread: string[] = []
    const all = partsOf(text).flatMap((part): DataCategory[] => {
      const code = codeOf('category', part)
      if (code) return [code]
      const rest = part.replace(/(?:ikke|non)[- ](?:følsom\w*|sensitive)/gi, ' almindelige ')
      const found = [
        ...(ordinary.test(rest) ? (['ordinary'] as const) : []),
        ...(confidential.test(rest) ? (['confidential'] as const) : []),
        ...(special.test(rest) ? (['special'] as const) : []),
      ]
      if (found.length === 0) unread.push(part)
      return found
    })
    if (unread.length > 0)
      read.say('dataCategories', 'warning', 'words-unread', { text: shortened(unread.join(', ')) })
    return all.length > 0 ? [...new Set(all)] : undefined
  })
}

/** 'under 1.000', or a number of people: 'ca. 5.000'. */
export function countFrom(text: string): SubjectCount | null {
  const code = codeOf('count', text)
  if (code) return code
  const digits =
    /^(?:ca\.?|cirka|approx\.?|about|omkring|>|over|min\.?)?\s*(\d{1,3}(?:[., ]\d{3})+|\d+)\s*(?:personer|people|registrerede|data subjects|stk\.?)?$/i.exec(
      text.trim(),
    )?.[1]
  if (digits === undefined) return null
  const number = Number(digits.replace(/[., ]/g, ''))
  if (number < 1000) return 'under-1000'
  return number <= 10_000 ? '1000-10000' : 'over-10000'
}
