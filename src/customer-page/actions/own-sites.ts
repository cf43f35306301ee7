import type { Day } from '../../base/day.js'
import { servicesOn } from '../../customers/rules.js'
import { allServices, sitesOn } from '../../register/actions.js'
import type { Visitor } from '../actions.js'

/** Our own sites on the day, and what the customer bought then: what runs elsewhere is none of its business (C.5). */
export async function ownSitesShown({ customer }: Visitor, on: Day) {
  const sites = await sitesOn(on)
  const services = sites.length === 0 ? [] : await allServices()
  return { on, customer, sites, services, bought: servicesOn(customer.services, on) }
}
