import { expect } from 'chai'
import fc from 'fast-check'
import { readStatement } from '../../src/statements/actions.js'
import { propose } from '../../src/statements/rules/proposing.js'
import type { Proposals } from '../../src/statements/rules/proposals.js'
import { danish } from '../../bench/statements/danish.js'
import { english } from '../../bench/statements/english.js'
import { heldAgain } from '../../bench/statements/held-again.js'
import { heldDanish } from '../../bench/statements/held-danish.js'
import { heldEnglish } from '../../bench/statements/held-english.js'
import { heldFourth } from '../../bench/statements/held-fourth.js'
import { heldThird } from '../../bench/statements/held-third.js'
import { pairsOf } from '../../bench/statements/measure.js'

describe('what a statement seems to say', () => {
  for (const { name, what, pdf, expected } of [
    ...danish,
    ...english,
    ...heldDanish,
    ...heldEnglish,
    ...heldAgain,
    ...heldThird,
    ...heldFourth,
  ])
    it(`is read as a person reads it in ${name} (${what})`, async () => {
      const reading = await readStatement(await pdf())
      if (reading.outcome !== 'read') throw new Error(reading.outcome)
      const pairs = pairsOf(expected, reading.proposals).map(([field, wanted, got]) => ({
        field,
        wanted: wanted ?? null,
        got: got ?? null,
      }))
      expect(pairs.map(({ field, got }) => [field, got])).to.deep.equal(
        pairs.map(({ field, wanted }) => [field, wanted]),
      )
      everyProposal(reading.proposals, (each) => {
        expect(each.page).to.be.within(1, reading.count)
        expect(each.words.length).to.be.within(1, 200)
      })
    })

  it('is nothing where nothing is said: never a guess', () => {
    const read = propose(
      page('Faktura nr. 4411', 'Beløb: 12.400,00 kr.', 'Betales senest den 1. marts 2026.'),
    )
    everyProposal(read, () => expect.fail('nothing was to be proposed'))
    expect(read.controls).to.deep.equal([])
  })

  it('never ends in a fault, whatever the lines', () => {
    const bits = fc.constantFrom(
      'Konklusion',
      'ISAE 3402',
      'type',
      '1. januar 2025',
      'til',
      '–',
      'A/S',
      'Til ledelsen i',
      'In our opinion',
      'B.6',
      'CVR-nr. 35 24 01 36',
      '31/12/2025',
      'except for',
      'certificate no.',
      '. ',
      '’s',
      'Ltd.',
      '\u0000',
      '((((',
    )
    const line = fc.oneof(
      fc.array(bits, { maxLength: 12 }).map((some) => some.join(' ')),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        everyProposal(propose(page(...lines)), (each) => expect(each.words.length).to.be.at.most(200))
      }),
      { numRuns: 150 },
    )
  })
})

describe('a control A.1 to I.4', () => {
  const table = (title: string) => {
    const [first] = page(title, 'Uafhængig revisors erklæring', 'Kontrolmål, test og resultat')
    const row = (...cells: string[]) =>
      cells.map((text, at) => ({ x: 60 + 150 * at, end: 190 + 150 * at, text }))
    const rows = [
      row('B.6', 'Adgang efter behov', 'Ingen afvigelser konstateret'),
      row('B.16', 'Findes ikke', 'Ingen afvigelser konstateret'),
      row('A.5.1', 'Af en ISO-standard', 'Ingen afvigelser konstateret'),
      row('F.6', 'Opfølgning', 'Afvigelse: opfølgningen for 2025'),
      [{ x: 360, end: 490, text: 'er ikke udført.' }],
    ]
    return propose(first ? [{ ...first, rows }] : []).controls
  }

  it('is read with the result beside it, over as many lines as it takes', () => {
    expect(
      table('ISAE 3000-erklæring').map(({ control, result, words }) => [control, result, words]),
    ).to.deep.equal([
      ['B.6', 'no-exceptions', 'Ingen afvigelser konstateret'],
      ['F.6', 'exceptions', 'Afvigelse: opfølgningen for 2025 er ikke udført.'],
    ])
  })

  // Elsewhere 'B.6' is the auditor's own numbering, and must answer no question.
  it('is read of the Danish ISAE 3000 only', () => {
    expect(table('ISAE 3402-erklæring type 2')).to.deep.equal([])
  })
})

describe('the opinion', () => {
  const start = ['Independent Service Auditor’s Report', 'To the management of Cedar Cloud Ltd.']
  const opinion = (...lines: string[]) => propose(page(...start, ...lines)).opinion

  // ISA/ISAE wording of the four opinions, in both languages, and what only looks like one.
  for (const [said, read] of [
    ['In our opinion, in all material respects, the controls operated effectively.', 'unqualified'],
    [
      'In our opinion, except for the matter described above, in all material respects the controls operated effectively.',
      'qualified',
    ],
    ['In our opinion, because of the matter above, the controls did not operate effectively.', 'adverse'],
    ['Accordingly, we do not express an opinion on the description.', 'disclaimer'],
    [
      'Nothing has come to our attention that causes us to believe that the description is not, in all material respects, fairly presented.',
      'unqualified',
    ],
    [
      'Det er vores opfattelse, at kontrollerne i alle væsentlige henseender har fungeret effektivt.',
      'unqualified',
    ],
    [
      'Bortset fra forholdet ovenfor er det vores opfattelse, at kontrollerne i alle væsentlige henseender har fungeret effektivt.',
      'qualified',
    ],
    ['Efter vores vurdering har kontrollerne ikke fungeret effektivt i perioden.', 'adverse'],
    ['Vi udtrykker derfor ingen konklusion om beskrivelsen.', 'disclaimer'],
    [
      'Vi er ikke blevet bekendt med forhold, der giver os anledning til at konkludere, at beskrivelsen ikke i alle væsentlige henseender er retvisende.',
      'unqualified',
    ],
    ['Controls may fail where unqualified personnel operate them.', null],
    ['We did not test operating effectiveness and do not express an opinion thereon.', null],
    ['Section V is other information, and we do not express an opinion on it.', null],
    ['The prior period’s report for the period 2024 was qualified.', null],
    [
      'In our opinion in the prior year, except for one matter, the controls operated effectively in all material respects.',
      null,
    ],
  ] as const)
    it(`is ${read ?? 'not read'} in "${said.slice(0, 90)}"`, () =>
      expect(opinion(said)?.value ?? null).to.equal(read))

  it('is the auditor’s, not what the management says of itself', () => {
    const read = propose(
      page(
        'Management’s Assertion',
        'In our opinion, in all material respects, the controls operated effectively throughout the period.',
        ...start,
        'Qualified opinion',
        'In our opinion, except for the matter described above, the controls operated effectively.',
      ),
    ).opinion
    expect(read).to.deep.include({ value: 'qualified', confidence: 'high' })
    expect(read?.alternatives).to.deep.equal([])
  })
})

function everyProposal(read: Proposals, look: (each: { page: number; words: string }) => void): void {
  for (const value of Object.values(read)) {
    if (Array.isArray(value)) for (const each of value) look(each)
    else if (value && typeof value === 'object') {
      look(value)
      for (const other of value.alternatives) look(other)
    }
  }
}

/** One page of lines, without places: as a page of running text comes. */
function page(...lines: string[]) {
  return [{ page: 1, lines, rows: lines.map((text) => [{ x: 60, end: 500, text }]) }]
}
