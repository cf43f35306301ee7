import { z } from 'zod'
import type { Day } from '../../base/day.js'
import {
  choice,
  listOf,
  optionalDay,
  optionalText,
  readForm,
  text,
  ticked,
  type Problem,
  type Read,
} from '../../base/form.js'
import { rowsOf } from '../../register/form/rows.js'
import {
  audiences,
  hasOpinion,
  hasType,
  isCertificate,
  levels,
  methods,
  opinions,
  statementKinds,
  type StatementFacts,
} from '../rules.js'

export type FactsInput = {
  facts: StatementFacts
  exceptions: { id: string; control: string; text: string; response: string }[]
  subservices: { id: string; name: string; does: string; method: (typeof methods)[number] }[]
  cuecs: { id: string; text: string }[]
}

const unless = <Words extends readonly [string, ...string[]]>(words: Words) =>
  z.preprocess((value) => (value === '' ? undefined : value), choice(words).optional())

const own = z
  .string()
  .default('')
  .transform((value) => (/^[\w-]{1,40}$/.test(value) ? value : ''))

const schema = z.object({
  kind: choice(statementKinds),
  type: unless(['1', '2']),
  level: unless(levels),
  audience: unless(audiences),
  edition: optionalText(40),
  entity: text(300),
  services: optionalText(2000),
  criteria: optionalText(1000),
  issuer: text(300),
  signer: optionalText(200),
  licence: optionalText(100),
  periodFrom: optionalDay(),
  periodTo: optionalDay(),
  asOf: optionalDay(),
  issuedOn: optionalDay(),
  opinion: unless(opinions),
  qualification: optionalText(4000),
  emphasis: optionalText(4000),
  certificateNumber: optionalText(100),
  certificateScope: optionalText(2000),
  soa: optionalText(100),
  accreditation: optionalText(200),
  expiresOn: optionalDay(),
  surveillance: rowsOf(z.object({ dueOn: optionalDay(), doneOn: optionalDay() }), ['dueOn', 'doneOn']),
  bridges: optionalText(60),
  restricted: ticked(),
  language: choice(['da', 'en', 'other']),
  sites: rowsOf(
    z.object({
      address: text(300),
      country: z
        .string()
        .default('')
        .transform((value) => (/^[A-Z]{2}$/.test(value) ? value : '')),
      how: unless(['covered', 'carved-out']),
    }),
    ['address'],
  ),
  exceptions: rowsOf(
    z.object({ id: own, control: optionalText(100), text: text(4000), response: optionalText(4000) }),
    ['control', 'text', 'response'],
  ),
  subservices: rowsOf(
    z.object({ id: own, name: text(200), does: optionalText(500), method: choice(methods) }),
    ['name', 'does'],
  ),
  cuecs: rowsOf(z.object({ id: own, text: text(2000) }), ['text']),
  takeExceptions: listOf(z.string()).optional(),
})

/** What a reviewer says the paper says. Which fields are asked depends on what it is. */
export function readFacts(body: unknown, today: Day): Read<FactsInput> {
  const read = readForm(schema, body)
  if (read.problems) return read
  const { input } = read
  const { kind, exceptions, subservices, cuecs } = input
  const certificate = isCertificate(kind)
  const problems = dateProblems(input, today)
  const need = (field: string, text = 'required') => void problems.push({ field, text })
  if (hasType(kind) && !input.type) need('type', 'choose-one')
  if (kind === 'isae-3000' && !input.level) need('level', 'choose-one')
  if ((kind === 'iso-27001' || kind === 'iso-27701') && !input.edition) need('edition')
  if (hasOpinion(kind) && !input.opinion) need('opinion', 'choose-one')
  if (input.opinion && input.opinion !== 'unqualified' && !input.qualification) need('qualification')
  if (certificate && !input.certificateNumber) need('certificateNumber')
  if (certificate && input.expiresOn === null) need('expiresOn')
  if (kind === 'bridge-letter' && !input.bridges) need('bridges', 'choose-one')
  const ofPeriod = (hasType(kind) && input.type === '2') || kind === 'soc-3' || kind === 'bridge-letter'
  if (ofPeriod && input.periodFrom === null) need('periodFrom')
  if (ofPeriod && input.periodTo === null) need('periodTo')
  if (hasType(kind) && input.type === '1' && input.asOf === null) need('asOf')
  if (kind === 'other' && input.periodTo === null && input.asOf === null && input.expiresOn === null)
    need('periodTo', 'statement-some-day')
  if (problems.length > 0) return { problems }
  return {
    input: {
      facts: factsOf(input),
      exceptions: exceptions.map(({ control = '', response = '', ...rest }) => ({
        ...rest,
        control,
        response,
      })),
      subservices: subservices.map(({ does = '', ...rest }) => ({ ...rest, does })),
      cuecs,
    },
  }
}

type Typed = z.output<typeof schema>

function dateProblems(
  { periodFrom, periodTo, asOf, issuedOn, expiresOn, kind }: Typed,
  today: Day,
): Problem[] {
  const problems: Problem[] = []
  const wrong = (field: string, text: string) => void problems.push({ field, text })
  if (periodFrom !== null && periodTo !== null && periodTo < periodFrom)
    wrong('periodTo', 'ends-before-it-begins')
  // A letter may speak of days to come; a report may not.
  if (periodTo !== null && periodTo > today && kind !== 'bridge-letter') wrong('periodTo', 'day-in-future')
  if (periodFrom !== null && periodTo === null) wrong('periodTo', 'required')
  if (asOf !== null && asOf > today) wrong('asOf', 'day-in-future')
  if (issuedOn !== null && issuedOn > today) wrong('issuedOn', 'day-in-future')
  const about = periodTo ?? asOf
  if (issuedOn !== null && about !== null && issuedOn < about && kind !== 'bridge-letter')
    wrong('issuedOn', 'statement-issued-early')
  if (issuedOn !== null && expiresOn !== null && expiresOn <= issuedOn)
    wrong('expiresOn', 'ends-before-it-begins')
  return problems
}

/** What does not belong to the kind is left out, whatever stood in the field. */
function factsOf(input: Typed): StatementFacts {
  const { kind, opinion } = input
  const type = hasType(kind) && input.type ? (Number(input.type) as 1 | 2) : null
  const certified = isCertificate(kind) || (kind === 'other' && input.expiresOn !== null)
  const period =
    input.periodFrom !== null && input.periodTo !== null && type !== 1 && !isCertificate(kind)
      ? { from: input.periodFrom, to: input.periodTo }
      : null
  return {
    kind,
    type,
    level: kind === 'isae-3000' ? (input.level ?? null) : null,
    edition: input.edition ?? '',
    audience: kind === 'isae-3000' ? (input.audience ?? null) : null,
    entity: input.entity,
    services: input.services ?? '',
    sites: input.sites.flatMap(({ address, country, how }) =>
      how === undefined ? [] : [{ address, country, carvedOut: how === 'carved-out' }],
    ),
    criteria: input.criteria ?? '',
    issuer: input.issuer,
    signer: input.signer ?? '',
    licence: input.licence ?? '',
    period,
    asOf: period === null && !isCertificate(kind) ? (input.asOf ?? input.periodTo) : null,
    issuedOn: input.issuedOn,
    opinion: hasOpinion(kind) ? (opinion ?? null) : null,
    qualification: opinion && opinion !== 'unqualified' ? (input.qualification ?? '') : '',
    emphasis: input.emphasis ?? '',
    certificate:
      certified && input.expiresOn !== null
        ? {
            number: input.certificateNumber ?? '',
            scope: input.certificateScope ?? '',
            soa: input.soa ?? '',
            accreditation: input.accreditation ?? '',
            expiresOn: input.expiresOn,
            surveillance: input.surveillance.flatMap(({ dueOn, doneOn }) =>
              dueOn === null ? [] : [{ dueOn, doneOn }],
            ),
          }
        : null,
    bridges: kind === 'bridge-letter' ? (input.bridges ?? null) : null,
    restricted: input.restricted,
    language: input.language,
  }
}
