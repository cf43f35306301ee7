import { expect } from 'chai'
import { allTexts } from '../../src/i18n/texts.js'
import { problemInWords } from '../../src/transfers/page.js'
import {
  basisProblems,
  instructionCovers,
  judgeLinks,
  linksFrom,
  shippedLaw,
  unnamedSeat,
  type Transfer,
} from '../../src/transfers/rules.js'
import { today, papers, assessed, groupRules, scc, against } from './cases.js'

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
    [
      'the entity is to be named',
      dpf({ listing: { status: 'active', covers: ['non-hr'] } }),
      ['warning listing-entity-missing'],
    ],
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
