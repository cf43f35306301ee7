import { breachesInYear } from '../../breaches/actions.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { dayOf } from '../../base/day.js'
import type { Audit } from '../rules/audit.js'
import type { Proposal } from '../page/revisited.js'

/** The breaches we became aware of in the year (DPA C.7: incidents are taken in), by reference; what to say of each is the tester's. */
export async function proposedIncidents({ year }: Pick<Audit, 'year'>): Promise<Proposal[]> {
  const { breaches } = await breachesInYear(year)
  return breaches.map(({ reference, awareAt }) => ({
    reference,
    on: dayOf(awareAt, danishDateRules.zone),
    what: { da: `Brud på persondatasikkerheden ${reference}`, en: `Personal data breach ${reference}` },
    url: `/breaches/${reference}`,
  }))
}
