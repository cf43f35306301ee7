import { expect } from 'chai'
import { readFolder, inWords, setsFolder } from '../../src/question-sets/reading/files.js'
import { differences } from '../../src/question-sets/rules/differences.js'
import { visibleQuestions, missing } from '../../src/question-sets/rules/visible.js'
import { score } from '../../src/question-sets/rules/score.js'
import type { QuestionSet } from '../../src/question-sets/rules/set.js'
import { answers, around } from './builders.js'

const files = readFolder(setsFolder)
const named = (id: string): QuestionSet => {
  const set = files.find((file) => file.set?.id === id)?.set
  if (!set) throw new Error(`no ${id}`)
  return set
}

/** Every text of a set, with where it stands. */
function* texts(value: unknown, path = ''): Generator<[string, { da: string; en: string }]> {
  if (typeof value !== 'object' || value === null) return
  if ('da' in value && 'en' in value) yield [path, value as { da: string; en: string }]
  else for (const [key, inner] of Object.entries(value)) yield* texts(inner, `${path}.${key}`)
}

describe('The question sets that are shipped', () => {
  const yearly = named('gdpr-subprocessor-yearly')
  const short = named('gdpr-subprocessor-short')

  it('pass the check', () => {
    expect(inWords(files)).to.deep.equal([])
  })

  it('say everything in both languages, and not the same twice where a sentence is long', () => {
    for (const set of [yearly, short])
      for (const [path, { da, en }] of texts(set)) {
        expect(da.trim(), path).to.have.length.above(0)
        expect(en.trim(), path).to.have.length.above(0)
        if (da.split(' ').length > 4) expect(da, path).not.to.equal(en)
      }
  })

  it('are some 60 questions in 12 sections, and some 15 for low scores', () => {
    expect(yearly.sections).to.have.length(12)
    expect(yearly.questions).to.have.length.within(60, 70)
    expect(short.questions).to.have.length.within(12, 15)
    expect(yearly.questions.filter(({ critical }) => critical)).to.have.length(15)
  })

  it('ask in the same words where they ask the same, so that last year’s answers can stand beside', () => {
    const { changed, same } = differences(yearly, short)
    expect(changed).to.deep.equal([])
    expect(same).to.be.above(10)
  })

  it('leave to a statement only what a vendor’s own statement can say yes to', () => {
    const named = (id: string) => yearly.questions.find((question) => question.id === id)?.controls
    // F.4 and F.5 are about a vendor's sub-processors: not about its agreement with us, or its own details.
    for (const id of ['S01.01', 'S02.01', 'S12.02']) expect(named(id), id).to.deep.equal([])
    expect(named('S07.03')).to.deep.equal(['F.1', 'F.4'])
    expect(named('S05.03')).to.deep.equal(['B.14'])
    for (const { id, controls } of short.questions)
      if (id.endsWith('.50')) expect(controls, id).to.deep.equal([])
  })

  it('name the law or the clause for every question that counts', () => {
    for (const { id, weight, refs } of yearly.questions)
      if (weight > 0) expect(refs, id).not.to.deep.equal([])
  })

  it('ask of a vendor that sends nothing abroad and buys from nobody only what concerns it (S07, S08)', () => {
    const shown = visibleQuestions(
      yearly,
      answers({ 'S07.01': 'no', 'S08.01': ['DK'], 'S08.02': ['DK', 'IE'] }),
      around,
    )
    const ids = shown.map(({ id }) => id)
    expect(ids).not.to.include.members(['S07.02', 'S08.03'])
    expect(ids).to.include('S08.06')
  })

  it('ask for a TIA where clauses carry the transfer, and for the list where the framework does', () => {
    const abroad = (basis: string) =>
      visibleQuestions(
        yearly,
        answers({ 'S08.01': ['DK'], 'S08.02': ['US'], 'S08.03': { byCountry: { US: basis } } }),
        around,
      ).map(({ id }) => id)
    expect(abroad('scc3')).to.include('S08.04').and.not.include('S08.05')
    expect(abroad('dpf')).to.include('S08.05').and.not.include('S08.04')
    expect(abroad('adequacy')).not.to.include.members(['S08.04', 'S08.05'])
  })

  it('find a dead basis, a slow notification and a short notice', () => {
    const said = answers({
      'S07.01': 'yes',
      'S07.04': 30,
      'S08.01': ['US'],
      'S08.02': ['US'],
      'S08.03': { byCountry: { US: 'old' } },
      'S10.01': 'h72',
    })
    const result = score(yearly, said, around)
    expect(result.criticalFailed).to.include.members(['S08.03', 'S10.01'])
    const found = Object.fromEntries(result.findings.map(({ question, severity }) => [question, severity]))
    expect(found).to.include({ 'S07.04': 'medium', 'S08.03': 'critical', 'S10.01': 'high' })
  })

  it('can be answered without stopping by somebody who never restored a backup (S06.02)', () => {
    const owed = (value: Parameters<typeof answers>[0]) =>
      missing(yearly, answers(value), around).map(({ id }) => id)
    expect(owed({})).to.include('S06.02')
    expect(owed({ 'S06.02': { value: null, comment: 'Never tested', files: 0 } })).not.to.include('S06.02')
  })
})
