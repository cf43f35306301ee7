import type { Registration } from '../../base/registration.js'
import { readRegistration } from './cells.js'
import { readCountry } from './countries.js'
import { numberKey } from './matches.js'
import type { RowReader } from './plan.js'
import { only } from './register-cells.js'

const asWritten = { da: 'Som skrevet i den importerede fil', en: 'As written in the imported file' }

/** Shared by both registers: a number with its kind guessed, and kept with a reason where it fails its check. */
export function registrationOf(
  read: RowReader,
  country: string | null,
  kept: string | undefined,
  locale: 'da' | 'en',
) {
  const kind = read.text('registrationKind', 20)
  const headed = /\bcvr\b/i.test(read.heading('registrationNumber')) && (country ?? 'DK') === 'DK'
  const numbered = read.value(
    'registrationNumber',
    (text) =>
      readRegistration(text, {
        // Below 'CVR' a bare number is one, also where the spreadsheet has cut it.
        ...only('kind', kind ?? (headed && /^\d[\d\s]{5,9}$/.test(text) ? 'CVR' : undefined)),
        country,
        kept: kept !== undefined,
      }),
    'number-redacted',
    'warning',
  )
  if (numbered === undefined) return undefined
  const { registration, sound } = numbered
  const home = read.value('registrationCountry', readCountry, 'country-unread', 'warning')
  const whole = { ...registration, ...only('country', home) }
  // A reason on record stays, whatever the check says today.
  if (sound) return { ...whole, ...only('keptBecause', kept) }
  const digits = registration.number.length
  if (kept === undefined && registration.kind === 'CVR' && /^\d+$/.test(registration.number) && digits < 8)
    read.say('registrationNumber', 'warning', 'number-short', { number: registration.number, digits })
  else if (kept === undefined)
    read.say('registrationNumber', 'warning', 'number-check-failed', {
      number: registration.number,
      kind: registration.kind,
    })
  return {
    ...whole,
    keptBecause: kept ?? asWritten[locale],
  }
}

/** The same number as on record, spelled otherwise: what the file does not say of it stays as it is. */
export function registrationBeside(
  before: Registration | null | undefined,
  given: Registration | null | undefined,
): Registration | null | undefined {
  if (!before || !given || numberKey(before) !== numberKey(given) || before.kind !== given.kind) return given
  const said = Object.values(asWritten).includes(given.keptBecause ?? '') ? before.keptBecause : undefined
  return { ...before, ...given, number: before.number, ...only('keptBecause', said) }
}
