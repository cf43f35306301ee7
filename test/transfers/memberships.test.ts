import { expect } from 'chai'
import {
  afterLeaving,
  basisProblems,
  countryState,
  isEea,
  lawWith,
  membershipOn,
  newMembership,
  nextMembershipDay,
  notInstructed,
  shippedLaw,
  transfersNeeded,
  withRegions,
  type DecisionFacts,
  type Law,
} from '../../src/transfers/rules.js'

const today = '2026-11-21'

function membership(code: string, law: Law = shippedLaw): DecisionFacts {
  const found = law.decisions.find(({ kind, country }) => kind === 'membership' && country === code)
  if (!found) throw new Error(code)
  return found
}

/** Germany leaves on the last day of 2027; with a transition to the end of 2028, or without. */
function lawIfGermanyLeft(until: string | null): Law {
  const germany = membership('DE')
  const transition = until === null ? null : { until, text: { da: 'Overgang', en: 'Transition' } }
  const left = afterLeaving(germany, { lastDay: '2027-12-31', by: 'agreement', source: 'OJ', transition })
  return lawWith(shippedLaw, { ...germany, ...left })
}

describe('Membership of the EU and the EEA', () => {
  // EFTA: enlargement of the EEA; treaties of accession. The first day on which data could go there without a basis.
  const joined: [string, string][] = [
    ['DK', '1994-01-01'],
    ['NO', '1994-01-01'],
    ['IS', '1994-01-01'],
    ['LI', '1995-05-01'],
    ['PL', '2004-05-01'],
    ['EE', '2004-05-01'],
    ['RO', '2007-01-01'],
    ['HR', '2013-07-01'],
  ]
  for (const [code, from] of joined)
    it(`${code} is in it from ${from}`, () => {
      const eve = `${Number(from.slice(0, 4)) - 1}-12-31`
      expect(isEea(shippedLaw, code, eve)).to.equal(false)
      expect(isEea(shippedLaw, code, from)).to.equal(true)
      expect(countryState(shippedLaw, code, today)).to.equal('eea')
    })

  // Withdrawal Agreement art. 126-127; Trade and Cooperation Agreement art. FINPROV.10A; Decision (EU) 2021/1772.
  const britain: [string, string][] = [
    ['2020-01-31', 'eea'],
    ['2020-02-01', 'as-eea'],
    ['2020-12-31', 'as-eea'],
    ['2021-01-01', 'as-eea'],
    ['2021-06-27', 'as-eea'],
    ['2021-06-28', 'adequate'],
    [today, 'adequate'],
  ]
  for (const [day, state] of britain)
    it(`the United Kingdom is ${state} on ${day}`, () =>
      expect(countryState(shippedLaw, 'GB', day)).to.equal(state))

  it('asks for no basis in the United Kingdom on a day of the transition, and for one today', () => {
    expect(transfersNeeded(shippedLaw, ['GB'], ['DK'], '2020-12-31')).to.deep.equal([])
    expect(transfersNeeded(shippedLaw, ['GB'], ['DK'], today)).to.deep.equal(['GB'])
  })

  // TFEU art. 349 and 355(4); Council Decision 2012/419/EU for Mayotte; art. 355(2) and 355(5)(a), protocol 34.
  it('takes the regions along with their state, and not Greenland or the Faroe Islands', () => {
    expect(withRegions('FR')).to.have.members(['FR', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT'])
    expect(withRegions('FI')).to.have.members(['FI', 'AX'])
    for (const code of ['GL', 'FO', 'NC', 'PF', 'SJ', 'GI'])
      expect(isEea(shippedLaw, code, today), code).to.equal(false)
    expect(isEea(shippedLaw, 'YT', '2013-12-31')).to.equal(false)
    expect(isEea(shippedLaw, 'YT', '2014-01-01')).to.equal(true)
    const finland = membership('FI')
    const law = lawWith(shippedLaw, { ...finland, ended: { on: '2027-01-01', by: 'treaty' } })
    expect(isEea(law, 'AX', '2026-12-31')).to.equal(true)
    expect(isEea(law, 'AX', '2027-01-01')).to.equal(false)
  })

  it('that ends makes a transfer of what was none, from the day after and not before', () => {
    const law = lawIfGermanyLeft(null)
    expect(transfersNeeded(law, ['DE'], ['DE'], '2027-12-31')).to.deep.equal([])
    expect(transfersNeeded(law, ['DE'], ['DE'], '2028-01-01')).to.deep.equal(['DE'])
    expect(countryState(law, 'DE', '2028-01-01')).to.equal('none')
    const none = { kind: 'none' as const, countries: [] }
    expect(notInstructed(law, '2027-12-31', ['DE'], [], [], none)).to.deep.equal([])
    expect(notInstructed(law, '2028-01-01', ['DE'], [], [], none)).to.deep.equal(['DE'])
  })

  it('that ends with a transition is treated as before to the end of it', () => {
    const law = lawIfGermanyLeft('2028-12-31')
    expect(countryState(law, 'DE', '2027-12-31')).to.equal('eea')
    expect(countryState(law, 'DE', '2028-01-01')).to.equal('as-eea')
    expect(membershipOn(law, 'DE', '2028-12-31')?.transition?.text.en).to.equal('Transition')
    expect(isEea(law, 'DE', '2029-01-01')).to.equal(false)
  })

  it('that begins makes a basis unneeded, and says so of one that is on record', () => {
    const input = { number: 'Accession', from: '2030-01-01', source: 'OJ', sourceUrl: null }
    const joining = newMembership('ME', { ...input, note: { da: '', en: '' } }, today, null)
    const law = lawWith(shippedLaw, { _id: 'new', ...joining })
    const scc = { country: 'ME', basis: 'scc-2021' as const, module: 3 as const, signedOn: '2025-01-01' }
    const texts = (day: string) => basisProblems(law, scc, day).map(({ text }) => text)
    expect(texts('2029-12-31')).to.include('tia-missing')
    expect(texts('2030-01-01')).to.deep.equal(['not-needed'])
  })

  // Clauses 17 and 18 of Decision (EU) 2021/914 take the law and courts of a member state.
  it('decides which law and courts the clauses may name', () => {
    const scc = {
      country: 'US',
      basis: 'scc-2021' as const,
      module: 3 as const,
      signedOn: '2025-01-01',
      tia: { concludedOn: '2026-01-01' },
      clauses: { law: 'DE', forum: 'DE' },
    }
    const texts = (day: string) =>
      basisProblems(lawIfGermanyLeft(null), scc, day).flatMap(({ text, severity }) =>
        severity === 'critical' ? [text] : [],
      )
    expect(texts('2027-12-31')).to.deep.equal([])
    expect(texts('2028-01-01')).to.deep.equal(['clauses-law-outside', 'clauses-forum-outside'])
  })

  it('says on which day a list of countries may next read otherwise', () => {
    const law = lawIfGermanyLeft('2028-12-31')
    expect(nextMembershipDay(law, ['DE', 'DK'], today)).to.equal('2029-01-01')
    expect(nextMembershipDay(law, ['DE', 'DK'], '2029-01-01')).to.equal(null)
    expect(nextMembershipDay(shippedLaw, ['GB', 'US'], today)).to.equal(null)
  })

  it('is of thirty states today, of twenty-eight and three on the eve of the first to leave', () => {
    const states = (day: string) =>
      shippedLaw.decisions.filter(
        ({ kind, country }) => kind === 'membership' && isEea(shippedLaw, country ?? '', day),
      ).length
    expect(states(today)).to.equal(30)
    expect(states('2020-01-31')).to.equal(31)
  })
})

describe('Clauses that were repealed before they died', () => {
  // Decision (EU) 2021/914 art. 4(2)-(4): repealed on 27 September 2021; what was signed before carried to 26 December 2022.
  const table: [string, string, string, string][] = [
    ['signed the day before', '2021-09-26', '2022-12-26', 'warning'],
    ['signed on the day', '2021-09-27', '2022-12-26', 'refused'],
    ['signed before, a day too late', '2021-09-26', '2022-12-27', 'refused'],
  ]
  for (const basis of ['scc-2010', 'scc-2001'] as const)
    for (const [what, signedOn, day, severity] of table)
      it(`${basis} ${what}: ${severity}`, () => {
        const [problem] = basisProblems(shippedLaw, { country: 'US', basis, signedOn }, day)
        expect(problem).to.deep.include({ severity, text: `dead-${basis}` })
      })
})
