import { record } from '../../audit-log/actions.js'
import type { Context, Locale } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { isTaken } from '../../db/unique.js'
import { hashPassword } from '../passwords.js'
import type { Role } from '../permissions.js'
import {
  activeAdministrators,
  everyPerson,
  insertPerson,
  movePerson,
  People,
  peopleWithIds,
  personByEmail,
  personById,
  personOf,
  type PersonRecord,
} from '../records/people.js'
import type { Person } from '../request.js'
import { changesOf } from '../rules.js'
import { endSessions } from './sessions.js'
import { giveTicket, takeTicket, ticketFor } from './tickets.js'

export type PersonInput = { email: string; name: string; role: Role; locale: Locale }

// Æ, Ø, Å and Aa last, as Danes expect, whatever the reader's language.
const alphabet = new Intl.Collator('da')

/** A person as the list of people shows it. */
export type StaffMember = Person & { lastSignInAt: Date | null; secondFactorSince: Date | null }

export async function staffMembers(): Promise<StaffMember[]> {
  const people = (await everyPerson()).map(memberOf)
  return people.toSorted((a, b) => alphabet.compare(a.name, b.name))
}

export async function personToShow(id: string): Promise<StaffMember> {
  return memberOf(await known(id))
}

/** The names behind ids, for lists and the log. */
export async function peopleByIds(ids: string[]): Promise<Person[]> {
  return (await peopleWithIds(ids)).map(personOf)
}

/** Adds somebody to staff; the token sets their password, once. Refused: `email-taken`. */
export async function addPerson(
  context: Context,
  input: PersonInput,
): Promise<{ person: Person; token: string }> {
  const person = await insertStaff(context, input, null)
  return { person, token: await giveTicket(context, 'set-password', person._id) }
}

/** As `addPerson`, with a password that somebody has chosen already (the command line). */
export async function addPersonWithPassword(
  context: Context,
  input: PersonInput,
  password: string,
): Promise<Person> {
  return insertStaff(context, input, await hashPassword(password))
}

/** Another way in for who has lost the password: the old one stays until the new one is set. */
export async function renewPasswordLink(
  context: Context,
  id: string,
): Promise<{ person: Person; token: string }> {
  const person = await known(id)
  if (person.state === 'disabled') throw new Refused('person-disabled')
  return { person: personOf(person), token: await giveTicket(context, 'set-password', id) }
}

/** As `renewPasswordLink`, by address: for the command line. */
export async function renewPasswordLinkOf(
  context: Context,
  email: string,
): ReturnType<typeof renewPasswordLink> {
  const found = await personByEmail(email)
  if (!found) throw new NotFound()
  return renewPasswordLink(context, found._id)
}

/** Refused: `email-taken`, `last-administrator`. */
export async function editPerson(context: Context, id: string, input: PersonInput): Promise<void> {
  const before = await known(id)
  await change(context, before, input, 'person.changed')
}

/** Cannot sign in any more, and is signed out everywhere. Refused: `last-administrator`. */
export async function disablePerson(context: Context, id: string): Promise<void> {
  const before = await known(id)
  if (before.state === 'disabled') return
  await change(context, before, { state: 'disabled' }, 'person.disabled')
  await endSessions(before)
}

export async function enablePerson(context: Context, id: string): Promise<void> {
  const before = await known(id)
  if (before.state !== 'disabled') return
  await change(context, before, { state: before.password ? 'active' : 'invited' }, 'person.enabled')
}

export async function chooseLanguage(context: Context, id: string, locale: Locale): Promise<void> {
  await change(context, await known(id), { locale }, 'person.changed')
}

/** Signs the person out everywhere else. Whoever calls has asked for the present password. */
export async function changePassword(
  context: Context,
  id: string,
  { wanted, session }: { wanted: string; session: string },
): Promise<void> {
  const before = await known(id)
  await storePassword(context, before, wanted)
  await endSessions(before, session)
}

/** Whom a set-password link is for; null where it serves no more. */
export async function personOfTicket(token: string, now: Date): Promise<Person | null> {
  const ticket = await ticketFor(token, 'set-password', now)
  const person = ticket?.person ? await personById(ticket.person) : null
  return person && person.state !== 'disabled' ? personOf(person) : null
}

/** Uses the link up. Refused: `ticket-used`. */
export async function setPasswordByTicket(
  context: Context,
  token: string,
  password: string,
): Promise<Person> {
  const ticket = await takeTicket(token, 'set-password', context.now)
  const before = ticket?.person ? await personById(ticket.person) : null
  if (!before || before.state === 'disabled') throw new Refused('ticket-used')
  const as: Context = { ...context, actor: { kind: 'staff', id: before._id } }
  await storePassword(as, before, password)
  await endSessions(before)
  return personOf({ ...before, state: 'active' })
}

export async function insertStaff(
  context: Context,
  input: PersonInput,
  password: string | null,
  first = false,
): Promise<Person> {
  const { email, name, role, locale } = input
  const person = {
    _id: newId(),
    email,
    name,
    role,
    locale,
    state: password ? ('active' as const) : ('invited' as const),
    password,
    ...(first ? { first: true as const } : {}),
    createdAt: context.now,
    passwordSetAt: password ? context.now : null,
    lastSignInAt: null,
  }
  const move = {
    at: context.now,
    by: context.actor,
    event: 'person.added',
    facts: { role, locale },
    personal: { name, email },
  }
  const added = await unlessTaken(insertPerson(person, move))
  await record(People, added)
  return personOf(added)
}

async function change(
  context: Context,
  before: PersonRecord,
  after: Partial<Pick<PersonRecord, 'email' | 'name' | 'role' | 'locale' | 'state'>>,
  event: string,
): Promise<void> {
  const { any, ...changes } = changesOf(personOf(before), after)
  if (!any) return
  const was = { state: before.state, role: before.role }
  const moved = await unlessTaken(
    movePerson({ _id: before._id, ...was }, after, { ...by(context), event, ...changes }),
  )
  if (!moved) throw new Refused('changed-meanwhile')
  await record(People, moved)
  // Counted afterwards: of two administrators who disable each other at once, both see that none is left, and both go back.
  const wasAdministrator = was.role === 'administrator' && was.state === 'active'
  const isAdministrator = moved.role === 'administrator' && moved.state === 'active'
  if (!wasAdministrator || isAdministrator || (await activeAdministrators()) > 0) return
  const back = await movePerson({ _id: before._id }, was, {
    ...by(context),
    event: 'person.kept-administrator',
    facts: {},
  })
  if (back) await record(People, back)
  throw new Refused('last-administrator')
}

async function storePassword(context: Context, before: PersonRecord, password: string): Promise<void> {
  const moved = await movePerson(
    { _id: before._id, state: before.state },
    { password: await hashPassword(password), passwordSetAt: context.now, state: 'active' },
    { ...by(context), event: 'person.password-set', facts: {} },
  )
  if (!moved) throw new Refused('changed-meanwhile')
  await record(People, moved)
}

function memberOf(record: PersonRecord): StaffMember {
  const { lastSignInAt, secondFactor } = record
  return { ...personOf(record), lastSignInAt, secondFactorSince: secondFactor?.since ?? null }
}

async function known(id: string): Promise<PersonRecord> {
  const found = await personById(id)
  if (!found) throw new NotFound()
  return found
}

async function unlessTaken<T>(saving: Promise<T>): Promise<T> {
  try {
    return await saving
  } catch (error) {
    if (isTaken(error)) throw new Refused('email-taken')
    throw error
  }
}

function by(context: Context) {
  return { at: context.now, by: context.actor }
}
