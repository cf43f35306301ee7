import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import facts from '../countries.json' with { type: 'json' }
import type { DecisionFacts, Law, Scope } from './decisions.js'
import { shippedMemberships } from './shipped-memberships.js'
import type { DeadBasis } from './transfer.js'

type ShippedAdequacy = {
  decision: string
  date: Day
  expires?: Day
  limited: boolean
  requiresListing?: string
  scope: Bilingual
  note?: Bilingual
}
type ShippedPlace = { code: string; name: Bilingual; adequacy: ShippedAdequacy | null }
type ShippedEnd = {
  id: string
  decision: string
  name: Bilingual
  repealed?: Day
  invalidFrom: Day
  by: string
}

const commission = 'commission.europa.eu'
const commissionUrl =
  'https://commission.europa.eu/law/law-topic/data-protection/international-dimension-data-protection/adequacy-decisions_en'

const deadIds: Record<string, { id: DeadBasis; country: string | null; from: Day }> = {
  safe_harbor: { id: 'safe-harbour', country: 'US', from: '2000-07-26' },
  privacy_shield: { id: 'privacy-shield', country: 'US', from: '2016-07-12' },
  scc_2001_2004: { id: 'scc-2001', country: null, from: '2001-06-15' },
  scc_2010: { id: 'scc-2010', country: null, from: '2010-02-05' },
}

const none: Bilingual = { da: '', en: '' }
const signedBefore: Bilingual = {
  da: 'Kun kontrakter underskrevet før den 27. september 2021',
  en: 'Only contracts signed before 27 September 2021',
}
/** The day the facts were last compared with their sources before they were shipped. */
const checked = { on: facts.lastSourceCheck, by: null }

function adequacyOf({ code, name, adequacy }: ShippedPlace): DecisionFacts[] {
  if (adequacy === null) return []
  const { decision, date, expires, limited, requiresListing, scope, note } = adequacy
  const first: Scope = {
    from: date,
    limited,
    ...(requiresListing === undefined ? {} : { requiresListing }),
    text: scope,
  }
  return [
    {
      _id: `${code}-${date.slice(0, 4)}`,
      kind: 'adequacy',
      country: code,
      number: decision,
      name: {
        da: `Tilstrækkelighedsafgørelse: ${name.da}`,
        en: `Adequacy decision: ${name.en}`,
      },
      from: date,
      until: expires ?? null,
      ended: null,
      scopes: [first],
      source: commission,
      sourceUrl: commissionUrl,
      checked,
      note: note ?? none,
    },
  ]
}

function deadOf({ id: shipped, decision, name, repealed, invalidFrom, by }: ShippedEnd): DecisionFacts[] {
  const known = deadIds[shipped]
  if (!known) return []
  return [
    {
      _id: known.id,
      kind: 'dead-basis',
      country: known.country,
      number: decision,
      name,
      from: known.from,
      until: null,
      ended: { on: invalidFrom, by },
      scopes: repealed === undefined ? [] : [{ from: repealed, limited: true, text: signedBefore, by }],
      source: by,
      checked,
      note: none,
    },
  ]
}

/** What every installation begins with. Staff's corrections stand in the collection and are never overwritten by these. */
export const shippedDecisions: readonly DecisionFacts[] = [
  ...(facts.countries as ShippedPlace[]).flatMap(adequacyOf),
  ...(facts.organisations as ShippedPlace[]).flatMap(adequacyOf),
  ...(facts.obsoleteBases as ShippedEnd[]).flatMap(deadOf),
  ...shippedMemberships,
]

/** The law as shipped: for tests and for whatever has no database. */
export const shippedLaw: Law = { decisions: shippedDecisions }
