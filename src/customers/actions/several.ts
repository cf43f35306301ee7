import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { refusedLine, type Outcome } from '../../lists/several.js'
import { customersNamed } from '../records.js'
import { currentContacts, type Customer } from '../rules.js'
import { customerVerdict, type CustomerChange } from '../rules/several.js'
import { changeContact } from './contacts.js'
import { changeAgreement } from './customer.js'
import { customerByReference } from './move.js'
import { buyService } from './services.js'

/** Records a purchase with `buy`, and what the customer accepts with it; the rooms above know the list. */
export type Accepting = (
  context: Context,
  accepted: {
    customer: { _id: string; agreement: { commonList: boolean } }
    services: string[]
    from: Day
  },
  buy: () => Promise<Customer>,
) => Promise<Customer>

/** What the change would do to each of these customers. */
export async function planForCustomers(
  context: Context,
  references: readonly string[],
  change: CustomerChange,
): Promise<Outcome[]> {
  return eachCustomer(context, references, change, () => Promise.resolve('change'))
}

/** Each by itself: what cannot be changed is left with its reason and stops nothing else. */
export async function changeCustomers(
  context: Context,
  references: readonly string[],
  change: CustomerChange,
  accept: Accepting | undefined,
): Promise<Outcome[]> {
  return eachCustomer(context, references, change, async (customer) => {
    await changeOne(context, customer, change, accept)
    return 'changed'
  })
}

async function changeOne(
  context: Context,
  customer: Customer,
  change: CustomerChange,
  accept: Accepting | undefined,
): Promise<void> {
  switch (change.kind) {
    case 'buy-service': {
      const { service, from } = change
      const buy = () => buyService(context, customer, { service, from })
      await (accept ? accept(context, { customer, services: [service], from }, buy) : buy())
      return
    }
    case 'language':
      for (const { id, locale } of currentContacts(customer.contacts))
        if (locale !== change.locale) await speakTo(context, customer.reference, id, change.locale)
      return
    case 'version': {
      const { dpaVersion, signedOn, from } = change
      await changeAgreement(context, customer, {
        agreement: { ...customer.agreement, dpaVersion, signedOn },
        from,
      })
    }
  }
}

/** Each contact is a change of its own, from the version the one before left. */
async function speakTo(
  context: Context,
  reference: string,
  id: string,
  locale: Context['locale'],
): Promise<void> {
  const customer = await customerByReference(reference)
  const contact = customer.contacts.find((each) => each.id === id && each.to === null)
  if (!contact) return
  const { name, title, email, phone, dataProtection, mayApprove } = contact
  await changeContact(context, customer, id, {
    contact: {
      name,
      ...(title === undefined ? {} : { title }),
      email,
      ...(phone === undefined ? {} : { phone }),
      locale,
      dataProtection,
      mayApprove,
    },
    from: context.today,
  })
}

async function eachCustomer(
  context: Context,
  references: readonly string[],
  change: CustomerChange,
  act: (customer: Customer) => Promise<'change' | 'changed'>,
): Promise<Outcome[]> {
  const { locale } = context
  const outcomes: Outcome[] = []
  for (const customer of await customersNamed(references)) {
    const about = { reference: customer.reference, name: customer.name }
    const verdict = customerVerdict(customer, change)
    if (verdict.outcome === 'already') outcomes.push({ ...about, outcome: 'already' })
    else if (verdict.outcome === 'cannot') {
      const because = textIn(locale)(`lists:bulk.because.${verdict.because}`)
      outcomes.push({ ...about, outcome: 'cannot', because })
    } else outcomes.push({ ...about, ...(await tried(() => act(customer), locale)) })
  }
  return outcomes
}

async function tried(
  act: () => Promise<'change' | 'changed'>,
  locale: Context['locale'],
): Promise<Pick<Outcome, 'outcome' | 'because'>> {
  try {
    return { outcome: await act() }
  } catch (error) {
    return { outcome: 'cannot', because: refusedLine(error, locale) }
  }
}
