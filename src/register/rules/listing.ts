import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { numberFragments, searchTokens } from '../../db/keys.js'
import { nextMembershipDay, transfersNeeded, type LawOn } from '../../transfers/rules.js'
import { factsAsked, incompleteness, type Missing } from './completeness.js'
import { tallyOf, type Tally } from './completeness-share.js'
import { contractBeginsOn, contractStanding } from './contract.js'
import { countryWords } from './country-words.js'
import type { EngagementBody, EngagementState, Use } from './engagement.js'
import { contentOf, engagementState } from './engagement.js'
import { highestRisk, riskOf, type Risk } from './risk.js'
import type { VendorContent } from './vendor.js'

/**
 * What a list of the register is found by: derived from the records, kept beside them, thrown away and made anew at will.
 * What a page shows is read from the records; this only selects and sorts.
 */
export type Listing = {
  /** The record's id. */
  _id: string
  vendor: string
  reference: string
  /** Versions of the vendor and its engagements it was made from: another sum, and it is made again. */
  made: number
  sortKey: string
  tokens: string[]
  /** What filters ask for, as 'storage:IN', 'state:planned', 'missing:contract'. */
  keys: string[]
  /** How many facts are missing. */
  missing: number
  /** What is asked of the running engagements and how much of it is there: the vendor's, or the one's own. */
  tally: Tally
  risk: number
  changedAt: Date
  /** The next day on which it may read otherwise without any record having changed. */
  turnsOn: Day | null
  sample: boolean
}

type Recorded = { _id: string; reference: string; version: number; moves: readonly { at: Date }[] }
export type ListedVendor = Recorded & Pick<VendorContent, keyof VendorContent>
export type ListedEngagement = Recorded & EngagementBody

/** Whether any customer has it approved, and from which day that may be otherwise. */
export type Outlook = { approved: boolean; turnsOn: Day | null }

export const lackingOnList = 'list:lacking'
/** Entered, approved by nobody and never used: what a notice may announce. */
export const plannedForList = 'list:planned'
/** A sub-processor that runs; and one of which nothing is missing. */
export const runningForList = 'list:running'
export const completeForList = 'list:complete'
/** A sub-processor in use, and no signed contract that binds it. */
export const uncontractedForList = 'list:uncontracted'

const ofVendor: readonly Missing['field'][] = ['name', 'registration', 'address', 'contact']

/** The vendor's entry and one for each of its engagements. `services`: every service by its id. */
export function listingsOf(
  vendor: ListedVendor,
  engagements: readonly ListedEngagement[],
  services: ReadonlyMap<string, Bilingual>,
  outlooks: ReadonlyMap<string, Outlook>,
  at: LawOn,
): { vendor: Listing; engagements: Listing[] } {
  const { day } = at
  const about = tokensOfVendor(vendor)
  const judged = engagements.map((engagement) => {
    const outlook = outlooks.get(engagement._id) ?? { approved: false, turnsOn: null }
    const state = engagementState(engagement, outlook.approved ? 1 : 0, day)
    const missing = state === 'ended' ? [] : incompleteness(vendor, engagement, at)
    const risk = riskOf(engagement, day)
    const facts = factsAsked(contentOf(vendor._id, vendor, engagement), engagement.contract, at)
    return {
      engagement,
      outlook,
      state,
      missing,
      risk,
      facts,
      keys: unique([
        ...keysOf(engagement, state, missing, risk, at),
        // On the list of today, whatever its state, and not all there that customers may ask for.
        ...(outlook.approved && facts.some((fact) => fact.missing) ? [lackingOnList] : []),
        ...(state === 'planned' && isUnusedSubProcessor(engagement) ? [plannedForList] : []),
        ...(state !== 'ended' && engagement.role === 'sub-processor'
          ? [
              runningForList,
              ...(missing.length === 0 ? [completeForList] : []),
              ...(state === 'in-use' &&
              engagement.parent === null &&
              contractStanding(engagement, day) !== 'binds'
                ? // Found by the filter too where it is only its first day that is wrong.
                  [uncontractedForList, 'missing:contract']
                : []),
            ]
          : []),
      ]),
    }
  })
  const running = judged.filter(({ state }) => state !== 'ended')
  const gaps =
    running.length > 0
      ? running.flatMap(({ missing }) => missing)
      : vendor.endedOn === null
        ? missingOfVendor(vendor, at)
        : []
  const risk = highestRisk(running.map((each) => each.risk))
  const made = vendor.version + engagements.reduce((sum, { version }) => sum + version, 0)
  return {
    vendor: {
      _id: vendor._id,
      vendor: vendor._id,
      reference: vendor.reference,
      made,
      sortKey: vendor.sortKey,
      tokens: unique([
        ...about,
        // Where it has its seat, too: of an engagement a country says where data are.
        ...searchTokens(...(vendor.country === null ? [] : countryWords(vendor.country))),
        ...running.flatMap(({ engagement }) => ownTokens(engagement, services)),
      ]),
      keys: unique([
        ...keysOfVendor(vendor, day),
        ...running.flatMap(({ keys }) => keys).filter((key) => !/^(?:state|missing|risk|list):/.test(key)),
        ...(running.length === 0 ? ['role:none'] : []),
        ...missingKeys(gaps),
        ...(risk ? [`risk:${risk.band}`] : []),
      ]),
      missing:
        new Set(gaps.filter(({ field }) => ofVendor.includes(field)).map(({ field }) => field)).size +
        gaps.filter(({ field }) => !ofVendor.includes(field)).length,
      tally: tallyOf(running.map(({ facts }) => ({ vendor: vendor._id, facts }))),
      risk: risk?.points ?? 0,
      changedAt: latest(vendor),
      turnsOn: soonest([vendor.endedOn, ...judged.map((each) => turnOf(each, at))], day),
      sample: vendor.sample,
    },
    engagements: judged.map((each) => ({
      _id: each.engagement._id,
      vendor: vendor._id,
      reference: each.engagement.reference,
      made: vendor.version + each.engagement.version,
      sortKey: vendor.sortKey,
      tokens: unique([...about, ...ownTokens(each.engagement, services)]),
      keys: each.keys,
      missing: each.missing.length,
      tally: tallyOf(each.state === 'ended' ? [] : [{ vendor: vendor._id, facts: each.facts }]),
      risk: each.risk.points,
      changedAt: latest(each.engagement),
      turnsOn: turnOf(each, at),
      sample: each.engagement.sample,
    })),
  }
}

function keysOf(
  engagement: ListedEngagement,
  state: EngagementState,
  missing: Missing[],
  risk: Risk,
  { law, day }: LawOn,
) {
  const { storageCountries: storage, accessCountries: access, transfers, dataCategories } = engagement
  const outside = transfersNeeded(law, storage, access, day)
  const without = outside.filter((code) => !transfers.some(({ country }) => country === code))
  return unique([
    `role:${engagement.role}`,
    `state:${state}`,
    `link:${engagement.parent === null ? 'own' : 'further'}`,
    ...engagement.services.map((id) => `service:${id}`),
    ...storage.flatMap((code) => [`storage:${code}`, `country:${code}`]),
    ...access.flatMap((code) => [`access:${code}`, `country:${code}`]),
    `outside:${outside.length > 0 ? 'yes' : 'no'}`,
    ...transfers.map(({ basis }) => `basis:${basis}`),
    ...(without.length > 0 ? ['basis:none'] : []),
    ...(dataCategories.length > 0 ? dataCategories.map((each) => `data:${each}`) : ['data:unknown']),
    `risk:${risk.band}`,
    ...missingKeys(missing),
  ])
}

function isUnusedSubProcessor({ role, inUse, endedOn }: ListedEngagement): boolean {
  return role === 'sub-processor' && inUse.since === null && endedOn === null
}

function keysOfVendor(vendor: ListedVendor, day: Day): string[] {
  return [
    `state:${vendor.endedOn !== null && vendor.endedOn <= day ? 'ended' : 'active'}`,
    `seat:${vendor.country ?? 'unknown'}`,
  ]
}

function missingKeys(missing: readonly Missing[]): string[] {
  return missing.length === 0
    ? ['missing:none']
    : ['missing:any', ...missing.map(({ field }) => `missing:${field}`)]
}

/** Of a vendor without any running engagement: what of itself would be missing on a list. */
function missingOfVendor(vendor: ListedVendor, at: LawOn): Missing[] {
  const bare = { role: 'sub-processor', services: [], activity: { da: '', en: '' } } as const
  const lists = { dataCategories: [], subjects: [], storageCountries: [], accessCountries: [], places: [] }
  const engagement = { ...bare, ...lists, services: [], transfers: [], parent: null, contract: null }
  return incompleteness(vendor, engagement, at).filter(({ field }) => ofVendor.includes(field))
}

function tokensOfVendor(vendor: ListedVendor): string[] {
  const { name, reference, registration, website } = vendor
  return searchTokens(
    name,
    reference,
    website,
    registration?.number,
    ...numberFragments(registration?.number),
  )
}

function ownTokens(engagement: ListedEngagement, services: ReadonlyMap<string, Bilingual>): string[] {
  const countries = [...engagement.storageCountries, ...engagement.accessCountries]
  const bought = engagement.services.map((id) => services.get(id))
  return searchTokens(
    engagement.reference,
    engagement.activity.da,
    engagement.activity.en,
    ...bought.flatMap((name) => [name?.da, name?.en]),
    ...countries.flatMap(countryWords),
  )
}

function turnOf(
  { engagement, outlook }: { engagement: ListedEngagement; outlook: Outlook },
  { law, day }: LawOn,
) {
  const uses: Use[] = [engagement.inUse, ...(engagement.earlierUse ?? [])]
  // A country that comes into the EEA or falls out of it makes transfers of what was none, or none of what was.
  const countries = [...engagement.storageCountries, ...engagement.accessCountries]
  const memberships = nextMembershipDay(law, countries, day)
  const used = uses.flatMap(({ since, until }) => [since, until])
  const contract = contractBeginsOn(engagement, day)
  return soonest([engagement.endedOn, outlook.turnsOn, memberships, contract, ...used], day)
}

function soonest(days: readonly (Day | null)[], after: Day): Day | null {
  return days.reduce<Day | null>(
    (least, each) => (each !== null && each > after && (least === null || each < least) ? each : least),
    null,
  )
}

function latest({ moves }: Recorded): Date {
  return moves.reduce((last, { at }) => (at > last ? at : last), new Date(0))
}

function unique(all: readonly string[]): string[] {
  return [...new Set(all)]
}
