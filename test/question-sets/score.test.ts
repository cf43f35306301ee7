import { expect } from 'chai'
import { bandOf, score } from '../../src/question-sets/rules/score.js'
import type { Question } from '../../src/question-sets/rules/set.js'
import { anOption, answers, aQuestion, around, aSet, given } from './builders.js'

const finding = { severity: 'high', text: { da: 'Mangel', en: 'Lack' }, when: null } as const
const required = { level: 'required', text: null, when: null } as const

/** Line and total of one question answered so. */
function lineOf(
  question: Partial<Question>,
  value: Parameters<typeof given>[0],
  more = {},
  today = around.today,
) {
  const set = aSet([aQuestion('q', question)])
  const result = score(set, { q: given(value, more) }, { ...around, today })
  const [line] = result.lines
  return { ...result, score: line?.score, cap: line?.cap, why: line?.why }
}

describe('The score of a questionnaire', () => {
  it('is the mean of what counts, by weight, of sections and of the whole', () => {
    const set = aSet([
      aQuestion('a', { weight: 3 }),
      aQuestion('b', { weight: 1 }),
      aQuestion('c', { weight: 4, section: 'S2' }),
      aQuestion('d', { weight: 0, section: 'S3' }),
    ])
    const result = score(set, answers({ a: 'yes', b: 'no', c: 'partly', d: 'no' }), around)
    // (3·1 + 1·0 + 4·0.5) / 8
    expect(result.overall).to.equal(62.5)
    expect(result.sections).to.deep.equal([
      { id: 'S1', score: 75 },
      { id: 'S2', score: 50 },
      { id: 'S3', score: null },
    ])
    expect(result.lines.map(({ question }) => question)).to.deep.equal(['a', 'b', 'c', 'd'])
  })

  it('is shown with one decimal, and the band goes by what is shown', () => {
    const thirds = aSet([aQuestion('a'), aQuestion('b'), aQuestion('c')])
    expect(score(thirds, answers({ a: 'yes', b: 'yes', c: 'no' }), around).overall).to.equal(66.7)
  })

  for (const [overall, band] of [
    [100, 'satisfactory'],
    [85, 'satisfactory'],
    [84.9, 'remarks'],
    [70, 'remarks'],
    [69.9, 'follow_up'],
    [50, 'follow_up'],
    [49.9, 'unsatisfactory'],
    [0, 'unsatisfactory'],
  ] as const)
    it(`of ${overall} is ${band}`, () => {
      expect(bandOf(aSet([]), overall, false)).to.equal(band)
    })

  it('is none, and no band, where nothing counts', () => {
    const set = aSet([aQuestion('a'), aQuestion('b', { type: 'text', weight: 0 })])
    const result = score(set, answers({ a: given('na', { comment: 'x' }), b: 'x' }), around)
    expect(result).to.deep.include({ overall: null, band: null, criticalFailed: [], findings: [] })
    expect(result.sections).to.deep.equal([{ id: 'S1', score: null }])
  })

  it('leaves out hidden questions, whatever was once answered there', () => {
    const set = aSet([aQuestion('a'), aQuestion('b', { showIf: { q: 'a', in: ['no'] }, weight: 5 })])
    const result = score(set, answers({ a: 'yes', b: 'no' }), around)
    expect(result.overall).to.equal(100)
    expect(result.lines).to.have.length(1)
  })

  it('counts a required question that is not answered as 0, and leaves out one that need not be', () => {
    const set = aSet([aQuestion('a'), aQuestion('b'), aQuestion('c', { required: false })])
    const result = score(set, answers({ a: 'yes' }), around)
    expect(result.overall).to.equal(50)
    expect(result.lines.map(({ score: earned, why }) => [earned, why])).to.deep.equal([
      [1, 'option'],
      [0, 'unanswered'],
      [null, 'optional'],
    ])
  })

  it('leaves out "not applicable" until the reviewer refuses it', () => {
    expect(lineOf({}, 'na')).to.deep.include({ score: null, why: 'not-applicable', overall: null })
    expect(lineOf({}, 'na', { naRefused: true })).to.deep.include({
      score: 0,
      why: 'not-applicable-refused',
      overall: 0,
    })
    // An answer changed since does not carry the refusal along.
    expect(lineOf({}, 'yes', { naRefused: true })).to.deep.include({ score: 1, overall: 100 })
  })

  it('leaves out an option that does not count', () => {
    const options = [anOption('no', 1), anOption('yes', null)]
    expect(lineOf({ options }, 'yes')).to.deep.include({ score: null, why: 'not-counted', overall: null })
  })
})

describe('Missing evidence', () => {
  it('keeps an answer at the cap, and says so', () => {
    expect(lineOf({ evidence: required }, 'yes')).to.deep.include({ score: 0.5, cap: 'evidence' })
    expect(lineOf({ evidence: required }, 'yes', { files: 1 })).to.deep.include({ score: 1, cap: null })
  })
  it('takes nothing from an answer below the cap', () => {
    expect(lineOf({ evidence: required }, 'partly')).to.deep.include({ score: 0.5, cap: null })
    expect(lineOf({ evidence: required }, 'no')).to.deep.include({ score: 0, cap: null })
    expect(lineOf({ evidence: required }, 'na')).to.deep.include({ score: null, cap: null })
  })
  it('that is only recommended costs nothing', () => {
    const recommended = { ...required, level: 'recommended' } as const
    expect(lineOf({ evidence: recommended }, 'yes')).to.deep.include({ score: 1, cap: null })
  })
  it('is not owed where its condition does not hold', () => {
    const evidence = { ...required, when: { q: 'q', notIn: ['yes'] } } as const
    expect(lineOf({ evidence }, 'yes')).to.deep.include({ score: 1, cap: null })
  })
})

describe('A critical question', () => {
  const set = aSet([
    aQuestion('c', { critical: true, finding }),
    aQuestion('x', { weight: 5 }),
    aQuestion('y', { weight: 5 }),
  ])

  it('that fails opens its finding and keeps the whole at the band it may reach at best', () => {
    const result = score(set, answers({ c: 'no', x: 'yes', y: 'yes' }), around)
    expect(result.overall).to.equal(90.9)
    expect(result).to.deep.include({ band: 'follow_up', criticalFailed: ['c'] })
    expect(result.findings).to.deep.equal([{ question: 'c', severity: 'high', text: finding.text }])
  })
  it('answered "partly" passes, for 0.5 is not below 0.5', () => {
    const result = score(set, answers({ c: 'partly', x: 'yes', y: 'yes' }), around)
    expect(result).to.deep.include({ band: 'satisfactory', criticalFailed: [], findings: [] })
  })
  it('fails where it is not answered, or "not applicable" is refused', () => {
    expect(score(set, answers({ x: 'yes', y: 'yes' }), around).criticalFailed).to.deep.equal(['c'])
    const refused = answers({ c: given('na', { naRefused: true }), x: 'yes', y: 'yes' })
    expect(score(set, refused, around).criticalFailed).to.deep.equal(['c'])
  })
  it('makes nothing better than it is', () => {
    expect(bandOf(set, 30, true)).to.equal('unsatisfactory')
  })
})

describe('A finding', () => {
  it('of a question that is not critical opens where the answer is bad, and leaves the band alone', () => {
    const result = lineOf({ finding }, 'no')
    expect(result.findings).to.have.length(1)
    expect(result.criticalFailed).to.deep.equal([])
  })
  it('opens where its condition holds: notice of 30 days is too short to pass on (S07.04)', () => {
    const scoring = {
      min: [
        [45, 1],
        [30, 0.75],
        [1, 0.25],
      ],
      else: 0,
    } as const
    const when = { q: 'q', lt: 31 } as const
    const notice = { type: 'number', scoring, finding: { ...finding, when } } as const
    expect(lineOf(notice, 30)).to.deep.include({ score: 0.75, why: 'least' })
    expect(lineOf(notice, 30).findings).to.have.length(1)
    expect(lineOf(notice, 31).findings).to.have.length(0)
  })
})

describe('The score of an answer', () => {
  const age = {
    type: 'date',
    scoring: {
      maxAgeMonths: [
        [12, 1],
        [24, 0.5],
      ],
      else: 0,
    },
  } as const
  for (const [day, today, expected, why] of [
    ['2025-11-22', '2026-11-22', 1, 'age'],
    ['2025-11-21', '2026-11-22', 0.5, 'age'],
    ['2024-11-22', '2026-11-22', 0.5, 'age'],
    ['2024-11-21', '2026-11-22', 0, 'age'],
    // Twelve months from the leap day end on the last of February.
    ['2024-02-29', '2025-02-28', 1, 'age'],
    ['2024-02-29', '2025-03-01', 0.5, 'age'],
    ['2025-02-28', '2026-02-28', 1, 'age'],
    ['2026-11-23', '2026-11-22', 0, 'future'],
  ] as const)
    it(`for a day, ${day} seen on ${today}, is ${expected}`, () => {
      expect(lineOf(age, day, {}, today)).to.deep.include({ score: expected, why })
    })

  it('for a period that ends in a shorter month lasts to the end of that month', () => {
    const quarter = { type: 'date', scoring: { maxAgeMonths: [[3, 1]], else: 0 } } as const
    expect(lineOf(quarter, '2025-11-30', {}, '2026-02-28').score).to.equal(1)
    expect(lineOf(quarter, '2025-11-30', {}, '2026-03-01').score).to.equal(0)
  })

  it('for a day left empty with a comment is what "never" earns', () => {
    expect(lineOf(age, null, { comment: 'Never' })).to.deep.include({ score: 0, why: 'never' })
    expect(lineOf(age, null)).to.deep.include({ score: 0, why: 'unanswered' })
  })

  for (const [value, expected] of [
    [45, 1],
    [44, 0.75],
    [30, 0.75],
    [1, 0.25],
    [0, 0],
  ] as const)
    it(`for a number, ${value} days, is ${expected}`, () => {
      const scoring = {
        min: [
          [45, 1],
          [30, 0.75],
          [1, 0.25],
        ],
        else: 0,
      } as const
      expect(lineOf({ type: 'number', scoring }, value).score).to.equal(expected)
    })

  it('for several is the best or the worst of them, and "none" counts only alone', () => {
    const options = [
      anOption('a', 1),
      anOption('b', 0.5),
      anOption('c', null),
      anOption('none', 0, { exclusive: true }),
    ]
    const best = { type: 'multi', options, scoring: { multi: 'max' } } as const
    const worst = { type: 'multi', options, scoring: { multi: 'min' } } as const
    expect(lineOf(best, ['b', 'a']).score).to.equal(1)
    expect(lineOf(worst, ['b', 'a']).score).to.equal(0.5)
    expect(lineOf(worst, ['none', 'a']).score).to.equal(1)
    expect(lineOf(worst, ['none']).score).to.equal(0)
    expect(lineOf(best, ['c'])).to.deep.include({ score: null, why: 'not-counted' })
  })

  it('for a table or a contact is whether it is there', () => {
    const scoring = { filled: 1, empty: 0 }
    expect(lineOf({ type: 'countries', scoring }, ['DK'])).to.deep.include({ score: 1, why: 'filled' })
    expect(lineOf({ type: 'countries', scoring }, [])).to.deep.include({ score: 0, why: 'empty' })
  })

  it('by country is that of the weakest, and 0 while a country has none', () => {
    const options = [anOption('scc3', 1), anOption('dpf', 0.75), anOption('old', 0)]
    const set = aSet([
      aQuestion('where', { type: 'countries', weight: 0 }),
      aQuestion('basis', {
        type: 'per-country',
        options,
        scoring: { perCountry: 'min' },
        showIf: { q: 'where', hasThirdCountry: true },
      }),
    ])
    const earned = (where: string[], byCountry: Record<string, string>) =>
      score(set, answers({ where, basis: { byCountry } }), around).lines.at(-1)
    expect(earned(['US', 'IN'], { US: 'scc3', IN: 'dpf' })).to.deep.include({ score: 0.75, why: 'countries' })
    expect(earned(['US', 'IN'], { US: 'scc3', IN: 'old' })).to.deep.include({ score: 0, why: 'countries' })
    expect(earned(['US', 'IN'], { US: 'scc3' })).to.deep.include({ score: 0, why: 'country-missing' })
    // India is no longer named: what was said of it stays, and costs nothing.
    expect(earned(['US', 'DK'], { US: 'scc3', IN: 'old' })).to.deep.include({ score: 1 })
  })
})
