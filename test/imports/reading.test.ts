import { expect } from 'chai'
import { readSheets } from '../../src/imports/reading/read.js'
import { csvOf, latin1, rawWorkbook, utf16be, utf16le, utf8, workbookOf } from './files.js'

const rows = [
  ['Leverandør', 'Land', 'Formål'],
  ['Møllegården A/S', 'Danmark', 'Drift, "døgnet rundt"'],
  ['Åkær', 'Sverige', 'Support;\nfjernadgang'],
]

async function refusal(bytes: Buffer, name = 'fil'): Promise<string> {
  const error: unknown = await readSheets(bytes, name).then(
    () => null,
    (reason: unknown) => reason,
  )
  return (error as { reason?: string } | null)?.reason ?? `not refused: ${String(error)}`
}

describe('Reading a spreadsheet', () => {
  const encodings: [string, Buffer][] = [
    ['UTF-8 with commas', utf8(csvOf(rows))],
    ['UTF-8 with a mark and semicolons', utf8(`\ufeff${csvOf(rows, ';')}`)],
    ['Latin-1 with semicolons, as Danish Excel saves it', latin1(csvOf(rows, ';'))],
    ['UTF-16 with tabs, as Excel saves Unicode text', utf16le(csvOf(rows, '\t'))],
    ['UTF-16 of the other byte order', utf16be(csvOf(rows, ';'))],
    ['UTF-16 without its mark', utf16le(csvOf(rows, ';')).subarray(2)],
    ['a file that says its separator', utf8(`sep=;\r\n${csvOf(rows, ';')}`)],
  ]
  for (const [what, bytes] of encodings)
    it(`takes ${what}`, async () => {
      const { sheets } = await readSheets(bytes, 'liste.csv')
      expect(sheets).to.deep.equal([{ name: 'liste.csv', rows }])
    })

  it('takes a workbook whatever its name says', async () => {
    const { sheets } = await readSheets(await workbookOf({ name: 'Ark', rows }), 'liste.csv')
    expect(sheets).to.deep.equal([{ name: 'Ark', rows }])
  })

  it('reads what a person sees in a cell: days, values of formulas, merged cells', async () => {
    const bytes = await workbookOf({
      name: 'Ark',
      rows: [
        ['Liste', '', ''],
        [new Date('2018-04-13T00:00:00Z'), { formula: '1+1', result: 2 }, 35240136],
        ['Samme', { error: '#REF!' }, { formula: 'A1', date1904: false }],
        [null, 'to', 'tre'],
      ],
      merges: ['A3:A4'],
    })
    const { sheets } = await readSheets(bytes, 'a.xlsx')
    expect(sheets[0]?.rows).to.deep.equal([
      ['Liste'],
      ['2018-04-13', '2', '35240136'],
      ['Samme', '#REF!'],
      ['Samme', 'to', 'tre'],
    ])
  })

  it('passes over sheets that are hidden or empty', async () => {
    const bytes = await workbookOf(
      { name: 'Skjult', rows, hidden: true },
      { name: 'Tomt', rows: [] },
      { name: 'Vist', rows },
    )
    expect((await readSheets(bytes, 'a.xlsx')).sheets.map(({ name }) => name)).to.deep.equal(['Vist'])
  })

  it('does not open links to other workbooks, and says so', async () => {
    const bytes = rawWorkbook('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>', {
      'xl/externalLinks/externalLink1.xml': '<externalLink/>',
    })
    const { sheets, notes } = await readSheets(bytes, 'a.xlsx')
    expect([sheets[0]?.rows, notes.map(({ text }) => text)]).to.deep.equal([[['1']], ['external-links']])
  })

  const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const refused: [string, string, () => Buffer | Promise<Buffer>][] = [
    [
      'an encrypted workbook',
      'import-file-encrypted',
      () => Buffer.concat([compound, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    [
      'a workbook from before 2007',
      'import-file-old-excel',
      () => Buffer.concat([compound, Buffer.alloc(600)]),
    ],
    [
      'a workbook with code in it',
      'import-file-macros',
      () => rawWorkbook('<sheetData/>', { 'xl/vbaProject.bin': 'x' }),
    ],
    [
      'a workbook cut off in the middle',
      'import-file-broken',
      async () => (await workbookOf({ name: 'A', rows })).subarray(0, 900),
    ],
    ['an archive that is no workbook', 'import-file-unknown', () => emptyZip],
    [
      'a file that unfolds to hundreds of megabytes',
      'import-too-large-unpacked',
      () => rawWorkbook('<sheetData/>', { 'xl/media/bomb.bin': new Uint8Array(15_000_000) }),
    ],
    [
      'millions of cells',
      'import-too-many-cells',
      () => rawWorkbook(`<sheetData><row r="1">${'<c r="A1"/>'.repeat(500_000)}</row></sheetData>`),
    ],
    [
      'a sheet that defines entities',
      'import-file-broken',
      () =>
        rawWorkbook('<sheetData/>', {
          'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>',
        }),
    ],
    [
      'a picture',
      'import-file-unknown',
      () =>
        Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(2_000)]),
    ],
    ['nothing but blanks', 'import-file-without-rows', () => utf8(' \r\n;;\r\n')],
    ['an empty file', 'file-empty', () => Buffer.alloc(0)],
    ['more rows than a register holds', 'import-too-many-rows', () => utf8('a;b\n'.repeat(20_001))],
  ]
  for (const [what, reason, bytes] of refused)
    it(`refuses ${what}`, async () => expect(await refusal(await bytes())).to.equal(reason))

  it('does not unfold a merged range over the whole sheet', async () => {
    const bytes = rawWorkbook(
      '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    expect((await readSheets(bytes, 'a.xlsx')).sheets[0]?.rows).to.deep.equal([['1'], ['1', '2']])
  })

  it('does not unfold a dimension, a validation or a name over ten million cells', async () => {
    const bytes = rawWorkbook(
      '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData><dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a"</formula1></dataValidation></dataValidations>',
      {
        'xl/workbook.xml':
          '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="x">Ark1!$A$1:$XFD$1048576</definedName></definedNames></workbook>',
      },
    )
    expect((await readSheets(bytes, 'a.xlsx')).sheets[0]?.rows).to.deep.equal([['7']])
  })
})

/** The end of an archive without entries. */
const emptyZip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')
