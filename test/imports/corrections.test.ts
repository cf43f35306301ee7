import { expect } from 'chai'
import { verifyLog } from '../../src/audit-log/verify.js'
import {
  applyImport,
  chooseRow,
  chooseSeveral,
  dryRun,
  importById,
  sheetsOf,
  startImport,
  undoImport,
} from '../../src/imports/actions.js'
import { ImportModel } from '../../src/imports/records.js'
import { noteWriting, takeTurn } from '../../src/imports/records/turns.js'
import { writeRegister } from '../../src/imports/actions/write-register.js'
import { countRows } from '../../src/imports/rules.js'
import {
  createEngagement,
  createVendor,
  editVendor,
  everyEngagement,
  everyVendor,
} from '../../src/register/actions.js'
import { openFinding } from '../../src/findings/actions.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { utf8 } from './files.js'

const asRead = { out: false, whole: 'read', part: 'read', reference: '' }

describe('What is corrected in an import', () => {
  const tilsyn = useApp()

  const start = (text: string, name = 'liste.csv') =>
    startImport(tilsyn.context(), 'register', { name, bytes: utf8(text) })

  async function planned(id: string) {
    const found = await importById(id)
    return dryRun(tilsyn.context(), found, (await sheetsOf(found)).sheets)
  }

  const reason = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { reason?: string }) => error.reason ?? 'failed',
    )

  it('is a cell of a row, which stands in the register and not with the import afterwards', async () => {
    const { _id } = await start(
      'Leverandør;Formål;Aftaledato\nFjord A/S;Drift;snarest\nSund ApS;Mail;01-02-2024\n',
    )
    expect(countRows((await planned(_id)).rows).problem).to.equal(1)
    await chooseRow(tilsyn.context(), await importById(_id), 2, {
      ...asRead,
      cells: { A: 'Fjord A/S', B: 'Drift', C: '2024-01-31' },
    })
    expect((await importById(_id)).choices).to.deep.equal([{ row: 2, cells: { C: '2024-01-31' } }])
    const done = await applyImport(tilsyn.context(), _id)
    expect((await everyEngagement())[0]?.contract?.signedOn).to.equal('2024-01-31')
    expect(done.choices).to.deep.equal([{ row: 2, cells: { C: '' } }])
  })

  it('is a name in every row that writes it so, or that of the row it looks like', async () => {
    const { _id } = await start(
      'Leverandør;Formål\nFjord Ltd;Drift\nFjord Limited;Mail\nFjord Limited;Backup\nSund;Vagt\n',
    )
    await chooseRow(tilsyn.context(), await importById(_id), 3, { ...asRead, whole: 'row' })
    await chooseRow(tilsyn.context(), await importById(_id), 5, { ...asRead, cells: { A: 'Sund ApS' } })
    await applyImport(tilsyn.context(), _id)
    expect((await everyVendor()).map(({ name }) => name)).to.deep.equal(['Fjord Ltd', 'Sund ApS'])
    expect((await everyEngagement()).length).to.equal(4)
    // The same file again: what was said of its names is known, and nothing comes twice.
    const again = await start(
      'Leverandør;Formål\nFjord Ltd;Drift\nFjord Limited;Mail\nFjord Limited;Backup\nSund;Vagt\n',
    )
    const { rows } = await planned(again._id)
    expect(countRows(rows)).to.include({ same: 4, create: 0, change: 0 })
    expect(rows.map(({ whole }) => whole.found?.by)).to.deep.equal(['name', 'name', 'name', 'earlier'])
  })

  it('goes for all rows with the same problem at once', async () => {
    const { _id } = await start(
      'Leverandør;Formål;Aftaledato;Land\nA A/S;Drift;snarest;DK\nB A/S;Drift;løbende;DK\n;Drift;;DK\nC A/S;Drift;2024-01-01;DK\nE;F\n',
    )
    const several = async (text: string, letter: string, way: 'empty' | 'out' | 'fill') =>
      chooseSeveral(tilsyn.context(), await importById(_id), { text, letter, way })
    await several('not-a-day', 'C', 'empty')
    await several('name-missing', '', 'out')
    expect(countRows((await planned(_id)).rows)).to.include({ create: 4, problem: 0, out: 1 })
    expect(await reason(several('not-a-day', 'C', 'out'))).to.equal('changed-meanwhile')
  })

  it('is done on the pages, each with what the file says beside it', async () => {
    const { agent } = await signedIn(tilsyn)
    const { _id } = await start(
      'Leverandør;Formål;Aftaledato\nA A/S;Drift;snarest\nB A/S;Drift;løbende\n;Mail;\n',
    )
    const page = `/imports/${_id}`
    expect((await visit(agent, page)).text)
      .to.include('What has to be corrected')
      .and.to.include('2: 2, 3')
      .and.to.include('Take the name from the row above')
    const corrected = await submit(agent, `${page}/rows/2`, {
      whole: 'read',
      out: 'no',
      'cells[C]': '2024-02-01',
    })
    expect(corrected.headers['location']).to.equal(`${page}?from=2#rows`)
    expect((await visit(agent, `${page}/rows/2`)).text).to.include('In the file: snarest')
    await submit(agent, page, { text: 'not-a-day', letter: 'C', way: 'empty' }, `${page}/several`)
    await submit(agent, page, { text: 'name-missing', letter: '', way: 'fill' }, `${page}/several`)
    expect((await visit(agent, page)).text).to.match(/3 rows (?:will be|are) (?:brought|taken) in/)
    const late = await submit(
      agent,
      page,
      { text: 'not-a-day', letter: 'C', way: 'empty' },
      `${page}/several`,
    )
    expect(late.status).to.equal(409)
  })

  it('is written by one import at a time; one that broke off is finished or undone first', async () => {
    const file = 'Leverandør;Formål\nFjord A/S;Drift\n'
    const [one, two] = [await start(file, 'en.csv'), await start(file, 'to.csv')]
    const both = await Promise.all([one, two].map(({ _id }) => reason(applyImport(tilsyn.context(), _id))))
    expect(both.filter((each) => each === 'done').length).to.be.greaterThan(0)
    expect([(await everyVendor()).length, (await everyEngagement()).length]).to.deep.equal([1, 1])
    const third = await start('Leverandør;Formål\nSund ApS;Drift\n')
    // Another is at it this moment.
    expect(await takeTurn('register', one._id)).to.equal(null)
    expect(await reason(applyImport(tilsyn.context(), third._id))).to.equal('import-other-writing')
    await noteWriting('register', one._id, null)
    await applyImport(tilsyn.context(), third._id)
    expect((await everyVendor()).length).to.equal(2)
  })

  it('undone after a crash leaves nothing of it, and lets others go on', async () => {
    const { _id } = await start('Leverandør;Formål\nFjord A/S;Drift\nSund ApS;Drift\n', 'halv.csv')
    const plan = await planned(_id)
    if (plan.register !== 'register') throw new Error('not the register')
    await takeTurn('register', _id)
    await noteWriting('register', _id, null)
    await ImportModel.updateOne({ _id }, { $set: { state: 'applying' } })
    await writeRegister(tilsyn.context(), _id, { ...plan, engagements: plan.engagements.slice(0, 1) })
    const next = await start('Leverandør;Formål\nBælt A/S;Drift\n')
    expect(await reason(applyImport(tilsyn.context(), next._id))).to.equal('import-other-writing')
    await undoImport(tilsyn.context(), _id)
    expect([await everyVendor(), await everyEngagement()]).to.deep.equal([[], []])
    expect(await reason(applyImport(tilsyn.context(), next._id))).to.equal('done')
  })

  it('undone puts back what it changed, unless somebody has touched it since', async () => {
    const [one, two] = [
      await createVendor(
        tilsyn.context(),
        vendorInput({ name: 'Et A/S', registration: null, address: 'Før 1' }),
      ),
      await createVendor(
        tilsyn.context(),
        vendorInput({ name: 'To A/S', registration: null, address: 'Før 2' }),
      ),
    ]
    await createEngagement(tilsyn.context(), {
      ...engagementInput({ activity: { da: 'Drift', en: 'Drift' }, storageCountries: ['DK'] }),
      vendor: one._id,
    })
    const { _id } = await start(
      'Leverandør;Adresse;Formål;Opbevaringslande;Hjemmeside\nEt A/S;;Drift;Sverige;https://et.example\nTo A/S;Efter 2;;;\nNy A/S;Ny 3;Mail;;\n',
    )
    await applyImport(tilsyn.context(), _id)
    const changed = (await everyVendor()).find((vendor) => vendor._id === two._id)
    if (!changed) throw new Error('gone')
    await editVendor(tilsyn.context(), changed, {
      ...vendorInput({ name: 'To A/S', registration: null }),
      address: 'Senere',
    })
    const undone = await undoImport(tilsyn.context(), _id)
    expect((await everyVendor()).map(({ name, address }) => [name, address])).to.deep.equal([
      ['Et A/S', 'Før 1'],
      ['To A/S', 'Senere'],
    ])
    expect((await everyEngagement())[0]?.storageCountries).to.deep.equal(['DK'])
    expect((await everyVendor())[0]).not.to.have.property('website')
    expect([undone.restored?.length, undone.left.map(({ id }) => id)]).to.deep.equal([2, [two._id]])
    expect((await verifyLog()).breaks).to.deep.equal([])
  })

  it('undone takes out a chain as a whole, and keeps what a duty refers to', async () => {
    const file =
      'Engagementnr.;Leverandør;Formål;Bruges gennem\nx1;Fjord A/S;Drift;\nx2;Sund ApS;Mail;x1\nx3;Bælt A/S;Vagt;x2\nx4;Ø A/S;Backup;\n'
    const whole = await start(file)
    await applyImport(tilsyn.context(), whole._id)
    await undoImport(tilsyn.context(), whole._id)
    expect([await everyVendor(), await everyEngagement()]).to.deep.equal([[], []])
    const again = await start(file)
    await applyImport(tilsyn.context(), again._id)
    const vendor = (await everyVendor()).find(({ name }) => name === 'Ø A/S')
    await openFinding(tilsyn.context(), {
      source: { kind: 'questionnaire', id: 'q1', item: 'S01.01' },
      vendor: vendor?._id ?? '',
      text: { da: 'Mangler', en: 'Lacking' },
      severity: 'low',
    })
    const undone = await undoImport(tilsyn.context(), again._id)
    expect((await everyVendor()).map(({ name }) => name)).to.deep.equal(['Ø A/S'])
    expect(undone.left).to.deep.include({ kind: 'vendor', id: vendor?._id })
  })
})
