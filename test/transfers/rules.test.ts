import { expect } from 'chai'
import { allTexts } from '../../src/i18n/texts.js'
import { problemInWords } from '../../src/transfers/page.js'
import {
  adequacyOn,
  basisProblems,
  countries,
  countriesOn,
  countryName,
  instructionCovers,
  isEea,
  judgeLinks,
  linksFrom,
  notInstructed,
  shippedLaw,
  transfersNeeded,
  unnamedSeat,
  type ImporterRole,
  type Transfer,
  type TransferInstruction,
} from '../../src/transfers/rules.js'

const today = '2026-11-21'
/** As EDPB 01/2020 and clause 14 ask: laws and conclusion, and the paper itself. */
const papers = { laws: 'IT Act', conclusion: 'equivalent', file: 'f1' } as const
const assessed = { tia: { concludedOn: '2026-01-15', ...papers } }
const groupRules = { group: 'X Group', authority: 'CNIL', approvedOn: '2020-01-01' }
const scc = (country: string, changes: Partial<Transfer> = {}): Transfer => ({
  country,
  basis: 'scc-2021',
  module: 3,
  signedOn: '2025-01-01',
  ...assessed,
  ...changes,
})

/** 'severity text' of each problem. */
function against(transfer: Transfer, day = today, role?: ImporterRole): string[] {
  return basisProblems(shippedLaw, transfer, day, role).map(({ severity, text }) => `${severity} ${text}`)
}

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
        listing: { entity: 'X, Inc.' },
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
        listing: { entity: 'X, Inc.' },
      },
      ['warning listing-stale'],
    ],
    [
      'the DPF look-up holds for a whole year',
      {
        country: 'US',
        basis: 'adequacy-dpf',
        listingCheckedOn: '2025-11-21',
        listing: { entity: 'X, Inc.' },
      },
      [],
    ],
    [
      'a look-up ahead is none yet',
      {
        country: 'US',
        basis: 'adequacy-dpf',
        listingCheckedOn: '2026-11-22',
        listing: { entity: 'X, Inc.' },
      },
      ['warning listing-unchecked'],
    ],
    [
      'the DPF asks under which name the company is listed (2023/1795, Art. 1)',
      { country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2026-06-01' },
      ['warning listing-entity-missing'],
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

describe('What was agreed and found', () => {
  const dpf = (changes: Partial<Transfer> = {}): Transfer => ({
    country: 'US',
    basis: 'adequacy-dpf',
    listingCheckedOn: '2026-06-01',
    listing: { entity: 'Datto, LLC', status: 'active', covers: ['non-hr'] },
    ...changes,
  })
  const table: [string, Transfer, string[]][] = [
    // Decision (EU) 2023/1795, Art. 1: the entities on the active list, for the data their listing covers.
    ['an active listing of the very entity carries (2023/1795, Art. 1)', dpf(), []],
    [
      'one that is not active does not',
      dpf({ listing: { status: 'inactive' } }),
      ['critical listing-inactive', 'warning listing-entity-missing'],
    ],
    [
      'a row for the UK extension or the Swiss framework alone does not',
      dpf({ listing: { entity: 'Datto, LLC', status: 'other-framework' } }),
      ['critical listing-other-framework'],
    ],
    [
      'HR data alone is not what customers entrust',
      dpf({ listing: { entity: 'Datto, LLC', covers: ['hr'] } }),
      ['critical listing-hr-only'],
    ],
    ['the entity is to be named', dpf({ listing: { status: 'active' } }), ['warning listing-entity-missing']],
    // Decision (EU) 2021/914.
    ["the law is a member state's (clause 17)", scc('IN', { clauses: { law: 'DK', forum: 'IE' } }), []],
    ["and not the importer's", scc('IN', { clauses: { law: 'IN' } }), ['critical clauses-law-outside']],
    [
      'nor is the forum outside (clause 18)',
      scc('IN', { clauses: { forum: 'GB' } }),
      ['critical clauses-forum-outside'],
    ],
    [
      'general authorisation has its days (clause 9(a))',
      scc('IN', { clauses: { clause9: 'general', clause9Days: 30 } }),
      [],
    ],
    [
      'without them it is not finished',
      scc('IN', { clauses: { clause9: 'general' } }),
      ['warning clause-9-days'],
    ],
    ['specific authorisation has none', scc('IN', { clauses: { clause9: 'specific' } }), []],
    [
      'the annexes are part of the clauses',
      scc('IN', { clauses: { annexes: false } }),
      ['critical annexes-incomplete'],
    ],
    // C-311/18, paragraphs 134-135; EDPB 01/2020, steps 4 and 6.
    [
      'an assessment that says no ends it (C-311/18, 135)',
      scc('IN', { tia: { ...papers, concludedOn: '2026-01-15', conclusion: 'not-equivalent' } }),
      ['critical tia-negative'],
    ],
    [
      'measures it relies on have to be there (EDPB 01/2020, step 4)',
      scc('IN', { tia: { ...papers, concludedOn: '2026-01-15', conclusion: 'with-measures' } }),
      ['critical measures-missing'],
    ],
    [
      'and with them it carries',
      scc('IN', {
        tia: { ...papers, concludedOn: '2026-01-15', conclusion: 'with-measures' },
        supplementary: 'Keys of our own',
      }),
      [],
    ],
    [
      'without a review day of its own it is due after two years (EDPB 01/2020, step 6)',
      scc('IN', { tia: { ...papers, concludedOn: '2024-11-20' } }),
      ['warning tia-review-overdue'],
    ],
    ['and not before', scc('IN', { tia: { ...papers, concludedOn: '2024-11-21' } }), []],
    // C-311/18 was given on 16 July 2020: what was thought of the USA before it says nothing after.
    [
      'an assessment from before a ruling is to be made again (EDPB 01/2020, step 6; clause 14(e))',
      scc('US', { tia: { ...papers, concludedOn: '2020-07-15', reviewOn: '2027-01-01' } }),
      ['warning tia-before-ruling'],
    ],
    [
      'and one made with the ruling is not',
      scc('US', { tia: { ...papers, concludedOn: '2020-07-16', reviewOn: '2027-01-01' } }),
      [],
    ],
    // Art. 47; Art. 45: limited decisions.
    [
      'group rules hold once approved (Art. 47)',
      { country: 'IN', basis: 'bcr-p', ...assessed, groupRules: { ...groupRules, approvedOn: '2026-11-22' } },
      ['critical bcr-not-approved'],
    ],
    [
      'a limited decision carries who was found within it',
      { country: 'CA', basis: 'adequacy', withinScope: { checkedOn: '2026-01-01' } },
      [],
    ],
    // A further link: the EEA vendor is the exporter, and signs Module Three itself.
    [
      'a vendor that exports says with whom it signed',
      scc('IN', { exporter: 'vendor' }),
      ['warning parties-missing'],
    ],
    [
      'and then nothing is left',
      scc('IN', { exporter: 'vendor', parties: { exporter: 'X Ireland', importer: 'X India' } }),
      [],
    ],
  ]
  for (const [what, transfer, problems] of table)
    it(what, () => expect(against(transfer)).to.deep.equal(problems))

  it('an own vendor that exports is a processor in its next link, so Module Three fits there', () => {
    const link = scc('IN', { exporter: 'vendor', parties: { exporter: 'X', importer: 'Y' } })
    expect(against(link, today, 'own-vendor')).to.deep.equal([])
  })

  it('every finding names its source and what to do, in both languages', () => {
    for (const locale of ['da', 'en'] as const)
      for (const text of Object.keys(allTexts[locale]['transfers']?.['problem'] as object)) {
        const words = problemInWords({ severity: 'critical', text, facts: { country: 'US' } }, locale)
        for (const each of [words.text, words.source, words.remedy])
          expect(each, text).not.to.contain('transfers:')
      }
  })

  // Art. 44 and EDPB 05/2021: seeing is transferring, so a basis for storage leaves remote access without.
  it('a basis for storage alone does not carry remote access', () => {
    const stored = scc('IN', { way: 'storage' })
    const [both] = judgeLinks(shippedLaw, ['IN'], ['IN'], [stored], today)
    expect(both?.state).to.equal('unlawful')
    expect(both?.problems.map(({ text }) => text)).to.deep.equal(['access-without-basis'])
    const [carried] = judgeLinks(
      shippedLaw,
      ['IN'],
      ['IN'],
      [stored, { ...stored, basis: 'bcr-p', way: 'access' }],
      today,
    )
    expect(carried?.state).to.equal('lawful')
    expect(judgeLinks(shippedLaw, ['IN'], [], [stored], today)[0]?.state).to.equal('lawful')
  })

  // EDPB 05/2021; domain 4: Microsoft Ireland is the exporter in its next link, and signs Module Three there.
  it('a vendor in the EEA is the exporter itself, so a basis that says that we are is questioned', () => {
    const texts = (seat: string | null, transfer: Transfer) =>
      linksFrom(shippedLaw, judgeLinks(shippedLaw, [], ['IN'], [transfer], today), seat, today).flatMap(
        (link) => link.transfers.flatMap(({ problems }) => problems.map(({ text }) => text)),
      )
    expect(texts('IE', scc('IN'))).to.deep.equal(['exporter-is-vendor'])
    const next = scc('IN', { exporter: 'vendor', parties: { exporter: 'X Ireland', importer: 'X India' } })
    expect(texts('IE', next)).to.deep.equal([])
    expect(texts('IN', scc('IN'))).to.deep.equal([])
    expect(texts(null, scc('IN'))).to.deep.equal([])
  })

  // Seed 002: a sub-processor with an American address, and no country on the list.
  it('a vendor outside the EEA is asked about its own country where that is not named (EDPB 05/2021)', () => {
    const asked = (seat: string | null, access: string[]) =>
      unnamedSeat(shippedLaw, seat, ['DK'], access, today)?.text
    expect(asked('US', ['DK'])).to.equal('seat-not-named')
    expect(asked('US', ['DK', 'US'])).to.equal(undefined)
    expect(asked('SE', ['DK'])).to.equal(undefined)
    expect(asked('US', [])).to.equal(undefined)
    expect(asked(null, ['DK'])).to.equal(undefined)
  })

  it('says which module fits instead, by who we are for the data (2021/914, clause 8)', () => {
    const [found] = basisProblems(shippedLaw, scc('IN', { module: 3 }), today, 'own-vendor')
    expect(found && problemInWords(found, 'en').remedy).to.contain('Module Two: controller to processor')
  })

  // The two checks are never merged: lawful and not instructed, instructed and not lawful.
  it('what is lawful may be outside the instruction, and what is instructed may be unlawful', () => {
    const adequate: Transfer = { country: 'CH', basis: 'adequacy' }
    expect(against(adequate)).to.deep.equal([])
    expect(instructionCovers(adequate, { kind: 'scc-only', countries: [] })).to.equal(false)
    const unsigned: Transfer = { country: 'IN', basis: 'scc-2021', module: 3 }
    expect(against(unsigned)).to.include('critical scc-unsigned')
    expect(instructionCovers(unsigned, { kind: 'scc-only', countries: [] })).to.equal(true)
  })
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

  it('falls with the decision: support from the UK is lawful to the end of 2031', () => {
    const state = (day: string) =>
      judgeLinks(shippedLaw, [], ['GB'], [{ country: 'GB', basis: 'adequacy' }], day)[0]?.state
    expect(state('2031-12-27')).to.equal('lawful')
    expect(state('2031-12-28')).to.equal('unlawful')
  })
})

describe("The customer's instruction", () => {
  const instruction = (kind: TransferInstruction['kind'], ...named: string[]): TransferInstruction => ({
    kind,
    countries: named,
  })
  const table: [string, TransferInstruction, Transfer, boolean][] = [
    ['SCC only covers the clauses', instruction('scc-only'), scc('US'), true],
    [
      'SCC only does not cover the DPF, lawful as it is',
      instruction('scc-only'),
      { country: 'US', basis: 'adequacy-dpf' },
      false,
    ],
    [
      'SCC only does not cover adequacy',
      instruction('scc-only'),
      { country: 'CH', basis: 'adequacy' },
      false,
    ],
    [
      'SCC only does not cover group rules',
      instruction('scc-only'),
      { country: 'IN', basis: 'bcr-p' },
      false,
    ],
    [
      'SCC only does not cover the old clauses',
      instruction('scc-only'),
      { country: 'IN', basis: 'scc-2010' },
      false,
    ],
    ['any valid basis covers adequacy', instruction('any-valid'), { country: 'CH', basis: 'adequacy' }, true],
    [
      'any valid basis covers the DPF',
      instruction('any-valid'),
      { country: 'US', basis: 'adequacy-dpf' },
      true,
    ],
    ['any valid basis covers the clauses', instruction('any-valid'), scc('IN'), true],
    [
      'any valid basis does not cover a dead one',
      instruction('any-valid'),
      { country: 'US', basis: 'privacy-shield' },
      false,
    ],
    [
      'named countries cover those',
      instruction('countries', 'US', 'GB'),
      { country: 'US', basis: 'adequacy-dpf' },
      true,
    ],
    ['named countries cover no other', instruction('countries', 'US', 'GB'), scc('IN'), false],
    [
      'named countries cover no dead basis',
      instruction('countries', 'US'),
      { country: 'US', basis: 'privacy-shield' },
      false,
    ],
    ['no instruction covers nothing', instruction('none'), scc('US'), false],
  ]
  for (const [what, given, transfer, covered] of table)
    it(what, () => expect(instructionCovers(transfer, given)).to.equal(covered))

  // C.6 and EDPB 05/2021: clauses for where the data lie do not make remote access on an adequacy decision one on clauses.
  it('is met for each use of a country by a basis that is for that use', () => {
    const given = instruction('scc-only')
    const lacking = (...transfers: Transfer[]) =>
      notInstructed(shippedLaw, today, ['CH'], ['CH'], transfers, given)
    const adequate: Transfer = { country: 'CH', basis: 'adequacy', way: 'access' }
    expect(lacking(scc('CH', { way: 'storage' }), adequate)).to.deep.equal(['CH'])
    expect(lacking(scc('CH'), adequate)).to.deep.equal([])
    expect(lacking(scc('CH', { way: 'storage' }), scc('CH', { way: 'access' }))).to.deep.equal([])
    // Valid in law all the while: the two answers stand apart.
    expect(
      judgeLinks(shippedLaw, ['CH'], ['CH'], [scc('CH', { way: 'storage' }), adequate], today)[0]?.state,
    ).to.equal('lawful')
  })

  it('is met per country by any of its bases', () => {
    const transfers: Transfer[] = [
      { country: 'US', basis: 'adequacy-dpf' },
      scc('US'),
      { country: 'CH', basis: 'adequacy' },
    ]
    const lacking = (storage: string[], access: string[], given: TransferInstruction, by = transfers) =>
      notInstructed(shippedLaw, today, storage, access, by, given)
    expect(lacking(['DK', 'CH'], ['US'], instruction('scc-only'))).to.deep.equal(['CH'])
    expect(lacking(['DK', 'CH'], ['US'], instruction('any-valid'))).to.deep.equal([])
    expect(lacking(['DK'], ['SE'], instruction('none'), [])).to.deep.equal([])
  })
})
