import { expect } from 'chai'
import { differenceRows } from '../../src/register/page.js'
import { differencesBetween, type EngagementContent, type Listed } from '../../src/register/rules.js'
import { acceptedOf, plannedAmong, reasonNotToPlan } from '../../src/register/rules/continued.js'
import { aContent } from '../notices/builders.js'

const row = (
  engagement: string,
  content: Partial<EngagementContent> = {},
  more: Partial<Listed> = {},
): Listed => ({
  engagement,
  reference: engagement,
  content: aContent(content),
  approvedFrom: '2024-01-01',
  kind: 'baseline',
  notice: null,
  ...more,
})

describe('a changed engagement on a customer’s list', () => {
  const old = row('e1')
  const changed = row(
    'e2',
    { storageCountries: ['DK', 'SE'] },
    { continues: 'e1', kind: 'approved', notice: 'CN-1' },
  )
  const said = (before: Listed[], after: Listed[]) =>
    differenceRows(differencesBetween(before, after), { services: [], vendors: new Map() }, 'en').map(
      ({ kind, said: words, more }) => [kind, words, ...more].join(' | '),
    )

  it('is one change where it has taken the other’s place', () => {
    const differences = differencesBetween([old], [changed])
    expect(differences).to.have.length(1)
    expect(differences[0]).to.deep.include({
      kind: 'changed',
      before: old,
      after: changed,
      parts: ['storage'],
    })
  })

  it('says while both stand there what is going to change, and then that it has', () => {
    const [came] = said([old], [old, changed])
    expect(came).to.match(/^came \| .*may be used as changed.*Sweden/)
    expect(said([old, changed], [changed])).to.deep.equal([
      'went | Nyborg Backup ApS is now used as changed. The earlier entry is off the list.',
    ])
  })

  it('is told as what came on the list of all together, where some have it and others do not', () => {
    const all = (each: Listed) => ({ ...each, kind: null })
    expect(differencesBetween([all(old)], [all(changed)]).map(({ kind }) => kind)).to.deep.equal([
      'came',
      'went',
    ])
  })

  it('is not made of an engagement that has merely another vendor after it', () => {
    const other = row('e3', { vendorName: 'Gammelby Drift ApS' })
    expect(differencesBetween([old], [other]).map(({ kind }) => kind)).to.deep.equal(['came', 'went'])
  })
})

describe('planning a change', () => {
  const engagement = { endedOn: null, role: 'sub-processor' as const }

  it('is for what customers have approved, and runs', () => {
    expect(reasonNotToPlan(engagement, true)).to.equal(null)
    expect(reasonNotToPlan(engagement, false)).to.equal('change-of-unapproved')
    expect(reasonNotToPlan({ ...engagement, role: 'own-vendor' }, true)).to.equal(
      'change-only-of-sub-processor',
    )
    expect(reasonNotToPlan({ ...engagement, endedOn: '2026-01-01' }, true)).to.equal(
      'engagement-already-ended',
    )
  })

  it('goes on with the copy that is planned, and not with one that is approved, used or ended', () => {
    const copy = { _id: 'c', endedOn: null, inUse: { since: null, until: null } }
    const among = (one: object, approved: string[] = []) =>
      plannedAmong([{ ...copy, ...one } as never], new Set(approved))?._id
    expect(among({})).to.equal('c')
    expect(among({}, ['c'])).to.equal(undefined)
    expect(among({ inUse: { since: '2026-01-01', until: null } })).to.equal(undefined)
    expect(among({ endedOn: '2026-01-01' })).to.equal(undefined)
  })
})

describe('the list as a new customer accepts it', () => {
  const old = { engagement: 'e1', inUse: { since: '2024-01-01', until: null } }
  const changed = (since: string | null) => ({
    engagement: 'e2',
    continues: 'e1',
    inUse: { since, until: null },
  })
  const accepted = (since: string | null) =>
    acceptedOf([old, changed(since)], '2027-02-01').map(({ engagement }) => engagement)

  it('has what is used for customers now, and not both forms of one engagement', () => {
    expect(accepted('2027-01-15')).to.deep.equal(['e2'])
    expect(accepted(null)).to.deep.equal(['e1'])
    expect(accepted('2027-02-02')).to.deep.equal(['e1'])
    expect(acceptedOf([changed('2027-01-15')], '2027-02-01')).to.have.length(1)
  })
})
