import { staffMembers } from '../../auth/actions/people.js'
import { allows } from '../../auth/permissions.js'
import type { Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import type { Page } from '../../db/paging.js'
import { fileById } from '../../files/actions.js'
import { mailsAbout } from '../../mail/actions.js'
import { allSites, engagementsBelow, engagementsOfVendor, vendorsByIds } from '../../register/actions.js'
import { isDataCentre, type Vendor } from '../../register/rules.js'
import type { Shown, StaffName } from '../page.js'
import { pageOfStatements, statementById, statementsOfVendor, statementsOfVendors } from '../records.js'
import { isAcceptedCurrent, lanesOf, type Lane, type Statement, type StatementFilter } from '../rules.js'
import { statementOf, vendorOfStatement } from './move.js'
import { settingsNow } from './settings.js'

const pageSize = 50
const timelinePage = 100

export async function statementToShow(reference: string): Promise<Shown> {
  const statement = await statementOf(reference)
  const [vendor, file, mails, others, staff, settings, suppliers] = await Promise.all([
    vendorOfStatement(statement),
    statement.file === null ? null : fileById(statement.file),
    mailsAbout('statement', [statement._id]),
    statementsOfVendor(statement.vendor),
    staffToChoose(),
    settingsNow(),
    vendorsByIds([...new Set(statement.subservices.flatMap((each) => each.vendor ?? []))]),
  ])
  return { statement, vendor, file, mails, others, staff, terms: settings.terms, suppliers }
}

/** The file, if it is the statement's. */
export async function fileOfStatement(reference: string, file: string): Promise<string> {
  const statement = await statementOf(reference)
  if (statement.file !== file) throw new NotFound()
  return file
}

/** The PDF of a statement asked for by link, or another that came by the same link. */
export async function requestedById(id: string): Promise<{ statement: Statement; vendor: Vendor }> {
  const statement = await statementById(id)
  if (!statement) throw new NotFound()
  return { statement, vendor: await vendorOfStatement(statement) }
}

export type ListedStatement = { statement: Statement; vendorName: string; vendorReference: string }

export async function statementsToList(
  filter: StatementFilter,
  cursor: string | undefined,
): Promise<Page<ListedStatement>> {
  const page = await pageOfStatements(filter, cursor, pageSize)
  return { ...page, rows: await named(page.rows) }
}

export async function named(statements: readonly Statement[]): Promise<ListedStatement[]> {
  const vendors = new Map(
    (await vendorsByIds([...new Set(statements.map(({ vendor }) => vendor))])).map((each) => [
      each._id,
      each,
    ]),
  )
  return statements.map((statement) => ({
    statement,
    vendorName: vendors.get(statement.vendor)?.name ?? '',
    vendorReference: vendors.get(statement.vendor)?.reference ?? '',
  }))
}

/** What a vendor's papers cover, one lane for each kind of paper. */
export async function coverageOf({ vendor }: { vendor: string }, today: Day): Promise<Lane[]> {
  const [statements, { terms }] = await Promise.all([statementsOfVendor(vendor), settingsNow()])
  return lanesOf(statements, today, terms)
}

/** What may be relied on today: accepted, not dead, not overdue, not replaced. */
export async function acceptedCurrent(vendor: string, today: Day): Promise<Statement[]> {
  const [statements, { terms }] = await Promise.all([statementsOfVendor(vendor), settingsNow()])
  return statements.filter((statement) => isAcceptedCurrent(statement, today, terms))
}

export type VendorTimeline = { vendor: Vendor; lanes: Lane[] }

/** By vendors' names; a vendor is on one page with all its papers. */
export async function timelinesToShow(
  q: string,
  cursor: string | undefined,
  today: Day,
): Promise<Page<VendorTimeline>> {
  const filter = { q, show: 'all', kind: null, sort: 'vendor' } as const
  const page = await pageOfStatements(filter, cursor, timelinePage)
  const ids = [...new Set(page.rows.map(({ vendor }) => vendor))]
  const [vendors, statements, { terms }] = await Promise.all([
    vendorsByIds(ids),
    statementsOfVendors(ids),
    settingsNow(),
  ])
  const rows = ids.flatMap((id) => {
    const vendor = vendors.find(({ _id }) => _id === id)
    const own = statements.filter((statement) => statement.vendor === id)
    return vendor ? [{ vendor, lanes: lanesOf(own, today, terms) }] : []
  })
  return { ...page, rows }
}

/** Those on staff a control may be given to, by name. */
async function staffToChoose(): Promise<StaffName[]> {
  return (await staffMembers())
    .filter(({ role, state }) => state === 'active' && allows(role, 'supervision:read') && role !== 'auditor')
    .map(({ _id, name }) => ({ id: _id, name }))
}

/** Whom a supplier named in a report may be in our register: links below the vendor's own, and those who run our sites. */
export async function suppliersToChoose(statement: Statement): Promise<Vendor[]> {
  const engagements = await engagementsOfVendor(statement.vendor)
  const below = (await Promise.all(engagements.map(({ _id }) => engagementsBelow(_id)))).flat()
  const operators = (await allSites()).filter(isDataCentre).flatMap(({ operator }) => operator ?? [])
  const chosen = statement.subservices.flatMap(({ vendor }) => vendor ?? [])
  const ids = new Set([...below.map(({ vendor }) => vendor), ...operators, ...chosen])
  ids.delete(statement.vendor)
  return (await vendorsByIds([...ids])).toSorted((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
}

/** Places where this vendor runs a data centre for us or has one: what a report may be expected to name. */
export async function placesOfVendor(vendor: string): Promise<{ address: string; country: string }[]> {
  const [sites, engagements] = await Promise.all([allSites(), engagementsOfVendor(vendor)])
  const all = [
    ...sites.filter((site) => site.operator === vendor && site.until === null && isDataCentre(site)),
    ...engagements
      .filter(({ endedOn }) => endedOn === null)
      .flatMap(({ places }) => places.filter(isDataCentre)),
  ]
  const byAddress = new Map(
    all.map(({ address, country }) => [`${address}|${country}`, { address, country }]),
  )
  return [...byAddress.values()]
}

/** Statements of a vendor that a bridge letter may go on from. */
export async function bridgeable(vendor: string, except: string): Promise<Statement[]> {
  return (await statementsOfVendor(vendor)).filter(
    ({ _id, facts, state }) =>
      _id !== except &&
      state !== 'withdrawn' &&
      facts !== null &&
      facts.period !== null &&
      facts.kind !== 'bridge-letter',
  )
}
