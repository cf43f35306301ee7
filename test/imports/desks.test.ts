import { expect } from 'chai'
import ExcelJS from 'exceljs'
import { planCustomers } from '../../src/imports/rules/customer-plan.js'
import { csvOf, utf8, workbookOf } from './files.js'
import { engagements, planned, read, remarks, today } from './planned.js'

/** Files as they lie on desks: kept by hand for years, exported from other systems, coloured, annotated. All names are invented. */
describe('Lists as they lie on desks', () => {
  const csv = (rows: string[][], name = 'liste.csv') => planned(utf8(csvOf(rows, ';')), name)

  it('headings in two rows, the upper one groups over several columns', async () => {
    const plan = await planned(
      await workbookOf({
        name: 'Register',
        rows: [
          ['Fortegnelse over underdatabehandlere'],
          ['Leverandør', 'Kontakt', null, null, 'Behandling', null, 'Overførsel', null],
          [null, 'Navn', 'E-mail', 'Telefon', 'Formål', 'Land', 'Grundlag', 'TIA'],
          [
            'Fjord Hosting A/S',
            'Anna Ager',
            'anna@fjord.example',
            4512345678,
            'Drift',
            'USA',
            'SCC modul 3',
            '12-03-2024',
          ],
        ],
        merges: ['A2:A3', 'B2:D2', 'E2:F2', 'G2:H2'],
      }),
    )
    expect([plan.mapping.heading, plan.mapping.depth, plan.mapping.columns]).to.deep.equal([
      2,
      2,
      [
        'vendor',
        'contactName',
        'contactEmail',
        'contactPhone',
        'activity',
        'countries',
        'safeguards',
        'tiaOn',
      ],
    ])
    expect(plan.vendors[0]?.input.contacts[0]).to.include({ name: 'Anna Ager', phone: '4512345678' })
    expect(plan.engagements[0]?.input.transfers).to.deep.equal([
      { country: 'US', basis: 'scc-2021', module: 3, tia: { concludedOn: '2024-03-12' } },
    ])
    expect(remarks(plan)).to.deep.equal([])
  })

  it('the same without merged cells, and with a second row that only explains', async () => {
    const grouped = await csv([
      ['', 'Kontakt', '', 'Behandling', ''],
      ['Leverandør', 'Navn', 'E-mail', 'Formål', 'Land'],
      ['Fjord A/S', 'Anna', 'anna@fjord.example', 'Drift', 'DK'],
    ])
    expect(grouped.mapping.columns).to.deep.equal([
      'vendor',
      'contactName',
      'contactEmail',
      'activity',
      'countries',
    ])
    const explained = await csv([
      ['Leverandør', 'Formål', 'Land'],
      ['(juridisk navn)', '(kort)', '(lande)'],
      ['Fjord A/S', 'Drift', 'DK'],
    ])
    expect(engagements(explained)).to.deep.equal(['Fjord A/S | Drift | DK | '])
  })

  it('a pivot table: the name stands on the first of its rows, with totals between', async () => {
    const plan = await csv([
      ['Leverandør', 'Formål', 'Land', 'Antal af kontrakt'],
      ['Fjord Hosting A/S', 'Drift', 'Danmark', '2'],
      ['', 'Backup', 'Sverige', '1'],
      ['Fjord Hosting A/S Total', '', '', '3'],
      ['Sund Mail ApS', 'E-mail', 'Irland', '1'],
      ['', 'Support', 'Danmark', '1'],
      ['Hovedtotal', '', '', '5'],
    ])
    expect(engagements(plan)).to.deep.equal([
      'Fjord Hosting A/S | Drift | DK | ',
      'Fjord Hosting A/S | Backup | SE | ',
      'Sund Mail ApS | E-mail | IE | ',
      'Sund Mail ApS | Support | DK | ',
    ])
    expect(plan.rows.map(({ verdict }) => verdict)).to.deep.equal([
      'create',
      'create',
      'out',
      'create',
      'create',
      'out',
    ])
    expect(
      plan.messages.map(({ row, text, facts }) => [row, text, facts['other'] ?? '']),
    ).to.have.deep.members([
      [3, 'name-from-above', 2],
      [6, 'name-from-above', 5],
      [4, 'no-record', ''],
      [7, 'no-record', ''],
    ])
  })

  it('notes and a legend below the table are no vendors, unless a person says that they are', async () => {
    const rows = [
      ['Leverandør', 'Formål', 'Land'],
      ['Fjord A/S', 'Drift', 'DK'],
      ['Note ApS', '', ''],
      ['', '', ''],
      ['* Leverandøren er under afvikling og bruges kun af to kunder.', '', ''],
      ['Sidst opdateret 1. marts 2026 af JH', '', ''],
      ['Farvekoder:', '', ''],
    ]
    const plan = await csv(rows)
    expect(plan.vendors.map(({ input }) => input.name)).to.deep.equal(['Fjord A/S', 'Note ApS'])
    const taken = await planned(utf8(csvOf(rows, ';')), 'liste.csv', [{ row: 6, in: true }])
    expect(taken.vendors.length).to.equal(3)
  })

  it('hidden rows and columns, text struck through and coloured rows: read, and told', async () => {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('Liste')
    sheet.addRows([
      ['Leverandør', 'Formål', 'Land', 'Kontakt e-mail'],
      ['Fjord A/S', 'Drift', 'DK', 'a@fjord.example'],
      ['Gammel A/S', 'Drift', 'DK', 'b@gammel.example'],
      ['Rød A/S', 'Drift', 'DK', 'c@roed.example'],
      ['Skjult A/S', 'Drift', 'DK', 'd@skjult.example'],
    ])
    sheet.getRow(3).eachCell((cell) => (cell.font = { strike: true }))
    sheet
      .getRow(4)
      .eachCell((cell) => (cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFF0000' } }))
    sheet.getRow(5).hidden = true
    sheet.getColumn(4).hidden = true
    const plan = await planned(Buffer.from(await workbook.xlsx.writeBuffer()))
    expect(remarks(plan)).to.deep.equal(['3 note row-struck', '5 note row-hidden'])
    expect(plan.vendors).to.have.length(4)
    expect(plan.workbook.notes.map(({ text, facts }) => [text, ...Object.values(facts)])).to.deep.equal([
      ['colours', 1, 'Liste!4'],
      ['hidden-rows', 1],
      ['hidden-columns', 'D'],
    ])
  })

  it('a list exported from SharePoint: a schema line above, codes within, columns of its own', async () => {
    const plan = await csv([
      ['ListSchema={"schemaXmlList":["<Field Name=\'Title\'/>"]}'],
      ['Titel', 'Leverandørtype', 'Lande', 'Formål', 'Elementtype', 'Sti'],
      ['Fjord A/S', 'SaaS', '["Danmark","Irland"]', 'Drift', 'Element', 'sites/gdpr'],
      ['Sund ApS', 'Hosting', 'Danmark;#USA', 'Support', 'Element', 'sites/gdpr'],
      ['Bælt A/S', 'SaaS', 'Sverige', 'Mail', 'Element', 'sites/gdpr'],
    ])
    expect(plan.mapping.columns).to.deep.equal(['vendor', null, 'countries', 'activity', null, null])
    expect(engagements(plan)).to.deep.equal([
      'Fjord A/S | Drift | DK IE | ',
      'Sund ApS | Support | DK US | ',
      'Bælt A/S | Mail | SE | ',
    ])
  })

  it('a column whose content is not what its heading says is left out, and a person is not stopped by it', async () => {
    const plan = await csv([
      ['Leverandør', 'Type', 'Vurdering', 'Formål'],
      ['Fjord A/S', 'SaaS', '7', 'Drift'],
      ['Sund ApS', 'Hosting', '4', 'Support'],
      ['Bælt A/S', 'Konsulent', '12', 'Mail'],
    ])
    expect(plan.mapping.columns).to.deep.equal(['vendor', null, null, 'activity'])
    expect(remarks(plan)).to.deep.equal([])
  })

  it('a text file from an old Macintosh', async () => {
    const text = 'Leverandør;Formål\nÅkær & Sønner;Drift på æ\n'
    const mac: Record<string, number> = { ø: 0xbf, å: 0x8c, Å: 0x81, æ: 0xbe }
    const bytes = Buffer.from(Array.from(text, (sign) => mac[sign] ?? sign.charCodeAt(0)))
    expect(engagements(await planned(bytes, 'liste.csv'))).to.deep.equal(['Åkær & Sønner | Drift på æ |  | '])
  })

  it('customers with a contact on each row below the name, and a total', async () => {
    const { rows } = await read(
      utf8(
        'Kunde;Kontaktperson;E-mail\nSkole Nord;Anna;anna@nord.example\n;Bo;bo@nord.example\n;Ca;ca@nord.example\nI alt;;\n',
      ),
      'kunder.csv',
      'customers',
    )
    const plan = planCustomers(rows, { services: [], customers: [] }, { today, locale: 'da' })
    expect(
      plan.customers.map(({ input }) => [input.name, input.contacts.map(({ email }) => email)]),
    ).to.deep.equal([['Skole Nord', ['anna@nord.example', 'bo@nord.example', 'ca@nord.example']]])
  })
})
