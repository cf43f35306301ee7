import type { Context, Locale } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { editOrganisation, type OrganisationInput } from '../organisation.js'
import { hashPassword } from '../passwords.js'
import { anyPerson } from '../records/people.js'
import type { Person } from '../request.js'
import { insertStaff } from './people.js'
import { giveTicket, takeTicket, ticketFor } from './tickets.js'

export type SetUp = {
  organisation: OrganisationInput
  person: { name: string; email: string; password: string; locale: Locale }
}

/** A token for the set-up page while nobody is on staff; null once somebody is. */
export async function setUpToken(context: Context): Promise<string | null> {
  return (await anyPerson()) ? null : giveTicket(context, 'set-up', null)
}

export async function isSetUp(): Promise<boolean> {
  return anyPerson()
}

export async function mayBeSetUp(token: string, now: Date): Promise<boolean> {
  return !(await anyPerson()) && (await ticketFor(token, 'set-up', now)) !== null
}

/** Makes the first administrator and the organisation, and voids the link. Refused: `already-set-up`. */
export async function setUp(context: Context, token: string, input: SetUp): Promise<Person> {
  const password = await hashPassword(input.person.password)
  if (!(await mayBeSetUp(token, context.now))) throw new Refused('already-set-up')
  // Written first, since it may be written again: what a crash leaves is set up anew by the next link.
  await editOrganisation(context, input.organisation)
  if (!(await takeTicket(token, 'set-up', context.now))) throw new Refused('already-set-up')
  const { name, email, locale } = input.person
  try {
    return await insertStaff(context, { name, email, locale, role: 'administrator' }, password, true)
  } catch (error) {
    // Two links printed by two starts: the index lets one of them make the first person.
    if (error instanceof Refused && error.reason === 'email-taken') throw new Refused('already-set-up')
    throw error
  }
}
