import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { verifyLog } from '../../src/audit-log/verify.js'
import {
  applyImport,
  dryRun,
  importById,
  sheetsOf,
  startImport,
  undoImport,
} from '../../src/imports/actions.js'
import { keepBefore } from '../../src/imports/actions/before.js'
import { keepSheets } from '../../src/imports/actions/kept.js'
import { writeRegister } from '../../src/imports/actions/write-register.js'
import { ImportModel } from '../../src/imports/records.js'
import { packedIds } from '../../src/imports/records/rows.js'
import { noteWriting, takeTurn } from '../../src/imports/records/turns.js'
import { discardAbandoned } from '../../src/imports/timers.js'
import { createVendor, everyEngagement, everyVendor } from '../../src/register/actions.js'
import { removeUnusedEngagements } from '../../src/register/records.js'
import { vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { utf8 } from './files.js'

const file = 'Leverandør;Formål;Adresse\nFjord A/S;Drift;\nSund ApS;Mail;\nEt A/S;;Efter 1\nTo A/S;;Efter 2\n'

describe('An import that breaks off, or is begun twice', () => {
  const tilsyn = useApp()

  const start = (text = file) =>
    startImport(tilsyn.context(), 'register', { name: 'liste.csv', bytes: utf8(text) })

  const reason = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { reason?: string }) => error.reason ?? 'failed',
    )

  const names = async () => (await everyVendor()).map(({ name }) => name)

  /** As a kill leaves it: one vendor and no engagement came in, and one of two records is changed. */
  async function halfWritten(): Promise<string> {
    for (const name of ['Et A/S', 'To A/S'])
      await createVendor(tilsyn.context(), vendorInput({ name, registration: null, address: 'Før' }))
    const { _id } = await start()
    const found = await importById(_id)
    const plan = await dryRun(tilsyn.context(), found, (await sheetsOf(found)).sheets)
    if (plan.register !== 'register') throw new Error('not the register')
    await keepBefore(_id, plan)
    await ImportModel.updateOne({ _id }, { $set: { state: 'applying' } })
    const done = plan.vendors.filter(({ input }) => ['Fjord A/S', 'Et A/S'].includes(input.name))
    await writeRegister(tilsyn.context(), _id, { ...plan, vendors: done, engagements: [] })
    await takeTurn('register', _id)
    return _id
  }

  it('is written once where two clicks, or two tabs, do it at the same moment', async () => {
    const { _id } = await start()
    const both = await Promise.all([1, 2].map(() => reason(applyImport(tilsyn.context(), _id))))
    expect(both.toSorted()).to.deep.equal(['done', 'import-being-written'])
    expect([(await names()).length, (await everyEngagement()).length]).to.deep.equal([4, 2])
    const undone = await Promise.all([1, 2].map(() => reason(undoImport(tilsyn.context(), _id))))
    expect(undone.toSorted()).to.deep.equal(['done', 'import-being-written'])
    expect(await names()).to.deep.equal([])
    const events = (await historyOf('import', _id)).map(({ event }) => event)
    for (const event of ['import.begun', 'import.applied', 'import.undo-begun', 'import.undone'])
      expect(events.filter((each) => each === event)).to.have.length(1)
  })

  it('is neither finished nor undone by another tab while it is being written: the page says so', async () => {
    const id = await halfWritten()
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const busy = await visit(agent, `/imports/${id}`)
    expect(busy.text).to.include('The import is running.').and.not.include('broken off')
    expect(busy.text).not.to.include('Undo the import')
    expect(await reason(undoImport(tilsyn.context(), id))).to.equal('import-being-written')
    const other = await start('Leverandør;Formål\nBælt A/S;Drift\n')
    expect(await reason(applyImport(tilsyn.context(), other._id))).to.equal('import-other-writing')
    await noteWriting('register', id, null)
    expect((await visit(agent, `/imports/${id}`)).text).to.include('The import was broken off.')
    expect(await reason(applyImport(tilsyn.context(), id))).to.equal('done')
    expect((await everyVendor()).map(({ address }) => address)).to.include.members(['Efter 1', 'Efter 2'])
  })

  it('undone, the log counts what had been there, not all of the file', async () => {
    const id = await halfWritten()
    await noteWriting('register', id, null)
    const undone = await undoImport(tilsyn.context(), id)
    expect(undone.created.map(({ kind }) => kind)).to.deep.equal(['vendor'])
    expect(
      (await historyOf('import', id)).find(({ event }) => event === 'import.undone')?.facts,
    ).to.deep.equal({ removed: 1, restored: 1, left: 0 })
    expect((await everyVendor()).map(({ name, address }) => `${name} ${address}`)).to.deep.equal([
      'Et A/S Før',
      'To A/S Før',
    ])
    expect((await verifyLog()).breaks).to.deep.equal([])
  })

  it('half undone, does not stand as done: it is undone to its end, and others wait for that', async () => {
    const { _id } = await start()
    await applyImport(tilsyn.context(), _id)
    await takeTurn('register', _id)
    await noteWriting('register', _id, null)
    await ImportModel.updateOne({ _id }, { $set: { state: 'undoing' } })
    await removeUnusedEngagements((await everyEngagement()).map((engagement) => engagement._id))
    const other = await start('Leverandør;Formål\nFjord A/S;Vagt\n')
    expect(await reason(applyImport(tilsyn.context(), other._id))).to.equal('import-other-writing')
    expect(await reason(applyImport(tilsyn.context(), _id))).to.equal('import-closed')
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    expect((await visit(agent, `/imports/${_id}`)).text).to.include('Fortrydelsen blev afbrudt')
    await submit(agent, `/imports/${_id}`, {}, `/imports/${_id}/undo`)
    expect(await names()).to.deep.equal([])
    const [last] = await historyOf('import', _id)
    expect([last?.event, last?.facts]).to.deep.equal(['import.undone', { removed: 6, restored: 0, left: 0 }])
    expect(await reason(applyImport(tilsyn.context(), other._id))).to.equal('done')
  })

  it('leaves no names and addresses behind for ever', async () => {
    const [waiting, gone] = [await start(), await start()]
    await applyImport(tilsyn.context(), gone._id)
    // Killed before the rows of the one were dropped, and before the other came to be.
    await keepSheets(gone._id, { sheets: [], notes: [] })
    await keepSheets('never', { sheets: [], notes: [] })
    await discardAbandoned(tilsyn.context())
    expect(await packedIds()).to.have.members([waiting._id, gone._id, 'never'])
    await ImportModel.db.collection('import-rows').updateMany({}, { $set: { keptAt: new Date(0) } })
    await discardAbandoned(tilsyn.context())
    expect(await packedIds()).to.deep.equal([waiting._id])
  })
})
