import { record } from '../../audit-log/actions.js'
import { mustMove } from '../../audit-log/recorded.js'
import type { Bilingual, Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import {
  insertService,
  markUnlisted,
  runningEngagementsFor,
  serviceByReference,
  ServiceModel,
} from '../records.js'
import { beginning, withVersion, type Service } from '../rules.js'

export type ServiceInput = { name: Bilingual; order: number }

/** Which record, and the version of it the person had before them. */
export type Which = { reference: string; version: number }

export async function createService(
  context: Context,
  input: ServiceInput & { sample?: boolean },
): Promise<Service> {
  const { sample = false, ...content } = input
  const service = await insertService(
    {
      _id: newId(),
      reference: await serviceReference(),
      ...content,
      versions: [{ from: context.today, content: { name: content.name } }],
      endedOn: null,
      sample,
    },
    { at: context.now, by: context.actor, event: 'service.added', facts: { ...content, sample } },
  )
  await record(ServiceModel, service)
  return service
}

/** 'S-01': services are few, and two digits are read more easily. */
async function serviceReference(): Promise<string> {
  const [prefix, number] = (await nextReference('S', null)).split('-')
  return `${prefix}-${String(Number(number)).padStart(2, '0')}`
}

export async function editService(context: Context, which: Which, input: ServiceInput): Promise<Service> {
  const service = await serviceAsSeen(which)
  const { name, order } = service
  // A record from before names were dated was called so from the beginning.
  const earlier = service.versions ?? [{ from: beginning, content: { name } }]
  const versions = withVersion(earlier, { name: input.name }, context.today)
  return moved(context, service, { ...input, versions }, 'service.edited', {
    before: { name, order },
    after: input,
  })
}

/** No longer offered. Refused while a sub-processor is engaged for it. */
export async function endService(context: Context, which: Which): Promise<Service> {
  const service = await serviceAsSeen(which)
  const running = await runningEngagementsFor(service._id)
  if (running.length > 0) throw new Refused('service-has-engagements', { count: running.length })
  return moved(context, service, { endedOn: context.today }, 'service.ended', { on: context.today })
}

async function moved(
  context: Context,
  service: Service,
  set: Partial<Service>,
  event: string,
  facts: Record<string, unknown>,
): Promise<Service> {
  const after = await mustMove(context, ServiceModel, service, set, { event, facts })
  // Engagements are found by the names of their services.
  await markUnlisted({ service: service._id })
  return after
}

async function serviceAsSeen({ reference, version }: Which): Promise<Service> {
  const service = await serviceByReference(reference)
  if (!service) throw new NotFound()
  if (service.version !== version) throw new Refused('changed-meanwhile')
  return service
}
