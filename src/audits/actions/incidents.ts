import { breachesAware } from '../../breaches/records.js'
import type { Audit } from '../rules/audit.js'
import type { Proposal } from '../page/revisited.js'

/** The breaches we became aware of in the period (DPA C.7: incidents are taken in), by reference; what to say of each is the tester's. */
export async function proposedIncidents({ period }: Pick<Audit, 'period'>): Promise<Proposal[]> {
  const breaches = (await breachesAware(period.from, period.to)).filter(({ noBreach }) => !noBreach)
  return breaches.map(({ reference, awareOn }) => ({
    reference,
    on: awareOn,
    what: { da: `Brud på persondatasikkerheden ${reference}`, en: `Personal data breach ${reference}` },
    url: `/breaches/${reference}`,
  }))
}
