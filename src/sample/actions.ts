import { recordEvent } from '../audit-log/actions.js'
import { logMissingMoves } from '../audit-log/timers.js'
import { markSample, organisation } from '../auth/organisation.js'
import type { Context } from '../base/context.js'
import { Refused } from '../base/errors.js'
import { addCustomers } from '../customers/actions.js'
import type { Customer } from '../customers/rules.js'
import { removeFiles } from '../files/actions.js'
import {
  acceptBaseline,
  createEngagement,
  createService,
  createSite,
  createVendor,
  everyVendor,
} from '../register/actions.js'
import { loadAudit } from './audit.js'
import { loadBreach } from './breaches.js'
import { sampleCustomers } from './customers.js'
import { inventedVendors } from './invented.js'
import { holdsAnything, keepUsed, removeMarked, whatRemovalTakes, type Removal } from './records.js'
import { sampleSites } from './sites.js'
import { loadRequests } from './requests.js'
import { loadSupervision } from './supervision.js'
import { sampleVendors, serviceKeys, serviceNames, type ServiceKey, type SampleVendor } from './register.js'

export type { Removal } from './records.js'

/**
 * The sample organisation into an empty database. Where it is loaded already nothing happens; beside registers of one's own
 * it is refused with `sample-needs-empty-registers`. What a crash left half loaded is removed like the whole.
 */
export async function loadSample(context: Context): Promise<void> {
  if ((await organisation())?.sampleSince) return
  if (await holdsAnything()) throw new Refused('sample-needs-empty-registers')
  // First, so that of two who press at once one loads, and so that whatever follows can be removed in one step.
  if (!(await markSample(context, true))) return

  const services = await loadServices(context)
  const listed: Listed[] = []
  for (const entry of [...sampleVendors(context.today), ...inventedVendors()])
    listed.push(...(await loadVendor(context, entry, services)))
  await loadSites(context, services)
  const customers = await addCustomers(
    context,
    sampleCustomers().map((each) => ({
      ...each,
      services: each.services.map((key) => idOf(services, key)),
      sample: true,
    })),
  )
  await acceptBaseline(context, customers.map(signing), listed)
  await loadSupervision(context)
  await loadBreach(context)
  await loadRequests(context, customers)
  await loadAudit(context)
}

/**
 * Everything marked as sample, and what hangs on it; the audit log stays. What records of one's own stand on (a service a
 * real customer buys, a notice that reached one) is left and no longer marked: it has become part of the house's evidence.
 */
export async function removeSample(context: Context): Promise<Removal> {
  // What a crash kept out of the log would go with its record.
  await logMissingMoves()
  const removal = await whatRemovalTakes()
  await keepUsed(removal)
  await removeMarked()
  await removeFiles({ sample: true })
  const { removed, kept } = removal
  await recordEvent(
    context,
    'sample.removed',
    { kind: 'organisation', id: 'organisation' },
    { removed, kept },
  )
  await markSample(context, false)
  return removal
}

/** What `removeSample` would take and leave, for the page that asks. */
export function sampleRemoval(): Promise<Removal> {
  return whatRemovalTakes()
}

type Services = ReadonlyMap<ServiceKey, string>
type Listed = { _id: string; services: readonly string[] }

async function loadServices(context: Context): Promise<Services> {
  const ids = new Map<ServiceKey, string>()
  for (const [place, key] of serviceKeys.entries()) {
    const input = { name: serviceNames[key], order: place + 1, sample: true }
    ids.set(key, (await createService(context, input))._id)
  }
  return ids
}

/** Returns those of its engagements that stand on every list from signing. */
async function loadVendor(
  context: Context,
  { vendor, engagements, onList }: SampleVendor,
  services: Services,
): Promise<Listed[]> {
  const { _id } = await createVendor(context, { ...vendor, sample: true })
  const listed: Listed[] = []
  for (const { services: keys, ...engagement } of engagements) {
    const created = await createEngagement(context, {
      ...engagement,
      vendor: _id,
      services: keys.map((key) => idOf(services, key)),
      sample: true,
    })
    if (onList && engagement.role === 'sub-processor') listed.push(created)
  }
  return listed
}

/** Own sites; the vendor at the same address runs the data centre. */
async function loadSites(context: Context, services: Services): Promise<void> {
  const vendors = await everyVendor()
  for (const { services: keys, ...site } of sampleSites)
    await createSite(context, {
      ...site,
      operator: vendors.find(({ address }) => address === site.address)?._id ?? null,
      services: keys.map((key) => idOf(services, key)),
      sample: true,
    })
}

/** What it signed, it accepted from the day the agreement took effect. */
function signing({ _id, agreement, agreements, services }: Customer) {
  return {
    id: _id,
    from: agreements[0]?.from ?? '',
    services: services.map(({ service }) => service),
    commonList: agreement.commonList,
  }
}

function idOf(services: Services, key: ServiceKey): string {
  return services.get(key) ?? key
}
