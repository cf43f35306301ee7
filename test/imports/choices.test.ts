import { expect } from 'chai'
import { addCustomers, everyCustomer } from '../../src/customers/actions.js'
import {
  applyImport,
  chooseRow,
  dryRun,
  importById,
  mapImport,
  sheetsOf,
  startImport,
} from '../../src/imports/actions.js'
import { matchesOf } from '../../src/imports/page/run.js'
import type { Choosing } from '../../src/imports/actions/choose.js'
import { withChoice } from '../../src/imports/rules/import.js'
import { similarName } from '../../src/imports/rules/matches.js'
import { countRows, type Register } from '../../src/imports/rules.js'
import { createEngagement, createVendor, everyEngagement, everyVendor } from '../../src/register/actions.js'
import { aCustomer } from '../customers/builders.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { utf8 } from './files.js'

const asRead: Choosing = { out: false, whole: 'read', part: 'read', reference: '' }

describe('What a row is taken for', () => {
  const tilsyn = useApp()

  const start = (text: string, register: Register = 'register') =>
    startImport(tilsyn.context(), register, { name: 'liste.csv', bytes: utf8(text) })

  async function planned(id: string) {
    const found = await importById(id)
    return dryRun(tilsyn.context(), found, (await sheetsOf(found)).sheets)
  }

  async function inWords(id: string): Promise<string[][]> {
    const { rows, register } = await planned(id)
    return rows.map((row) => matchesOf(row, register, 'en'))
  }

  async function choose(id: string, row: number, choosing: Partial<typeof asRead>): Promise<void> {
    await chooseRow(tilsyn.context(), await importById(id), row, { ...asRead, ...choosing })
  }

  it('is told with the reason', async () => {
    const curanet = await createVendor(tilsyn.context(), vendorInput())
    await createEngagement(tilsyn.context(), { ...engagementInput(), vendor: curanet._id })
    const [engagement] = await everyEngagement()
    const { _id } = await start(
      `Leverandør;CVR;Formål\nCuranet;29 41 20 06;${engagement?.activity.da}\nCURANET A/S.;;Andet\nNy ApS;;Drift\n`,
    )
    expect(await inWords(_id)).to.deep.equal([
      [
        'V-0001 Curanet A/S, because the registration number is the same',
        `E-0001 ${engagement?.activity.da}, because vendor and activity are the same`,
      ],
      ['V-0001 Curanet A/S, because the registration number is the same', 'New engagement'],
      ['New vendor', 'New engagement'],
    ])
  })

  it('is asked where several fit, and goes by the answer', async () => {
    const one = await createVendor(tilsyn.context(), vendorInput({ registration: null }))
    const two = await createVendor(tilsyn.context(), vendorInput({ registration: null }))
    const { _id } = await start('Leverandør;Formål\nCuranet A/S;Drift\nCuranet A/S;Support\n')
    expect(await inWords(_id)).to.deep.equal([
      ['Several fit: V-0001, V-0002', 'New engagement'],
      ['Several fit: V-0001, V-0002', 'New engagement'],
    ])
    const { messages } = await planned(_id)
    expect(messages.map(({ row, severity, text }) => [row, severity, text])).to.deep.include([
      2,
      'problem',
      'several-fit',
    ])
    const refused: unknown = await applyImport(tilsyn.context(), _id).catch((error: unknown) => error)
    expect((refused as { reason: string }).reason).to.equal('import-has-problems')
    await choose(_id, 3, { whole: two._id })
    expect((await inWords(_id)).map(([vendor]) => vendor)).to.deep.equal([
      'V-0002 Curanet A/S, chosen by you',
      'V-0002 Curanet A/S, chosen by you',
    ])
    await applyImport(tilsyn.context(), _id)
    expect((await everyEngagement()).map(({ vendor }) => vendor)).to.deep.equal([two._id, two._id])
    expect((await everyVendor()).map(({ reference }) => reference)).to.deep.equal(
      [one, two].map((each) => each.reference),
    )
  })

  it('may be said to be new, another, or left out', async () => {
    const curanet = await createVendor(tilsyn.context(), vendorInput())
    const other = await createVendor(
      tilsyn.context(),
      vendorInput({ name: 'Helt andet navn', registration: null }),
    )
    const { _id } = await start(
      'Leverandør;Formål\nCuranet A/S;Drift\nCuranet ApS;Support\nTredje A/S;Logning\nFjerde A/S;Vagt\n',
    )
    const { messages } = await planned(_id)
    expect(messages.filter(({ text }) => text === 'looks-like').map(({ row }) => row)).to.deep.equal([3])
    await choose(_id, 2, { whole: 'new' })
    await choose(_id, 3, { whole: curanet._id })
    await choose(_id, 4, { whole: 'other', reference: other.reference.toLowerCase() })
    await choose(_id, 5, { out: true })
    expect(countRows((await planned(_id)).rows)).to.deep.equal({
      create: 3,
      change: 0,
      same: 0,
      problem: 0,
      out: 1,
    })
    await applyImport(tilsyn.context(), _id)
    const vendors = await everyVendor()
    // A person says that it is the same: the register's name stands.
    expect(vendors.map(({ name }) => name)).to.deep.equal(['Curanet A/S', 'Helt andet navn', 'Curanet A/S'])
    const byVendor = (await everyEngagement()).map(({ vendor, activity }) => [
      vendors.find(({ _id: id }) => id === vendor)?.reference,
      activity.da,
    ])
    expect(byVendor).to.have.deep.members([
      ['V-0003', 'Drift'],
      ['V-0001', 'Support'],
      ['V-0002', 'Logning'],
    ])
  })

  it('stands where other columns are read otherwise; which vendor it is, is asked anew where another holds the names', async () => {
    const { _id } = await start('Leverandør;Formål\nCuranet A/S;Drift\n')
    await choose(_id, 2, { out: true })
    await choose(_id, 2, {})
    expect((await importById(_id)).choices).to.deep.equal([])
    await choose(_id, 2, { whole: 'new' })
    const { mapping } = await importById(_id)
    await mapImport(tilsyn.context(), _id, { ...mapping, columns: ['vendor', null] }, [])
    expect((await importById(_id)).choices).to.deep.equal([{ row: 2, whole: 'new' }])
    await choose(_id, 2, { whole: 'new', cells: { B: 'Andet' } })
    await mapImport(tilsyn.context(), _id, { ...mapping, columns: ['activity', 'vendor'] }, [])
    expect((await importById(_id)).choices).to.deep.equal([{ row: 2, cells: { B: 'Andet' } }])
  })

  it('is said of customers as well', async () => {
    const [one] = await addCustomers(tilsyn.context(), [
      aCustomer({ name: 'Skole Nord', registration: { kind: 'CVR', number: '35240136' }, services: [] }),
      aCustomer({ name: 'Skole Syd', registration: { kind: 'CVR', number: '35240136' }, services: [] }),
    ])
    const { _id } = await start('Kunde;CVR;E-mail\nSkole Ny;35240136;ny@skole.example\n', 'customers')
    expect(await inWords(_id)).to.deep.equal([['Several fit: C-0001, C-0002']])
    await choose(_id, 2, { whole: one?._id ?? '' })
    await applyImport(tilsyn.context(), _id)
    expect((await everyCustomer()).map(({ name }) => name)).to.deep.equal(['Skole Nord', 'Skole Syd'])
  })

  it('is chosen on a page of its own, from which one comes back', async () => {
    const { agent } = await signedIn(tilsyn)
    await createVendor(tilsyn.context(), vendorInput({ registration: null }))
    const two = await createVendor(tilsyn.context(), vendorInput({ registration: null }))
    const { _id } = await start('Leverandør;Formål;Land\nCuranet A/S;Drift;Narnia\n')
    const page = `/imports/${_id}`
    const run = await visit(agent, page)
    expect(run.text).to.include('Several fit: V-0001, V-0002')
    expect(run.text).to.match(/C2 Land ?: Cannot be read as a country: “Narnia”/)
    const row = await visit(agent, `${page}/rows/2`)
    expect(row.text).to.include('Which vendor is it?').and.to.include('A: Leverandør, read as Vendor')
    const unknown = await submit(agent, `${page}/rows/2`, { whole: 'other', reference: 'V-0099' })
    expect([unknown.status, unknown.text.includes('There is no V-0099.')]).to.deep.equal([409, true])
    const chosen = await submit(agent, `${page}/rows/2`, { whole: two._id, out: 'no' })
    expect(chosen.headers['location']).to.equal(`${page}?from=2#rows`)
    expect((await visit(agent, `${page}?show=create`)).text).to.include('V-0002 Curanet A/S, chosen by you')
    await visit(agent, `${page}/rows/99`, 404)
    expect((await visit(agent, `${page}/rows/2`)).html).to.match(new RegExp(`value="${two._id}" checked`))
  })
})

describe('Choices of rows', () => {
  it('go for every row about the same, and only those said otherwise are kept', () => {
    const once = withChoice([], 3, [4, 5], { out: false, whole: 'v1', part: 'new' })
    expect(once).to.deep.equal([
      { row: 3, whole: 'v1', part: 'new' },
      { row: 4, whole: 'v1' },
      { row: 5, whole: 'v1' },
    ])
    const left = withChoice(once, 4, [3, 5], { out: true, whole: null, part: null })
    expect(left).to.deep.equal([
      { row: 3, part: 'new' },
      { row: 4, out: true },
    ])
  })

  for (const [name, similar] of [
    ['Curanet A/S', 'curanet'],
    ['Amazon Web Services EMEA SARL', 'amazon web services emea'],
    ['A/S', 'a/s'],
    ['Example, Inc.', 'example'],
  ] as const)
    it(`'${name}' resembles '${similar}'`, () => expect(similarName(name)).to.equal(similar))
})
