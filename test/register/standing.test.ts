import { expect } from 'chai'
import {
  addCustomers,
  possibleBases,
  standingOf,
  type Change,
  type Covered,
  type StandingKind,
} from '../../src/register/rules.js'
import { listingsDue, scopesDue, tiaBeforeRuling, tiaDue } from '../../src/register/rules/transfers-due.js'
import {
  lawIfEnded,
  lawIfLimited,
  shippedLaw,
  type Law,
  type Transfer,
  type TransferInstruction,
} from '../../src/transfers/rules.js'
import { engagementInput } from './builders.js'

const on = '2027-03-01'
const scc: Transfer = {
  country: 'US',
  basis: 'scc-2021',
  module: 3,
  signedOn: '2025-01-01',
  tia: { concludedOn: '2026-01-15' },
}
const dpf: Transfer = { country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2026-06-01' }

function change(id: string, after: Law): Change {
  const decision = shippedLaw.decisions.find(({ _id }) => _id === id)!
  return { decision, before: shippedLaw, after, on }
}
const ended = (id: string) => change(id, lawIfEnded(shippedLaw, id, { on, by: 'a ruling' }))
const narrowed = (id: string, requiresListing?: string) =>
  change(
    id,
    lawIfLimited(shippedLaw, id, {
      from: on,
      limited: true,
      text: { da: 'En del', en: 'Part' },
      ...(requiresListing === undefined ? {} : { requiresListing }),
    }),
  )
const seenFrom = (country: string, ...transfers: Transfer[]) =>
  engagementInput({ accessCountries: ['DK', country], transfers })

describe('What stands on a decision (Art. 45(5), C-311/18: it falls at once)', () => {
  const table: [string, Change, ReturnType<typeof seenFrom>, StandingKind | null][] = [
    ['falls with it on the DPF alone', ended('US-2023'), seenFrom('US', dpf), 'falls'],
    ['has a fallback with clauses and an assessment', ended('US-2023'), seenFrom('US', dpf, scc), 'fallback'],
    [
      'falls if the assessment of the fallback is missing',
      ended('US-2023'),
      seenFrom('US', dpf, { ...scc, tia: {} }),
      'falls',
    ],
    ['does not stand on it with clauses alone', ended('US-2023'), seenFrom('US', scc), null],
    [
      'does not stand on it elsewhere',
      ended('US-2023'),
      seenFrom('GB', { country: 'GB', basis: 'adequacy' }),
      null,
    ],
    [
      'falls with the UK decision',
      ended('GB-2021'),
      seenFrom('GB', { country: 'GB', basis: 'adequacy' }),
      'falls',
    ],
    [
      'no longer does where nothing goes any more',
      ended('GB-2021'),
      engagementInput({ transfers: [{ country: 'GB', basis: 'adequacy' }] }),
      null,
    ],
    [
      'did not stand on a basis that was refused anyway',
      ended('US-2023'),
      seenFrom('US', { country: 'US', basis: 'adequacy' }),
      null,
    ],
    [
      'is to be checked when the decision is narrowed',
      narrowed('CH-2000'),
      seenFrom('CH', { country: 'CH', basis: 'adequacy' }),
      'check',
    ],
    [
      'falls when only those on a list are left',
      narrowed('CH-2000', 'A list'),
      seenFrom('CH', { country: 'CH', basis: 'adequacy' }),
      'falls',
    ],
    [
      'need not be checked with clauses beside it',
      narrowed('CH-2000'),
      seenFrom('CH', { country: 'CH', basis: 'adequacy' }, { ...scc, country: 'CH' }),
      'fallback',
    ],
    [
      'falls on a basis that is dead',
      ended('privacy-shield'),
      seenFrom('US', { country: 'US', basis: 'privacy-shield' }),
      'falls',
    ],
    [
      'has a fallback beside a dead one',
      ended('scc-2010'),
      seenFrom('US', { country: 'US', basis: 'scc-2010' }, scc),
      'fallback',
    ],
  ]
  for (const [what, the, engagement, kind] of table)
    it(`an engagement ${what}`, () => expect(standingOf(engagement, the)).to.equal(kind))
})

describe('What must follow', () => {
  const bases = (
    law: Law,
    countries: string[],
    transfers: Transfer[] = [],
    role: 'sub-processor' | 'own-vendor' = 'sub-processor',
  ) =>
    possibleBases(law, countries, on, { role, transfers }).map(({ basis, module }) =>
      module ? `${basis}/${module}` : basis,
    )

  it('is clauses or group rules where no decision is left; never Article 49 (EDPB 2/2018)', () => {
    expect(bases(ended('US-2023').after, ['US'])).to.deep.equal(['scc-2021/3', 'bcr-p'])
    expect(bases(ended('GB-2021').after, ['GB'], [], 'own-vendor')).to.deep.equal(['scc-2021/2', 'bcr-p'])
  })

  it('is the decision as it is now, too, where one is left', () => {
    expect(bases(narrowed('CH-2000', 'A list').after, ['CH'])).to.deep.equal([
      'adequacy-dpf',
      'scc-2021/3',
      'bcr-p',
    ])
  })

  it('is no decision that is left for some of the countries only', () => {
    const { after } = ended('scc-2010')
    expect(bases(after, ['US', 'IN'])).to.deep.equal(['scc-2021/3', 'bcr-p'])
    expect(bases(after, ['US', 'GB'])).to.deep.equal(['scc-2021/3', 'bcr-p'])
    expect(bases(after, ['CH', 'GB'])).to.deep.equal(['adequacy', 'scc-2021/3', 'bcr-p'])
  })

  // C.6: each customer's own words decide whether a new basis is instructed.
  it('counts for each basis who has instructed it already and who must be asked', () => {
    const none: Covered[] = [
      { basis: 'scc-2021', module: 3, covered: 0, toAsk: 0 },
      { basis: 'bcr-p', covered: 0, toAsk: 0 },
    ]
    const instructions: TransferInstruction[] = [
      { kind: 'scc-only', countries: [] },
      { kind: 'any-valid', countries: [] },
      { kind: 'countries', countries: ['US'] },
      { kind: 'countries', countries: ['GB'] },
      { kind: 'none', countries: [] },
    ]
    const counted = instructions.reduce<Covered[]>((counts, each) => addCustomers(counts, ['US'], each), none)
    expect(counted.map(({ covered, toAsk }) => [covered, toAsk])).to.deep.equal([
      [3, 2],
      [2, 3],
    ])
  })
})

describe('Transfers to look at again', () => {
  const row = (...transfers: Transfer[]) =>
    [{ ...seenFrom('US', ...transfers), reference: 'E-0001' }] as never

  it('are assessments by their review day, or two years after (EDPB 01/2020, step 6)', () => {
    expect(
      tiaDue(row({ ...scc, tia: { concludedOn: '2024-01-01', reviewOn: '2026-12-01' } }), '2026-12-01'),
    ).to.have.length(1)
    expect(
      tiaDue(row({ ...scc, tia: { concludedOn: '2024-01-01', reviewOn: '2026-12-01' } }), '2026-11-30'),
    ).to.have.length(0)
    expect(tiaDue(row({ ...scc, tia: { concludedOn: '2024-12-01' } }), '2026-12-01')).to.have.length(1)
    expect(tiaDue(row({ ...dpf, tia: { concludedOn: '2020-01-01' } }), '2026-12-01')).to.have.length(0)
  })

  // Clause 14(e): C-311/18 of 16 July 2020 changed what may be thought of the USA.
  it('are assessments older than a ruling on what they assessed, whatever review was agreed', () => {
    const old = { ...scc, tia: { concludedOn: '2020-01-01', reviewOn: '2030-01-01' } }
    expect(tiaBeforeRuling(shippedLaw, row(old), '2020-07-15')).to.have.length(0)
    expect(tiaBeforeRuling(shippedLaw, row(old), '2020-07-16').map((each) => each.on)).to.deep.equal([
      '2020-07-16',
    ])
    expect(tiaBeforeRuling(shippedLaw, row(scc), '2026-12-01')).to.have.length(0)
  })

  // Art. 45(5): the decision goes on for some; whether the recipient is one of them is to be found out after.
  it('are recipients under a decision that is limited, until it was found out that they are within it', () => {
    const canada = (checkedOn?: string): Transfer => ({
      country: 'CA',
      basis: 'adequacy',
      ...(checkedOn === undefined ? {} : { withinScope: { checkedOn } }),
    })
    expect(scopesDue(shippedLaw, row(canada()), '2026-12-01')).to.have.length(1)
    expect(scopesDue(shippedLaw, row(canada('2026-01-01')), '2026-12-01')).to.have.length(0)
    const { after } = narrowed('CH-2000')
    const swiss: Transfer = { country: 'CH', basis: 'adequacy', withinScope: { checkedOn: '2026-12-01' } }
    expect(scopesDue(after, row(swiss), '2027-02-28')).to.have.length(0)
    expect(scopesDue(after, row(swiss), on)).to.have.length(1)
  })

  it('are look-ups on the DPF list older than a year, and those never made (2023/1795, Annex I)', () => {
    expect(listingsDue(row(dpf), '2027-06-01')).to.have.length(0)
    expect(listingsDue(row(dpf), '2027-06-02')).to.have.length(1)
    expect(listingsDue(row({ country: 'US', basis: 'adequacy-dpf' }), '2026-06-01')).to.have.length(1)
    expect(listingsDue(row(scc), '2030-01-01')).to.have.length(0)
  })
})
