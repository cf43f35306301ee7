import { expect } from 'chai'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '../../src/base/context.js'
import { missingPrograms, run } from './office.js'

const pictures = process.env['PICTURES']

/**
 * A paper of ours as those get it who read it with other programs: nothing broken (qpdf), tagged, in its language, with a title, and each
 * page numbered in words, with `foot` at the foot of each. Where the programs are not installed nothing is checked but its first letters.
 * With PICTURES=FOLDER a picture of each page is left there.
 */
export async function expectSoundPdf(
  bytes: Buffer,
  { name, locale, foot = [] }: { name: string; locale: Locale; foot?: readonly string[] },
): Promise<string[]> {
  expect(bytes.subarray(0, 5).toString('latin1'), name).to.equal('%PDF-')
  expect(bytes.toString('latin1'), name).to.include(`/Lang (${locale === 'da' ? 'da-DK' : 'en-GB'})`)
  if (missingPrograms.length > 0) return []
  const folder = await mkdtemp(join(tmpdir(), 'tilsyn-sound-'))
  try {
    const file = join(folder, 'paper.pdf')
    await writeFile(file, bytes)
    const [checked, info, text] = await Promise.all([
      run('qpdf', ['--check', file]),
      run('pdfinfo', [file]),
      run('pdftotext', ['-layout', file, '-']),
    ])
    if (pictures) await drawn(file, name)
    expect(checked, name).to.include('No syntax or stream encoding errors found')
    expect(info, name)
      .to.match(/^Tagged:\s+yes$/m)
      .and.match(/^Title:\s+\S/m)
    const pages = text.split('\f').slice(0, -1)
    const [page, of] = locale === 'da' ? ['Side', 'af'] : ['Page', 'of']
    for (const [place, said] of pages.entries())
      for (const words of [`${page} ${place + 1} ${of} ${pages.length}`, ...foot])
        expect(said, `${name}, page ${place + 1}`).to.include(words)
    return pages
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function drawn(file: string, name: string): Promise<void> {
  await mkdir(pictures ?? '', { recursive: true })
  await run('pdftoppm', ['-r', '80', '-png', file, join(pictures ?? '', `paper-${name}`)])
}
