import type { Context } from '../../base/context.js'
import {
  addContact,
  addCustomers,
  buyService,
  changeAgreement,
  changeContact,
  customersByIds,
  editGeneral,
} from '../../customers/actions.js'
import type { CustomersPlan, PlannedCustomer } from '../rules/customer-plan.js'
import { idFor } from '../rules/import.js'

const batch = 500

/** New customers many at a time; those that are there move step by step, each by its own action. */
export async function writeCustomers(context: Context, id: string, plan: CustomersPlan): Promise<void> {
  const fresh = plan.customers
    .filter(({ existing }) => existing === null)
    .map(({ key, input }) => ({ ...input, _id: idFor(id, 'customer', key) }))
  for (let at = 0; at < fresh.length; at += batch) {
    const some = fresh.slice(at, at + batch)
    const known = new Set((await customersByIds(some.map(({ _id }) => _id))).map(({ _id }) => _id))
    await addCustomers(
      context,
      some.filter(({ _id }) => !known.has(_id)),
    )
  }
  for (const planned of plan.customers) await writeChanges(context, planned)
}

async function writeChanges(context: Context, planned: PlannedCustomer): Promise<void> {
  if (!planned.existing) return
  let customer = planned.existing
  if (planned.general) customer = await editGeneral(context, customer, planned.general)
  if (planned.agreement) customer = await changeAgreement(context, customer, planned.agreement)
  for (const bought of planned.bought) customer = await buyService(context, customer, bought)
  for (const { contact, replaces } of planned.contacts) {
    const input = { contact, from: context.today }
    customer = replaces
      ? await changeContact(context, customer, replaces.id, input)
      : await addContact(context, customer, input)
  }
}
