import type { Bilingual } from '../../base/context.js'
import { questionSet } from '../../question-sets/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { questionnairesOfYears } from '../../questionnaires/records/questionnaires.js'
import { dayAsked, isOfPeriod, yearsToLookIn } from '../../questionnaires/rules/period.js'
import { periodOf } from '../../supervision/actions/year.js'
import { dutyKinds, supervisionOfYear } from '../../supervision/rules.js'
import type { DrawnSection, Item } from '../rules/figures-made.js'
import type { Part } from './figures-part.js'

/** C.8: what was owed of each sub-processor in the year, done, and done weaker than Datatilsynet's guidance suggests. */
export const supervisionFigures: Part = async (context, period) => {
  const rows = await periodOf(context, period)
  const found = supervisionOfYear(rows)
  const supervised = rows.flatMap(({ engagements }) =>
    engagements.map(({ engagement }) => engagement.reference),
  )
  const items = (references: readonly string[]): Item[] =>
    references.map((reference) => ({
      reference,
      url: `/supervision/engagements/${reference}`,
      log: null,
      on: null,
    }))
  const section: DrawnSection = {
    key: 'supervision',
    figures: [
      { key: 'supervision.vendors', value: found.vendors, items: items(supervised) },
      { key: 'supervision.engagements', items: items(supervised) },
      ...dutyKinds.flatMap((kind) => {
        const { owed, done, weaker, overdue, engagements } = found.duties[kind]
        if (owed === 0) return []
        return [
          { key: `supervision.${kind}-done`, value: done, of: owed, items: items(engagements.done) },
          ...(overdue === 0
            ? []
            : [{ key: `supervision.${kind}-overdue`, of: owed, items: items(engagements.overdue) }]),
          ...(weaker === 0
            ? []
            : [{ key: `supervision.${kind}-weaker`, of: owed, items: items(engagements.weaker) }]),
        ]
      }),
      { key: 'supervision.weaker', items: items(found.weaker.map(({ engagement }) => engagement)) },
    ],
    tables: [],
  }
  return section
}

/** The year's questionnaires, how far each has come and what was concluded of it. */
export const questionnaireFigures: Part = async (_context, period) => {
  const all = (await questionnairesOfYears(yearsToLookIn(period))).filter(
    (each) =>
      each.state !== 'withdrawn' &&
      each.state !== 'prepared' &&
      isOfPeriod({ year: each.year, on: dayAsked(each, danishDateRules.zone) }, period),
  )
  const items = (holds: (each: (typeof all)[number]) => boolean) =>
    all.filter(holds).map(({ _id, reference, dueOn }): Item => ({
      reference,
      url: `/questionnaires/${reference}`,
      log: { kind: 'questionnaire', id: _id },
      on: dueOn,
    }))
  const concluded = all.filter(({ state }) => state === 'concluded')
  const bands = new Map(
    concluded.flatMap(({ set, conclusion }) =>
      conclusion ? [[conclusion.band, bandOf(set, conclusion.band)] as const] : [],
    ),
  )
  const section: DrawnSection = {
    key: 'questionnaires',
    figures: [
      { key: 'questionnaires.asked', items: items(() => true) },
      {
        key: 'questionnaires.answered',
        items: items(({ state }) => state === 'submitted' || state === 'concluded'),
        of: all.length,
      },
      {
        key: 'questionnaires.concluded',
        items: items(({ state }) => state === 'concluded'),
        of: all.length,
      },
      {
        key: 'questionnaires.from-public',
        items: items(({ submitted }) => submitted?.fromPublic === true),
        of: all.length,
      },
    ],
    tables: [
      {
        key: 'questionnaires.list',
        columns: ['vendor', 'set-da', 'set-en', 'due', 'state', 'band-da', 'band-en', 'score'],
        rows: all
          .toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
          .map(({ reference, vendorName, set, dueOn, state, conclusion }) => ({
            reference,
            evidence: `/questionnaires/${reference}`,
            cells: [
              vendorName,
              ...inBoth(titleOf(set)),
              dueOn,
              state,
              ...inBoth(state === 'concluded' ? bandOf(set, conclusion?.band) : null),
              state === 'concluded' ? (conclusion?.score ?? null) : null,
            ],
          })),
      },
      {
        key: 'questionnaires.bands',
        columns: ['band-da', 'band-en', 'count'],
        rows: [...bands]
          .toSorted(([one], [other]) => (one < other ? -1 : 1))
          .map(([band, text]) => ({
            reference: band,
            evidence: null,
            cells: [...inBoth(text), concluded.filter(({ conclusion }) => conclusion?.band === band).length],
          })),
      },
    ],
  }
  return section
}

type Named = { id: string; version: string }

function titleOf({ id, version }: Named): Bilingual {
  return questionSet(id, version).title
}

/** As the set calls it. */
function bandOf({ id, version }: Named, band: string | undefined): Bilingual | null {
  return questionSet(id, version).bands.find((each) => each.id === band)?.text ?? null
}

/** Two cells: what is frozen has both languages. */
function inBoth(text: Bilingual | null): [string | null, string | null] {
  return [text?.da ?? null, text?.en ?? null]
}
