/** A file of whole data, checked to its last byte before anybody uses it. It may come from anywhere. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { documentOf } from '../../db/dump-documents.js'
import { measuring } from '../rules.js'
import {
  collectionOfPath,
  contentPath,
  leftOut,
  longestLine,
  longestManifest,
  manifestPath,
  type WholeManifest,
  type WholeMember,
} from '../rules/whole-data.js'
import { manifestProblem, membersProblem } from '../rules/whole-manifest.js'
import { CannotReadIn, unreadable } from './read-in-problems.js'
import { openZip, UnreadablePack, type Member } from './unzip.js'
import { tilsynVersion } from './whole-data.js'

export type Whole = {
  manifest: WholeManifest
  /** SHA-256 of the manifest, which has that of everything else. */
  hash: string
  members: Member[]
  close: () => Promise<void>
}

/** `known`: the collections this Tilsyn has. Throws `CannotReadIn`. */
export async function openWhole(
  file: string,
  known: ReadonlySet<string>,
  note?: (line: string) => void,
): Promise<Whole> {
  const zip = await openZip(file).catch((error: unknown) => {
    if (error instanceof UnreadablePack) throw unreadable(file, error.message)
    const code = (error as { code?: unknown }).code
    if (code === 'ENOENT') throw unreadable(file, 'there is no such file')
    if (code === 'EISDIR') throw unreadable(file, 'it is a folder')
    throw error
  })
  try {
    return await checked(file, zip, known, note)
  } catch (error) {
    await zip.close()
    if (error instanceof CannotReadIn) throw error
    if (error instanceof UnreadablePack) throw unreadable(file, error.message)
    throw error
  }
}

async function checked(
  file: string,
  { members, close }: { members: Member[]; close: () => Promise<void> },
  known: ReadonlySet<string>,
  note?: (line: string) => void,
): Promise<Whole> {
  const found = members.find(({ path }) => path === manifestPath)
  if (!found)
    throw unreadable(
      file,
      'there is no manifest.json in it: it is not the whole data of a Tilsyn, or not all of it',
    )
  const { manifest, hash } = await manifestOf(file, found)
  const { size: packed } = await stat(file)
  const taken = new Set([...known].filter((name) => !(name in leftOut)))
  const wrong = membersProblem(
    manifest,
    members.map(({ path }) => path),
    { known: taken, packed },
  )
  if (wrong) throw unreadable(file, wrong)
  note?.(`Checking ${manifest.members.length} members.`)
  const listed = new Map(manifest.members.map((member) => [member.path, member]))
  const lost = new Set(manifest.files.lost)
  for (const member of members) {
    const said = listed.get(member.path)
    if (said) await checkMember(file, member, said, { collections: manifest.collections, lost, listed })
  }
  return { manifest, hash, members, close }
}

async function manifestOf(file: string, member: Member): Promise<{ manifest: WholeManifest; hash: string }> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of member.read()) {
      size += piece.length
      if (size > longestManifest) throw unreadable(file, 'its manifest is far too long')
      pieces.push(piece)
    }
  } catch (error) {
    if (error instanceof CannotReadIn) throw error
    throw unreadable(file, 'its manifest is damaged', error)
  }
  const bytes = Buffer.concat(pieces)
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw unreadable(file, 'its manifest is damaged', error)
  }
  const wrong = manifestProblem(value, tilsynVersion())
  if (wrong) throw unreadable(file, wrong)
  return { manifest: value as WholeManifest, hash: createHash('sha256').update(bytes).digest('hex') }
}

async function checkMember(
  file: string,
  member: Member,
  said: WholeMember,
  {
    collections,
    lost,
    listed,
  }: {
    collections: WholeManifest['collections']
    lost: ReadonlySet<string>
    listed: ReadonlyMap<string, WholeMember>
  },
): Promise<void> {
  const changed = (error?: unknown) => unreadable(file, `${member.path} is damaged or was changed`, error)
  const measure = measuring()
  async function* measured() {
    let size = 0
    for await (const piece of member.read()) {
      size += piece.length
      if (size > said.size) throw changed()
      measure.add(piece)
      yield piece
    }
  }
  const name = collectionOfPath(member.path)
  let count = 0
  try {
    if (name === null) for await (const _ of measured());
    else
      for await (const line of linesOf(measured())) {
        const document = documentOf(line)
        count += 1
        if (
          name === 'files' &&
          !lost.has(String(document['_id'])) &&
          !listed.has(contentPath(String(document['sha256'])))
        )
          throw unreadable(file, `the content of the file ${String(document['_id']).slice(0, 40)} is missing`)
      }
  } catch (error) {
    if (error instanceof CannotReadIn) throw error
    throw changed(error)
  }
  const { size, sha256 } = measure.end()
  if (size !== said.size || sha256 !== said.sha256) throw changed()
  if (name !== null && count !== collections[name])
    throw unreadable(file, `${member.path} has ${count} records where ${collections[name]} should be`)
}

/** The lines of a member that was checked. */
export function linesOfMember(member: Member): AsyncGenerator<string> {
  return linesOf(member.read())
}

/** Split at line feeds only: JSON leaves other ends of lines as they are. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let held: Buffer[] = []
  let length = 0
  for await (const piece of pieces) {
    let from = 0
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
      yield Buffer.concat([...held, piece.subarray(from, at)]).toString('utf8')
      held = []
      length = 0
      from = at + 1
    }
    if (from >= piece.length) continue
    held.push(piece.subarray(from))
    length += piece.length - from
    if (length > longestLine) throw new Error('a line longer than any record')
  }
  if (held.length > 0) yield Buffer.concat(held).toString('utf8')
}
