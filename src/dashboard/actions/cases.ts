/** Which case a mail of ours was about, for whoever answers it: told to the replies room, which stands before those that have cases. */
import { copiesByIds } from '../../audits/records/copies.js'
import { askAboutBreach } from '../../breaches/actions.js'
import { affectedById, affectedOfCustomer, breachById, breachByReference } from '../../breaches/records.js'
import { refuseClosed, type AffectedCustomer } from '../../breaches/rules.js'
import { customersByIds } from '../../customers/actions.js'
import { noteReply } from '../../departures/actions.js'
import { departureByReference, departureById } from '../../departures/records.js'
import type { Departure } from '../../departures/rules.js'
import { findingById } from '../../findings/actions.js'
import type { MailRow } from '../../mail/actions.js'
import { questionnaireById } from '../../questionnaires/records/questionnaires.js'
import { vendorsByIds } from '../../register/actions.js'
import type { CaseBook, ReplyCase } from '../../replies/actions.js'
import { requestOf, writeInRequest } from '../../requests/actions.js'
import { requestById, requestByReference } from '../../requests/records.js'
import type { CustomerRequest } from '../../requests/rules.js'
import { statementById } from '../../statements/actions.js'
import { affectedById as unpermittedAt } from '../../unpermitted-use/records.js'
import { upstreamById } from '../../upstream/records.js'

type Told = Pick<MailRow, 'about' | 'to'>

/** `takes`: the room has a place for the customer's words; `returns`: it does not follow up what comes back itself. */
const plain = { customer: null, customerReference: null, owner: null, takes: false, returns: false } as const

/** By what their mails say they are about. */
const byKind: Readonly<Record<string, (mail: Told) => Promise<ReplyCase | null>>> = {
  request: async ({ about }) => aboutRequest(await requestById(about.id)),
  'breach-customer': async ({ about }) => aboutBreach(await affectedById(about.id)),
  breach: async ({ about }) => {
    const breach = await breachById(about.id)
    const party = breach?.vendorName ?? ''
    return breach && { ...plain, ...named('breach', '/breaches', breach), party, returns: true }
  },
  departure: async ({ about, to }) => aboutDeparture(await departureById(about.id), to),
  'declaration-copy': async ({ about }) => {
    const [copy] = await copiesByIds([about.id])
    if (!copy) return null
    const { reference, sample } = copy
    const of = { _id: about.id, reference, sample }
    const url = `/audits/${reference}/sending`
    return { ...plain, ...named(about.kind, '/audits', of), ...ofCustomer(copy), url }
  },
  'unpermitted-customer': async ({ about }) => {
    const affected = await unpermittedAt(about.id)
    if (!affected) return null
    const of = { _id: affected._id, reference: affected.caseReference, sample: affected.sample }
    return { ...plain, ...named(about.kind, '/unpermitted-use', of), ...ofCustomer(affected) }
  },
  'upstream-notice': async ({ about, to }) => {
    const notice = await upstreamById(about.id)
    const party = notice?.vendor ? await vendorName(notice.vendor) : nameOf(to)
    return notice && { ...plain, ...named(about.kind, '/upstream', notice), party, returns: true }
  },
  finding: async ({ about, to }) => {
    const finding = await findingById(about.id)
    const party = finding?.vendorName ?? nameOf(to)
    return finding && { ...plain, ...named(about.kind, '/findings', finding), party, returns: true }
  },
  statement: async ({ about }) => {
    const statement = await statementById(about.id)
    if (!statement) return null
    const party = await vendorName(statement.vendor)
    return { ...plain, ...named(about.kind, '/statements', statement), party }
  },
  questionnaire: async ({ about }) => {
    const asked = await questionnaireById(about.id)
    return asked && { ...plain, ...named(about.kind, '/questionnaires', asked), party: asked.vendorName }
  },
  customer: async ({ about }) => {
    const [customer] = await customersByIds([about.id])
    if (!customer) return null
    const of = { customer: about.id, customerReference: customer.reference, party: customer.name }
    return { ...plain, ...named(about.kind, '/customers', customer), ...of, returns: true }
  },
  vendor: async ({ about }) => {
    const [vendor] = await vendorsByIds([about.id])
    return vendor
      ? { ...plain, ...named(about.kind, '/vendors', vendor), party: vendor.name, returns: true }
      : null
  },
}

export const caseBook: CaseBook = {
  ofMail: async (mail) => (await byKind[mail.about.kind]?.(mail)) ?? null,

  ofReference: async (reference, customers) => {
    const mine = (found: ReplyCase | null) =>
      found && (customers === null || customers.includes(found.customer ?? '')) ? found : null
    switch (reference.slice(0, 2)) {
      case 'RQ':
        return mine(aboutRequest(await requestByReference(reference)))
      case 'OP':
        return mine(aboutDeparture(await departureByReference(reference), null))
      case 'BR':
        return customers === null ? ofBreach(reference) : partOfBreach(reference, customers)
      default:
        return null
    }
  },

  take: async (context, { kind, id, reference }, { once, from, text, file }) => {
    if (kind === 'request')
      await writeInRequest(context, await requestOf(reference), {
        once,
        by: { kind: 'contact', ...from },
        direction: 'from-customer',
        text,
        files: [file],
      })
    if (kind !== 'breach-customer') return
    const affected = await affectedById(id)
    const breach = affected && (await breachById(affected.breach))
    if (!breach) return
    refuseClosed(breach)
    await askAboutBreach(context, { breach, affected }, from, { text, once })
  },

  note: async (context, { kind, id }, reply) => {
    if (kind === 'departure') await noteReply(context, id, reply)
  },
}

function aboutRequest(request: CustomerRequest | null): ReplyCase | null {
  if (!request) return null
  const { owner } = request
  const of = ofCustomer(request)
  return { ...plain, ...named('request', '/requests', request), ...of, owner, takes: true, returns: true }
}

async function aboutBreach(affected: AffectedCustomer | null): Promise<ReplyCase | null> {
  const breach = affected && (await breachById(affected.breach))
  if (!breach) return null
  const of = { _id: affected._id, reference: breach.reference, sample: affected.sample }
  const url = `/breaches/${breach.reference}/customers/${affected.customerReference}`
  const takes = breach.open
  return { ...plain, ...named('breach-customer', '/breaches', of), ...ofCustomer(affected), url, takes }
}

async function partOfBreach(reference: string, customers: readonly string[]): Promise<ReplyCase | null> {
  const parts = (await Promise.all(customers.map((customer) => affectedOfCustomer(customer)))).flat()
  const [part, ...more] = parts.filter(({ breachReference }) => breachReference === reference)
  return part && more.length === 0 ? aboutBreach(part) : null
}

async function ofBreach(reference: string): Promise<ReplyCase | null> {
  const breach = await breachByReference(reference)
  return breach && { ...plain, ...named('breach', '/breaches', breach), party: breach.vendorName ?? '' }
}

/** Asked of a sub-processor, it is about the customer all the same: whoever was written to has answered. */
function aboutDeparture(departure: Departure | null, to: MailRow['to'] | null): ReplyCase | null {
  if (!departure) return null
  const { customer, customerReference, customerName, vendorName: vendor } = departure
  const theirs = to === null || to.contact
  const of = theirs ? { customer, customerReference } : {}
  const party = (theirs ? (customerName ?? vendor) : null) ?? (to ? nameOf(to) : '')
  return { ...plain, ...named('departure', '/departures', departure), ...of, party, returns: true }
}

function named(
  kind: string,
  path: string,
  { _id, reference, sample }: { _id: string; reference: string; sample: boolean },
) {
  return { kind, id: _id, reference, url: `${path}/${reference}`, sample }
}

function ofCustomer(of: { customer: string; customerReference: string; customerName: string }) {
  return { customer: of.customer, customerReference: of.customerReference, party: of.customerName }
}

function nameOf({ name, address }: MailRow['to']): string {
  return name || address
}

async function vendorName(id: string): Promise<string> {
  return (await vendorsByIds([id]))[0]?.name ?? ''
}
