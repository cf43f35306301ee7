import { expect } from 'chai'
import {
  adequacyOn,
  basisProblems,
  countries,
  countriesOn,
  countryName,
  isEea,
  judgeLinks,
  shippedLaw,
  shownState,
  transfersNeeded,
  type ImporterRole,
  type Transfer,
} from '../../src/transfers/rules.js'
import { today, papers, assessed, groupRules, scc, against } from './cases.js'

describe('Countries', () => {
  const inEea = ['DK', 'SE', 'FI', 'DE', 'IE', 'IS', 'LI', 'NO', 'AX', 'RE', 'GF']
  const outside = ['GB', 'CH', 'GL', 'FO', 'GI', 'US', 'SJ', 'MC', 'SM', 'VA', 'AD', 'X-EPO', '??']
  for (const code of inEea)
    it(`${code} is in the EEA`, () => expect(isEea(shippedLaw, code, today)).to.equal(true))
  for (const code of outside)
    it(`${code} is not in the EEA`, () => expect(isEea(shippedLaw, code, today)).to.equal(false))

  it('the EEA has thirty states, with what belongs to them', () => {
    const states = countriesOn({ law: shippedLaw, day: today }, 'en').filter(
      ({ code, eea }) => eea && !['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT'].includes(code),
    )
    expect(states).to.have.length(30)
  })

  it('sort as Danes expect, and each has a name in both languages', () => {
    const danish = countries('da').map(({ name }) => name)
    expect(danish[0]).to.equal('Afghanistan')
    expect(danish.at(-1)).to.equal('Åland')
    expect(danish.indexOf('Østrig')).to.be.greaterThan(danish.indexOf('Zimbabwe'))
    for (const locale of ['da', 'en'] as const)
      expect(countries(locale).filter(({ name }) => name.trim() === '')).to.deep.equal([])
    expect(countryName('GL', 'da')).to.equal('Grønland')
  })

  const decisions: [string, string, boolean][] = [
    ['Greenland has no adequacy decision', 'GL', false],
    ['the Faroe Islands have one', 'FO', true],
    ['Gibraltar is not covered by the UK decision', 'GI', false],
    ['Switzerland has one', 'CH', true],
    ['Japan has one', 'JP', true],
    ['South Korea has one', 'KR', true],
    ['Brazil has one', 'BR', true],
    ['the European Patent Organisation has one', 'X-EPO', true],
    ['Kenya has none', 'KE', false],
    ['India has none', 'IN', false],
    ['Monaco has none', 'MC', false],
    ['Denmark needs none', 'DK', false],
  ]
  for (const [what, code, has] of decisions)
    it(what, () => expect(adequacyOn(shippedLaw, code, today) !== null).to.equal(has))

  const days: [string, string, string, boolean][] = [
    ['the UK is adequate to the end of 27 December 2031', 'GB', '2031-12-27', true],
    ['and not a day longer unless renewed', 'GB', '2031-12-28', false],
    ['the UK was not before 28 June 2021', 'GB', '2021-06-27', false],
    ['Brazil is from 26 January 2026', 'BR', '2026-01-26', true],
    ['and was not the day before', 'BR', '2026-01-25', false],
    ['the DPF holds from 10 July 2023', 'US', '2023-07-10', true],
    ['and between Privacy Shield and the DPF there was nothing', 'US', '2022-01-01', false],
  ]
  for (const [what, code, day, holds] of days)
    it(what, () => expect(adequacyOn(shippedLaw, code, day) !== null).to.equal(holds))
})

describe('A transfer basis', () => {
  const active: Transfer['listing'] = { status: 'active', covers: ['non-hr'] }
  const table: [string, Transfer, string[]][] = [
    ['is not needed within the EEA', { country: 'SE', basis: 'scc-2021' }, ['warning not-needed']],
    ['adequacy carries Switzerland', { country: 'CH', basis: 'adequacy' }, []],
    ['adequacy carries the UK', { country: 'GB', basis: 'adequacy' }, []],
    ['adequacy carries the Faroe Islands', { country: 'FO', basis: 'adequacy' }, []],
    ['adequacy does not carry Greenland', { country: 'GL', basis: 'adequacy' }, ['refused no-adequacy']],
    ['adequacy does not carry India', { country: 'IN', basis: 'adequacy' }, ['refused no-adequacy']],
    [
      'adequacy in Canada is for commercial organisations',
      { country: 'CA', basis: 'adequacy' },
      ['warning adequacy-limited'],
    ],
    [
      'adequacy in Brazil is for those under the LGPD',
      { country: 'BR', basis: 'adequacy' },
      ['warning adequacy-limited'],
    ],
    [
      'plain adequacy does not carry the USA',
      { country: 'US', basis: 'adequacy' },
      ['refused adequacy-for-listed-only'],
    ],
    [
      'the DPF carries a listed company in the USA',
      {
        country: 'US',
        basis: 'adequacy-dpf',
        listingCheckedOn: '2026-06-01',
        listing: { entity: 'X, Inc.', ...active },
      },
      [],
    ],
    [
      'the DPF asks to look the company up',
      { country: 'US', basis: 'adequacy-dpf' },
      ['warning listing-unchecked'],
    ],
    [
      'the DPF asks again after a year',
      {
        country: 'US',
        basis: 'adequacy-dpf',
        listingCheckedOn: '2025-11-20',
        listing: { entity: 'X, Inc.', ...active },
      },
      ['warning listing-stale'],
    ],
    [
      'the DPF look-up holds for a whole year',
      {
        country: 'US',
        basis: 'adequacy-dpf',
        listingCheckedOn: '2025-11-21',
        listing: { entity: 'X, Inc.', ...active },
      },
      [],
    ],
    [
      'a look-up ahead is none yet',
      {
        country: 'US',
        basis: 'adequacy-dpf',
        listingCheckedOn: '2026-11-22',
        listing: { entity: 'X, Inc.', ...active },
      },
      ['warning listing-unchecked'],
    ],
    [
      'the DPF asks under which name the company is listed (2023/1795, Art. 1)',
      { country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2026-06-01', listing: { ...active } },
      ['warning listing-entity-missing'],
    ],
    [
      'and what stands there: active or not, and for which data (2023/1795, Art. 1 and Annex I)',
      {
        country: 'US',
        basis: 'adequacy-dpf',
        listingCheckedOn: '2026-06-01',
        listing: { entity: 'X, Inc.' },
      },
      ['warning listing-details-missing'],
    ],
    [
      'that the recipient is within a limited decision cannot be found out ahead',
      { country: 'CA', basis: 'adequacy', withinScope: { checkedOn: '2026-11-22' } },
      ['warning adequacy-limited'],
    ],
    [
      'the DPF does not carry Switzerland',
      { country: 'CH', basis: 'adequacy-dpf' },
      ['refused dpf-elsewhere'],
    ],
    ['the DPF does not carry India', { country: 'IN', basis: 'adequacy-dpf' }, ['refused dpf-elsewhere']],
    ['module three, signed and assessed, carries India', scc('IN'), []],
    ['module three carries the USA', scc('US'), []],
    ['the clauses carry Switzerland too, as C.6 asks', scc('CH'), []],
    [
      'the clauses need a module',
      { country: 'IN', basis: 'scc-2021', signedOn: '2025-01-01', ...assessed },
      ['critical module-missing'],
    ],
    ['module two is not for a sub-processor', scc('IN', { module: 2 }), ['warning module-wrong']],
    ['module one is for controllers', scc('IN', { module: 1 }), ['critical module-wrong']],
    ['module four is for the way back', scc('IN', { module: 4 }), ['critical module-wrong']],
    [
      'the clauses must be signed',
      { country: 'IN', basis: 'scc-2021', module: 3, ...assessed },
      ['critical scc-unsigned'],
    ],
    ['a signature ahead is none yet', scc('IN', { signedOn: '2026-11-22' }), ['critical scc-unsigned']],
    [
      'nobody signed the clauses of 2021 before they were there',
      scc('IN', { signedOn: '2021-06-26' }),
      ['refused scc-too-early'],
    ],
    [
      'the clauses need an assessment',
      { country: 'IN', basis: 'scc-2021', module: 3, signedOn: '2025-01-01' },
      ['critical tia-missing'],
    ],
    [
      'an assessment that is begun is none yet',
      scc('IN', { tia: { reviewOn: '2027-01-01' } }),
      ['critical tia-missing'],
    ],
    [
      'an assessment is due again after its review day',
      scc('IN', { tia: { ...papers, concludedOn: '2024-01-01', reviewOn: '2026-11-20' } }),
      ['warning tia-review-overdue'],
    ],
    [
      'and not on it',
      scc('IN', { tia: { ...papers, concludedOn: '2024-01-01', reviewOn: '2026-11-21' } }),
      [],
    ],
    [
      'an assessment says its conclusion and the laws it assessed (EDPB 01/2020, steps 3-4; clause 14(b))',
      scc('IN', { tia: { concludedOn: '2026-01-15', file: 'f1', conclusion: 'equivalent' } }),
      ['warning tia-details-missing'],
    ],
    [
      'and is there to be shown to the authority (clause 14(d))',
      scc('IN', { tia: { ...papers, concludedOn: '2026-01-15', file: undefined as never } }),
      ['warning tia-file-missing'],
    ],
    [
      'group rules carry with an assessment and their approval (Art. 47)',
      { country: 'IN', basis: 'bcr-p', ...assessed, groupRules },
      [],
    ],
    [
      'group rules of nobody in particular are to be looked up (Art. 47(1))',
      { country: 'IN', basis: 'bcr-p', ...assessed },
      ['warning bcr-unrecorded'],
    ],
    [
      'group rules do not carry without an assessment',
      { country: 'IN', basis: 'bcr-p', groupRules },
      ['critical tia-missing'],
    ],
    [
      'Article 49 carries no standing supplier',
      { country: 'IN', basis: 'art-49' },
      ['critical derogation-not-standing'],
    ],
    ['an unknown country is refused', { country: 'ZZ', basis: 'scc-2021' }, ['refused unknown-country']],
  ]
  for (const [what, transfer, problems] of table)
    it(what, () => expect(against(transfer)).to.deep.equal(problems))

  const dead: [string, Transfer['basis'], string, string][] = [
    ['Safe Harbour', 'safe-harbour', '2015-10-05', '2015-10-06'],
    ['Privacy Shield', 'privacy-shield', '2020-07-15', '2020-07-16'],
    ['the clauses of 2010', 'scc-2010', '2022-12-26', '2022-12-27'],
    ['the clauses of 2001', 'scc-2001', '2022-12-26', '2022-12-27'],
  ]
  for (const [what, basis, lived, died] of dead)
    it(`${what} is refused from ${died} on, with who ended it`, () => {
      expect(against({ country: 'US', basis }, lived)).to.deep.equal([`warning dead-${basis}`])
      expect(against({ country: 'US', basis }, died)).to.deep.equal([`refused dead-${basis}`])
      const [problem] = basisProblems(shippedLaw, { country: 'US', basis }, today)
      expect(problem?.facts).to.include({ day: died }).and.to.have.property('by').that.is.not.equal('')
    })

  const modules: [ImporterRole, 1 | 2 | 3][] = [
    ['sub-processor', 3],
    ['own-vendor', 2],
    ['independent-controller', 1],
  ]
  for (const [role, module] of modules)
    it(`for the role ${role} is module ${module}`, () =>
      expect(against(scc('IN', { module }), today, role)).to.deep.equal([]))
})

describe('The decision per link', () => {
  it('asks for a basis for each country outside the EEA, of storage or access, once', () => {
    expect(transfersNeeded(shippedLaw, ['DK', 'IE'], ['SE'], today)).to.deep.equal([])
    expect(transfersNeeded(shippedLaw, ['DK', 'US'], ['US', 'IN', 'GL'], today)).to.deep.equal([
      'US',
      'IN',
      'GL',
    ])
  })

  const links: [string, Transfer[], string][] = [
    ['undocumented without a basis', [], 'undocumented'],
    ['undocumented with a basis for another country', [scc('IN')], 'undocumented'],
    ['lawful on the DPF', [{ country: 'US', basis: 'adequacy-dpf' }], 'lawful'],
    ['lawful on clauses with an assessment', [scc('US')], 'lawful'],
    ['unlawful on clauses without', [scc('US', { tia: {} })], 'unlawful'],
    ['unlawful on Privacy Shield', [{ country: 'US', basis: 'privacy-shield' }], 'unlawful'],
    ['unlawful on Article 49', [{ country: 'US', basis: 'art-49' }], 'unlawful'],
    ['lawful when the fallback holds', [{ country: 'US', basis: 'privacy-shield' }, scc('US')], 'lawful'],
    [
      'lawful while one of two holds',
      [{ country: 'US', basis: 'adequacy-dpf' }, scc('US', { tia: {} })],
      'lawful',
    ],
  ]
  for (const [what, transfers, state] of links)
    it(`finds support from the USA ${what}`, () =>
      expect(
        judgeLinks(shippedLaw, ['DK'], ['DK', 'US'], transfers, today).map(({ state }) => state),
      ).to.deep.equal([state]))

  const limited: Transfer = { country: 'CA', basis: 'adequacy' }
  const checked: Transfer = { ...limited, withinScope: { checkedOn: '2026-06-01', how: 'PIPEDA' } }
  const shown: [string, Transfer[], string][] = [
    [
      'supposed while nobody has looked the recipient up',
      [{ country: 'US', basis: 'adequacy-dpf' }],
      'supposed',
    ],
    [
      'lawful beside clauses that hold by themselves',
      [{ country: 'US', basis: 'adequacy-dpf' }, scc('US')],
      'lawful',
    ],
    ['supposed while nobody knows whether a limited decision covers it', [limited], 'supposed'],
    ['lawful once that is found out', [checked], 'lawful'],
    ['unlawful where nothing carries it', [scc('US', { tia: {} })], 'unlawful'],
    [
      'supposed for one use of two',
      [{ ...limited, way: 'access' }, scc('CA', { way: 'storage' })],
      'supposed',
    ],
  ]
  for (const [what, transfers, state] of shown)
    it(`is told as ${what} (Art. 45: only whom the decision covers)`, () => {
      const country = transfers[0]?.country ?? ''
      const [link] = judgeLinks(shippedLaw, [country], [country], transfers, today)
      expect(link && shownState(link)).to.equal(state)
    })

  it('falls with the decision: support from the UK is lawful to the end of 2031', () => {
    const state = (day: string) =>
      judgeLinks(shippedLaw, [], ['GB'], [{ country: 'GB', basis: 'adequacy' }], day)[0]?.state
    expect(state('2031-12-27')).to.equal('lawful')
    expect(state('2031-12-28')).to.equal('unlawful')
  })
})
