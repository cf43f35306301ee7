import { expect } from 'chai'
import type { Locale } from '../../src/base/context.js'
import { Refused } from '../../src/base/errors.js'
import { textIn } from '../../src/i18n/texts.js'
import { readSheets } from '../../src/imports/reading/read.js'
import { zipSync } from 'fflate'
import { rawWorkbook, utf8, workbookOf } from './files.js'

describe('Files that cannot be taken', () => {
  const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const cells = (count: number) => `<sheetData><row r="1">${'<c r="A1"/>'.repeat(count)}</row></sheetData>`
  const files: [string, string, RegExp, RegExp, () => Buffer | Promise<Buffer>][] = [
    [
      'encrypted',
      'import-file-encrypted',
      /adgangskode/,
      /password/,
      () => Buffer.concat([compound, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    [
      'old Excel',
      'import-file-old-excel',
      /Excel/,
      /old Excel/,
      () => Buffer.concat([compound, Buffer.alloc(600)]),
    ],
    [
      'broken',
      'import-file-broken',
      /læses|beskadiget/,
      /read|damaged/,
      async () => (await workbookOf({ name: 'A', rows: [['Leverandør']] })).subarray(0, 700),
    ],
    [
      'a zip bomb',
      'import-too-large-unpacked',
      /pakket ud|udpakket|fylder|stor/,
      /unpack|large/,
      () => rawWorkbook('<sheetData/>', { 'xl/sharedStrings.xml': new Uint8Array(15_000_000) }),
    ],
    [
      'more cells than a list has',
      'import-too-many-cells',
      /celler/,
      /cells/,
      () => rawWorkbook(cells(500_000)),
    ],
    [
      'a picture',
      'import-file-unknown',
      /Excel|CSV/,
      /Excel|CSV/,
      () => Buffer.from('89504e470d0a1a0a0000', 'hex'),
    ],
    ['OpenDocument', 'import-file-ods', /\.ods/, /\.ods/, () => archiveOf('content.xml', 'mimetype')],
    ['Numbers', 'import-file-numbers', /Numbers/, /Numbers/, () => archiveOf('Index/Document.iwa')],
    ['Word', 'import-file-word', /Word/, /Word/, () => archiveOf('word/document.xml')],
    ['a binary workbook', 'import-file-xlsb', /xlsb/, /xlsb/, () => archiveOf('xl/workbook.bin')],
    ['a PDF', 'import-file-pdf', /PDF/, /PDF/, () => utf8('%PDF-1.7\n1 0 obj')],
    [
      'a web page called .xls',
      'import-file-web',
      /webside/,
      /web page/,
      () => utf8('<html><table><tr><td>Leverandør</td></tr></table></html>'),
    ],
    [
      'a line of millions of empty cells',
      'import-too-many-columns',
      /kolonner/,
      /columns/,
      () => Buffer.alloc(5_000_000, ';'),
    ],
    ['empty', 'file-empty', /tom/, /empty/, () => Buffer.alloc(0)],
    ['without rows', 'import-file-without-rows', /række|tom/, /row|empty/, () => utf8('\r\n;;;\r\n')],
    [
      'a tag without an end in a sheet',
      'import-file-broken',
      /læses|beskadiget/,
      /read|damaged/,
      () => rawWorkbook(`<sheetData><row r="1"><c ${'x'.repeat(300_000)}`),
    ],
    [
      'a sheet that brings declarations of its own, as those that unfold do',
      'import-file-broken',
      /læses|beskadiget/,
      /read|damaged/,
      () =>
        rawWorkbook('<sheetData/>', {
          'xl/sharedStrings.xml': Buffer.from(
            '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>',
          ),
        }),
    ],
  ]
  for (const [what, reason, da, en, bytes] of files)
    it(`are told from one another: ${what}`, async function () {
      this.timeout(120_000)
      const error: unknown = await readSheets(await bytes(), 'fil').catch((refused: unknown) => refused)
      if (!(error instanceof Refused)) throw new Error(`not refused: ${String(error)}`)
      expect(error.reason).to.equal(reason)
      const words = (locale: Locale) => textIn(locale)(`refusals:${error.reason}`, error.facts)
      expect(words('da')).to.match(da)
      expect(words('en')).to.match(en)
    })
})

function archiveOf(...names: string[]): Buffer {
  return Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(1)]))))
}
