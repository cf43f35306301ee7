/** A house that has been at work for years, of any size, in a database of its own. */
import mongoose from 'mongoose'
import { sealAll } from '../../src/audit-log/sealing.js'
import { addPersonWithPassword } from '../../src/auth/actions/people.js'
import { editOrganisation } from '../../src/auth/organisation.js'
import type { Context } from '../../src/base/context.js'
import { addDays, dayOf, type Day } from '../../src/base/day.js'
import type { Customer } from '../../src/customers/rules.js'
import { ensureIndexes } from '../../src/db/indexes.js'
import { contactsToTell } from '../../src/customers/rules.js'
import { raiseObjection } from '../../src/objections/actions.js'
import type { Approval, Engagement } from '../../src/register/rules.js'
import { openHistory, type History } from './history.js'
import { issued, tell, type Standing } from './notices.js'
import { addBuyers, addRegister, addServices, at, listed, listOf } from './register.js'

export type Sizes = {
  customers: number
  vendors: number
  recipients: number
  history: number
  notices: number
}

/** What the measuring needs to know of it. */
export type World = Sizes & {
  person: string
  engagements: number
  approvals: number
  log: number
  today: Day
  /** References; the last notice is for everybody and running. */
  noticeReferences: string[]
  draft: string
}

const began = '2024-01-01'
const zone = 'Europe/Copenhagen'
const batch = 5000

export async function seed(sizes: Sizes, say: (line: string) => void): Promise<World> {
  const now = new Date()
  const today = dayOf(now, zone)
  const context: Context = { now, today, actor: { kind: 'system', id: 'bench' }, locale: 'da' }
  await editOrganisation(context, {
    name: 'Nordvang Drift A/S',
    registration: { kind: 'CVR', number: '35240136' },
    address: 'Havnegade 12, 5000 Odense C',
    dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '+45 70 10 20 30' },
    locales: ['da', 'en'],
    replyTo: 'varsler@nordvang.example',
  })
  const person = await addPersonWithPassword(
    context,
    { email: 'bench@nordvang.example', name: 'Ask Ørum', role: 'administrator', locale: 'da' },
    'seven blue bicycles',
  )
  const staff: Context = { ...context, actor: { kind: 'staff', id: person._id } }
  const services = await addServices(staff)
  const engagements = await addRegister(staff, services, sizes)
  const customers = await addBuyers(staff, services, sizes)
  say(`${sizes.vendors} vendors, ${engagements.length} engagements, ${customers.length} customers`)
  const onLists = listed(engagements)
  const approvals = await addLists(customers, onLists)
  say(`${approvals} approvals`)
  await sealAll()
  const history = await openHistory()
  const noticeReferences = await addNotices(staff, sizes, customers, onLists, history)
  const told = await mongoose.connection.collection('recipients').estimatedDocumentCount()
  say(`${noticeReferences.length} notices, ${told} recipients`)
  await addEvents(sizes.history, customers, person._id, now, history)
  const log = await history.close()
  say(`${log} entries in the log`)
  // Made at once at the end, as a restored dump has them: many times faster than row by row.
  await ensureIndexes()
  const planned = engagements.find(({ role, inUse }) => role === 'sub-processor' && inUse.since === null)
  const draft = await issued(staff, { engagement: planned ?? engagements[0]!, on: today, standing: 'draft' })
  await addObjections(context, noticeReferences.at(-1) ?? '', Math.min(40, Math.ceil(sizes.customers / 20)))
  await sealAll()
  return {
    ...sizes,
    person: person._id,
    engagements: engagements.length,
    approvals,
    log,
    today,
    noticeReferences,
    draft: draft.reference,
  }
}

/** As accepted at signing; of every second customer one approval has ended since. */
async function addLists(customers: readonly Customer[], engagements: readonly Engagement[]): Promise<number> {
  let added = 0
  for (let from = 0; from < customers.length; from += batch / 20) {
    const rows = customers.slice(from, from + batch / 20).flatMap(({ _id: customer }, row) =>
      listOf(from + row, engagements).map(({ _id: engagement }, place, { length }): Approval => {
        const to = (from + row) % 2 === 0 && place === length - 1 ? '2025-06-01' : null
        const _id = `${customer}/${engagement}/${began}`
        return { _id, customer, engagement, from: began, to, kind: 'baseline', notice: null, endedBy: null }
      }),
    )
    await mongoose.connection.collection('approvals').insertMany(rows as never[], { ordered: false })
    added += rows.length
  }
  return added
}

/** The last one to everybody, running; two before it permitted; the rest settled, each to its share. */
async function addNotices(
  context: Context,
  { notices, recipients }: Sizes,
  customers: readonly Customer[],
  engagements: readonly Engagement[],
  history: History,
): Promise<string[]> {
  const others = notices - 1
  const share = Math.round((recipients / customers.length - 1) * 1000) / Math.max(1, others)
  const references: string[] = []
  for (let place = 0; place < notices; place++) {
    const last = place === others
    const standing: Standing = last ? 'running' : place >= others - 2 ? 'permitted' : 'settled'
    const engagement = at(engagements, 10 + place * 7)
    const age = last ? 5 : standing === 'permitted' ? 100 : 130 + (others - place) * 30
    const notice = await issued(context, { engagement, on: addDays(context.today, -age), standing })
    const those = last ? customers : customers.filter((_, n) => (n * 7919 + place * 104_729) % 1000 < share)
    await tell({ notice, engagement, standing, customers: those }, history)
    references.push(notice.reference)
  }
  return references
}

/** Until the log is long enough; one customer has had a great many. */
async function addEvents(
  wanted: number,
  customers: readonly Customer[],
  person: string,
  now: Date,
  history: History,
): Promise<void> {
  const already = await mongoose.connection.collection('log-entries').estimatedDocumentCount()
  const by = { kind: 'staff', id: person } as const
  const year = 365 * 86_400_000
  for (let n = already; n < wanted; n++) {
    const customer = n % 500 === 0 ? customers[0]! : at(customers, n)
    const when = new Date(now.getTime() - year + Math.floor((n / wanted) * year))
    const values =
      n % 10 === 0 ? { before: { caseNumber: `24/${n}` }, after: { caseNumber: `26/${n}` } } : undefined
    await history.event('customer', customer._id, 'customer.edited', when, by, values)
  }
}

async function addObjections(context: Context, notice: string, count: number): Promise<void> {
  const held = await mongoose.connection
    .collection<{ _id: string; contacts: Customer['contacts'] }>('recipients')
    .find({ noticeReference: notice, state: 'running' })
    .limit(count)
    .toArray()
  for (const { _id, contacts } of held) {
    const contact = contactsToTell(contacts, context.today)[0]
    await raiseObjection({ ...context, actor: { kind: 'customer', id: contact?.id ?? '' } }, _id, {
      by: { kind: 'contact', id: contact?.id ?? '', name: contact?.name ?? '' },
      channel: 'page',
      receivedAt: context.now,
      receivedOn: context.today,
      reasons: 'Vi vil vide, hvem der har adgang.',
      files: [],
    })
  }
}
