/** What was read in the PDF, as the reviewer is shown it: a value, the page and the words it stands in. */
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { readingsOf, type Readings } from '../form.js'
import type { Proposals } from '../rules/proposals.js'

/** What reading gave, as the records keep it. */
export type KeptReading = { outcome: string; count: number | null; proposals?: Proposals } | null

export function proposalsIn(reading: unknown): Proposals | null {
  const kept = reading as KeptReading
  return kept?.outcome === 'read' ? (kept.proposals ?? null) : null
}

/** The outcome of reading in a sentence, where there is nothing to choose from. */
export function readingInWords(reading: unknown, locale: Locale): string {
  const t = textIn(locale)
  const kept = reading as KeptReading
  if (kept === null || kept === undefined) return t('statements:reading.not-read')
  const proposals = proposalsIn(reading)
  if (proposals === null) return t(`statements:reading.${kept.outcome}`)
  const some = Object.keys(readingsOf(proposals)).length > 0
  return t(some ? 'statements:reading.found' : 'statements:reading.nothing', { count: kept.count ?? 0 })
}

/** By field: what may be taken over, each with the page and the words it stands in. */
export function proposedFields(reading: unknown, locale: Locale) {
  const proposals = proposalsIn(reading)
  if (proposals === null) return {}
  const t = textIn(locale)
  return Object.fromEntries(
    Object.entries(readingsOf(proposals)).map(([field, offered]) => [
      field,
      offered.slice(0, 4).map((each, at) => ({
        value: String(at),
        text: t('statements:reading.take', { value: valueInWords(field, each.fields, locale) }),
        hint: t(each.sure ? 'statements:reading.where' : 'statements:reading.where-unsure', {
          page: each.page,
          words: each.words,
        }),
      })),
    ]),
  )
}

function valueInWords(field: string, fields: Readings[string][number]['fields'], locale: Locale): string {
  const t = textIn(locale)
  const [one = '', other = ''] = Object.values(fields)
  if (field === 'kind' || field === 'opinion') return t(`statements:${field}.${one}`)
  if (field === 'type') return t(`statements:type.${one}`)
  if (field === 'level') return t(`statements:level.${one}`)
  if (field === 'period') return `${formatDay(one, locale)} – ${formatDay(other, locale)}`
  if (['asOf', 'issuedOn', 'expiresOn'].includes(field)) return formatDay(one, locale)
  return one
}

export function proposedRows(reading: unknown, locale: Locale) {
  const proposals = proposalsIn(reading)
  const t = textIn(locale)
  const where = ({ page, words }: { page: number; words: string }) =>
    t('statements:reading.where', { page, words })
  return {
    exceptions: (proposals?.exceptions ?? []).slice(0, 40).map((each, at) => ({
      value: String(at),
      text: [each.value.control, each.value.text].filter(Boolean).join(': '),
      hint: where(each),
    })),
    sites: (proposals?.sites ?? []).slice(0, 40).map((each, at) => ({
      value: String(at),
      text: `${each.value.address}: ${t(`statements:site.${each.value.carvedOut ? 'carved-out' : 'covered'}`)}`,
      hint: where(each),
    })),
    subservices: (proposals?.subservice ?? []).slice(0, 40).map((each, at) => ({
      value: String(at),
      text: [each.value.name, each.value.method && t(`statements:method.${each.value.method}`)]
        .filter(Boolean)
        .join(', '),
      hint: where(each),
    })),
  }
}
