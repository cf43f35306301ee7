import { planEngagement, sayApproved, type PlannedEngagement } from './engagement-plan.js'
import { withContinued } from './continued.js'
import type { ReadRow } from './rows.js'
import type { RowChoice } from './import.js'
import { leftOut } from './left-out.js'
import { finderOf } from './matches.js'
import { plainName } from './names.js'
import { withParents } from './parents.js'
import {
  sayInto,
  sayMatch,
  withProblems,
  type Message,
  type PlannedRow,
  type ReadingContext,
  type Say,
} from './plan.js'
import { engagementsByVendor, grouped, merged, type Group, type RegisterNow } from './register-matching.js'
import { readRegisterRow, type EngagementPart, type RegisterRow } from './register-rows.js'
import {
  found,
  planVendor,
  refuseApproved,
  sayAlike,
  sayOfEnd,
  vendorWithIds,
  type PlannedVendor,
} from './vendor-plan.js'

export type { PlannedEngagement } from './engagement-plan.js'
export type { RegisterNow } from './register-matching.js'

export type RegisterPlan = {
  vendors: PlannedVendor[]
  engagements: PlannedEngagement[]
  rows: PlannedRow[]
  messages: Message[]
}

/** What would happen to each row, without doing any of it. `choices`: what a person has said of single rows. */
export function planRegister(
  rows: readonly ReadRow[],
  now: RegisterNow,
  context: ReadingContext,
  choices: readonly RowChoice[] = [],
): RegisterPlan {
  const { out, messages } = leftOut('register', rows, choices)
  const plan: RegisterPlan = { vendors: [], engagements: [], rows: [], messages }
  const chosen = new Map(choices.map((choice) => [choice.row, choice]))
  const read = rows
    .filter(({ number }) => !out.has(number))
    .map((row) => readRegisterRow(row, { ...context, services: now.services }))
  for (const { messages: said } of read) messages.push(...said)
  const say = sayInto(messages)
  const byVendor = engagementsByVendor(now.engagements)
  const made = new Map<number, [RegisterRow, PlannedVendor, PlannedEngagement | null]>()
  const keys = new Set<string>()
  const groups = grouped(
    read.filter((row): row is RegisterRow => row.vendor !== null),
    say,
  )
  for (const { group, match, existing, gone = false } of found(
    groups,
    finderOf(now.vendors, now.aliases),
    chosen,
    say,
  )) {
    sayMatch(match, gone, group.first.number, say)
    const vendor = planVendor(group, existing, match, keys)
    if (existing) sayOfEnd(existing, vendor, say)
    const before = existing ? (byVendor.get(existing._id) ?? []) : []
    if (existing && vendor.changes.length > 0)
      refuseApproved(existing, vendorWithIds(vendor.input), before, now.approved, group, say)
    plan.vendors.push(vendor)
    for (const row of group.rows) made.set(row.number, [row, vendor, null])
    for (const { row, part, rows: all } of activitiesOf(group, say)) {
      const engagement = planEngagement(
        {
          key: `${vendor.key}/${activityKey(part)}`,
          vendorKey: vendor.key,
          choice: all.map(({ number }) => chosen.get(number)?.part).find(Boolean),
        },
        row,
        part,
        before,
        now,
        context,
        say,
      )
      plan.engagements.push(engagement)
      for (const each of all) made.set(each.number, [each, vendor, engagement])
    }
  }
  sayAlike(plan.vendors, say)
  withParents(
    plan.engagements,
    new Map(plan.vendors.map(({ key, input }) => [key, input.name])),
    now.engagements,
    new Map(now.vendors.map(({ _id, name }) => [_id, name])),
    say,
  )
  withContinued(plan.engagements, plan.vendors, now.engagements, say)
  sayApproved(plan.engagements, now, say)
  const planned = new Map([...made].map(([number, parts]) => [number, rowOf(...parts)]))
  plan.rows = withProblems(rows, planned, messages, out)
  return plan
}

type Activity = { row: RegisterRow; part: EngagementPart; rows: RegisterRow[] }

function activityKey({ reference, activity }: EngagementPart): string {
  return reference ?? plainName(activity.da)
}

/** The engagements of a vendor in the file; rows of the same activity are one. */
function activitiesOf(group: Group, say: Say): Activity[] {
  const activities = new Map<string, Activity>()
  for (const row of group.rows) {
    if (!row.engagement) continue
    const key = activityKey(row.engagement)
    const earlier = activities.get(key)
    if (!earlier) {
      activities.set(key, { row, part: row.engagement, rows: [row] })
      continue
    }
    say(row.number, 'note', 'merged-with-row', { other: earlier.row.number })
    earlier.part = merged(earlier.part, row.engagement)
    earlier.rows.push(row)
  }
  return [...activities.values()]
}

function rowOf(row: RegisterRow, vendor: PlannedVendor, engagement: PlannedEngagement | null): PlannedRow {
  const vendorChanges = row.number === vendor.row ? vendor.changes : []
  const what = engagement ?? vendor
  const verdict =
    what.existing === null ? 'create' : what.changes.length + vendorChanges.length > 0 ? 'change' : 'same'
  return {
    number: row.number,
    name: row.vendor.name,
    part: row.engagement?.activity.da ?? '',
    verdict,
    whole: vendor.match,
    of: engagement?.match ?? null,
    group: vendor.row,
    changes: [...new Set([...vendorChanges, ...(engagement?.changes ?? [])])],
  }
}
