import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { mailsAbout } from '../../mail/actions.js'
import { allSets, questionSet } from '../../question-sets/actions.js'
import { engagementsByIds, vendorByReference, vendorsByIds } from '../../register/actions.js'
import {
  campaignByReference,
  campaigns,
  campaignsByIds,
  countWaiting,
  partsLeftOut,
} from '../records/campaigns.js'
import {
  askedWithMail,
  countQuestionnairesAsked,
  dueBefore,
  ofCampaign,
  questionnairesAsked,
  yearsAsked,
} from '../records/lists.js'
import { questionnaireById } from '../records/questionnaires.js'
import { progressOf, type Campaign, type CampaignProgress } from '../rules/campaign.js'
import type { QuestionnaireQuery } from '../rules/lists.js'
import type { AskingShown } from '../page/asking.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { questionnaireOf } from './move.js'
import { reminderDays } from './remind.js'
import { NotFound } from '../../base/errors.js'

const pageSize = 50

/** Everything the page of one questionnaire shows. */
export async function questionnaireToShow(reference: string): Promise<AskingShown> {
  const questionnaire = await questionnaireOf(reference)
  const { _id, vendor, engagements, set, campaign, previous } = questionnaire
  const [[found], those, mails, [ofIt], before, days] = await Promise.all([
    vendorsByIds([vendor]),
    engagementsByIds(engagements),
    mailsAbout('questionnaire', [_id]),
    campaign === null ? [] : campaignsByIds([campaign]),
    previous === null ? null : questionnaireById(previous),
    reminderDays(),
  ])
  return {
    questionnaire,
    vendor: found ?? null,
    engagements: those,
    set: questionSet(set.id, set.version),
    mails,
    campaign: ofIt ?? null,
    previous: before,
    days,
  }
}

/** One page of the list, and what its filters offer. Vendors and campaigns stand in addresses by their references. */
export async function questionnaireListPage(query: QuestionnaireQuery) {
  const [all, vendors] = await Promise.all([
    campaigns(),
    Promise.all((query.filters['vendor'] ?? []).map((reference) => vendorByReference(reference))),
  ])
  const known = vendors.filter((vendor) => vendor !== null)
  const ids = new Map([
    ...known.map(({ reference, _id }) => [reference, _id] as const),
    ...all.map(({ reference, _id }) => [reference, _id] as const),
  ])
  const byId = (filter: string) =>
    query.filters[filter] ? { [filter]: query.filters[filter].map((each) => ids.get(each) ?? each) } : {}
  const asked = { ...query, filters: { ...query.filters, ...byId('vendor'), ...byId('campaign') } }
  const [page, count, years] = await Promise.all([
    questionnairesAsked(asked, pageSize),
    countQuestionnairesAsked(asked),
    yearsAsked(),
  ])
  const names = new Map(known.map(({ reference, name }) => [reference, name]))
  return { ...page, count, years, sets: allSets(), campaigns: all, names }
}

/** All that match, some at a time, with what names them. */
export async function* questionnairesMatching(query: QuestionnaireQuery) {
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<typeof questionnaireListPage>> = await questionnaireListPage({
      ...query,
      page: cursor,
    })
    yield page
    cursor = page.next
  }
}

async function progressOfCampaign({ _id, chosen }: Campaign): Promise<CampaignProgress> {
  const [questionnaires, waiting] = await Promise.all([ofCampaign(_id), countWaiting(_id)])
  return progressOf(chosen, waiting, questionnaires)
}

/** The campaigns there have been, the newest first, and how far each has come. */
export async function campaignsToShow(): Promise<{ campaign: Campaign; progress: CampaignProgress }[]> {
  const shown = []
  for (const campaign of await campaigns())
    shown.push({ campaign, progress: await progressOfCampaign(campaign) })
  return shown
}

export async function campaignToShow(reference: string) {
  const campaign = await campaignByReference(reference)
  if (!campaign) throw new NotFound()
  const [progress, failed] = await Promise.all([progressOfCampaign(campaign), partsLeftOut(campaign._id)])
  const vendors = await vendorsByIds([
    ...campaign.leftOut.map(({ vendor }) => vendor),
    ...failed.map(({ vendor }) => vendor),
  ])
  return {
    campaign,
    progress,
    failed,
    references: new Map(vendors.map(({ _id, reference }) => [_id, reference])),
  }
}

/** Those asked and not answered, the first due first. */
export async function questionnairesDue(limit: number): Promise<Questionnaire[]> {
  return dueBefore('asked', '9999-12-31', limit)
}

/** So many are told one by one; of more the task says how many. */
const toldSingly = 200

/** What is to be done about questionnaires, for the dashboard. */
export async function openWork({ today }: Pick<Context, 'today'>): Promise<{
  lost: Questionnaire[]
  overdue: Questionnaire[]
  submitted: Questionnaire[]
  prepared: Questionnaire[]
}> {
  const ever: Day = '9999-12-31'
  const [lost, overdue, submitted, prepared] = await Promise.all([
    askedWithMail(['refused', 'kept'], toldSingly),
    dueBefore('asked', today, toldSingly),
    dueBefore('submitted', ever, toldSingly),
    dueBefore('prepared', ever, toldSingly),
  ])
  return { lost, overdue, submitted, prepared }
}
