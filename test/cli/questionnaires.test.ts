import { expect } from 'chai'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkSets, setsInWords } from '../../src/cli/questionnaires.js'
import { smallSet } from '../question-sets/builders.js'

describe('tilsyn questionnaires check', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-check-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('reads the sets of the house, and finds no fault', () => {
    const checked = checkSets([])
    expect(checked).to.deep.include({ whole: true, faults: [] })
    expect(setsInWords(checked)).to.match(/gdpr-subprocessor-yearly@2026\.1: \d+ questions, no fault/)
  })

  it('names file, line and reason of each fault in the files it is given', async () => {
    const file = join(folder, 'small.2026.1.yaml')
    await writeFile(file, smallSet.replace('en: When? }', '}').replace('weight: 2', 'weight: 7'))
    const checked = checkSets([file, join(folder, 'nowhere.yaml')])
    expect(checked.whole).to.equal(false)
    expect(setsInWords(checked).split('\n')).to.deep.equal([
      `${file}:24: weight of question A.1 must be a number from 0 to 5`,
      `${file}:30: missing translation: text of question A.2 has no en`,
      `${join(folder, 'nowhere.yaml')}:1: there is no such file`,
    ])
  })

  it('takes a draft anywhere, as long as its name is that of its id and version', async () => {
    const file = join(folder, 'other.yaml')
    await writeFile(file, smallSet)
    expect(setsInWords(checkSets([file]))).to.equal(
      `${file}:1: the file must be named small.2026.1.yaml, after its id and version`,
    )
  })
})
