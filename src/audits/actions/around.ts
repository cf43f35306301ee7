import { staffMembers } from '../../auth/actions/people.js'
import { organisation } from '../../auth/organisation.js'
import { Refused } from '../../base/errors.js'
import { agreementVersionsOn, customersNamed } from '../../customers/actions.js'
import { allServices, sitesOn } from '../../register/actions.js'
import { servicesOn } from '../../register/rules.js'
import { auditById } from '../records/audits.js'
import type { Audit } from '../rules/audit.js'
import { freeTexts, recognisedIn, type Around, type Recognised } from '../rules/compile.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { signedOn } from './declarations.js'
import { findingsFor } from './findings.js'

/** A version of the agreement that fewer customers have may name one. */
const fewest = 3

/** What the declaration takes from the rest of the house, on the day. Throws `Refused('organisation-missing')`. */
export async function aroundOf(audit: Audit, day: string): Promise<Around> {
  const house = await organisation()
  if (!house) throw new Refused('organisation-missing')
  const on = day < audit.period.to ? day : audit.period.to
  const [people, services, sites, agreementVersions, findings, replaced] = await Promise.all([
    staffMembers(),
    allServices(),
    sitesOn(on),
    agreementVersionsOn(on, fewest),
    findingsFor(audit),
    audit.replaces ? auditById(audit.replaces.audit) : null,
  ])
  const lead = people.find(({ _id }) => _id === audit.lead)
  const { kind, number } = house.registration
  return {
    organisation: {
      name: house.name,
      registration: kind === 'other' ? number : `${kind} ${number}`,
      address: house.address.replaceAll('\n', ', '),
      dpo: house.dpo,
    },
    lead: { name: lead?.name ?? '', title: lead?.role ?? 'dpo' },
    replaces:
      audit.replaces && replaced
        ? { reference: replaced.reference, signedOn: signedOn(replaced), why: audit.replaces.why }
        : null,
    services: servicesOn(services, on).map(({ name }) => name),
    sites: sites.map(({ address, country }) => `${address.replaceAll('\n', ', ')} (${country})`),
    agreementVersions,
    findings: [
      ...findings.own.map((finding) => ({ finding, carried: false })),
      ...findings.carried.map((finding) => ({ finding, carried: true })),
    ],
    names: new Map(people.map(({ _id, name }) => [_id, name])),
  }
}

/** Where a customer of ours, past or present, can be recognised in the words. Some of thousands at a time. */
export async function recognisableIn(facts: DeclarationFacts): Promise<Recognised[]> {
  const texts = freeTexts(facts)
  const ours = [facts.organisation.name, facts.organisation.dpo.name].map((word) => word.toLowerCase())
  const found: Recognised[] = []
  for await (const customers of customersNamed())
    found.push(
      ...recognisedIn(
        texts,
        customers.map(({ reference, name, registration, contacts, caseNumber }) => ({
          reference,
          words: [
            name,
            registration?.number ?? '',
            caseNumber ?? '',
            ...contacts.flatMap((contact) => [contact.name, contact.email]),
          ].filter((word) => !ours.includes(word.toLowerCase())),
        })),
      ),
    )
  return found.slice(0, 50)
}
