import { expect } from 'chai'
import { cleanName, judgeFile, largestFile } from '../../src/files/rules.js'

const bytes = (text: string) => Buffer.from(text)

describe('a file handed in as evidence', () => {
  const cases: [string, string, Uint8Array, string | undefined, object][] = [
    [
      'takes a PDF by what its bytes say',
      'letter.exe',
      bytes('%PDF-1.7'),
      'application/pdf',
      { type: 'application/pdf' },
    ],
    [
      'refuses a program whatever its name',
      'letter.pdf',
      bytes('MZ'),
      'application/x-msdownload',
      { refused: 'file-type-unknown' },
    ],
    [
      'refuses a page that would run in a browser',
      'letter.html',
      bytes('<script>'),
      undefined,
      { refused: 'file-type-unknown' },
    ],
    ['takes a mail saved as text', 'svar.eml', bytes('From: æ'), undefined, { type: 'message/rfc822' }],
    [
      'refuses bytes that only call themselves text',
      'svar.txt',
      Buffer.from([65, 0, 66]),
      undefined,
      { refused: 'file-type-unknown' },
    ],
    ['refuses an empty file', 'tom.pdf', bytes(''), undefined, { refused: 'file-empty' }],
    ['takes exactly 25 MB', 'stor.txt', Buffer.alloc(largestFile, 65), undefined, { type: 'text/plain' }],
    [
      'refuses a byte more',
      'stor.txt',
      Buffer.alloc(largestFile + 1, 65),
      undefined,
      { refused: 'file-too-large' },
    ],
  ]
  for (const [name, file, content, sniffed, verdict] of cases)
    it(name, () => expect(judgeFile(file, content, sniffed)).to.deep.equal(verdict))

  it('is handed out under a name without folders and control characters', () => {
    expect(cleanName('C:\\Users\\x\\Brev æøå.pdf')).to.equal('Brev æøå.pdf')
    expect(cleanName('../../etc/passwd')).to.equal('passwd')
    expect(cleanName('a\r\nb".pdf')).to.equal('ab.pdf')
    expect(cleanName('')).to.equal('file')
    expect(cleanName(`${'x'.repeat(300)}.docx`))
      .to.have.length(120)
      .and.to.match(/\.docx$/)
  })
})
