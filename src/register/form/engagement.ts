import { z } from 'zod'
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import {
  bilingual,
  choice,
  listOf,
  optionalDay,
  optionalText,
  readForm,
  ticked,
  type Problem,
  type Read,
} from '../../base/form.js'
import { periodUnits } from '../../base/period.js'
import { countryOf, type Law } from '../../transfers/rules.js'
import {
  conclusions,
  dataCategories,
  roles,
  subjectCounts,
  usualSubjects,
  type Contract,
  type DueDiligence,
  type EngagementFacts,
  type Terms,
} from '../rules/engagement.js'
import { furtherStandings } from '../rules/further.js'
import { given } from './given.js'
import { placeProblems, placeRows, type Where } from './places.js'
import { rowAsTyped, rowsOf } from './rows.js'
import { transferOf, transferRows } from './transfer-row.js'
import { transferProblems } from './transfers.js'

export type EngagementForm = EngagementFacts & Terms

const code = z.string().refine((value) => countryOf(value) !== null, 'choose-one')
const codes = listOf(code)

/** A country beyond those the form lists: what is done there is ticked in its row. */
const otherCountry = z
  .object({ country: code, storage: ticked(), access: ticked() })
  .refine(({ storage, access }) => storage || access, { path: ['country'], message: 'storage-or-access' })

const schema = z.object({
  role: choice(roles),
  services: listOf(z.string().max(60)),
  activity: bilingual(1000),
  dataCategories: listOf(choice(dataCategories)),
  subjects: listOf(choice(usualSubjects)),
  otherSubjects: optionalText(300),
  subjectCount: z.preprocess((value) => (value === '' ? undefined : value), choice(subjectCounts).optional()),
  storageCountries: codes,
  accessCountries: codes,
  otherCountries: rowsOf(otherCountry, ['country']),
  places: placeRows,
  transfers: transferRows,
  parent: optionalText(60),
  further: z.preprocess((value) => (value === '' ? undefined : value), choice(furtherStandings).optional()),
  contractTemplate: z.enum(['none', 'ours', 'theirs'], { error: 'choose-one' }),
  contractVersion: optionalText(60),
  contractSignedOn: optionalDay(),
  conclusion: z.preprocess((value) => (value === '' ? undefined : value), choice(conclusions).optional()),
  concludedOn: optionalDay(),
  dueDiligenceNote: optionalText(2000),
  noticeLength: optionalText(4),
  noticeUnit: choice(periodUnits),
  assuranceOwed: ticked(),
  assuranceKind: optionalText(200),
  assuranceClause: optionalText(200),
})

const checked = schema.superRefine((typed, check) => {
  const issue = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message })
  if (typed.noticeLength !== undefined && !/^[1-9]\d{0,2}$/.test(typed.noticeLength))
    issue('noticeLength', 'not-in-range|least=1|most=999')
  if (
    typed.contractTemplate === 'none' &&
    (typed.contractSignedOn !== null || typed.contractVersion !== undefined)
  )
    issue('contractTemplate', 'whose-template')
  if (typed.conclusion !== undefined && typed.concludedOn === null) issue('concludedOn', 'required')
  if (typed.conclusion === undefined && typed.concludedOn !== null) issue('conclusion', 'choose-one')
})

type Kept = Where & Pick<EngagementFacts, 'transfers'>
const nothing: Kept = { transfers: [], places: [], storageCountries: [], accessCountries: [] }

/** `kept`: what is on record, which an edit of something else may leave as it is. */
export function readEngagement(
  body: unknown,
  context: { today: Day; locale: Locale; law: Law },
  kept: Kept = nothing,
): Read<EngagementForm> {
  const read = readForm(checked, body)
  if (read.problems) return read
  const typed = read.input
  const storageCountries = together(typed.storageCountries, typed.otherCountries, 'storage')
  const accessCountries = together(typed.accessCountries, typed.otherCountries, 'access')
  const transfers = typed.transfers.map(transferOf)
  const where = { storageCountries, accessCountries, places: typed.places }
  const problems: Problem[] = [
    ...placeProblems(body, where, kept, context.locale),
    ...transferProblems(
      transfers.map((transfer, index) => ({
        place: rowAsTyped(body, 'transfers', transferRows, index),
        transfer,
      })),
      kept.transfers,
      [...storageCountries, ...accessCountries],
      { ...context, role: typed.role },
    ),
  ]
  if (problems.length > 0) return { problems }
  return {
    input: {
      role: typed.role,
      services: [...new Set(typed.services)],
      activity: typed.activity,
      dataCategories: typed.dataCategories,
      subjects: [...typed.subjects, ...freeSubjects(typed.otherSubjects)],
      ...given({ subjectCount: typed.subjectCount }),
      storageCountries,
      accessCountries,
      places: typed.places,
      transfers,
      parent: typed.parent ?? null,
      ...(typed.further === undefined ? {} : { askedByItself: typed.further === 'by-notice' }),
      contract: contractOf(typed),
      dueDiligence: dueDiligenceOf(typed),
      ...(typed.noticeLength === undefined
        ? {}
        : { theirNotice: { length: Number(typed.noticeLength), unit: typed.noticeUnit } }),
      assurance: {
        owed: typed.assuranceOwed,
        ...given({ kind: typed.assuranceKind, clause: typed.assuranceClause }),
      },
    },
  }
}

/** Of a further link that is entered now it must be said whether customers are to be told of it first (clause 7.3). */
export function unsaidStanding(read: Read<EngagementForm>): Problem[] {
  if (read.problems) return []
  const { parent, role, askedByItself } = read.input
  const unsaid = parent !== null && role === 'sub-processor' && askedByItself === undefined
  return unsaid ? [{ field: 'further', text: 'choose-one' }] : []
}

/** The button that asks for one more empty row, and of what; the form is then shown again and nothing is saved. */
export function isAddingRow(body: unknown): 'contacts' | 'places' | 'transfers' | 'otherCountries' | null {
  const read = readForm(
    z.object({ add: z.enum(['contacts', 'places', 'transfers', 'otherCountries']) }),
    body,
  )
  return read.problems ? null : read.input.add
}

type Typed = z.output<typeof schema>

function together(ticked: string[], others: Typed['otherCountries'], use: 'storage' | 'access'): string[] {
  return [...new Set([...ticked, ...others.filter((other) => other[use]).map(({ country }) => country)])]
}

function freeSubjects(typed: string | undefined): string[] {
  return (typed ?? '')
    .split(/[,;\n]/)
    .map((each) => each.trim())
    .filter(Boolean)
}

function contractOf({
  contractTemplate: template,
  contractVersion,
  contractSignedOn,
}: Typed): Contract | null {
  if (template === 'none') return null
  return {
    template,
    ...(contractVersion === undefined ? {} : { dpaVersion: contractVersion }),
    ...(contractSignedOn === null ? {} : { signedOn: contractSignedOn }),
  }
}

function dueDiligenceOf({ conclusion, concludedOn, dueDiligenceNote: note }: Typed): DueDiligence | null {
  if (conclusion === undefined && note === undefined) return null
  return { ...given({ conclusion, note }), ...(concludedOn === null ? {} : { concludedOn }) }
}
