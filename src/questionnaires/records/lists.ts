import type { QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { cappedCount, pageAfter, type Page, type Sort } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import { keysAsked, type QuestionnaireQuery, type QuestionnaireSort } from '../rules/lists.js'
import type { Delivery, Questionnaire } from '../rules/questionnaire.js'
import { Questionnaires, type QuestionnaireRecord } from './questionnaires.js'

const sorts: Record<QuestionnaireSort, Sort> = {
  due: { field: 'order', direction: 1 },
  year: { field: 'year', direction: -1 },
  name: { field: 'sortKey', direction: 1 },
}

export function questionnairesAsked(
  query: QuestionnaireQuery,
  size: number,
): Promise<Page<QuestionnaireRecord>> {
  const cursor = query.page || undefined
  return pageAfter(Questionnaires, conditions(query), sorts[query.sort as QuestionnaireSort], cursor, size)
}

export function countQuestionnairesAsked(
  query: QuestionnaireQuery,
): Promise<{ count: number; capped: boolean }> {
  return cappedCount(Questionnaires, conditions(query))
}

/** How many ask this version of a set, counted up to a thousand. */
export async function countOfSet({ id, version }: Questionnaire['set']): Promise<number> {
  const { count } = await cappedCount(Questionnaires, { keys: `set:${id}@${version}` })
  return count
}

function conditions(query: QuestionnaireQuery): QueryFilter<QuestionnaireRecord> {
  const all: QueryFilter<QuestionnaireRecord>[] = [
    ...searchConditions<QuestionnaireRecord>('tokens', query.q),
    ...keysAsked(query).map((each) => ({ keys: { $in: each } }) as QueryFilter<QuestionnaireRecord>),
    ...(query.ids.length > 0 ? [{ reference: { $in: query.ids } }] : []),
  ]
  return all.length === 0 ? {} : { $and: all }
}

/** Years and sets there are, the last first: what filters offer. */
export async function yearsAsked(): Promise<number[]> {
  const years: number[] = await Questionnaires.distinct('year', { year: { $gt: 0 } })
  return years.toSorted((a, b) => b - a)
}

/** Those in a state that are due before a day, the first due first. */
export async function dueBefore(
  state: Questionnaire['state'],
  day: Day,
  limit: number,
  after: { dueOn: Day; _id: string } | null = null,
): Promise<Questionnaire[]> {
  const beyond = after
    ? { $or: [{ dueOn: after.dueOn, _id: { $gt: after._id } }, { dueOn: { $gt: after.dueOn } }] }
    : {}
  return Questionnaires.find({ $and: [{ state, dueOn: { $lt: day } }, beyond] } as object)
    .sort({ dueOn: 1, _id: 1 })
    .limit(limit)
    .lean<Questionnaire[]>()
}

/** Those asked whose mail is in one of these states, the first due first. */
export async function askedWithMail(
  deliveries: readonly Delivery[],
  limit: number,
): Promise<Questionnaire[]> {
  return Questionnaires.find({
    $and: [{ keys: { $in: deliveries.map((each) => `mail:${each}`) } }, { keys: 'state:asked' }],
  })
    .sort({ order: 1, _id: 1 })
    .limit(limit)
    .lean<Questionnaire[]>()
}

/** Of a campaign: what its progress counts. */
export async function ofCampaign(
  campaign: string,
): Promise<Pick<Questionnaire, '_id' | 'vendor' | 'reference' | 'state' | 'arrivedAt' | 'delivery'>[]> {
  return Questionnaires.find(
    { campaign: { $eq: campaign, $type: 'string' } },
    { vendor: 1, reference: 1, state: 1, arrivedAt: 1, delivery: 1 },
  ).lean()
}

export async function ofCampaignAndVendor(campaign: string, vendor: string): Promise<Questionnaire | null> {
  return Questionnaires.findOne({
    campaign: { $eq: campaign, $type: 'string' },
    vendor,
  }).lean<Questionnaire>()
}

/** The open one that stands in the way of a second. */
export async function openOne(openKey: string): Promise<Questionnaire | null> {
  return Questionnaires.findOne({ openKey: { $eq: openKey, $type: 'string' } }).lean<Questionnaire>()
}

/** Vendors, years and sets of which one is open, among those asked about. */
export async function openAmong(openKeys: readonly string[]): Promise<Map<string, string>> {
  const rows = await Questionnaires.find(
    { openKey: { $in: [...openKeys], $type: 'string' } },
    { _id: 0, openKey: 1, reference: 1 },
  ).lean<{ openKey: string; reference: string }[]>()
  return new Map(rows.map(({ openKey, reference }) => [openKey, reference]))
}
