import { expect } from 'chai'
import { lawNow, takeInShippedLaw } from '../../src/transfers/actions.js'
import { DecisionModel } from '../../src/transfers/records.js'
import {
  adequacyOn,
  basisProblems,
  countryState,
  endOf,
  endsSoon,
  lawIfEnded,
  lawIfLimited,
  needsCheck,
  shippedLaw,
  type DecisionFacts,
  type Law,
} from '../../src/transfers/rules.js'
import { useApp } from '../support/app.js'

const of = (id: string, law: Law = shippedLaw): DecisionFacts => {
  const found = law.decisions.find(({ _id }) => _id === id)
  if (!found) throw new Error(id)
  return found
}

describe('Decisions by their days (Art. 45)', () => {
  it('hold to the end of their planned last day, or to the day before a ruling ends them', () => {
    expect(endOf(of('GB-2021'))).to.equal('2031-12-28')
    expect(endOf(of('CH-2000'))).to.equal(null)
    const ended = lawIfEnded(shippedLaw, 'GB-2021', { on: '2028-05-04', by: 'C-1/27' })
    expect(endOf(of('GB-2021', ended))).to.equal('2028-05-04')
    expect(adequacyOn(ended, 'GB', '2028-05-03')).not.to.equal(null)
    expect(adequacyOn(ended, 'GB', '2028-05-04')).to.equal(null)
    expect(
      endOf(of('GB-2021', lawIfEnded(shippedLaw, 'GB-2021', { on: '2040-01-01', by: 'late' }))),
    ).to.equal('2031-12-28')
  })

  // Recommended by nobody, chosen by us: clauses, an assessment and a notice have to fit in.
  it('warn a year before a known end, to its eve', () => {
    expect(endsSoon(of('GB-2021'), '2030-12-27')).to.equal(false)
    expect(endsSoon(of('GB-2021'), '2030-12-28')).to.equal(true)
    expect(endsSoon(of('GB-2021'), '2031-12-27')).to.equal(true)
    expect(endsSoon(of('GB-2021'), '2031-12-28')).to.equal(false)
    expect(endsSoon(of('CH-2000'), '2031-12-27')).to.equal(false)
  })

  it('are to be compared with their source once a year while they may change', () => {
    expect(needsCheck(of('CH-2000'), '2027-08-05')).to.equal(false)
    expect(needsCheck(of('CH-2000'), '2027-08-06')).to.equal(true)
    expect(needsCheck(of('privacy-shield'), '2030-01-01')).to.equal(false)
    expect(needsCheck(of('GB-2021'), '2040-01-01')).to.equal(false)
  })

  it('that are narrowed cover what they covered before on the days before', () => {
    const law = lawIfLimited(shippedLaw, 'CH-2000', {
      from: '2027-01-01',
      limited: true,
      text: { da: 'Kun en del', en: 'Part only' },
      by: 'new decision',
    })
    expect(countryState(law, 'CH', '2026-12-31')).to.equal('adequate')
    expect(countryState(law, 'CH', '2027-01-01')).to.equal('limited')
    const found = (day: string, checkedOn?: string) =>
      basisProblems(
        law,
        { country: 'CH', basis: 'adequacy', ...(checkedOn ? { withinScope: { checkedOn } } : {}) },
        day,
      ).map(({ text }) => text)
    expect(found('2026-12-31')).to.deep.equal([])
    expect(found('2027-01-01')).to.deep.equal(['adequacy-limited'])
    expect(found('2027-02-01', '2026-06-01')).to.deep.equal(['adequacy-narrowed'])
    expect(found('2027-02-01', '2027-01-15')).to.deep.equal([])
    const listed = lawIfLimited(shippedLaw, 'CH-2000', {
      from: '2027-01-01',
      limited: true,
      requiresListing: 'A list',
      text: { da: 'Liste', en: 'List' },
    })
    expect(countryState(listed, 'CH', '2027-01-01')).to.equal('listed-only')
  })

  // C-703/25 P is pending: what would be said the day after it fell.
  it('that a court ends say which ruling and from when', () => {
    const law = lawIfEnded(shippedLaw, 'US-2023', { on: '2027-03-01', by: 'C-703/25 P' })
    const [problem] = basisProblems(law, { country: 'US', basis: 'adequacy-dpf' }, '2027-03-01')
    expect(problem).to.deep.include({ severity: 'refused', text: 'adequacy-ended' })
    expect(problem?.facts).to.include({ by: 'C-703/25 P', day: '2027-03-01', decision: '(EU) 2023/1795' })
  })

  it('say of each country how it stands', () => {
    const state = (code: string) => countryState(shippedLaw, code, '2026-11-21')
    expect(['DK', 'CH', 'CA', 'US', 'IN', 'GL'].map(state)).to.deep.equal([
      'eea',
      'adequate',
      'limited',
      'listed-only',
      'none',
      'none',
    ])
  })
})

describe('The law on record', () => {
  const tilsyn = useApp()

  it('is taken in by itself, once, by however many at a time', async () => {
    const laws = await Promise.all(Array.from({ length: 5 }, () => lawNow()))
    for (const law of laws) expect(law.decisions).to.have.length(shippedLaw.decisions.length)
    expect(await DecisionModel.countDocuments()).to.equal(shippedLaw.decisions.length)
    expect(await takeInShippedLaw(tilsyn.context())).to.equal(0)
  })

  it('is what was shipped, fact for fact', async () => {
    const { decisions } = await lawNow()
    for (const shipped of shippedLaw.decisions)
      expect(decisions.find(({ _id }) => _id === shipped._id)).to.deep.include(
        JSON.parse(JSON.stringify(shipped)),
      )
  })

  it('gets what a later release ships, and keeps what staff made of the rest', async () => {
    await lawNow()
    await DecisionModel.deleteOne({ _id: 'BR-2026' })
    await DecisionModel.updateOne({ _id: 'CH-2000' }, { $set: { number: 'corrected' } })
    expect(await takeInShippedLaw(tilsyn.context())).to.equal(1)
    const law = await lawNow()
    expect(of('BR-2026', law).country).to.equal('BR')
    expect(of('CH-2000', law).number).to.equal('corrected')
  })
})
