import { NotFound } from '../../base/errors.js'
import { peopleByIds } from '../../auth/actions/people.js'
import type { Person } from '../../auth/request.js'
import type { Day } from '../../base/day.js'
import { customerByReference, customersByIds } from '../../customers/actions.js'
import { approversOn, contactsOn, type Customer } from '../../customers/rules.js'
import { fileById, type StoredFile } from '../../files/actions.js'
import { mailsAbout, type MailRow } from '../../mail/actions.js'
import { engagementsByIds, vendorsByIds } from '../../register/actions.js'
import type { Engagement } from '../../register/rules.js'
import type { Page } from '../../db/paging.js'
import { countRequests, pageOfRequests, type RequestFilter } from '../records.js'
import {
  allFiles,
  kindRules,
  redactedChoices,
  withoutContract,
  withoutRedacted,
  type Contracted,
  type CustomerRequest,
  type RedactedChoice,
} from '../rules.js'
import { contractedFor } from './copies.js'
import { requestOf } from './move.js'
import { mayWork } from './readers.js'

const pageSize = 50

export type RequestsAsked = {
  q: string
  state: string
  kind: string
  /** Its reference; '' for all. */
  customer: string
  overdueBy: Day | null
}

export type RequestsShown = Page<CustomerRequest> & {
  customer: Customer | null
  count: { count: number; capped: boolean }
  names: ReadonlyMap<string, string>
}

/** Throws `NotFound` where the customer asked for is none. */
export async function requestsToList(
  asked: RequestsAsked,
  cursor: string | undefined,
): Promise<RequestsShown> {
  const { filter, customer } = await filterFor(asked)
  const [page, count] = await Promise.all([pageOfRequests(filter, cursor, pageSize), countRequests(filter)])
  return { ...page, customer, count, names: await namesOf(page.rows) }
}

/** So many rows at most make a workbook somebody reads. */
const mostExported = 5000

export async function requestsToExport(asked: RequestsAsked): Promise<Pick<RequestsShown, 'rows' | 'names'>> {
  const { filter } = await filterFor(asked)
  const rows: CustomerRequest[] = []
  for (let cursor: string | null | undefined; cursor !== null && rows.length < mostExported;) {
    const page: Page<CustomerRequest> = await pageOfRequests(filter, cursor, 500)
    rows.push(...page.rows)
    cursor = page.next
  }
  return { rows, names: await namesOf(rows) }
}

async function filterFor(
  asked: RequestsAsked,
): Promise<{ filter: RequestFilter; customer: Customer | null }> {
  const customer = asked.customer === '' ? null : await customerByReference(asked.customer)
  const keys = [asked.state && `state:${asked.state}`, asked.kind && `kind:${asked.kind}`].filter(Boolean)
  return {
    customer,
    filter: { q: asked.q, keys, customer: customer?._id ?? '', overdueBy: asked.overdueBy },
  }
}

async function namesOf(requests: readonly CustomerRequest[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(requests.flatMap(({ owner }) => (owner === null ? [] : [owner])))]
  return new Map((await peopleByIds(ids)).map(({ _id, name }) => [_id, name]))
}

export type ShownRequest = {
  request: CustomerRequest
  customer: Customer | null
  /** Whose contracts it asks for. */
  about: { engagement: Engagement; vendorName: string }[]
  files: ReadonlyMap<string, StoredFile>
  mails: MailRow[]
  owners: Person[]
  owner: string
  copies: RedactedChoice[]
  lacking: Contracted[]
  /** Of which there is no contract on record at all. */
  uncontracted: Contracted[]
  /** Nobody at the customer gets our mails. */
  unreachable: boolean
  approvers: string[]
}

export async function requestToShow(reference: string, today: Day): Promise<ShownRequest> {
  const request = await requestOf(reference)
  const [[customer], owners, mails, files, engagements] = await Promise.all([
    customersByIds([request.customer]),
    mayWork(),
    mailsAbout('request', [request._id]),
    filesOf(request),
    engagementsByIds(request.engagements),
  ])
  const vendors = await vendorsByIds([...new Set(engagements.map(({ vendor }) => vendor))])
  const contracted =
    request.running && kindRules[request.kind].answer === 'redacted-contract'
      ? await contractedFor(request.customer, today)
      : []
  const asked = contracted.filter(
    ({ engagement }) => request.engagements.length === 0 || request.engagements.includes(engagement._id),
  )
  const owner = owners.find(({ _id }) => _id === request.owner) ?? (await ownerGone(request.owner))
  return {
    request,
    customer: customer ?? null,
    about: engagements.map((engagement) => ({
      engagement,
      vendorName: vendors.find(({ _id }) => _id === engagement.vendor)?.name ?? '',
    })),
    files,
    mails,
    owners,
    owner: owner?.name ?? '',
    copies: redactedChoices(contracted),
    lacking: withoutRedacted(asked),
    uncontracted: withoutContract(asked),
    unreachable:
      !customer || !contactsOn(customer.contacts, today).some(({ dataProtection }) => dataProtection),
    approvers: customer ? approversOn(customer.contacts, today).map(({ name }) => name) : [],
  }
}

async function ownerGone(owner: string | null): Promise<Person | null> {
  return owner === null ? null : ((await peopleByIds([owner]))[0] ?? null)
}

/** What its files are called. */
export async function filesOf(request: CustomerRequest): Promise<ReadonlyMap<string, StoredFile>> {
  const found = await Promise.all(allFiles(request).map((file) => fileById(file)))
  return new Map(found.filter((file) => file !== null).map((file) => [file._id, file]))
}

/** The sub-processors of which a customer may ask for a copy. */
export async function choicesFor(customer: string, today: Day): Promise<{ value: string; text: string }[]> {
  return (await contractedFor(customer, today)).map(({ engagement, vendorName }) => ({
    value: engagement._id,
    text: vendorName,
  }))
}

/** Only those of the request. Throws `NotFound`. */
export async function requestFile(reference: string, file: string): Promise<string> {
  if (!allFiles(await requestOf(reference)).includes(file)) throw new NotFound()
  return file
}
