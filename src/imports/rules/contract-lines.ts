import { isDay } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import {
  assuranceKinds,
  contractTemplates,
  placeKinds,
  type ContractVersion,
  type Place,
} from '../../register/rules.js'
import { countryName } from '../../transfers/rules.js'
import { readCountry } from './countries.js'
import { readLines } from './lines.js'
import { codeOf, wordOf } from './words.js'

/**
 * A version of the contract: number, template, version of the agreement, signed, from, until, note, and where it was entered by
 * mistake when and why. Papers and readings of them stay where they are: a spreadsheet holds neither.
 */
export function contractParts(version: ContractVersion): string[] {
  const { id, template, dpaVersion = '', signedOn = '', from = '', until = '', note = '', mistake } = version
  return [id, template, dpaVersion, signedOn, from, until, note, mistake?.on ?? '', mistake?.because ?? '']
}

export function contractsFrom(text: string): ContractVersion[] | null {
  const versions = readLines(text).map(contractFrom)
  return versions.every((version) => version !== null) ? versions : null
}

function contractFrom(parts: readonly string[]): ContractVersion | null {
  const [id = '', kind = '', dpaVersion = '', signedOn = '', from = '', until = '', note = ''] = parts
  const [on = '', because = ''] = parts.slice(7)
  const template = contractTemplates.find((each) => each === kind)
  const days = [signedOn, from, until, on].every((day) => day === '' || isDay(day))
  if (!/^\d{1,4}$/.test(id) || template === undefined || !days) return null
  return {
    id,
    template,
    ...(dpaVersion === '' ? {} : { dpaVersion }),
    ...(signedOn === '' ? {} : { signedOn }),
    ...(from === '' ? {} : { from }),
    ...(until === '' ? {} : { until }),
    ...(note === '' ? {} : { note }),
    redacted: [],
    checks: [],
    ...(on === '' ? {} : { mistake: { on, because } }),
  }
}

/** 'Datacenter | Højvangen 4 | Danmark', and what shows that it is kept as C.2 asks where something does. */
export function placeParts({ kind, address, country, assurance }: Place, locale: Locale): string[] {
  const place = [wordOf('place', kind, locale), address, countryName(country, locale)]
  return assurance ? [...place, assurance.kind, assurance.validUntil ?? '', assurance.note ?? ''] : place
}

export function placesFrom(text: string): Place[] | null {
  const places = readLines(text).map(placeFrom)
  return places.every((place) => place !== null) ? places : null
}

function placeFrom(parts: readonly string[]): Place | null {
  const [word = '', address = '', named = '', shown = '', validUntil = '', note = ''] = parts
  const country = readCountry(named)
  const kind = placeKinds.find((each) => each === codeOf('place', word))
  const assurance = assuranceKinds.find((each) => each === shown)
  if (country === null || kind === undefined || address === '') return null
  if ((shown !== '' && assurance === undefined) || (validUntil !== '' && !isDay(validUntil))) return null
  return {
    kind,
    address,
    country,
    ...(assurance === undefined
      ? {}
      : {
          assurance: {
            kind: assurance,
            ...(validUntil === '' ? {} : { validUntil }),
            ...(note === '' ? {} : { note }),
          },
        }),
  }
}
