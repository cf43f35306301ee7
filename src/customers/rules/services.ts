import type { Day } from '../../base/day.js'

/** A service the customer buys from a day on. `to` is the first day it no longer does. */
export type BoughtService = { service: string; from: Day; to: Day | null }

function buysOn(bought: BoughtService, day: Day): boolean {
  return bought.from <= day && (bought.to === null || bought.to > day)
}

/** Ids of the services the customer buys on the day. */
export function servicesOn(services: readonly BoughtService[], day: Day): string[] {
  return [...new Set(services.filter((bought) => buysOn(bought, day)).map((bought) => bought.service))]
}

/** An interval of the same service that would overlap one beginning on `from` without an end. */
export function overlapping(
  services: readonly BoughtService[],
  service: string,
  from: Day,
): BoughtService | null {
  return (
    services.find((bought) => bought.service === service && (bought.to === null || bought.to > from)) ?? null
  )
}

export function withService(services: readonly BoughtService[], service: string, from: Day): BoughtService[] {
  return [...services, { service, from, to: null }]
}

export function withServiceEnded(
  services: readonly BoughtService[],
  service: string,
  from: Day,
  to: Day,
): BoughtService[] {
  return services.map((bought) =>
    bought.service === service && bought.from === from ? { ...bought, to } : bought,
  )
}
