import { expect } from 'chai'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { unzipSync } from 'fflate'
import { openZip } from '../../src/exports/actions/unzip.js'
import { zipOut } from '../../src/exports/actions/zip-out.js'

describe('A ZIP of any size', () => {
  const at = new Date('2026-11-23T09:00:00Z')

  async function made(large: boolean): Promise<Buffer> {
    const zip = zipOut(at)
    const pieces: Buffer[] = []
    for await (const piece of zip.add('records/æ.ndjson', 'æble\n'.repeat(1000), { large }))
      pieces.push(piece)
    for await (const piece of zip.add('files/x', 'indhold', { packed: true })) pieces.push(piece)
    return Buffer.concat([...pieces, ...zip.end()])
  }

  for (const large of [false, true])
    it(`is read by our reader and by others, ${large ? 'past' : 'below'} what the plain form can hold`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'tilsyn-zip-'))
      try {
        const bytes = await made(large)
        expect(Object.keys(unzipSync(bytes))).to.deep.equal(['records/æ.ndjson', 'files/x'])
        await writeFile(join(folder, 'a.zip'), bytes)
        const { members, close } = await openZip(join(folder, 'a.zip'))
        expect(members.map(({ path, size }) => [path, size])).to.deep.equal([
          ['records/æ.ndjson', 6000],
          ['files/x', 7],
        ])
        expect((await buffer(members[0]!.read())).toString()).to.equal('æble\n'.repeat(1000))
        await close()
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
})
