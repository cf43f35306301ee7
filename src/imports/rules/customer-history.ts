import type { Day } from '../../base/day.js'
import { overlapping, type BoughtService, type Customer } from '../../customers/rules.js'
import type { Group } from './customer-matching.js'
import { changedFields } from './plan.js'

export function newlyBought(
  { services }: Customer,
  { part }: Group,
  today: Day,
): { service: string; from: Day }[] {
  const wanted: BoughtService[] =
    part.bought ?? (part.services ?? []).map((service) => ({ service, from: today, to: null }))
  return wanted
    .filter(({ service, from, to }) => to === null && !overlapping(services, service, from))
    .map(({ service, from }) => ({ service, from }))
}

/** What was before is on record as it was; a file does not rewrite it. */
export function differsFromRecord({ agreements, services }: Customer, { part }: Group): boolean {
  const earlier = part.earlier && changedFields({ all: withoutFiles(agreements) }, { all: part.earlier })
  const ended = part.bought?.filter(({ to }) => to !== null) ?? []
  const unknown = ended.some(
    ({ service, from, to }) =>
      !services.some((each) => each.service === service && each.from === from && each.to === to),
  )
  return unknown || (earlier?.length ?? 0) > 0
}

function withoutFiles(agreements: Customer['agreements']): object[] {
  return agreements.slice(0, -1).map(({ file: _file, ...agreement }) => agreement)
}
