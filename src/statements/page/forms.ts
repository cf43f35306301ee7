/** What the reading form shows: what is stored, what was read in the PDF beside it, and what can be chosen. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { plainAddress } from '../../register/rules.js'
import { countries } from '../../transfers/rules.js'
import { audiences, levels, methods, opinions, statementKinds, type Statement } from '../rules.js'
import { proposedFields, proposedRows, readingInWords } from './readings.js'
import { choices, nameOf, spanInWords } from './words.js'

const spare = 2

/** `typed`: the rows as they were sent; `more`: the part one more row was asked for. */
export function readForm(
  { facts, exceptions, subservices, cuecs, reading }: Statement,
  around: { places: readonly { address: string; country: string }[]; bridgeable: readonly Statement[] },
  locale: Locale,
) {
  const t = textIn(locale)
  const known = facts?.sites ?? []
  const missing = around.places.filter(
    (place) => !known.some((site) => plainAddress(site.address) === plainAddress(place.address)),
  )
  return {
    stored: {
      kind: facts?.kind ?? '',
      type: facts?.type ? String(facts.type) : '',
      level: facts?.level ?? '',
      audience: facts?.audience ?? '',
      edition: facts?.edition ?? '',
      entity: facts?.entity ?? '',
      services: facts?.services ?? '',
      criteria: facts?.criteria ?? '',
      issuer: facts?.issuer ?? '',
      signer: facts?.signer ?? '',
      licence: facts?.licence ?? '',
      periodFrom: facts?.period?.from ?? '',
      periodTo: facts?.period?.to ?? '',
      asOf: facts?.asOf ?? '',
      issuedOn: facts?.issuedOn ?? '',
      opinion: facts?.opinion ?? '',
      qualification: facts?.qualification ?? '',
      emphasis: facts?.emphasis ?? '',
      certificateNumber: facts?.certificate?.number ?? '',
      certificateScope: facts?.certificate?.scope ?? '',
      soa: facts?.certificate?.soa ?? '',
      accreditation: facts?.certificate?.accreditation ?? '',
      expiresOn: facts?.certificate?.expiresOn ?? '',
      restricted: facts?.restricted ? 'yes' : '',
      language: facts?.language ?? '',
      bridges: around.bridgeable.find(({ _id }) => _id === facts?.bridges)?.reference ?? '',
    },
    rows: {
      sites: [
        ...known.map(({ address, country, carvedOut }) => ({
          address,
          country,
          how: carvedOut ? 'carved-out' : 'covered',
        })),
        ...missing.map(({ address, country }) => ({ address, country, how: '' })),
      ],
      surveillance:
        facts?.certificate?.surveillance.map(({ dueOn, doneOn }) => ({ dueOn, doneOn: doneOn ?? '' })) ?? [],
      exceptions: exceptions.map(({ id, control, text, response }) => ({ id, control, text, response })),
      subservices: subservices.map(({ id, name, does, method }) => ({ id, name, does, method })),
      cuecs: cuecs.map(({ id, text }) => ({ id, text })),
    },
    spare,
    proposed: proposedFields(reading, locale),
    proposedRows: proposedRows(reading, locale),
    reading: readingInWords(reading, locale),
    options: {
      kinds: choices(statementKinds, (value) => t(`statements:kind.${value}`)),
      types: [
        { value: '1', text: t('statements:type-long.1') },
        { value: '2', text: t('statements:type-long.2') },
      ],
      levels: choices(levels, (value) => t(`statements:level.${value}`)),
      audiences: choices(audiences, (value) => t(`statements:audience.${value}`)),
      opinions: choices(opinions, (value) => t(`statements:opinion.${value}`)),
      methods: choices(methods, (value) => t(`statements:method.${value}`)),
      how: choices(['covered', 'carved-out'], (value) => t(`statements:site.${value}`)),
      languages: choices(['da', 'en', 'other'], (value) => t(`statements:language.${value}`)),
      countries: countries(locale).map(({ code, name }) => ({ value: code, text: name })),
      bridges: around.bridgeable.map((each) => ({
        value: each.reference,
        text: `${each.reference}: ${nameOf(each, t)}, ${spanInWords(each.facts, locale)}`,
      })),
    },
  }
}
