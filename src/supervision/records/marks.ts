/** Whether anything a year is reckoned from has changed, without reading it. */
import type { Model } from 'mongoose'
import { Findings } from '../../findings/records.js'
import { Questionnaires } from '../../questionnaires/records/questionnaires.js'
import { readSettings, Statements } from '../../statements/records.js'
import { Supervisions } from './supervisions.js'

/**
 * Another one whenever one of these records has come to be or moved: how many there are, and the sum of their versions, which only
 * rises. What is removed lowers both.
 */
export async function markOfYear(years: readonly number[]): Promise<string> {
  const [questionnaires, statements, findings, supervisions, settings] = await Promise.all([
    countedVersions(Questionnaires, { year: { $in: [...years] } }),
    countedVersions(Statements, {}),
    countedVersions(Findings, {}),
    countedVersions(Supervisions, {}),
    readSettings(),
  ])
  return [questionnaires, statements, findings, supervisions, settings?.version ?? 0].join(' ')
}

async function countedVersions<T>(model: Model<T>, of: object): Promise<string> {
  const [counted] = await model.aggregate<{ count: number; versions: number }>([
    // The bound keeps it on the index.
    { $match: { ...of, version: { $gte: 0 } } },
    { $group: { _id: null, count: { $sum: 1 }, versions: { $sum: '$version' } } },
  ])
  return counted ? `${counted.count}/${counted.versions}` : '0/0'
}
