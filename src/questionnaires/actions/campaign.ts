import { record } from '../../audit-log/actions.js'
import { moveRecorded, mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { danishSortKey } from '../../db/keys.js'
import { currentSets, freeze } from '../../question-sets/actions.js'
import { runningEngagements, vendorsByIds } from '../../register/actions.js'
import {
  campaignByReference,
  Campaigns,
  campaignsBeingMade,
  insertCampaign,
  insertParts,
  settlePart,
  waitingParts,
} from '../records/campaigns.js'
import { ofCampaignAndVendor, openAmong } from '../records/lists.js'
import type {
  Campaign,
  CampaignCandidate,
  CampaignCandidates,
  CampaignPart,
  LeftOut,
} from '../rules/campaign.js'
import { judged, usualSets, type Candidate, type SetsOfCampaign } from '../rules/choosing.js'
import { prepareQuestionnaire, sendQuestionnaire, setOf } from './ask.js'

/** So many at once: a request stays short, the timer does the rest. */
const atOnce = 25
const batch = 100
/** At a time: the database answers several while one is being written. */
const lanes = 4

/** Every vendor with a sub-processor engagement that has not ended: asked where nobody has said who owes one. */
export const everyVendorInUse: CampaignCandidates = async (_context, year) => {
  const engagements = await runningEngagements('sub-processor')
  const byVendor = new Map<string, string[]>()
  for (const { _id, vendor, parent } of engagements)
    if (parent === null) byVendor.set(vendor, [...(byVendor.get(vendor) ?? []), _id])
  return [...byVendor].map(([vendor, ids]): CampaignCandidate => ({
    vendor,
    engagements: ids,
    why: 'yearly',
    dueOn: `${year}-12-31`,
  }))
}

/** Throws `Refused('questionnaire-set-unknown')` where there is no set to ask. */
export function setsToAsk(): SetsOfCampaign {
  const sets = usualSets(currentSets())
  if (!sets) throw new Refused('questionnaire-set-unknown')
  return sets
}

/** Whom a campaign of that year would ask, and who cannot be asked, by name. */
export async function candidatesOf(
  context: Context,
  year: number,
  candidates: CampaignCandidates,
  sets = setsToAsk(),
): Promise<Candidate[]> {
  const found = await candidates(context, year)
  const vendors = new Map(
    (await vendorsByIds(found.map(({ vendor }) => vendor))).map((vendor) => [vendor._id, vendor]),
  )
  const keys = found.flatMap(({ vendor }) =>
    [sets.usual, sets.light].map(({ id }) => `${vendor}/${year}/${id}`),
  )
  const open = await openAmong(keys)
  return found
    .flatMap((candidate) => {
      const vendor = vendors.get(candidate.vendor)
      return vendor ? [judged(candidate, vendor, { sets, year, open, today: context.today })] : []
    })
    .toSorted((a, b) => (danishSortKey(a.vendor.name) < danishSortKey(b.vendor.name) ? -1 : 1))
}

export type CampaignInput = {
  year: number
  dueOn: Day
  sets: SetsOfCampaign
  /** References of the vendors chosen. */
  vendors: string[]
}

/**
 * Starts a campaign: keeps who was chosen and who was not, and why; then the first questionnaires, the timer makes the rest.
 * Throws `Refused`: 'questionnaire-due-past', 'campaign-nobody'.
 */
export async function startCampaign(
  context: Context,
  { year, dueOn, sets, vendors }: CampaignInput,
  candidates: CampaignCandidates,
): Promise<Campaign> {
  if (dueOn <= context.today) throw new Refused('questionnaire-due-past')
  const all = await candidatesOf(context, year, candidates, sets)
  const wanted = new Set(vendors)
  const chosen = all.filter(({ vendor, because }) => because === null && wanted.has(vendor.reference))
  if (chosen.length === 0) throw new Refused('campaign-nobody')
  for (const set of [sets.usual, sets.light]) await freeze(setOf(set))
  const reference = await nextReference('QC', year)
  const leftOut = all
    .filter((candidate) => !chosen.includes(candidate))
    .map(({ vendor, because }) => ({
      vendor: vendor._id,
      name: vendor.name,
      because: because ?? ('not-chosen' as const),
    }))
  const _id = newId()
  // Parts first: a campaign that is there has all of them.
  await insertParts(
    chosen.map(({ vendor, engagements, set, why, owner }) => ({
      _id: newId(),
      campaign: _id,
      vendor: vendor._id,
      vendorName: vendor.name,
      engagements,
      set,
      why,
      owner: owner!,
      state: 'waiting' as const,
      because: null,
    })),
  )
  const campaign = await insertCampaign(
    {
      _id,
      reference,
      year,
      dueOn,
      state: 'making',
      chosen: chosen.length,
      leftOut,
      remindersStopped: null,
      sample: chosen.every(({ vendor }) => vendor.sample),
    },
    {
      at: context.now,
      by: context.actor,
      event: 'campaign.started',
      facts: { reference, year, dueOn, chosen: chosen.length, leftOut: leftOut.length },
    },
  )
  await record(Campaigns, campaign)
  await continueCampaign(context, campaign, atOnce)
  return campaign
}

/** Makes and sends the questionnaires a campaign still lacks; repeatable at any point. */
async function continueCampaign(context: Context, campaign: Campaign, most: number): Promise<number> {
  let made = 0
  while (made < most) {
    const parts = await waitingParts(campaign._id, Math.min(batch, most - made))
    if ((await campaignByReference(campaign.reference))?.state !== 'making') break
    if (parts.length === 0) {
      await finish(context, campaign)
      break
    }
    made += parts.length
    const lane = async () => {
      for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
        const because = await askPart(context, campaign, part)
        await settlePart(part._id, because === null ? 'asked' : 'left-out', because)
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  }
  return made
}

/** For the timer: campaigns whose request was too short, or that a crash left. */
export async function continueCampaigns(context: Context): Promise<number> {
  let made = 0
  for (const campaign of await campaignsBeingMade())
    made += await continueCampaign(context, campaign, Infinity)
  return made
}

/** What is not yet made is not made any more; what has been sent stays sent. */
export async function stopCampaign(context: Context, reference: string): Promise<Campaign> {
  const campaign = await campaignByReference(reference)
  if (!campaign) throw new NotFound()
  if (campaign.state !== 'making') throw new Refused('campaign-made')
  return mustMove(
    context,
    Campaigns,
    campaign,
    { state: 'stopped' },
    { event: 'campaign.stopped', facts: {} },
  )
}

async function finish(context: Context, campaign: Campaign): Promise<void> {
  const said = { event: 'campaign.finished', facts: { chosen: campaign.chosen } }
  await moveRecorded(context, Campaigns, campaign, { state: 'made' }, said)
}

/** Null once it is asked; else why not. A part half done before a crash is taken up where it stood. */
async function askPart(
  context: Context,
  { _id, year, dueOn }: Campaign,
  part: CampaignPart,
): Promise<LeftOut | null> {
  const { vendor, engagements, set, why, owner } = part
  const asking = { year, vendor, engagements, set, why, owner, dueOn }
  try {
    const questionnaire =
      (await ofCampaignAndVendor(_id, vendor)) ?? (await prepareQuestionnaire(context, asking, _id))
    if (questionnaire.state === 'prepared') await sendQuestionnaire(context, questionnaire.reference)
    return null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // Another process makes the same part at this moment, and sends it; else it shows as prepared and not sent.
    if (lostRaces.includes(error.reason) && (await ofCampaignAndVendor(_id, vendor))) return null
    return reasons[error.reason] ?? 'set-unknown'
  }
}

const lostRaces = ['questionnaire-open-already', 'questionnaire-sent-already', 'changed-meanwhile']

const reasons: Record<string, LeftOut> = {
  'questionnaire-due-past': 'due-past',
  'questionnaire-open-already': 'open-already',
  'questionnaire-no-address': 'no-address',
  'questionnaire-vendor-ended': 'ended',
  'questionnaire-no-engagement': 'no-engagement',
  'questionnaire-set-unknown': 'set-unknown',
}
