import { z } from 'zod'
import { choice, day, readForm, wholeNumber, type Read } from '../../base/form.js'
import type { Day } from '../../base/day.js'
import { periodUnits } from '../../base/period.js'
import { conclusions } from '../rules.js'
import type { EngagementChange, VendorChange } from '../rules/several.js'

const known = (values: readonly string[]) =>
  z.string({ error: 'choose-one' }).refine((value) => values.includes(value), 'choose-one')

/** `services`: ids of the services there are. */
export function readEngagementChange(
  kind: string,
  body: unknown,
  services: readonly string[],
  today: Day,
): Read<EngagementChange> {
  switch (kind) {
    case 'add-service':
    case 'remove-service': {
      const field = kind === 'add-service' ? 'addService' : 'removeService'
      const read = readForm(z.object({ [field]: known(services) }), body)
      return read.problems ? read : { input: { kind, service: read.input[field] ?? '' } }
    }
    case 'diligence': {
      const past = day().refine((value) => value <= today, 'day-in-future')
      const read = readForm(z.object({ concludedOn: past, conclusion: choice(conclusions) }), body)
      return read.problems ? read : { input: { kind, ...read.input } }
    }
    case 'their-notice': {
      const shape = z.object({ noticeLength: wholeNumber(1, 365), noticeUnit: choice(periodUnits) })
      const read = readForm(shape, body)
      if (read.problems) return read
      return { input: { kind, period: { length: read.input.noticeLength, unit: read.input.noticeUnit } } }
    }
    default: {
      const read = readForm(z.object({ owed: choice(['yes', 'no']) }), body)
      return read.problems ? read : { input: { kind: 'assurance', owed: read.input.owed === 'yes' } }
    }
  }
}

export function readVendorChange(
  kind: string,
  body: unknown,
  countries: readonly string[],
): Read<VendorChange> {
  if (kind === 'seat') {
    const read = readForm(z.object({ country: known(countries) }), body)
    return read.problems ? read : { input: { kind, country: read.input.country } }
  }
  const read = readForm(z.object({ locale: choice(['da', 'en']) }), body)
  return read.problems ? read : { input: { kind: 'language', locale: read.input.locale } }
}
