import { addCustomers } from '../../src/customers/actions.js'
import { ordinaryAgreement, type Customer } from '../../src/customers/rules.js'
import { approve, createEngagement, createService, createVendor } from '../../src/register/actions.js'
import type { Engagement, Service, Vendor } from '../../src/register/rules.js'
import type { Tilsyn } from '../support/app.js'
import { engagementInput, vendorInput } from './builders.js'

export type KeptWrong = { hosting: Service; vendor: Vendor; engagement: Engagement; customer: Customer }

/** Written down on 5 January with a wrong address, and approved that day by the one customer there is; now it is 23 November. */
export async function keptWrong(tilsyn: Tilsyn): Promise<KeptWrong> {
  tilsyn.moveTo('2026-01-05')
  const context = tilsyn.context()
  const hosting = await createService(context, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
  const vendor = await createVendor(context, vendorInput({ address: 'Højvangen 40, 8660 Skanderborg' }))
  const engagement = await createEngagement(context, {
    ...engagementInput({ services: [hosting._id] }),
    vendor: vendor._id,
  })
  const [added] = await addCustomers(context, [
    {
      name: 'Kunde A/S',
      isProcessor: false,
      from: '2026-01-01',
      services: [hosting._id],
      contacts: [],
      agreement: { ...ordinaryAgreement, signedOn: '2026-01-01' },
    },
  ])
  const customer = added!
  await approve(context, [
    {
      customer: customer._id,
      engagement: engagement._id,
      from: '2026-01-05',
      notice: null,
      kind: 'baseline',
    },
  ])
  tilsyn.moveTo('2026-11-23')
  return { hosting, vendor, engagement, customer }
}
