import { expect } from 'chai'
import { changesToApproved, contentOf } from '../../src/register/rules.js'
import {
  assuranceState,
  dataCentres,
  needsApproval,
  servesAny,
  siteAsItStands,
  siteChangeAhead,
  siteOn,
  siteState,
  withAssurances,
  withSiteAssurance,
  type AssuranceState,
  type Place,
  statementOf,
  type PlaceAssurance,
  type Role,
  type Site,
  type SiteFacts,
} from '../../src/register/rules.js'
import { readAssurance, readSite } from '../../src/register/form.js'
import { engagementInput, vendorInput } from './builders.js'

const today = '2026-11-23'

const facts = (changes: Partial<SiteFacts> = {}): SiteFacts => ({
  kind: 'colocation',
  address: 'Herstedvang 8, 2620 Albertslund',
  country: 'DK',
  operator: null,
  services: [],
  ...changes,
})

const site = ({ versions, ...changes }: Partial<Site> = {}): Site => ({
  _id: 's1',
  reference: 'L-01',
  ...facts(),
  from: '2024-07-01',
  until: null,
  versions: versions ?? [{ from: '2024-07-01', content: facts(changes) }],
  sample: false,
  version: 1,
  moves: [],
  unlogged: false,
  ...changes,
})

const held = (changes: { reference?: string; role?: Role; places: Place[] }) => ({
  reference: 'E-0001',
  vendor: 'v1',
  role: 'sub-processor' as Role,
  ...changes,
})

describe('A statement noted while a move is entered for a later day (C.2)', () => {
  const here = facts()
  const there = facts({ address: 'Havnegade 3, 5800 Nyborg' })
  const moving = [
    { from: '2024-07-01', content: here, ground: { because: 'The agreement names it' } },
    { from: '2027-02-01', content: there, ground: { because: 'Approved', notice: 'CN-2026-004' } },
  ]
  const statement: PlaceAssurance = { kind: 'isae-3402-2', validUntil: '2027-06-30' }

  it('is of the present address from the day it is noted, and the move stays as it was entered', () => {
    const noted = withSiteAssurance({ versions: moving }, statement, today)
    expect(noted).to.deep.equal([
      moving[0],
      { from: today, content: { ...here, assurance: statement } },
      moving[1],
    ])
    const after = site({ versions: noted })
    expect(siteAsItStands(after, today).assurance).to.deep.equal(statement)
    expect(siteAsItStands(after, '2026-11-22').assurance).to.equal(undefined)
    expect(siteAsItStands(after, '2027-02-01')).to.deep.equal(there)
    // A second note on the same day takes the first one's place; where nothing shows it any more, it goes.
    expect(withSiteAssurance({ versions: noted }, null, today)[1]).to.deep.equal({
      from: today,
      content: here,
    })
  })

  it('is of a site that is planned as it is planned, with the ground it stands on', () => {
    const [, planned] = moving
    const noted = withSiteAssurance({ versions: planned ? [planned] : [] }, statement, today)
    expect(noted).to.deep.equal([{ ...planned, content: { ...there, assurance: statement } }])
  })
})

describe('Data centres and ISAE 3402 type 2 (C.2)', () => {
  const cases: [name: string, assurance: PlaceAssurance | undefined, state: AssuranceState][] = [
    ['nothing on record', undefined, 'none'],
    ['an ISAE 3402 type 2 until today', { kind: 'isae-3402-2', validUntil: today }, 'present'],
    ['one that ran out yesterday', { kind: 'isae-3402-2', validUntil: '2026-11-22' }, 'expired'],
    ['one of which nobody wrote until when', { kind: 'isae-3402-2' }, 'undated'],
    ['a type 1, which says nothing of a period', { kind: 'isae-3402-1', validUntil: '2027-01-01' }, 'other'],
    ['ISO 27001, which C.2 does not name', { kind: 'iso-27001', validUntil: '2027-01-01' }, 'other'],
    ['SOC 2 type 2, which C.2 does not name', { kind: 'soc-2-2', validUntil: '2027-01-01' }, 'other'],
  ]
  for (const [name, assurance, state] of cases)
    it(`with ${name}: ${state}`, () => {
      expect(assuranceState(assurance, today)).to.equal(state)
    })

  it('are found wherever they are on record, those that lack something first', () => {
    const good: PlaceAssurance = { kind: 'isae-3402-2', validUntil: '2027-06-30' }
    const sites = [
      site({ assurance: good }),
      site({ reference: 'L-02', kind: 'office' }),
      site({ reference: 'L-03', kind: 'data-centre' }),
      site({ reference: 'L-04', until: '2026-01-01' }),
    ]
    const places: Place[] = [
      { kind: 'office', address: 'Kontorvej 1', country: 'DK' },
      { kind: 'data-centre', address: 'Serverhal 2', country: 'DE' },
    ]
    const found = dataCentres(
      sites,
      [held({ places }), held({ reference: 'E-0002', role: 'own-vendor', places })],
      today,
    )
    expect(found.map(({ reference, place, state }) => [reference, place, state])).to.deep.equal([
      ['L-03', 0, 'none'],
      ['E-0001', 1, 'none'],
      ['L-01', 0, 'present'],
    ])
  })

  it('of our own stand on the statement of whoever runs them, where none is entered twice', () => {
    const assurance: PlaceAssurance = { kind: 'isae-3402-2', validUntil: '2027-06-30' }
    const place: Place = {
      kind: 'data-centre',
      address: 'HERSTEDVANG 8  2620 Albertslund',
      country: 'DK',
      assurance,
    }
    const theirs = [held({ role: 'own-vendor', places: [place] })]
    expect(statementOf(facts({ operator: 'v1' }), theirs)).to.deep.equal({ assurance, from: 'E-0001' })
    expect(statementOf(facts({ operator: 'v2' }), theirs)).to.deep.equal({ from: null })
    expect(statementOf(facts({ operator: 'v1', address: 'Herstedvang 10' }), theirs)).to.deep.equal({
      from: null,
    })
    const own: PlaceAssurance = { kind: 'iso-27001' }
    expect(statementOf(facts({ operator: 'v1', assurance: own }), theirs)).to.deep.equal({
      assurance: own,
      from: null,
    })
    expect(dataCentres([site({ operator: 'v1' })], theirs, today).map(({ state }) => state)).to.deep.equal([
      'present',
    ])
  })

  it('keep their statement with the address, where the form or an import does not speak of it', () => {
    const assurance: PlaceAssurance = { kind: 'isae-3402-2', validUntil: '2027-06-30' }
    const before: Place[] = [
      { kind: 'data-centre', address: 'Serverhal 2, 1234 By', country: 'DK', assurance },
    ]
    const again: Place[] = [{ kind: 'data-centre', address: 'serverhal 2  1234 By.', country: 'DK' }]
    expect(withAssurances(before, again)[0]?.assurance).to.deep.equal(assurance)
    const moved: Place[] = [{ kind: 'data-centre', address: 'Serverhal 9, 1234 By', country: 'DK' }]
    expect(withAssurances(before, moved)).to.deep.equal(moved)
  })

  it('are no other place for having another statement: customers need not approve that (C.5)', () => {
    const vendor = { ...vendorInput(), contacts: [] }
    const place: Place = { kind: 'data-centre', address: 'Serverhal 2', country: 'DK' }
    const with_ = (assurance?: PlaceAssurance) =>
      contentOf('v1', vendor, engagementInput({ places: [assurance ? { ...place, assurance } : place] }))
    const stated = with_({ kind: 'isae-3402-2', validUntil: '2027-06-30' })
    expect(changesToApproved(with_(), stated)).to.deep.equal([])
    expect(changesToApproved(stated, with_({ kind: 'isae-3402-2', validUntil: '2028-06-30' }))).to.deep.equal(
      [],
    )
  })
})

describe('Own sites (C.5)', () => {
  const changes: [name: string, before: SiteFacts, after: SiteFacts, needed: boolean][] = [
    ['the same, spelt otherwise', facts(), facts({ address: 'herstedvang 8  2620 Albertslund.' }), false],
    ['another address', facts(), facts({ address: 'Herstedvang 9, 2620 Albertslund' }), true],
    ['another country', facts(), facts({ country: 'SE' }), true],
    ['a name', facts(), facts({ name: 'North' }), false],
    ['who runs it', facts(), facts({ operator: 'v1' }), false],
    ['a statement', facts(), facts({ assurance: { kind: 'isae-3402-2' } }), false],
    ['a service that is moved in', facts({ services: ['a'] }), facts({ services: ['a', 'b'] }), true],
    ['a service that is moved out', facts({ services: ['a', 'b'] }), facts({ services: ['a'] }), false],
    ['all services instead of some', facts({ services: ['a'] }), facts(), true],
    ['some services instead of all', facts(), facts({ services: ['a'] }), false],
  ]
  for (const [name, before, after, needed] of changes)
    it(`${needed ? 'need' : 'need no'} approval for ${name}`, () => {
      expect(needsApproval(before, after)).to.equal(needed)
    })

  it('are in use from their first day until the day before their end', () => {
    const own = site({ from: '2026-01-01', until: '2026-11-23' })
    expect(siteState(own, '2025-12-31')).to.equal('planned')
    expect(siteState(own, '2026-01-01')).to.equal('in-use')
    expect(siteState(own, '2026-11-22')).to.equal('in-use')
    expect(siteState(own, '2026-11-23')).to.equal('ended')
  })

  it('show on a past day as they stood that day', () => {
    const old = facts({ address: 'Gammelvej 1' })
    const fresh = facts({ address: 'Nyvej 2' })
    const own = site({
      ...fresh,
      versions: [
        { from: '2024-07-01', content: old },
        { from: '2026-01-01', content: fresh },
      ],
    })
    expect(siteOn(own, '2025-12-31')?.address).to.equal('Gammelvej 1')
    expect(siteOn(own, '2026-01-01')?.address).to.equal('Nyvej 2')
    expect(siteOn(own, '2024-06-30')).to.equal(null)
  })

  it('stand where they stand today until a planned move comes (C.5), data centres too', () => {
    const old = facts({ address: 'Gammelvej 1' })
    const fresh = facts({ address: 'Nyvej 2' })
    const moving = site({
      ...fresh,
      versions: [
        { from: '2024-07-01', content: old },
        { from: '2027-01-01', content: fresh },
      ],
    })
    expect(siteAsItStands(moving, today).address).to.equal('Gammelvej 1')
    expect(siteChangeAhead(moving, today)?.content.address).to.equal('Nyvej 2')
    expect(dataCentres([moving], [], today)[0]?.address).to.equal('Gammelvej 1')
    expect(dataCentres([moving], [], '2027-01-01')[0]?.address).to.equal('Nyvej 2')
    expect(siteChangeAhead(moving, '2027-01-01')).to.equal(null)
    // One not begun yet is shown as it is planned; that is no change of what is.
    expect(siteChangeAhead(site({ from: '2027-01-01' }), today)).to.equal(null)
  })

  it('serve a customer by the services it buys; one that names no service serves all', () => {
    expect(servesAny({ services: ['a'] }, ['a', 'b'])).to.equal(true)
    expect(servesAny({ services: ['a'] }, ['b'])).to.equal(false)
    expect(servesAny({ services: [] }, ['b'])).to.equal(true)
    expect(servesAny({ services: ['a'] }, null)).to.equal(true)
  })

  const body = (more: object = {}) => ({
    kind: 'office',
    address: 'Nyvej 2',
    country: 'DK',
    from: '2026-12-01',
    ...more,
  })

  it('ask of a new one what it stands on (silence is refusal)', () => {
    expect(readSite(body(), null).problems).to.deep.equal([
      { field: 'because', text: 'say-on-what-it-stands' },
    ])
    expect(readSite(body({ because: 'Approved', notice: 'cn-2026-004' }), null).input?.ground).to.deep.equal({
      because: 'Approved',
      notice: 'CN-2026-004',
    })
    expect(readSite(body({ because: 'Approved', notice: '4' }), null).problems?.[0]).to.deep.equal({
      field: 'notice',
      text: 'not-a-notice',
    })
  })

  it('ask it of a move, and not of a correction', () => {
    const before = facts({ kind: 'office', address: 'Nyvej 2' })
    expect(readSite(body({ address: 'NYVEJ 2' }), before).problems).to.equal(undefined)
    expect(readSite(body({ address: 'Nyvej 3' }), before).problems?.[0]?.field).to.equal('because')
  })

  it('take a day or a note only about a statement of some kind', () => {
    expect(readAssurance({ assuranceKind: '', validUntil: '2027-01-01' }).problems?.[0]?.field).to.equal(
      'assuranceKind',
    )
    expect(readAssurance({}).input).to.equal(null)
  })
})
