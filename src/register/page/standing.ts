import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { basisInShort, countriesInWords } from '../../transfers/page.js'
import { countryName } from '../../transfers/rules.js'
import type { Standing, StandingOn } from '../actions/standing.js'
import { standingKinds, type StandingKind } from '../rules/standing.js'

const tones: Record<StandingKind, string> = {
  falls: 'stop',
  check: 'wait',
  fallback: 'good',
  released: 'good',
}
const mostNamed = 25
/** Beyond these nobody works through one page; the list of engagements has the rest. */
const mostCards = 50

/**
 * Who stands on a decision, and for each engagement what must follow, by when and for whom. `supposed`: it has not ended, and no end
 * is known; so nothing has to be stopped.
 */
export function standingInWords(standing: StandingOn, today: Day, locale: Locale, supposed = false) {
  const { rows, services, customers, change } = standing
  const t = textIn(locale)
  const words = wordsFor(change.decision)
  return {
    nobody: t(`law:${words}.nobody-more`),
    day: formatDay(change.on, locale),
    past: change.on <= today,
    counts: {
      engagements: rows.length,
      services: services.length,
      customers: customers.length,
      shown: formatNumber(customers.length, locale),
    },
    services: services.map(({ name, reference }) => ({
      url: `/services/${reference}/edit`,
      name: name[locale] || name.da,
    })),
    customers: customers
      .toSorted((a, b) => a.name.localeCompare(b.name, locale))
      .slice(0, mostNamed)
      .map(({ reference, name }) => ({ url: `/customers/${reference}`, name })),
    more: Math.max(0, customers.length - mostNamed),
    groups: standingKinds.flatMap((kind) => {
      const those = rows.filter((row) => row.kind === kind)
      return those.length === 0
        ? []
        : [
            {
              kind,
              title: t(`law:${words}.${kind}`, { count: those.length }),
              lead: t(`law:${words}.${kind}-lead`),
              state: { tone: tones[kind], word: t(`law:${words}.${kind}-word`) },
              rows: those
                .slice(0, mostCards)
                .map((row) => standingRow(row, standing, supposed, today, locale)),
              more: Math.max(0, those.length - mostCards),
            },
          ]
    }),
    drafts: draftsOf(standing, locale),
  }
}

/** Whoever leaves the EEA ends no basis: it makes transfers of what was none. */
function wordsFor({ kind }: StandingOn['change']['decision']): 'leaving' | 'standing' {
  return kind === 'membership' ? 'leaving' : 'standing'
}

/** From when it is told: by the decision's own end, by a narrowing, or if there is none, if it ended today. */
export function standingLead({ decision, on }: StandingOn['change'], today: Day): string {
  const ends = decision.ended !== null || decision.until !== null
  if (!ends) return decision.scopes.at(-1)?.by === undefined ? 'if-it-ended' : 'narrowed'
  return on <= today ? 'now' : 'from'
}

function standingRow(row: Standing, { change }: StandingOn, supposed: boolean, today: Day, locale: Locale) {
  const t = textIn(locale)
  const { engagement, kind, countries, sendBy } = row
  const { reference } = engagement
  const number = (count: number) => formatNumber(count, locale)
  return {
    reference,
    url: `/engagements/${reference}`,
    name: engagement.vendorName,
    activity: engagement.activity[locale] || engagement.activity.da,
    countries: countriesInWords(countries, locale),
    customers: t('law:standing.customers', { count: row.customers, shown: number(row.customers) }),
    follows: [
      ...(kind === 'check' ? [t('law:follows.check')] : []),
      ...(kind === 'fallback' ? [t('law:follows.fallback')] : []),
      ...(kind === 'released' ? [t('law:follows.released')] : []),
      ...(kind === 'falls'
        ? row.bases.map(({ covered, toAsk, ...basis }) =>
            engagement.role === 'sub-processor' && row.customers > 0
              ? t('law:follows.basis-customers', {
                  basis: basisInShort(basis, locale),
                  covered: number(covered),
                  toAsk: number(toAsk),
                })
              : t('law:follows.basis', { basis: basisInShort(basis, locale) }),
          )
        : []),
      ...(kind === 'falls' ? [t('law:follows.remove')] : []),
    ],
    latest:
      kind !== 'falls'
        ? null
        : supposed
          ? { serious: false, text: t('law:latest.supposed') }
          : latestOf(change.on, sendBy, today, wordsFor(change.decision), locale),
    edit: `/engagements/${reference}/edit#transfers`,
    notice:
      engagement.role === 'sub-processor' && kind === 'falls' && row.customers > 0
        ? {
            replacement: `/notices/new?kind=replacement&replaces=${reference}`,
            removal: `/notices/new?kind=removal&engagement=${reference}`,
            // Where a change of what customers have approved is planned: a section of a room above.
            basis: `/engagements/${reference}#planned-changes`,
          }
        : null,
  }
}

/** Basis in place the day before; and the notice sent in time for the longest period, which may be past already. */
function latestOf(on: Day, sendBy: Day | null, today: Day, words: 'leaving' | 'standing', locale: Locale) {
  const t = textIn(locale)
  if (on <= today) return { serious: true, text: t(`law:latest.now-${words}`) }
  const day = formatDay(on, locale)
  if (sendBy === null) return { serious: false, text: t('law:latest.basis', { day }) }
  return sendBy < today
    ? { serious: true, text: t('law:latest.too-late', { day, sendBy: formatDay(sendBy, locale) }) }
    : { serious: false, text: t('law:latest.send', { day, sendBy: formatDay(sendBy, locale) }) }
}

/** What customers could be told, in both languages: those whose instruction covers a new basis, and those who must be asked. */
function draftsOf({ change, rows }: StandingOn, reader: Locale) {
  const those = rows.filter(
    ({ kind, engagement }) => (kind === 'falls' || kind === 'check') && engagement.role === 'sub-processor',
  )
  const words = wordsFor(change.decision)
  const names = [...new Set(those.map(({ engagement }) => engagement.vendorName))]
  const clauses = those.flatMap(({ bases }) => bases.filter(({ basis }) => basis === 'scc-2021'))
  const needed = {
    notice: clauses.some(({ covered }) => covered > 0),
    instruction: clauses.some(({ toAsk }) => toAsk > 0),
  }
  return (['da', 'en'] as const).flatMap((locale) => {
    const t = textIn(locale)
    const facts = {
      decision: change.decision.number,
      country: change.decision.country
        ? countryName(change.decision.country, locale)
        : change.decision.name[locale],
      day: formatDay(change.on, locale),
      vendors: names.join(', '),
      count: names.length,
    }
    const kinds = (['notice', 'instruction'] as const).filter((kind) => needed[kind])
    return kinds.map((kind) => ({
      id: `draft-${kind}-${locale}`,
      lang: locale,
      title: textIn(reader)(`law:draft.${kind}-title`),
      text: t(words === 'leaving' ? `law:draft.leaving-${kind}` : `law:draft.${kind}`, facts),
    }))
  })
}
