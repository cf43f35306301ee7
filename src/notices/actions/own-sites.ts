/** A place of our own that is to process customers' data (C.5 lists them by address): told and approved as any new place. */
import { organisation } from '../../auth/organisation.js'
import { NotFound } from '../../base/errors.js'
import type { Day } from '../../base/day.js'
import { allServices, siteByReference } from '../../register/actions.js'
import { siteState, type EngagementContent, type Site } from '../../register/rules.js'
import { siteContent } from '../rules/own-site.js'
import type { Line } from '../rules/notice.js'

export async function siteNamed(reference: string): Promise<Site> {
  const site = await siteByReference(reference)
  if (!site) throw new NotFound()
  return site
}

/** Those of the references that are of planned sites: one already used is a case of another kind. */
export async function plannedSites(references: readonly string[], today: Day): Promise<string[]> {
  const found = await Promise.all([...new Set(references)].map((each) => siteByReference(each)))
  return found.flatMap((site) => (site && siteState(site, today) === 'planned' ? [site.reference] : []))
}

/** The line as the list of places has it now: we ourselves, at that address. */
export async function siteContents(line: Line): Promise<Line> {
  const [site, house, services] = await Promise.all([
    siteByReference(line.site ?? ''),
    organisation(),
    allServices(),
  ])
  if (!site || !house) return line
  const running = services.filter(({ endedOn }) => endedOn === null).map(({ _id }) => _id)
  const us: Pick<EngagementContent, 'vendorName' | 'registration' | 'address'> = {
    vendorName: house.name,
    registration: house.registration,
    address: house.address.replace(/\n+/g, ', '),
  }
  return { ...line, content: siteContent(site, us, running), replacedContent: null }
}
