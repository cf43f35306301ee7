import type { Context } from '../../src/base/context.js'
import type { Day } from '../../src/base/day.js'
import { batchesToTell, type NewCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement, type ContactContent, type CustomerToTell } from '../../src/customers/rules.js'

export const officer: Context = {
  now: new Date('2026-11-23T09:00:00Z'),
  today: '2026-11-23',
  actor: { kind: 'staff', id: 'officer' },
  locale: 'da',
}

export function aContact(given: Partial<ContactContent> = {}): ContactContent {
  return {
    name: 'Anna Ager',
    email: 'anna@kunde.example',
    locale: 'da',
    dataProtection: true,
    mayApprove: false,
    ...given,
  }
}

export function aCustomer(given: Partial<NewCustomer> = {}): NewCustomer {
  return {
    name: 'Møllegården A/S',
    isProcessor: false,
    agreement: ordinaryAgreement,
    from: '2025-01-01',
    services: ['hosting'],
    contacts: [aContact()],
    ...given,
  }
}

/** A filled-in form for a new customer, as a browser sends it. */
export function newCustomerBody(given: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Møllegården A/S',
    registrationKind: 'CVR',
    registrationNumber: '',
    caseNumber: '',
    from: '2026-11-01',
    dpaVersion: '1.0',
    signedOn: '',
    authorisation: 'general',
    noticeLength: '30',
    noticeUnit: 'days',
    objectionUntil: 'use',
    counts: 'arrival',
    commonList: 'yes',
    transferKind: 'scc-only',
    breachHours: '24',
    contact: {
      name: 'Anna Ager',
      title: '',
      email: 'Anna@Kunde.example',
      phone: '',
      locale: 'da',
      dataProtection: 'yes',
    },
    ...given,
  }
}

/** Whom a notice about these services is for, by name. */
export async function customersToTell(services: readonly string[], on: Day): Promise<CustomerToTell[]> {
  const told: CustomerToTell[] = []
  for await (const customers of batchesToTell(services, on)) told.push(...customers)
  return told.toSorted((a, b) => a.name.localeCompare(b.name, 'da'))
}
