import { Writable } from 'node:stream'
import { expect } from 'chai'
import ExcelJS from 'exceljs'
import { addCustomer, everyCustomer } from '../../src/customers/actions.js'
import {
  applyImport,
  exportedRows,
  startImport,
  writeExport,
  dryRun,
  readSheets,
  sheetsOf,
} from '../../src/imports/actions.js'
import { countRows, type Exported, type Register } from '../../src/imports/rules.js'
import { workbookPieces } from '../../src/documents/workbook-stream.js'
import { formatDay } from '../../src/i18n/formats.js'
import {
  approve,
  createEngagement,
  createService,
  createVendor,
  everyEngagement,
  everyVendor,
} from '../../src/register/actions.js'
import { aContact, aCustomer } from '../customers/builders.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { emptyDatabase } from '../support/database.js'
import { signedIn } from '../support/people.js'

describe('Exporting', () => {
  const tilsyn = useApp()
  const services = () =>
    Promise.all([
      createService(tilsyn.context(), { name: { da: 'Hosting, drift', en: 'Hosting, operation' }, order: 1 }),
      createService(tilsyn.context(), { name: { da: 'Telefoni', en: 'Telephony' }, order: 2 }),
    ])

  async function bytesOf(
    exported: Exported,
    format: 'xlsx' | 'csv',
    locale: 'da' | 'en' = 'da',
  ): Promise<Buffer> {
    const pieces: Buffer[] = []
    const into = new Writable({
      write(piece: Buffer, _encoding, done) {
        pieces.push(Buffer.from(piece))
        done()
      },
    })
    await writeExport(tilsyn.context(undefined, locale), { of: exported }, format, into)
    return Buffer.concat(pieces)
  }

  async function taken(register: Register, bytes: Buffer) {
    const { _id } = await startImport(tilsyn.context(), register, { name: 'export', bytes })
    return applyImport(tilsyn.context(), _id)
  }

  async function aRegister(): Promise<void> {
    const [hosting, telephony] = await services()
    const curanet = await createVendor(
      tilsyn.context(),
      vendorInput({
        website: 'https://curanet.example',
        contacts: [
          {
            name: 'Dorthe | Holm',
            email: 'dpo@curanet.example',
            phone: '+45 70 10',
            role: 'data-protection',
            locale: 'da',
          },
          { name: 'Erik', phone: '+45 11', role: 'security', locale: 'en' },
        ],
      }),
    )
    await createEngagement(tilsyn.context(), {
      ...engagementInput(),
      vendor: curanet._id,
      services: [telephony?._id ?? '', hosting?._id ?? ''],
      dataCategories: ['special', 'ordinary'],
      subjects: ['employees', 'pårørende'],
      subjectCount: 'over-10000',
      storageCountries: ['SE', 'DK'],
      accessCountries: ['IN', 'US'],
      places: [{ kind: 'data-centre', address: 'Højvangen 4,\n8660 Skanderborg', country: 'DK' }],
      transfers: [
        {
          country: 'IN',
          basis: 'scc-2021',
          module: 3,
          signedOn: '2024-01-02',
          tia: { concludedOn: '2024-01-03', reviewOn: '2027-01-03' },
          supplementary: 'a=b; c',
          note: 'x',
        },
        { country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2026-10-01', exporter: 'vendor' },
      ],
      dueDiligence: { conclusion: 'accepted-with-conditions', concludedOn: '2024-05-05', note: '=SUM(A1)' },
      theirNotice: { length: 2, unit: 'months' },
      assurance: { owed: false, kind: 'ISAE 3000' },
      inUse: { since: '2024-06-01', until: null },
    })
    await createEngagement(tilsyn.context(), {
      ...engagementInput({ activity: { da: '-Drift', en: '+Operation' }, contract: null }),
      vendor: curanet._id,
    })
    await createVendor(
      tilsyn.context(),
      vendorInput({
        name: "'=HYPERLINK(1)",
        registration: { kind: 'other', number: 'X 1' },
        noRegistrationBecause: undefined,
        country: 'US',
        contacts: [],
      } as never),
    )
    await createVendor(tilsyn.context(), {
      name: 'Uden nummer',
      registration: null,
      noRegistrationBecause: 'Enkeltperson',
      address: '',
      country: null,
      contacts: [],
    })
  }

  for (const format of ['xlsx', 'csv'] as const)
    for (const locale of ['da', 'en'] as const)
      it(`and importing elsewhere gives the same export again: register as ${format}, ${locale}`, async () => {
        await aRegister()
        const before = await bytesOf('register', format, locale)
        await emptyDatabase()
        await services()
        const done = await taken('register', before)
        expect(done.counts).to.include({ problem: 0, create: 4 })
        const after = await bytesOf('register', format, locale)
        expect(await sheets(after)).to.deep.equal(await sheets(before))
        if (format === 'csv') expect(after.equals(before)).to.equal(true)
        const [engagement] = await everyEngagement()
        expect(engagement?.transfers[0]).to.deep.equal({
          country: 'IN',
          basis: 'scc-2021',
          module: 3,
          signedOn: '2024-01-02',
          tia: { concludedOn: '2024-01-03', reviewOn: '2027-01-03' },
          supplementary: 'a=b; c',
          note: 'x',
        })
        expect([engagement?.dueDiligence?.note, engagement?.inUse.since]).to.deep.equal([
          '=SUM(A1)',
          '2024-06-01',
        ])
        expect((await everyVendor()).map(({ name }) => name)).to.include("'=HYPERLINK(1)")
      })

  it('says of every row that it is there already when it comes back', async () => {
    await aRegister()
    for (const exported of ['register', 'vendors'] as const) {
      const found = await startImport(tilsyn.context(), 'register', {
        name: 'export.csv',
        bytes: await bytesOf(exported, 'csv'),
      })
      const plan = await dryRun(tilsyn.context(), found, (await sheetsOf(found)).sheets)
      expect([countRows(plan.rows).same, plan.rows.length]).to.deep.equal([
        plan.rows.length,
        exported === 'register' ? 4 : 3,
      ])
    }
  })

  it('keeps customers as they are, with every contact', async () => {
    const [hosting] = await services()
    await addCustomer(
      tilsyn.context(),
      aCustomer({
        name: 'Ager Kommune',
        services: [hosting?._id ?? ''],
        caseNumber: '24/1',
        registration: { kind: 'CVR', number: '35240136' },
        contacts: [
          aContact(),
          aContact({
            name: 'Bo',
            email: 'bo@kunde.example',
            phone: '+45 1',
            title: 'Chef',
            locale: 'en',
            mayApprove: true,
            dataProtection: false,
          }),
        ],
      }),
    )
    await addCustomer(tilsyn.context(), aCustomer({ name: 'Uden kontakt', services: [], contacts: [] }))
    const before = await bytesOf('customers', 'csv', 'en')
    await emptyDatabase()
    await services()
    expect((await taken('customers', before)).counts).to.include({ create: 3, problem: 0 })
    expect((await bytesOf('customers', 'csv', 'en')).toString()).to.equal(before.toString())
    expect((await everyCustomer())[0]?.contacts.map(({ mayApprove }) => mayApprove)).to.deep.equal([
      false,
      true,
    ])
    expect((await taken('customers', before)).counts).to.include({ same: 3 })
  })

  it('writes nothing a spreadsheet would run', async () => {
    await aRegister()
    const cells: string[] = []
    for await (const row of exportedRows(tilsyn.context(), 'register')) cells.push(...row)
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).to.deep.equal([])
    expect(cells).to.include.members(["'=SUM(A1)", "'-Drift", "'+Operation", "''=HYPERLINK(1)"])
  })

  it('is a download for those who may read', async () => {
    await aRegister()
    const { agent } = await signedIn(tilsyn, 'auditor')
    for (const url of [
      '/register/export?format=csv',
      '/register/day/export?format=xlsx',
      '/engagements/export?format=csv',
      '/vendors/export?format=xlsx',
      '/customers/export?format=csv',
      '/customers/export?whole=yes&format=csv',
    ]) {
      const answer = await agent.get(url).buffer(true)
      expect([answer.status, answer.headers['content-disposition']?.includes('tilsyn-')]).to.deep.equal([
        200,
        true,
      ])
    }
  })

  it('holds what the list shows, and everything where the whole is asked for', async () => {
    await aRegister()
    const { agent } = await signedIn(tilsyn)
    const rowsOf = async (url: string) =>
      (await agent.get(url).buffer(true)).text.trim().split('\r\n').length - 1
    expect([
      await rowsOf('/vendors/export?format=csv'),
      await rowsOf('/vendors/export?format=csv&q=curanet'),
      await rowsOf('/vendors/export?format=csv&q=curanet&whole=yes'),
    ]).to.deep.equal([3, 1, 3])
  })

  it('of a list on a day says whose it is, on which day, and what of it is shown', async () => {
    await aRegister()
    const customer = await addCustomer(tilsyn.context(), aCustomer({ name: '=Ager Kommune', services: [] }))
    const [engagement] = await everyEngagement()
    await approve(tilsyn.context(), [
      {
        customer: customer._id,
        engagement: engagement?._id ?? '',
        from: '2026-11-01',
        notice: null,
        kind: 'baseline',
      },
    ])
    const { agent } = await signedIn(tilsyn)
    const answer = await agent
      .get(`/register/day/export?format=csv&customer=${customer.reference}&on=2026-11-02`)
      .buffer(true)
    const rows = answer.text.replace('\ufeff', '').split('\r\n')
    expect(rows.slice(0, 5)).to.deep.equal([
      'Sub-processors on the list on 2 November 2026',
      "'=Ager Kommune (C-0001)",
      `The whole list, 1 rows. Taken out on ${formatDay(tilsyn.today(), 'en')}.`,
      '',
      'No.;Vendor;Registration number;Address;Activity;Services;Storage countries;Access countries;Transfer bases;State;Approved since;Approval',
    ])
    expect(rows[5]).to.match(/^E-0001;Curanet A\/S;/)
    const day = await agent.get(`/register/day/export?format=csv&customer=C-0001&on=2026-10-01`).buffer(true)
    expect(day.text).to.include('The whole list, 0 rows.')
    const then = await agent
      .get(`/register/day/export?format=csv&customer=C-0001&on=2026-11-02&known=then`)
      .buffer(true)
    expect(then.text).to.include('on the list on 2 November 2026, as it was known on that day')
  })

  it('is a workbook other programs read', async () => {
    await aRegister()
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load((await bytesOf('register', 'xlsx')) as unknown as ExcelJS.Buffer)
    const sheet = workbook.getWorksheet('Tilsyn')
    expect([sheet?.rowCount, sheet?.getCell('B2').value, sheet?.getCell('B1').font.bold]).to.deep.equal([
      5,
      'Curanet A/S',
      true,
    ])
  })

  it('takes no more memory for a hundred times the rows: some of them stand in it at a time', async () => {
    let ahead = 0
    let most = 0
    async function* rows() {
      for (let row = 0; row < 20_000; row += 1) {
        ahead += 1
        most = Math.max(most, ahead)
        yield [`Leverandør ${row}`, 'x'.repeat(100), String(Math.sin(row))]
      }
    }
    for await (const _piece of workbookPieces('Tilsyn', rows())) ahead = 0
    expect(most).to.be.lessThan(2_000)
  })

  async function sheets(bytes: Buffer) {
    return (await readSheets(bytes, 'export')).sheets
  }
})
