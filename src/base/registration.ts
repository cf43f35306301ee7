import { createRequire } from 'node:module'
import type * as Numbers from 'stdnum'

let numbers: typeof Numbers | undefined

// The numbers of the world, some hundreds of files: loaded when the first number is looked at.
function checksKnown(): typeof Numbers {
  numbers ??= createRequire(import.meta.url)('stdnum') as typeof Numbers
  return numbers
}

/**
 * What kind of number a legal entity is registered under. 'SE', 'NO', 'FI' and 'DE' are the national business registers;
 * 'other' is any number without a known check (a US state file number, a Handelsregister entry in words).
 */
export type RegistrationKind = 'CVR' | 'SE' | 'NO' | 'FI' | 'DE' | 'VAT' | 'LEI' | 'other'

export const registrationKinds = [
  'CVR',
  'SE',
  'NO',
  'FI',
  'DE',
  'VAT',
  'LEI',
  'other',
] as const satisfies readonly RegistrationKind[]

/** `keptBecause`: why a number that fails its check is kept all the same. The number stands as it was typed or printed. */
export type Registration = { kind: RegistrationKind; number: string; keptBecause?: string }

/**
 * Whether the number can be right: shape and check digits of its kind. A failed check warns and never stops, since
 * redacted and historic numbers exist. 'DE' and 'other' have no check digits and always pass.
 */
export function numberChecksOut(kind: RegistrationKind, number: string): boolean {
  // Agreements print numbers with stray spaces, such as '559205- 2400' in the Annex B this product began from.
  const bare = number.replace(/\s/g, '')
  if (kind === 'DE' || kind === 'other') return true
  const { stdnum } = checksKnown()
  switch (kind) {
    case 'CVR':
      return stdnum.DK?.['cvr']?.validate(bare.replace(/^DK/i, '')).isValid === true
    case 'SE':
      return stdnum.SE?.['orgnr']?.validate(bare).isValid === true
    case 'NO':
      return stdnum.NO?.['orgnr']?.validate(bare.replace(/^NO/i, '').replace(/MVA$/i, '')).isValid === true
    case 'FI':
      return stdnum.FI?.['ytunnus']?.validate(bare).isValid === true
    case 'VAT':
      return vatChecksOut(bare.toUpperCase())
    case 'LEI':
      return /^[0-9A-Z]{18}[0-9]{2}$/.test(bare.toUpperCase()) && remainder97(bare.toUpperCase()) === 1
  }
}

/** Without the stray spaces of print: '559205- 2400' is '559205-2400'. What has no fixed shape keeps single spaces. */
export function tidyNumber(kind: RegistrationKind, number: string): string {
  const single = number.normalize('NFKC').replace(/\s+/g, ' ').trim()
  if (kind === 'DE' || kind === 'other') return single
  const bare = single.replace(/ /g, '').toUpperCase()
  if (kind === 'SE' && /^\d{10}$/.test(bare)) return `${bare.slice(0, 6)}-${bare.slice(6)}`
  return kind === 'CVR' ? bare.replace(/^DK/, '') : bare
}

function vatChecksOut(number: string): boolean {
  const country = number.slice(0, 2)
  // Greece is the one country whose VAT numbers do not begin with its ISO code.
  const checks = checksKnown().euVat[country === 'EL' ? 'GR' : country]
  // A country without a known check: nothing to say against the number.
  if (checks === undefined) return /^[A-Z]{2}[0-9A-Z.+*-]{2,}$/.test(number)
  return checks.some((check) => check.validate(number).isValid || check.validate(number.slice(2)).isValid)
}

// ISO 7064 MOD 97-10: letters count as 10 to 35, the whole number leaves 1.
function remainder97(number: string): number {
  let rest = 0
  for (const sign of number) rest = Number(String(rest) + parseInt(sign, 36)) % 97
  return rest
}
