import { peopleByIds } from '../../auth/actions/people.js'
import { NotFound } from '../../base/errors.js'
import { fileById, filesAbout, type StoredFile } from '../../files/actions.js'
import { mailsAbout, type MailRow } from '../../mail/actions.js'
import type { Day } from '../../base/day.js'
import type { Page } from '../../db/paging.js'
import type { ListQuery } from '../../lists/rules.js'
import { engagementsByIds, vendorByReference, vendorsByIds } from '../../register/actions.js'
import type { Engagement, Vendor } from '../../register/rules.js'
import { countFindings, pageOfFindings, type FindingFilter } from '../records.js'
import type { Finding, FindingOwner } from '../rules.js'
import { findingOf } from './move.js'
import { mayWork } from './readers.js'

const pageSize = 50

export type Names = ReadonlyMap<string, string>

type Listed = Page<Finding> & { names: Names }

/** What the list asks for. Nothing said of the state: those that run. Vendors by their references. */
async function filterOf({ q, filters }: ListQuery, today: Day): Promise<FindingFilter & { named: Vendor[] }> {
  const { state = ['running'], severity = [], vendor = [] } = filters
  const named = (await Promise.all(vendor.map((reference) => vendorByReference(reference)))).filter(
    (each) => each !== null,
  )
  return {
    q,
    states: state.includes('all') ? [] : state,
    severities: severity,
    // One that is not there any more finds nothing, and not everything.
    vendors: vendor.length > 0 && named.length === 0 ? [''] : named.map(({ _id }) => _id),
    today,
    named,
  }
}

export async function findingsToList(
  query: ListQuery,
  today: Day,
): Promise<Listed & { count: { count: number; capped: boolean }; vendors: ReadonlyMap<string, string> }> {
  const { named, ...filter } = await filterOf(query, today)
  const [page, count] = await Promise.all([
    pageOfFindings(filter, query.page || undefined, pageSize),
    countFindings(filter),
  ])
  const vendors = new Map(named.map(({ reference, name }) => [reference, name]))
  return { ...page, count, vendors, names: await namesOf(page.rows) }
}

/** All that match, some at a time. */
export async function* findingsMatching(query: ListQuery, today: Day): AsyncGenerator<Listed> {
  const { named: _, ...filter } = await filterOf(query, today)
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<Finding> = await pageOfFindings(filter, cursor, pageSize)
    yield { ...page, names: await namesOf(page.rows) }
    cursor = page.next
  }
}

/** The people behind the owners. */
async function namesOf(findings: readonly Finding[]): Promise<Names> {
  const ids = findings.flatMap(({ owner }) => (owner?.kind === 'person' ? [owner.id] : []))
  return new Map((await peopleByIds([...new Set(ids)])).map(({ _id, name }) => [_id, name]))
}

export type OwnerChoice = { value: string; text: string; owner: FindingOwner }

export type ShownFinding = {
  finding: Finding
  vendor: Vendor | null
  engagements: Engagement[]
  files: ReadonlyMap<string, StoredFile>
  mails: MailRow[]
  owners: OwnerChoice[]
  names: Names
}

export async function findingToShow(reference: string): Promise<ShownFinding> {
  const finding = await findingOf(reference)
  const [[vendor], engagements, files, mails, names] = await Promise.all([
    vendorsByIds(finding.vendor ? [finding.vendor] : []),
    engagementsByIds(finding.engagements),
    filesAbout('finding', finding._id),
    mailsAbout('finding', [finding._id]),
    namesOf([finding]),
  ])
  return {
    finding,
    vendor: vendor ?? null,
    engagements,
    files: new Map(files.map((file) => [file._id, file])),
    mails,
    owners: await ownersToChoose(vendor ?? null, finding.owner),
    names,
  }
}

/** Staff who may work on it, and the vendor's contacts who can be written to; the one it has stays on offer. */
export async function ownersToChoose(
  vendor: Pick<Vendor, 'name' | 'contacts'> | null,
  present: FindingOwner | null,
): Promise<OwnerChoice[]> {
  const staff = (await mayWork()).map(({ _id, name }): OwnerChoice => {
    return { value: `person:${_id}`, text: name, owner: { kind: 'person', id: _id } }
  })
  const contacts = (vendor?.contacts ?? []).flatMap(({ id, name, email, locale }): OwnerChoice[] =>
    email
      ? [
          {
            value: `vendor:${id}`,
            text: `${vendor?.name}: ${name} (${email})`,
            owner: { kind: 'vendor', name, email, locale, contact: id },
          },
        ]
      : [],
  )
  const offered = [...contacts, ...staff]
  if (present?.kind !== 'vendor' || offered.some(({ value }) => value === valueOf(present))) return offered
  const kept = { value: valueOf(present), text: `${present.name} (${present.email})`, owner: present }
  return [kept, ...offered]
}

/** How a form says it. */
export function valueOf(owner: FindingOwner | null): string {
  if (owner === null) return ''
  return owner.kind === 'person' ? `person:${owner.id}` : `vendor:${owner.contact ?? owner.email}`
}

/** Only those of the finding. Throws `NotFound`. */
export async function findingFile(finding: Pick<Finding, '_id'>, file: string): Promise<string> {
  const found = await fileById(file)
  if (found?.about.kind !== 'finding' || found.about.id !== finding._id) throw new NotFound()
  return found._id
}
