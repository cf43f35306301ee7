import { expect } from 'chai'
import { applyImport, dryRun, sheetsOf, startImport } from '../../src/imports/actions.js'
import { createEngagement, createVendor, everyEngagement } from '../../src/register/actions.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { csvOf, utf8 } from './files.js'

const headings = ['Leverandør', 'Aktivitet', 'Engagementsnr.', 'Overliggende led']

describe('A chain that a spreadsheet would close in a ring', () => {
  const tilsyn = useApp()

  async function readIn(rows: string[][]) {
    const bytes = utf8(csvOf([headings, ...rows], ';'))
    const started = await startImport(tilsyn.context(), 'register', { name: 'kaede.csv', bytes })
    const { messages } = await dryRun(tilsyn.context(), started, (await sheetsOf(started)).sheets)
    const rings = messages.filter(({ text }) => text === 'parent-loops')
    const done = await applyImport(tilsyn.context(), started._id).then(
      () => 'taken in',
      (error: Error & { reason?: string }) => error.reason,
    )
    return { rows: rings.map(({ row, severity }) => `${severity} ${row}`), done }
  }

  async function onRecord(name: string, parent: string | null): Promise<string> {
    const { registration: _, ...vendor } = vendorInput({ name })
    const { _id } = await createVendor(tilsyn.context(), { ...vendor, registration: null })
    const facts = engagementInput({ services: [], parent, activity: { da: 'Drift', en: 'Operation' } })
    return (await createEngagement(tilsyn.context(), { ...facts, vendor: _id }))._id
  }

  it('within the file is refused, each row of the ring with its reason, and nothing is taken in', async () => {
    const { rows, done } = await readIn([
      ['Alfa ApS', 'Drift', '', 'Gamma ApS'],
      ['Beta ApS', 'Drift', '', 'Alfa ApS'],
      ['Gamma ApS', 'Drift', '', 'Beta ApS'],
      ['Delta ApS', 'Drift', '', 'Alfa ApS'],
    ])
    expect(rows).to.deep.equal(['problem 2', 'problem 3', 'problem 4'])
    expect(done).to.equal('import-has-problems')
    expect(await everyEngagement()).to.have.length(0)
  })

  it('with what is on record is refused', async () => {
    const top = await onRecord('Alfa ApS', null)
    await onRecord('Beta ApS', top)
    const { rows, done } = await readIn([['Alfa ApS', 'Drift', 'E-0001', 'E-0002']])
    expect(rows).to.deep.equal(['problem 2'])
    expect(done).to.equal('import-has-problems')
    expect((await everyEngagement()).map(({ parent }) => parent)).to.deep.equal([null, top])
  })

  it('through itself is refused', async () => {
    const { rows } = await readIn([['Alfa ApS', 'Drift', '', 'Alfa ApS']])
    expect(rows).to.deep.equal(['problem 2'])
  })
})
