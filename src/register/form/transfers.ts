import { z } from 'zod'
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { optionalDay, optionalText, type Problem } from '../../base/form.js'
import {
  bases,
  basisProblems,
  countryName,
  isEea,
  type SccModule,
  type Transfer,
} from '../../transfers/rules.js'
import type { Role } from '../rules/engagement.js'
import { rowsOf } from './rows.js'
import { country } from './vendor.js'

const optionalChoice = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(words, { error: 'choose-one' }).optional(),
  )

const row = z.object({
  country: country.refine((code) => code !== null, 'choose-one'),
  basis: z.enum(bases, { error: 'choose-one' }),
  module: optionalChoice(['1', '2', '3', '4']),
  signedOn: optionalDay(),
  tiaConcludedOn: optionalDay(),
  tiaReviewOn: optionalDay(),
  listingCheckedOn: optionalDay(),
  exporter: optionalChoice(['us', 'vendor']),
  supplementary: optionalText(2000),
  note: optionalText(2000),
})

/**
 * A row with a country alone says that its basis is not known yet, which the register shows as missing: it is left out. The
 * form proposes such rows by itself.
 */
export const transferRows = rowsOf(row, ['basis', 'signedOn', 'tiaConcludedOn', 'supplementary', 'note'])

type TransferRow = z.output<typeof row>

/** What is not asked for by a basis is not kept with it. */
export function transferOf(typed: TransferRow): Transfer {
  const { basis } = typed
  const contractual = basis === 'scc-2021' || basis === 'bcr-p'
  const tia = {
    ...(typed.tiaConcludedOn === null ? {} : { concludedOn: typed.tiaConcludedOn }),
    ...(typed.tiaReviewOn === null ? {} : { reviewOn: typed.tiaReviewOn }),
  }
  return {
    country: typed.country ?? '',
    basis,
    ...(basis === 'scc-2021' && typed.module !== undefined
      ? { module: Number(typed.module) as SccModule }
      : {}),
    ...(typed.signedOn === null || !contractual ? {} : { signedOn: typed.signedOn }),
    ...(contractual && Object.keys(tia).length > 0 ? { tia } : {}),
    ...(basis === 'adequacy-dpf' && typed.listingCheckedOn !== null
      ? { listingCheckedOn: typed.listingCheckedOn }
      : {}),
    ...(typed.exporter === 'vendor' ? { exporter: typed.exporter } : {}),
    ...(typed.supplementary === undefined ? {} : { supplementary: typed.supplementary }),
    ...(typed.note === undefined ? {} : { note: typed.note }),
  }
}

/**
 * What may not be entered: a dead basis (which ruling, when), one that does not exist for the country, a country nothing is
 * stored in or seen from. `kept`: transfers on record already, which are findings rather than entries. The places are those
 * of the rows as typed.
 */
export function transferProblems(
  transfers: readonly { place: number; transfer: Transfer }[],
  kept: readonly Transfer[],
  countries: readonly string[],
  { today, locale, role }: { today: Day; locale: Locale; role: Role },
): Problem[] {
  const seen = new Set<string>()
  return transfers.flatMap(({ place, transfer }): Problem[] => {
    const at = (field: string, text: string): Problem[] => [
      {
        field: `transfers.${place}.${field}`,
        text,
        facts: { country: countryName(transfer.country, locale) },
      },
    ]
    const key = `${transfer.country}|${transfer.basis}`
    if (seen.has(key)) return at('basis', 'transfer-twice')
    seen.add(key)
    if (isEea(transfer.country)) return at('country', 'transfer-within-eea')
    if (!countries.includes(transfer.country)) return at('country', 'transfer-country-not-named')
    const known = kept.some(({ country, basis }) => country === transfer.country && basis === transfer.basis)
    const refused = basisProblems(transfer, today, role).find(({ severity }) => severity === 'refused')
    if (!refused || (known && refused.text.startsWith('dead-'))) return []
    return at(refused.text === 'scc-too-early' ? 'signedOn' : 'basis', `transfer-${refused.text}`)
  })
}
