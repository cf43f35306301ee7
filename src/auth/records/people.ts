import { model, Schema } from 'mongoose'
import type { Locale } from '../../base/context.js'
import { firstMove, moveOne, movedFields, type Move, type Moved } from '../../db/moves.js'
import { registerMoved } from '../../audit-log/actions.js'
import type { Role } from '../permissions.js'
import type { Person, PersonState, SecondFactor } from '../request.js'

export type PersonRecord = {
  _id: string
  email: string
  name: string
  role: Role
  locale: Locale
  state: PersonState
  /** Argon2id, with its salt and cost; null until the person has set one. */
  password: string | null
  /** Null, or missing on records of before, where a password is all that is asked. */
  secondFactor?: SecondFactor | null
  /** The one who set Tilsyn up: at most one. */
  first?: true
  createdAt: Date
  passwordSetAt: Date | null
  lastSignInAt: Date | null
} & Moved

const secondFactor = new Schema<SecondFactor>(
  {
    secret: { type: String, required: true },
    since: { type: Date, required: true },
    lastStep: { type: Number, required: true },
    recovery: { type: [String], required: true },
    codesMadeAt: { type: Date, required: true },
  },
  { _id: false },
)

const schema = new Schema<PersonRecord>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    locale: { type: String, required: true },
    state: { type: String, required: true },
    password: { type: String, default: null },
    secondFactor: { type: secondFactor, default: null },
    first: { type: Boolean },
    createdAt: { type: Date, required: true },
    passwordSetAt: { type: Date, default: null },
    lastSignInAt: { type: Date, default: null },
    ...movedFields,
  },
  { minimize: false, versionKey: false },
)
schema.index({ email: 1 }, { unique: true })
schema.index({ first: 1 }, { unique: true, partialFilterExpression: { first: true } })
schema.index({ role: 1, state: 1 })
schema.index({ name: 1, _id: 1 })
export const People = model<PersonRecord>('person', schema)
registerMoved(People)

export async function insertPerson(
  person: Omit<PersonRecord, keyof Moved>,
  move: Omit<Move, 'version'>,
): Promise<PersonRecord> {
  const record = { ...person, ...firstMove(move) }
  await People.create(record)
  return record
}

export async function movePerson(
  filter: { _id: string } & Partial<Pick<PersonRecord, 'state' | 'role' | 'password'>>,
  set: Partial<PersonRecord>,
  move: Omit<Move, 'version'>,
): Promise<PersonRecord | null> {
  return moveOne(People, filter, { $set: set }, move)
}

/** What sign-in needs, password hash included: stays within this room. */
export async function personByEmail(email: string): Promise<PersonRecord | null> {
  return People.findOne({ email }).lean<PersonRecord>()
}

export async function personById(id: string): Promise<PersonRecord | null> {
  return People.findById(id).lean<PersonRecord>()
}

export async function peopleWithIds(ids: string[]): Promise<PersonRecord[]> {
  return People.find({ _id: { $in: ids } }).lean<PersonRecord[]>()
}

export async function noteSignIn(id: string, at: Date): Promise<void> {
  await People.updateOne({ _id: id }, { $set: { lastSignInAt: at } })
}

/** Everyone on staff, by name; a house has dozens, not thousands. */
export async function everyPerson(): Promise<PersonRecord[]> {
  return People.find().sort({ name: 1, _id: 1 }).limit(500).lean<PersonRecord[]>()
}

export async function activeAdministrators(): Promise<number> {
  return People.countDocuments({ role: 'administrator', state: 'active' })
}

export async function anyPerson(): Promise<boolean> {
  return (await People.exists({})) !== null
}

export function personOf(record: PersonRecord): Person {
  const { _id, email, name, role, locale, state } = record
  return { _id, email, name, role, locale, state, ...(record.secondFactor ? { secondFactor: true } : {}) }
}
