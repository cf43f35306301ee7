import { expect } from 'chai'
import { planCustomers } from '../../src/imports/rules/customer-plan.js'
import { csvOf, latin1, rawWorkbook, utf16le, utf8, workbookOf } from './files.js'
import { engagements, planned, read, remarks, today } from './planned.js'

describe('Lists in the shapes they are published in', () => {
  it('a table of name, purpose and location with cities in brackets and several places in a cell', async () => {
    const plan = await planned(
      utf8(
        csvOf([
          ['Subprocessor', 'Purpose', 'Location'],
          ['Northwind Cloud Inc.', 'Cloud hosting', 'Dublin (Ireland), Frankfurt (Germany)'],
          ['Birch Mail LLC', 'E-mail delivery', 'USA (Oregon); India'],
          ['Kestrel Oy', 'Monitoring', 'EU/EEA'],
          ['Globex Support', 'Support', 'Global'],
          ['Narnia Ltd', 'Logging', 'Narnia'],
        ]),
      ),
      'list.csv',
    )
    expect(engagements(plan)).to.deep.equal([
      'Northwind Cloud Inc. | Cloud hosting | IE DE | ',
      'Birch Mail LLC | E-mail delivery | US IN | ',
      'Kestrel Oy | Monitoring |  | ',
      'Globex Support | Support |  | ',
      'Narnia Ltd | Logging |  | ',
    ])
    expect(remarks(plan)).to.have.members([
      'C2 note place-beside Dublin, Frankfurt',
      'C3 note place-beside Oregon',
      '3 critical no-basis US',
      '3 critical no-basis IN',
      'C4 warning region EEA',
      'C5 warning region Global',
      'C6 warning country-unread Narnia',
    ])
  })

  it('a table that says its safeguards in free text', async () => {
    const plan = await planned(
      await workbookOf({
        name: 'Sub-processors',
        rows: [
          ['Entity name', 'Nature of processing', 'Country', 'Transfer mechanism'],
          ['Alpha Inc.', 'Hosting', 'United States', 'EU-U.S. Data Privacy Framework'],
          ['Beta LLC', 'Support', 'United States, India', 'SCCs (Module 3) signed 2024-02-01'],
          ['Gamma plc', 'Billing', 'United Kingdom', 'Adequacy decision'],
          ['Delta Corp', 'Search', 'USA', 'Privacy Shield'],
          ['Epsilon Inc', 'Chat', 'USA', 'We take your privacy very seriously'],
          ['Zeta KK', 'Storage', 'Japan', 'BCR'],
        ],
      }),
    )
    expect(engagements(plan)).to.deep.equal([
      'Alpha Inc. | Hosting | US | US adequacy-dpf',
      'Beta LLC | Support | US IN | US scc-20213, IN scc-20213',
      'Gamma plc | Billing | GB | GB adequacy',
      'Delta Corp | Search | US | US privacy-shield',
      'Epsilon Inc | Chat | US | ',
      'Zeta KK | Storage | JP | JP bcr-p',
    ])
    expect(plan.engagements[1]?.input.transfers[0]?.signedOn).to.equal('2024-02-01')
    expect(remarks(plan)).to.have.members([
      '5 critical dead-basis US',
      'D6 warning safeguards-unread We take your privacy very seriously',
      '6 critical no-basis US',
    ])
  })

  it('the printed Annex B.1: a title over the table, merged cells, empty rows, numbers with stray spaces', async () => {
    const plan = await planned(
      await workbookOf({
        name: 'Bilag B',
        rows: [
          ['B.1 Godkendte underdatabehandlere'],
          [],
          ['NAVN', 'CVR-NR', 'ADRESSE', 'BESKRIVELSE AF BEHANDLING'],
          ['Curanet A/S', '29 41 20 06', 'Højvangen 4', 'Drift'],
          [null, null, null, 'Support'],
          [],
          ['Svea AB', '559205- 2400', 'Storgatan 1', 'Hosting'],
          ['Xxxxxxx ApS', 'xxxxxxxx', 'Xxxxxxxxxxx 0', 'Telefoni'],
        ],
        merges: ['A4:A5', 'B4:B5', 'C4:C5'],
      }),
    )
    expect(plan.vendors.map(({ input, row }) => [row, input.name, input.registration])).to.deep.equal([
      [4, 'Curanet A/S', { kind: 'CVR', number: '29412006' }],
      [7, 'Svea AB', { kind: 'SE', number: '559205-2400' }],
      [8, 'Xxxxxxx ApS', null],
    ])
    expect(engagements(plan).map((each) => each.split(' | ')[1])).to.deep.equal([
      'Drift',
      'Support',
      'Hosting',
      'Telefoni',
    ])
    expect(remarks(plan)).to.have.members(['B8 warning number-redacted xxxxxxxx', 'C8 warning redacted'])
  })

  it('dates as people write them, and as Excel keeps them', async () => {
    const days = [
      '2018.04.13',
      '13-04-2018',
      '13/4/18',
      '43203',
      '13. april 2018',
      new Date('2018-04-13T00:00:00Z'),
    ]
    const plan = await planned(
      await workbookOf({
        name: 'Ark1',
        rows: [
          ['Leverandør', 'Formål', 'Aftale underskrevet'],
          ...days.map((day, place) => [`Firma ${place} A/S`, 'Drift', day]),
          ['Sent A/S', 'Drift', 'snarest'],
        ],
      }),
    )
    expect(plan.engagements.map(({ input }) => input.contract?.signedOn)).to.deep.equal([
      ...days.map(() => '2018-04-13'),
      undefined,
    ])
    expect(remarks(plan)).to.deep.equal(['C8 problem not-a-day snarest'])
  })

  it('a workbook of several sheets, of which one is the list and one is hidden', async () => {
    const plan = await planned(
      await workbookOf(
        { name: 'Forside', rows: [['Velkommen'], ['Listen står på næste ark']] },
        {
          name: 'Gammel',
          rows: [
            ['Leverandør', 'Formål'],
            ['Skjult A/S', 'Drift'],
          ],
          hidden: true,
        },
        {
          name: '2026',
          rows: [
            ['Underdatabehandler', 'Behandlingsaktivitet'],
            ['Ny A/S', 'Drift'],
          ],
        },
      ),
    )
    expect(engagements(plan)).to.deep.equal(['Ny A/S | Drift |  | '])
    expect(plan.workbook.sheets.map(({ name }) => name)).to.deep.equal(['Forside', '2026'])
    expect(plan.workbook.notes).to.deep.equal([{ text: 'hidden-sheets', facts: { count: 1 } }])
  })

  it('a workbook with formulas: their values are taken, and it is said', async () => {
    const plan = await planned(
      await workbookOf({
        name: 'Ark1',
        rows: [
          ['Leverandør', 'Formål', 'Land'],
          [
            { formula: 'CONCATENATE("Ny"," A/S")', result: 'Ny A/S' },
            'Drift',
            { formula: 'Lande!A1', result: 'Sverige' },
          ],
          ['Fejl A/S', { error: '#REF!' }, 'Danmark'],
          ['Tom A/S', 'Drift', { formula: 'A1' } as never],
        ],
      }),
    )
    expect(engagements(plan)).to.deep.equal(['Ny A/S | Drift | SE | ', 'Tom A/S | Drift |  | '])
    expect(plan.workbook.notes).to.deep.equal([
      { text: 'formulas', facts: { count: 3, place: 'Ark1!A2' } },
      { text: 'formulas-empty', facts: { count: 1 } },
    ])
    expect(remarks(plan)).to.include('B3 problem cell-error #REF!')
  })

  const rows = [
    ['Leverandør', 'Land', 'Formål'],
    ['Åkær & Sønner A/S', 'Danmark', 'Drift; support, døgnet rundt'],
  ]
  for (const [what, bytes] of [
    ['UTF-8 without a mark, commas', utf8(csvOf(rows))],
    ['UTF-8 with a mark, semicolons', utf8(`\ufeff${csvOf(rows, ';')}`)],
    ['Latin-1, semicolons', latin1(csvOf(rows, ';'))],
    ['UTF-16, tabs', utf16le(csvOf(rows, '\t'))],
  ] as const)
    it(`text as ${what}`, async () => {
      expect(engagements(await planned(bytes, 'liste.csv'))).to.deep.equal([
        'Åkær & Sønner A/S | Drift; support, døgnet rundt | DK | ',
      ])
    })

  it('a sheet written by hand, with prefixes, a serial number shown as a day and years counted from 1904', async () => {
    const text = (cell: string, value: string) =>
      `<x:c r="${cell}" t="inlineStr"><x:is><x:t>${value}</x:t></x:is></x:c>`
    const plan = await planned(
      rawWorkbook('', {
        'xl/workbook.xml':
          '<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="A &amp; B" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>',
        'xl/styles.xml':
          '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\\-mm\\-yyyy;@"/><numFmt numFmtId="171" formatCode="00000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>',
        'xl/worksheets/sheet1.xml': `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1">${text('A1', 'Vendor')}${text('B1', 'Purpose')}${text('C1', 'Signed')}${text('D1', 'Company no')}</x:row><x:row r="2">${text('A2', 'Ren &amp; Skær &#230;_x000D_')}${text('B2', 'Hosting')}<x:c r="C2" s="1"><x:v>41741</x:v></x:c><x:c r="D2" s="2"><x:v>12345</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      }),
    )
    expect(plan.vendors[0]?.input.name).to.equal('Ren & Skær æ')
    expect(plan.vendors[0]?.input.registration?.number).to.equal('00012345')
    expect(plan.engagements[0]?.input.contract?.signedOn).to.equal('2018-04-13')
  })

  it('a country beside where data are processed is that of the company', async () => {
    const plan = await planned(utf8('Name;Country;Location of processing\nEt A/S;Sverige;Danmark\n'), 'a.csv')
    expect(plan.vendors[0]?.input.country).to.equal('SE')
  })

  it('a list of customers with a contact on each row', async () => {
    const { rows: below } = await read(
      latin1(
        'Kundeliste;;;;\r\n;;;;\r\nDataansvarlig;CVR-nr.;Kontaktperson;E-mail;Varsel\r\nSkole Nord;35240136;Åse;aase@nord.example;30 dage\r\nSkole Syd;35240136;Bo;bo@syd.example;1 måned\r\nUden mail;;Kim;;\r\n',
      ),
      'kunder.csv',
      'customers',
    )
    const plan = planCustomers(below, { services: [], customers: [] }, { today, locale: 'da' })
    // A municipality's institutions share its number and are customers of their own.
    expect(
      plan.customers.map(({ input, row }) => [row, input.name, input.agreement.notice.unit]),
    ).to.deep.equal([
      [4, 'Skole Nord', 'days'],
      [5, 'Skole Syd', 'months'],
      [6, 'Uden mail', 'days'],
    ])
    expect(plan.messages.map(({ row, letter, text }) => `${letter}${row} ${text}`)).to.have.members([
      'C6 contact-without-address',
      '6 no-contact-to-tell',
    ])
  })
})
