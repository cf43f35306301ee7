import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  endOf,
  endsSoon,
  holdsOn,
  needsCheck,
  scopeOn,
  type DecisionFacts,
  type Ending,
  type Law,
} from '../../transfers/rules.js'

/** Bases that were for every country and have ended: they have no country's page. */
export function deadBasisRows(law: Law, locale: Locale) {
  return law.decisions
    .filter(({ kind }) => kind === 'dead-basis')
    .toSorted((a, b) => ((a.ended?.on ?? '') < (b.ended?.on ?? '') ? -1 : 1))
    .map((decision) => ({
      url: `/decisions/${decision._id}`,
      name: decision.name[locale],
      number: decision.number,
      ended: decision.ended ? formatDay(decision.ended.on, locale) : '',
      by: decision.ended?.by ?? '',
    }))
}

/** One decision with its dates, what it covers and covered, and who looked it up last. */
export function decisionCard(decision: DecisionFacts, today: Day, locale: Locale) {
  const t = textIn(locale)
  const { _id, kind, number, name, until, ended, scopes, checked, source, sourceUrl, note } = decision
  const day = (value: Day) => formatDay(value, locale)
  // What left the EEA was all in it before: only what came after stands in the scopes.
  const present =
    kind === 'membership' && (scopes[0]?.from ?? '9999') > today ? null : scopeOn(decision, today)
  const end = endOf(decision)
  return {
    id: _id,
    kind,
    number,
    name: name[locale] || name.da,
    url: `/decisions/${_id}`,
    state: decisionState(decision, today, locale),
    holds: holdsOn(decision, today),
    rows: [
      [t(kind === 'membership' ? 'law:membership.treaty' : 'law:decision.number'), number],
      [t(kind === 'membership' ? 'law:membership.from' : 'law:decision.from'), day(decision.from)],
      ...(until === null ? [] : [[t('law:decision.until'), day(until)]]),
      ...(ended === null ? [] : [[t('law:decision.ended-on'), endedBy(ended, locale)]]),
      ...(present
        ? [
            [
              t(kind === 'membership' ? 'law:membership.transition' : 'law:decision.scope'),
              present.text[locale] || present.text.da,
            ],
          ]
        : []),
      ...(present?.requiresListing === undefined
        ? []
        : [[t('law:decision.listing'), present.requiresListing]]),
      [t('law:decision.source'), source, ...(sourceUrl === undefined ? [] : [sourceUrl])],
      ...(note[locale] ? [[t('law:decision.note'), note[locale]]] : []),
    ] as [string, string, string?][],
    earlier: scopes
      .filter((scope) => scope !== present)
      .map((scope) => ({
        from: day(scope.from),
        text: scope.text[locale] || scope.text.da,
        by: scope.by ?? '',
        coming: scope.from > today,
      })),
    narrowed:
      present?.by === undefined || kind !== 'adequacy'
        ? ''
        : t('law:decision.narrowed', { day: day(present.from), by: present.by }),
    checked: { on: day(checked.on), by: checked.by, stale: needsCheck(decision, today) },
    ends:
      endsSoon(decision, today) && end !== null
        ? t(ended?.on === end ? 'law:decision.ends-ruled' : 'law:decision.ends-soon', { day: day(end) })
        : '',
  }
}

function endedBy({ on, by, source }: Ending, locale: Locale): string {
  const text = textIn(locale)('law:decision.ended-by', { day: formatDay(on, locale), by })
  return source === undefined ? text : `${text} (${source})`
}

function decisionState(decision: DecisionFacts, today: Day, locale: Locale) {
  const t = textIn(locale)
  if (decision.from > today) return { tone: 'calm', word: t('law:decision-state.coming') }
  if (!holdsOn(decision, today))
    return decision.kind === 'membership'
      ? { tone: 'wait', word: t('law:membership.left') }
      : { tone: 'stop', word: t('law:decision-state.ended') }
  if (endsSoon(decision, today)) return { tone: 'wait', word: t('law:decision-state.ends') }
  if (decision.kind === 'membership')
    return decision.scopes.some(({ from }) => from <= today)
      ? { tone: 'wait', word: t('law:state.as-eea') }
      : { tone: 'good', word: t('law:membership.member') }
  const scope = scopeOn(decision, today)
  if (scope?.requiresListing !== undefined) return { tone: 'info', word: t('law:state.listed-only') }
  return scope?.limited
    ? { tone: 'info', word: t('law:state.limited') }
    : { tone: 'good', word: t('law:decision-state.holds') }
}
