import { expect } from 'chai'
import { rowsBelow } from '../../src/imports/rules/rows.js'
import { csvOf, utf8 } from './files.js'
import { engagements, planned, read, remarks } from './planned.js'

describe('Cells as people fill them', () => {
  const csv = (rows: string[][], name = 'liste.csv') => planned(utf8(csvOf(rows, ';')), name)

  it('dates people write: a month alone, a year, "ja"; none stops the list, and each is told', async () => {
    const plan = await csv([
      ['Leverandør', 'Formål', 'Databehandleraftale', 'Ibrugtaget'],
      ['A A/S', 'Drift', '1. marts 2024', 'marts 2024'],
      ['B A/S', 'Drift', 'Ja', 'Q1 2023'],
      ['C A/S', 'Drift', 'nej', '2022'],
      ['D A/S', 'Drift', 'maj 2023', '-'],
    ])
    expect(plan.engagements.map(({ input }) => input.contract)).to.deep.equal([
      { signedOn: '2024-03-01', template: 'theirs' },
      { template: 'theirs' },
      null,
      { template: 'theirs' },
    ])
    expect(remarks(plan)).to.deep.equal([
      'D2 warning month-only marts 2024',
      'C3 warning signed-without-day',
      'D3 warning month-only Q1 2023',
      'D4 warning month-only 2022',
      'C5 warning month-only maj 2023',
    ])
  })

  it("'n/a', '-' and 'ukendt' are empty cells, and 'se bilag' is a cell that says nothing", async () => {
    const plan = await csv([
      [
        'Leverandør',
        'CVR-nr.',
        'Adresse',
        'Land',
        'Formål',
        'Overførselsgrundlag',
        'Kontakt e-mail',
        'Ophørt',
      ],
      ['Fjord A/S', 'n/a', 'se bilag 2', 'ukendt', 'Drift', 'ikke relevant', '-', '-'],
      ['Sund ApS', '?', 'Ikke oplyst', 'se databehandleraftalen', 'Se bilag A', 'Se bilag', 'TBD', ''],
    ])
    expect(
      plan.vendors.map(({ input }) => [input.registration, input.address, input.contacts.length]),
    ).to.deep.equal([
      [null, '', 0],
      [null, '', 0],
    ])
    expect(engagements(plan)).to.deep.equal(['Fjord A/S | Drift |  | ', 'Sund ApS | Se bilag A |  | '])
    expect(remarks(plan)).to.have.members([
      'C2 warning points-elsewhere se bilag 2',
      'D3 warning points-elsewhere se databehandleraftalen',
      'E3 warning points-elsewhere Se bilag A',
      'F3 warning safeguards-unread Se bilag',
    ])
  })

  it('several names in one cell stop the list until they are split or corrected; a country in a name is told', async () => {
    const rows = [
      ['Underdatabehandlere', 'Formål', 'Land'],
      ['Fjord A/S\nSund ApS', 'Drift', 'DK'],
      ['Skyen (Irland/USA)', 'Hosting', 'Microsoft (Irland/USA)'],
      ['Bælt / Storebælt', 'Mail', 'SE'],
    ]
    const bytes = utf8(csvOf(rows, ';'))
    expect(remarks(await planned(bytes, 'liste.csv'))).to.have.members([
      'A2 problem several-names Fjord A/S; Sund ApS',
      'A3 warning name-with-place Irland/USA',
      'C3 note place-beside Microsoft',
      '3 critical no-basis US',
      'A4 warning maybe-several Bælt / Storebælt',
    ])
    const corrected = await planned(bytes, 'liste.csv', [{ row: 2, cells: { A: 'Fjord A/S' } }])
    expect(engagements(corrected)[0]).to.equal('Fjord A/S | Drift | DK | ')
    expect(corrected.messages.some(({ severity }) => severity === 'problem')).to.equal(false)
  })

  it('names apart are vendors of their own, with their numbers where there are as many', async () => {
    const { workbook, mapping } = await read(
      utf8(
        csvOf(
          [
            ['Leverandør', 'CVR', 'Formål'],
            ['Fjord A/S;Sund ApS', '29412006;35240136', 'Drift'],
          ],
          '\t',
        ),
      ),
      'liste.txt',
      'register',
    )
    const [sheet] = workbook.sheets
    if (!sheet) throw new Error('no sheet')
    const rows = rowsBelow(sheet, { ...mapping, split: true })
    expect(
      rows.map(({ number, cells }) => [
        number,
        cells.get('vendor')?.text,
        cells.get('registrationNumber')?.text,
      ]),
    ).to.deep.equal([
      [2, 'Fjord A/S', '29412006'],
      [2.02, 'Sund ApS', '35240136'],
    ])
  })

  it('DPF, SCC and TIA as Danish desks write them, in one cell or in columns of their own', async () => {
    const told = await csv([
      ['Leverandør', 'Formål', 'Land', 'Overførselsgrundlag'],
      ['A Inc.', 'Drift', 'USA', 'EU-US DPF (verificeret 1/9-2024) samt SCC modul 3, TIA udført 12-03-2024'],
      [
        'B Inc.',
        'Drift',
        'Indien',
        "EU-Kommissionens standardkontraktbestemmelser, art. 46, stk. 2, litra c. TIA'en foreligger",
      ],
      ['C Inc.', 'Drift', 'USA', 'DPF-certificeret: ja. TIA mangler'],
      ['D Inc.', 'Drift', 'USA', 'DPF (tjekket 1. marts 2024)'],
    ])
    expect(told.engagements.map(({ input }) => input.transfers)).to.deep.equal([
      [
        { country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2024-09-01' },
        { country: 'US', basis: 'scc-2021', module: 3, tia: { concludedOn: '2024-03-12' } },
      ],
      [{ country: 'IN', basis: 'scc-2021' }],
      [{ country: 'US', basis: 'adequacy-dpf' }],
      [{ country: 'US', basis: 'adequacy-dpf', listingCheckedOn: '2024-03-01' }],
    ])
    expect(remarks(told)).to.deep.equal(['D3 warning tia-without-day'])
    const apart = await csv([
      ['Leverandør', 'Formål', 'Land', 'DPF', 'SCC', 'TIA'],
      ['A Inc.', 'Drift', 'USA', 'Ja', 'Nej', 'Nej'],
      ['B Inc.', 'Drift', 'USA', 'nej', '3', '12-03-2024'],
      ['C Inc.', 'Drift', 'USA', '', '2024-01-02', 'ja'],
      ['D Inc.', 'Drift', 'USA', '', '', ''],
    ])
    expect(apart.engagements.map(({ input }) => input.transfers)).to.deep.equal([
      [{ country: 'US', basis: 'adequacy-dpf' }],
      [{ country: 'US', basis: 'scc-2021', module: 3, tia: { concludedOn: '2024-03-12' } }],
      [{ country: 'US', basis: 'scc-2021', signedOn: '2024-01-02' }],
      [],
    ])
    expect(remarks(apart)).to.deep.equal(['F4 warning tia-without-day', '5 critical no-basis US'])
  })

  it('numbers as spreadsheets cut them, and words of data as people use them', async () => {
    const plan = await csv([
      ['Leverandør', 'CVR-nr.', 'Hjemland', 'Formål', 'Datakategorier', 'Antal registrerede'],
      [
        'Fjord A/S',
        '2941200',
        'dk',
        'Drift',
        'Almindelige personoplysninger, CPR-numre, helbredsoplysninger',
        'ca. 5.000',
      ],
      ['Thames Ltd', '9876543', 'UK', 'Support', 'Navn og e-mail; ikke-følsomme oplysninger', '12.345'],
    ])
    expect(plan.engagements.map(({ input }) => [input.dataCategories, input.subjectCount])).to.deep.equal([
      [['ordinary', 'confidential', 'special'], '1000-10000'],
      [['ordinary'], 'over-10000'],
    ])
    expect(remarks(plan)).to.deep.equal(['B2 warning number-short'])
    expect(plan.vendors[1]?.input.registration?.kind).to.equal('other')
  })

  it('places as clouds call them, and codes in small letters', async () => {
    const plan = await csv([
      ['Leverandør', 'Formål', 'Lokation'],
      ['A', 'Drift', 'Azure West Europe; AWS eu-central-1'],
      ['B', 'Drift', 'dk, se'],
      ['C', 'Drift', 'Irland (Dublin) og Holland (Amsterdam)'],
    ])
    expect(plan.engagements.map(({ input }) => input.storageCountries)).to.deep.equal([
      ['NL', 'DE'],
      ['DK', 'SE'],
      ['IE', 'NL'],
    ])
  })

  it('the same vendor thrice in different spellings: the first two are one, the third is asked about', async () => {
    const plan = await csv([
      ['Leverandør', 'Formål'],
      ['Fjord Operations Ltd', 'Drift'],
      ['FJORD OPERATIONS LTD.', 'Backup'],
      ['Fjord Operations Limited', 'Mail'],
    ])
    expect(plan.vendors.map(({ input }) => input.name)).to.deep.equal([
      'Fjord Operations Ltd',
      'Fjord Operations Limited',
    ])
    expect(plan.messages.map(({ row, text, facts }) => [row, text, facts['other']])).to.deep.equal([
      [4, 'looks-like-row', 2],
    ])
  })
})
