import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  assuranceKinds,
  assuranceState,
  centreKey,
  isAssured,
  isDataCentre,
  type AssuranceState,
  type DataCentre,
  type Engagement,
  type PlaceAssurance,
  type Vendor,
} from '../rules.js'
import { addressInWords } from './differences.js'
import type { State } from './words.js'

const assuranceTones = {
  present: 'good',
  undated: 'wait',
  expired: 'stop',
  other: 'stop',
  none: 'stop',
} as const satisfies Record<AssuranceState, State['tone']>

/** Whether the place holds what C.2 asks, in a word, and until when. */
export function assuranceInWords(assurance: PlaceAssurance | undefined, today: Day, locale: Locale) {
  const t = textIn(locale)
  const state = assuranceState(assurance, today)
  const until = assurance?.validUntil === undefined ? '' : formatShortDay(assurance.validUntil, locale)
  return {
    state: { tone: assuranceTones[state], word: t(`sites:assurance.${state}`, { until }) } satisfies State,
    kind: assurance === undefined ? '' : t(`sites:assurance-kind.${assurance.kind}`),
    until: assurance?.validUntil ?? null,
    note: assurance?.note ?? '',
    file: assurance?.file === undefined ? null : `/files/${assurance.file}`,
  }
}

/**
 * Whether C.2 is kept at a data centre and by which statement, as the register of statements has it: what stands here is a note. In
 * the reader's words.
 */
export type CentreJudgement = {
  ok: boolean
  state: State
  why: string
  statement: { url: string; reference: string; text: string } | null
  /** What to do next. */
  action: { url: string; text: string } | null
}
/** By `centreKey`. */
export type CentreJudgements = ReadonlyMap<string, CentreJudgement>

/** Without a judgement the note is all there is. */
function judgedInWords(
  judged: CentreJudgement | undefined,
  assurance: PlaceAssurance | undefined,
  today: Day,
  locale: Locale,
) {
  const noted = assuranceInWords(assurance, today, locale)
  return {
    ok: judged?.ok ?? isAssured(assuranceState(assurance, today)),
    state: judged?.state ?? noted.state,
    why: judged?.why ?? '',
    statement: judged?.statement ?? null,
    action: judged?.action ?? null,
    noted: assurance === undefined ? null : noted,
  }
}

/** The data centres among an engagement's places, each with what C.2 asks of it. */
export function centresOfInWords(
  { reference, places }: Pick<Engagement, 'reference' | 'places'>,
  judged: CentreJudgements,
  today: Day,
  locale: Locale,
) {
  return places.flatMap((place, number) =>
    isDataCentre(place)
      ? [
          {
            address: addressInWords(place.address, place.country, locale),
            edit: `/engagements/${reference}/places/${number + 1}/assurance`,
            ...judgedInWords(
              judged.get(centreKey({ reference, place: number })),
              place.assurance,
              today,
              locale,
            ),
          },
        ]
      : [],
  )
}

/** What C.2 asks of the site itself. */
export function siteCentreInWords(
  { reference }: { reference: string },
  assurance: PlaceAssurance | undefined,
  judged: CentreJudgements,
  today: Day,
  locale: Locale,
) {
  return judgedInWords(judged.get(centreKey({ reference, place: 0 })), assurance, today, locale)
}

export function assuranceFields(assurance: PlaceAssurance | undefined) {
  return {
    assuranceKind: assurance?.kind ?? '',
    validUntil: assurance?.validUntil ?? '',
    assuranceNote: assurance?.note ?? '',
    assuranceFile: assurance?.file ?? '',
  }
}

export function assuranceChoices(locale: Locale) {
  const t = textIn(locale)
  return assuranceKinds.map((value) => ({ value, text: t(`sites:assurance-kind.${value}`) }))
}

/** As many as fit on a page among other things. */
const mostDataCentres = 25

/** Those a page shows: all, or as many as fit among other things. */
export function shownCentres(centres: readonly DataCentre[], all: boolean): readonly DataCentre[] {
  return all ? centres : centres.slice(0, mostDataCentres)
}

function holdsIn(judged: CentreJudgements) {
  return (centre: DataCentre) => judged.get(centreKey(centre))?.ok ?? isAssured(centre.state)
}

/** What lacks something first, in the judgement of the statements where there is one. */
export function lackingFirst(centres: readonly DataCentre[], judged: CentreJudgements): DataCentre[] {
  const holds = holdsIn(judged)
  return [...centres.filter((each) => !holds(each)), ...centres.filter(holds)]
}

/** Every data centre and how it stands against C.2; `all` or only as many as fit a page. */
export function dataCentresInWords(
  centres: readonly DataCentre[],
  judged: CentreJudgements,
  vendors: readonly Pick<Vendor, '_id' | 'name'>[],
  today: Day,
  locale: Locale,
  all: boolean,
) {
  const t = textIn(locale)
  const shown = shownCentres(centres, all)
  const names = new Map(vendors.map(({ _id, name }) => [_id, name]))
  const holds = holdsIn(judged)
  return {
    count: centres.length,
    lacking: centres.filter((each) => !holds(each)).length,
    hidden: centres.length - shown.length,
    rows: shown.map(({ holder, reference, place, name, vendor, address, country, assurance }) => ({
      own: holder === 'site',
      name: (vendor === null ? name : names.get(vendor)) || t('sites:own'),
      reference,
      url: holder === 'site' ? `/sites/${reference}` : `/engagements/${reference}`,
      edit:
        holder === 'site'
          ? `/sites/${reference}/edit`
          : `/engagements/${reference}/places/${place + 1}/assurance`,
      address: addressInWords(address, country, locale),
      ...judgedInWords(judged.get(centreKey({ reference, place })), assurance, today, locale),
    })),
  }
}
