import { expect } from 'chai'
import { importById, sheetsOf, startImport } from '../../src/imports/actions.js'
import { discardAbandoned } from '../../src/imports/timers.js'
import { useApp } from '../support/app.js'
import { utf8 } from './files.js'

describe('An upload nobody goes on with', () => {
  const tilsyn = useApp()

  it('is discarded after two weeks with what was read of it, and logged as such', async () => {
    tilsyn.moveTo('2026-11-02T09:00:00Z')
    const bytes = utf8('Navn;Kontakt\nØrsted Ure;Ulla Ur')
    const old = await startImport(tilsyn.context(), 'customers', { name: 'gammel.csv', bytes })
    tilsyn.moveTo('2026-11-10T09:00:00Z')
    const young = await startImport(tilsyn.context(), 'customers', { name: 'ny.csv', bytes })
    tilsyn.moveTo('2026-11-16T09:00:01Z')
    expect(await discardAbandoned(tilsyn.context())).to.deep.equal({ discarded: 1, forgotten: 0 })
    expect(await discardAbandoned(tilsyn.context())).to.deep.equal({ discarded: 0, forgotten: 0 })
    const discarded = await importById(old._id)
    expect(discarded.state).to.equal('discarded')
    expect(await sheetsOf(discarded).catch((error: Error) => error.name)).to.equal('Refused')
    expect((await importById(young._id)).state).to.equal('ready')
    expect((await sheetsOf(await importById(young._id))).sheets).to.have.length(1)
  })
})
