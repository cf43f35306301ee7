/** The declaration (DPA C.7) out of the audit and what stands around it. Nothing is looked up here, so the same values give the same words. */
import type { Bilingual } from '../../base/context.js'
import type { Finding } from '../../findings/rules.js'
import { results, sampleOf, type ManagementReview, type Result, type Test, type WholeAudit } from './audit.js'
import type { ControlSet } from './controls.js'
import type { AreaFacts, DeclarationFacts, FindingFacts } from './declaration.js'

/** What the declaration takes from elsewhere. */
export type Around = {
  organisation: DeclarationFacts['organisation']
  /** Who leads it: the title is their role, which the papers write in their own language. */
  lead: DeclarationFacts['ledBy']
  replaces: DeclarationFacts['replaces']
  services: Bilingual[]
  sites: string[]
  agreementVersions: string[]
  /** The audit's own, and those of earlier ones that were still running. */
  findings: { finding: Finding; carried: boolean }[]
  /** Of our own people, by id. */
  names: ReadonlyMap<string, string>
}

export function compile({ audit, set, tests, figures }: WholeAudit, around: Around): DeclarationFacts {
  return {
    format: 1,
    organisation: around.organisation,
    reference: audit.reference,
    year: audit.year,
    edition: audit.edition,
    replaces: around.replaces,
    period: audit.period,
    controlSet: { id: set.id, version: set.version },
    scope: audit.scope,
    services: around.services,
    sites: around.sites,
    agreementVersions: around.agreementVersions,
    ledBy: around.lead,
    independence: audit.independence,
    areas: areasOf(set, tests),
    findings: around.findings.map(({ finding, carried }) => findingOf(finding, carried, around.names)),
    risks: audit.risks,
    threats: audit.threats,
    incidents: audit.incidents,
    figures,
    changesSinceLast: audit.changesSinceLast,
    review: reviewOf(audit.review ?? emptyReview, around.names),
    conclusion: audit.conclusion,
  }
}

/** Before management has reviewed it: what a draft shows. Nothing is frozen like that. */
const emptyReview: ManagementReview = { on: '', participants: [], text: { da: '', en: '' }, decisions: [] }

/** Every control of the set in its order; one nobody has tested yet counts as not tested. */
export function areasOf(set: ControlSet, tests: readonly Test[]): AreaFacts[] {
  const byControl = new Map(tests.map((test) => [test.control, test]))
  return set.areas.map(({ id, title }) => {
    const controls = set.controls
      .filter(({ area }) => area === id)
      .map(({ id: control, text, sources }): AreaFacts['controls'][number] => {
        const test = byControl.get(control)
        return {
          id: control,
          text,
          sources,
          methods: test?.methods ?? [],
          sample: sampleOf(test?.sample),
          testedOn: test?.testedOn ?? null,
          result: test?.result ?? 'not-tested',
          reason: test?.reason ?? { da: '', en: '' },
          operates: test?.operates ?? false,
        }
      })
    return { id, title, counts: countsOf(controls), controls }
  })
}

function countsOf(controls: readonly { result: Result }[]): Record<Result, number> {
  const of = (result: Result) => controls.filter((control) => control.result === result).length
  return Object.fromEntries(results.map((result) => [result, of(result)])) as Record<Result, number>
}

function findingOf(finding: Finding, carried: boolean, names: Around['names']): FindingFacts {
  const { reference, text, severity, owner, openedOn, dueOn, state } = finding
  const person = owner?.kind === 'person' ? (names.get(owner.id) ?? null) : null
  // Of a vendor its name: who works there is nobody's business.
  const whose = owner === null ? null : owner.kind === 'person' ? person : (finding.vendorName ?? owner.name)
  return { reference, text, severity, owner: whose, openedOn, dueOn, state, carried }
}

function reviewOf(review: ManagementReview, names: Around['names']): ManagementReview {
  return {
    ...review,
    decisions: review.decisions.map((decision) => ({
      ...decision,
      responsible: names.get(decision.responsible) ?? decision.responsible,
    })),
  }
}

/** The exceptions and what was not tested or does not apply: what a reader asks about first. */
export function deviations(areas: readonly AreaFacts[]): AreaFacts['controls'] {
  return areas.flatMap(({ controls }) => controls.filter(({ result }) => result !== 'no-exception'))
}

/** All free text of the declaration, as a reader may recognise somebody in it; with where it stands. */
export function freeTexts(facts: DeclarationFacts): { place: string; text: string }[] {
  const both = (place: string, text: Bilingual | null) =>
    text === null
      ? []
      : [place].flatMap((each) => [text.da, text.en].map((said) => ({ place: each, text: said })))
  const revisited = (['risks', 'threats', 'incidents'] as const).flatMap((place) =>
    facts[place].flatMap(({ what, text }) => [...both(place, what), ...both(place, text)]),
  )
  return [
    ...both('conclusion', facts.conclusion),
    ...both('scope', facts.scope),
    ...facts.services.flatMap((service) => both('scope', service)),
    ...facts.sites.map((text) => ({ place: 'scope', text })),
    ...facts.agreementVersions.map((text) => ({ place: 'scope', text })),
    ...both('independence', facts.independence),
    ...facts.areas.flatMap(({ controls }) =>
      controls.flatMap(({ id, reason, sample }) => [...both(id, reason), ...both(id, sampleOf(sample))]),
    ),
    ...facts.findings.flatMap(({ reference, text }) => both(reference, text)),
    ...revisited,
    ...both('changes', facts.changesSinceLast),
    ...both('review', facts.review.text),
    ...facts.review.decisions.flatMap(({ text }) => both('review', text)),
    ...both('replaces', facts.replaces?.why ?? null),
    ...activitiesIn(facts).map((text) => ({ place: 'figures', text })),
  ].filter(({ text }) => text.trim() !== '')
}

/** What sub-processors do, in the register's words; their names may be a customer's, too, and stand there as sub-processors. */
function activitiesIn({ figures }: DeclarationFacts): string[] {
  const tables = figures.sections.flatMap((section) => section.tables)
  return tables.flatMap(({ columns, rows }) =>
    rows.flatMap(({ cells }) =>
      cells.filter(
        (cell, at): cell is string => typeof cell === 'string' && !!columns[at]?.startsWith('activity-'),
      ),
    ),
  )
}

export type Recognised = { place: string; said: string; customer: string }

type Recognisable = { reference: string; words: readonly string[] }

/** Too short to tell anybody apart: such a word stands in every text. */
const shortest = 4

/** Where a customer's name, number, reference or contact stands in the words, whole and in any case. */
export function recognisedIn(
  texts: readonly { place: string; text: string }[],
  customers: readonly Recognisable[],
): Recognised[] {
  const folded = texts.map(({ place, text }) => ({ place, text: text.toLocaleLowerCase('da') }))
  const all = folded.map(({ text }) => text).join('\n')
  return customers.flatMap(({ reference, words }) =>
    [reference, ...words]
      .filter((word) => word.trim().length >= shortest)
      .flatMap((said) => {
        const word = said.trim().toLocaleLowerCase('da')
        if (!all.includes(word)) return []
        return folded
          .filter(({ text }) => standsIn(text, word))
          .map(({ place }) => ({ place, said, customer: reference }))
      }),
  )
}

function standsIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + word.length] ?? ' ']
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true
  }
  return false
}
