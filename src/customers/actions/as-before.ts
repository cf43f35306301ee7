import type { Context } from '../../base/context.js'
import type { GeneralInput } from '../form.js'
import type { Customer } from '../rules.js'
import { changedFields } from '../rules/changes.js'
import { customerAsSeen, moveTo, type Which } from './move.js'

/** All of a customer that an import may have changed or added to. */
export type AsBefore = GeneralInput & Pick<Customer, 'agreement' | 'agreements' | 'services' | 'contacts'>

/**
 * The customer as it was: agreements, purchases and contacts that came in by mistake are taken out, as if they had never been
 * there. That nothing has been told or reckoned by them since is for the caller to know.
 */
export async function putBackAsBefore(context: Context, which: Which, before: AsBefore): Promise<Customer> {
  const customer = await customerAsSeen(which)
  const { name, registration, caseNumber, isProcessor } = before
  const general = { name, registration, caseNumber, isProcessor }
  const { agreement, agreements, services, contacts } = before
  const gone = (now: readonly { id: string }[], then: readonly { id: string }[]) =>
    now.flatMap(({ id }) => (then.some((each) => each.id === id) ? [] : [id]))
  return moveTo(
    context,
    customer,
    { ...general, agreement, agreements, services, contacts },
    {
      event: 'customer.put-back',
      facts: {
        contacts: gone(customer.contacts, contacts),
        ...changedFields(
          { agreements: customer.agreements, services: customer.services },
          { agreements, services },
        ),
      },
      personal:
        changedFields(
          {
            name: customer.name,
            registration: customer.registration,
            caseNumber: customer.caseNumber,
            isProcessor: customer.isProcessor,
          },
          general,
        ) ?? {},
    },
  )
}
