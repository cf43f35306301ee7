/** What the year's figures are counted from, read from the rooms below: only the fields that count, some at a time. */
import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Customers } from '../../customers/records/customers.js'
import type { DatedAgreement } from '../../customers/rules.js'
import { Findings } from '../../findings/records.js'
import type { Finding } from '../../findings/rules.js'
import { Notices } from '../../notices/records/notices.js'
import { Recipients } from '../../notices/records/recipients.js'
import type { Notice } from '../../notices/rules/notice.js'
import { recipientId } from '../../notices/rules/recipient.js'
import { Objections } from '../../objections/records.js'
import type { Objection } from '../../objections/rules.js'
import { EngagementModel } from '../../register/records/engagements.js'
import { VendorModel } from '../../register/records/vendors.js'
import { Statements } from '../../statements/records.js'
import type { Statement } from '../../statements/rules.js'
import { AffectedCustomers } from '../../unpermitted-use/records.js'
import type { AffectedCustomer } from '../../unpermitted-use/rules.js'
import type { CountedRecipient } from '../rules/figures-notices.js'

const together = 500

export type CountedNotice = Pick<
  Notice,
  '_id' | 'reference' | 'state' | 'issuedOn' | 'plannedStart' | 'withdrawal' | 'version'
> & { lines: Pick<Notice['lines'][number], 'id' | 'kind' | 'engagement' | 'site'>[] }

/** In the order of their ids, so that their recipients are, too. */
export async function noticesIssuedIn(from: Day, to: Day): Promise<CountedNotice[]> {
  const found = await Notices.find(
    { issuedOn: { $gte: from, $lte: to } },
    {
      reference: 1,
      state: 1,
      issuedOn: 1,
      plannedStart: 1,
      withdrawal: 1,
      version: 1,
      'lines.id': 1,
      'lines.kind': 1,
      'lines.engagement': 1,
      'lines.site': 1,
    },
  ).lean<CountedNotice[]>()
  return found.toSorted((a, b) => (a._id < b._id ? -1 : 1))
}

const countedFields = {
  noticeReference: 1,
  customerReference: 1,
  acceptedAt: 1,
  dayZero: 1,
  earliestUse: 1,
  state: 1,
  'lines.mode': 1,
  'lines.permittedFrom': 1,
  'lines.answer.waivesRest': 1,
  'moves.event': 1,
} as const

/** A notice's recipients in the order of their ids, from after one of them on. */
export async function* countedRecipients(notice: string, after = ''): AsyncGenerator<CountedRecipient[]> {
  let last = after > recipientId(notice, '') ? after : recipientId(notice, '')
  const end = recipientId(notice, '\uffff')
  for (;;) {
    const batch = await Recipients.find({ _id: { $gt: last, $lt: end } }, countedFields)
      .sort({ _id: 1 })
      .limit(2 * together)
      .lean<CountedRecipient[]>()
    const final = batch.at(-1)
    if (!final) return
    yield batch
    last = final._id
  }
}

export async function objectionsReceivedIn(
  from: Day,
  to: Day,
): Promise<
  Pick<
    Objection,
    '_id' | 'reference' | 'noticeReference' | 'receivedOn' | 'timely' | 'state' | 'outcome' | 'blocking'
  >[]
> {
  return Objections.find(
    { receivedOn: { $gte: from, $lte: to } },
    { reference: 1, noticeReference: 1, receivedOn: 1, timely: 1, state: 1, outcome: 1, blocking: 1 },
  ).lean<Objection[]>()
}

export type CountedFinding = Pick<
  Finding,
  '_id' | 'reference' | 'severity' | 'state' | 'openedOn' | 'dueOn' | 'vendorName' | 'running'
> & { moves: { event: string; at: Date }[] }

/** Opened by that day, some at a time. */
export async function* findingsOpenedBy(day: Day): AsyncGenerator<CountedFinding[]> {
  let after = { openedOn: '', _id: '' }
  for (;;) {
    const beyond = [
      { openedOn: after.openedOn, _id: { $gt: after._id } },
      { openedOn: { $gt: after.openedOn } },
    ]
    const batch = await Findings.find(
      { openedOn: { $gte: after.openedOn, $lte: day }, $or: beyond },
      {
        reference: 1,
        severity: 1,
        state: 1,
        openedOn: 1,
        dueOn: 1,
        vendorName: 1,
        running: 1,
        'moves.event': 1,
        'moves.at': 1,
      },
    )
      .sort({ openedOn: 1, _id: 1 })
      .limit(together)
      .lean<CountedFinding[]>()
    const last = batch.at(-1)
    if (!last) return
    yield batch
    after = last
  }
}

/** Without what was read in their files. */
export async function statementsConcludedIn(from: Day, to: Day): Promise<Statement[]> {
  return Statements.find(
    { 'conclusion.on': { $gte: from, $lte: to } },
    { moves: 0, reading: 0, cuecs: 0, checklist: 0 },
  ).lean<Statement[]>()
}

/** No more of them than says which days they cover: thousands of vendors have some each. */
export async function statementsOfThese(vendors: readonly string[]): Promise<Statement[]> {
  const found: Statement[] = []
  for (let at = 0; at < vendors.length; at += together) {
    const some = await Statements.find(
      { vendor: { $in: vendors.slice(at, at + together) } },
      {
        reference: 1,
        vendor: 1,
        state: 1,
        replacedBy: 1,
        'conclusion.verdict': 1,
        'facts.kind': 1,
        'facts.type': 1,
        'facts.level': 1,
        'facts.period': 1,
        'facts.asOf': 1,
        'facts.issuedOn': 1,
        'facts.certificate.expiresOn': 1,
        'facts.bridges': 1,
      },
    ).lean<Statement[]>()
    // A part of nothing comes back as nothing at all.
    for (const each of some)
      found.push({
        ...each,
        conclusion: each.conclusion ?? null,
        facts: each.facts ? { ...each.facts, certificate: each.facts.certificate ?? null } : null,
      })
  }
  return found
}

/** The customers of a case in the order of their ids. */
export async function* affectedOf(
  useCase: string,
  from = '',
): AsyncGenerator<Pick<AffectedCustomer, '_id' | 'customerReference' | 'standing' | 'told'>[]> {
  let after = from > `${useCase}/` ? from : `${useCase}/`
  for (;;) {
    const batch = await AffectedCustomers.find(
      { _id: { $gt: after, $lt: `${useCase}/\uffff` } },
      { customerReference: 1, standing: 1, told: 1 },
    )
      .sort({ _id: 1 })
      .limit(together)
      .lean<Pick<AffectedCustomer, '_id' | 'customerReference' | 'standing' | 'told'>[]>()
    const last = batch.at(-1)
    if (!last) return
    yield batch
    after = last._id
  }
}

export type NamedEngagement = {
  _id: string
  reference: string
  vendor: string
  vendorName: string
  activity: Bilingual
}

export async function namedEngagements(ids: readonly string[]): Promise<Map<string, NamedEngagement>> {
  const found = new Map<string, NamedEngagement>()
  for (let at = 0; at < ids.length; at += together) {
    const engagements = await EngagementModel.find(
      { _id: { $in: ids.slice(at, at + together) } },
      { reference: 1, vendor: 1, activity: 1 },
    ).lean<Omit<NamedEngagement, 'vendorName'>[]>()
    const names = await vendorNamesOf(engagements.map(({ vendor }) => vendor))
    for (const each of engagements) found.set(each._id, { ...each, vendorName: names.get(each.vendor) ?? '' })
  }
  return found
}

export async function vendorNamesOf(ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await VendorModel.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean<
    { _id: string; name: string }[]
  >()
  return new Map(rows.map(({ _id, name }) => [_id, name]))
}

/** Customers' agreements by the instruction kind they have now, some at a time. */
export async function* agreementsOf(active: {
  on: Day
}): AsyncGenerator<{ _id: string; reference: string; agreements: DatedAgreement[]; endedOn: Day | null }[]> {
  let after = ''
  for (;;) {
    const batch = await Customers.find(
      { _id: { $gt: after } },
      {
        reference: 1,
        endedOn: 1,
        'agreements.from': 1,
        'agreements.transferInstruction': 1,
      },
    )
      .sort({ _id: 1 })
      .limit(2 * together)
      .lean<{ _id: string; reference: string; agreements: DatedAgreement[]; endedOn: Day | null }[]>()
    const last = batch.at(-1)
    if (!last) return
    yield batch.filter(({ endedOn }) => endedOn === null || endedOn > active.on)
    after = last._id
  }
}

/** Of these customers' parts in notices those in which the customer gave an instruction of its own (C.6). */
export async function instructedByNotice(
  customers: readonly string[],
): Promise<{ customer: string; notice: string; instruction: { countries: string[] } }[]> {
  return Recipients.find(
    { customer: { $in: [...customers] }, instruction: { $ne: null } },
    { customer: 1, notice: 1, 'instruction.countries': 1 },
  ).lean<{ customer: string; notice: string; instruction: { countries: string[] } }[]>()
}
