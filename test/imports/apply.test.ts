import { expect } from 'chai'
import { verifyLog } from '../../src/audit-log/verify.js'
import { everyCustomer } from '../../src/customers/actions.js'
import {
  applyImport,
  dryRun,
  importById,
  sheetsOf,
  startImport,
  undoImport,
} from '../../src/imports/actions.js'
import { writeRegister } from '../../src/imports/actions/write-register.js'
import { countRows, type Register } from '../../src/imports/rules.js'
import { approve, createService, everyEngagement, everyVendor } from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { csvOf, utf8, workbookOf } from './files.js'

describe('Importing', () => {
  const tilsyn = useApp()

  const start = (register: Register, bytes: Buffer, name = 'liste.csv') =>
    startImport(tilsyn.context(), register, { name, bytes })

  async function planned(id: string) {
    const found = await importById(id)
    return dryRun(tilsyn.context(), found, (await sheetsOf(found)).sheets)
  }

  async function taken(register: Register, bytes: Buffer, name?: string) {
    const { _id } = await start(register, bytes, name)
    return applyImport(tilsyn.context(), _id)
  }

  const published = csvOf([
    ['Sub-processors of Example Ltd, last updated 2026-10-01'],
    [],
    ['Entity Name', 'Purpose', 'Location', 'Transfer mechanism'],
    ['Amazon Web Services EMEA SARL', 'Hosting', 'Ireland, Germany', 'N/A'],
    ['Zendesk, Inc.', 'Support', 'United States', 'EU-U.S. DPF; SCC (Module 3)'],
    ['Old Mail Inc.', 'Mail', 'USA', 'Privacy Shield'],
    ['Amazon Web Services EMEA SARL', 'Mail delivery', 'EU', ''],
  ])

  it('brings in a published list: vendors once, an engagement a row', async () => {
    const done = await taken('register', utf8(published))
    expect(done.counts).to.deep.equal({ create: 4, change: 0, same: 0, problem: 0, out: 0 })
    const vendors = await everyVendor()
    expect(vendors.map(({ name, reference }) => [reference, name])).to.deep.equal([
      ['V-0001', 'Amazon Web Services EMEA SARL'],
      ['V-0002', 'Zendesk, Inc.'],
      ['V-0003', 'Old Mail Inc.'],
    ])
    const engagements = await everyEngagement()
    expect(
      engagements.map(({ activity, storageCountries, transfers }) => [
        activity.en,
        storageCountries,
        transfers.map(({ basis }) => basis),
      ]),
    ).to.deep.equal([
      ['Hosting', ['IE', 'DE'], []],
      ['Mail delivery', [], []],
      ['Support', ['US'], ['adequacy-dpf', 'scc-2021']],
      ['Mail', ['US'], ['privacy-shield']],
    ])
    expect((await verifyLog()).breaks).to.deep.equal([])
  })

  it('says of each row and column what it could not take at its word', async () => {
    const { _id } = await start('register', utf8(published))
    const { messages } = await planned(_id)
    expect(
      messages.map(({ row, column, severity, text }) => [row, column, severity, text]),
    ).to.deep.include.members([
      [6, '', 'critical', 'dead-basis'],
      [7, 'Location', 'warning', 'region'],
    ])
  })

  it('makes nothing twice when the same file comes again', async () => {
    await taken('register', utf8(published))
    const again = await taken('register', utf8(published))
    expect(again.counts).to.deep.equal({ create: 0, change: 0, same: 4, problem: 0, out: 0 })
    expect(again.created).to.deep.equal([])
    expect([(await everyVendor()).length, (await everyEngagement()).length]).to.deep.equal([3, 4])
  })

  it('does nothing at all while one row has a problem', async () => {
    const { _id } = await start(
      'register',
      utf8('Vendor;Purpose;Services\nGod A/S;Drift;\nAnden A/S;Drift;Ukendt ydelse\n'),
    )
    const error: unknown = await applyImport(tilsyn.context(), _id).catch((reason: unknown) => reason)
    expect((error as { reason: string }).reason).to.equal('import-has-problems')
    expect(await everyVendor()).to.deep.equal([])
  })

  it('never changes what customers have approved: that takes a notice', async () => {
    await taken('register', utf8('Leverandør;Formål;Land\nCuranet A/S;Drift;Danmark\n'))
    const [engagement] = await everyEngagement()
    await approve(tilsyn.context(), [
      {
        customer: 'k',
        engagement: engagement?._id ?? '',
        from: tilsyn.today(),
        notice: null,
        kind: 'baseline',
      },
    ])
    const { _id } = await start(
      'register',
      utf8('Leverandør;Formål;Land\nCuranet A/S;Drift;Danmark, Indien\n'),
    )
    expect((await planned(_id)).messages.map(({ severity, text }) => `${severity} ${text}`)).to.include(
      'problem changes-approved',
    )
  })

  it('changes what the file says otherwise, and leaves alone what it does not mention', async () => {
    await taken('register', utf8('Leverandør;CVR;Adresse;Formål\nCuranet A/S;29412006;Højvangen 4;Drift\n'))
    const done = await taken(
      'register',
      utf8('Leverandør;CVR-nr.;Formål;Land\nCuranet;29 41 20 06;Drift;Danmark\n'),
    )
    expect(done.counts).to.include({ change: 1, create: 0 })
    const [vendor] = await everyVendor()
    expect([vendor?.name, vendor?.address]).to.deep.equal(['Curanet', 'Højvangen 4'])
    expect((await everyEngagement())[0]?.storageCountries).to.deep.equal(['DK'])
  })

  it('is finished by applying again where a crash left it halfway', async () => {
    const { _id } = await start('register', utf8(published))
    const before = await planned(_id)
    if (before.register !== 'register') throw new Error('not the register')
    // The crash: vendors and half of the engagements are in, and the import still stands as ready.
    await writeRegister(tilsyn.context(), _id, { ...before, engagements: before.engagements.slice(0, 2) })
    const done = await applyImport(tilsyn.context(), _id)
    expect([done.state, done.created.length]).to.deep.equal(['applied', 7])
    expect([(await everyVendor()).length, (await everyEngagement()).length]).to.deep.equal([3, 4])
  })

  it('brings in customers with their contacts, one row each', async () => {
    await createService(tilsyn.context(), { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
    const bytes = await workbookOf({
      name: 'Kunder',
      rows: [
        ['Kundeliste'],
        ['Kunde', 'CVR', 'Ydelse', 'Varsel', 'DBA underskrevet', 'Kontaktperson', 'E-mail', 'Sprog'],
        [
          'Ager Kommune',
          35240136,
          'Hosting',
          '30 dage',
          new Date('2024-05-01T00:00:00Z'),
          'Anna Ager',
          'Anna@Ager.example',
          'dansk',
        ],
        [
          'Ager Kommune',
          35240136,
          'Hosting',
          '30 dage',
          '01-05-2024',
          'Bo Bæk',
          'bo@ager.example',
          'engelsk',
        ],
        ['Beta A/S', null, '', '1 month', '2025.01.31', 'Carl Clausen', 'carl@beta.example', ''],
      ],
      merges: ['A3:A4'],
    })
    const done = await taken('customers', bytes, 'kunder.xlsx')
    expect(done.counts).to.deep.equal({ create: 3, change: 0, same: 0, problem: 0, out: 0 })
    const customers = await everyCustomer()
    expect(
      customers.map(({ name, agreement, contacts, services }) => [
        name,
        agreement.notice.unit,
        agreement.signedOn,
        contacts.map(({ email, locale }) => `${email} ${locale}`),
        services.length,
      ]),
    ).to.deep.equal([
      ['Ager Kommune', 'days', '2024-05-01', ['anna@ager.example da', 'bo@ager.example en'], 1],
      ['Beta A/S', 'months', '2025-01-31', ['carl@beta.example da'], 0],
    ])
    expect(countRows((await planned((await start('customers', bytes, 'kunder.xlsx'))._id)).rows)).to.include({
      same: 3,
    })
  })

  it('is undone as long as nobody has used what it brought; the rest stays and is told', async () => {
    const done = await taken('register', utf8(published))
    const hosting = (await everyEngagement()).find(({ activity }) => activity.en === 'Hosting')
    await approve(tilsyn.context(), [
      { customer: 'k', engagement: hosting?._id ?? '', from: tilsyn.today(), notice: null, kind: 'baseline' },
    ])
    const undone = await undoImport(tilsyn.context(), done._id)
    expect((await everyEngagement()).map(({ activity }) => activity.en)).to.deep.equal(['Hosting'])
    expect((await everyVendor()).map(({ name }) => name)).to.deep.equal(['Amazon Web Services EMEA SARL'])
    expect(undone.left.map(({ kind }) => kind)).to.have.members(['vendor', 'engagement'])
    expect((await verifyLog()).breaks).to.deep.equal([])
  })
})
