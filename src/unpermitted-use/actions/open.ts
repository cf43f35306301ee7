import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import { engagementByReference, vendorsByIds } from '../../register/actions.js'
import { insertCase, UseCases } from '../records.js'
import type { UseCase } from '../rules.js'
import { deriveCustomers } from './derive.js'
import { moveTo } from './move.js'

export type Opening = { engagement: string; since: Day; discoveredOn: Day; how: string; once: string }

/**
 * Opens the case and looks up whom it concerns. Throws `Refused('unpermitted-not-a-sub-processor')`: with other vendors customers
 * permit nothing.
 */
export async function openCase(context: Context, input: Opening): Promise<UseCase> {
  const engagement = await engagementByReference(input.engagement)
  if (!engagement) throw new NotFound()
  if (engagement.role !== 'sub-processor') throw new Refused('unpermitted-not-a-sub-processor')
  const [vendor] = await vendorsByIds([engagement.vendor])
  const { since, discoveredOn, how, once } = input
  const reference = await nextReference('UP', Number(context.today.slice(0, 4)))
  const inserted = await insertCase({
    _id: newId(),
    reference,
    once,
    engagement: engagement._id,
    engagementReference: engagement.reference,
    vendorName: vendor?.name ?? '',
    activity: engagement.activity,
    dataCategories: engagement.dataCategories,
    subjects: engagement.subjects,
    storageCountries: engagement.storageCountries,
    accessCountries: engagement.accessCountries,
    services: engagement.services,
    since,
    discoveredOn,
    how,
    stopped: null,
    what: null,
    done: null,
    sending: null,
    derived: false,
    lesson: null,
    closedOn: null,
    open: true,
    tokens: searchTokens(reference, vendor?.name, engagement.reference, how),
    sample: engagement.sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'unpermitted-use.opened',
      facts: { reference, engagement: engagement.reference, since, discoveredOn },
      personal: { how },
    }),
  })
  if (inserted.again) return inserted.useCase
  await record(UseCases, inserted.useCase)
  return finishDeriving(context, inserted.useCase)
}

/** Whom it concerns, and that this is known; a timer goes on where a crash ended it. */
export async function finishDeriving(context: Context, useCase: UseCase): Promise<UseCase> {
  const customers = await deriveCustomers(context, useCase)
  return moveTo(
    context,
    useCase,
    { derived: true },
    {
      event: 'unpermitted-use.customers-found',
      facts: { customers },
    },
  )
}
