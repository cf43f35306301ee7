/** What does not fit in a pack, as functions of what was read of it. `docs/verify-pack.mjs` does the same without Tilsyn. */
import { canonical, hashOf, personalHash, sha256 } from '../../audit-log/rules.js'
import type { Manifest, PackFile } from './pack.js'
import type { ShownEntry } from './disclosure.js'

export type PackProblem =
  | 'not-in-manifest'
  | 'missing'
  | 'twice'
  | 'changed'
  | 'unreadable'
  | 'entries-missing'
  | 'entry-changed'
  | 'seal-changed'
  | 'personal-changed'
  | 'not-in-chain'
  | 'chain-end'
  | 'not-in-log'
  | 'anchor-not-in-log'
  | 'made-elsewhere'

export type Finding = { problem: PackProblem; of: string }

/** The files that were found against those the manifest names. */
export function compareFiles(
  manifest: Pick<Manifest, 'files'>,
  found: readonly PackFile[],
  itself: string,
): Finding[] {
  const listed = new Map(manifest.files.map((file) => [file.path, file]))
  const seen = new Map<string, PackFile>()
  const findings: Finding[] = []
  for (const file of found) {
    if (seen.has(file.path)) findings.push({ problem: 'twice', of: file.path })
    seen.set(file.path, file)
    const said = listed.get(file.path)
    if (said === undefined) {
      if (file.path !== itself) findings.push({ problem: 'not-in-manifest', of: file.path })
    } else if (said.sha256 !== file.sha256 || said.size !== file.size)
      findings.push({ problem: 'changed', of: file.path })
  }
  for (const path of listed.keys()) if (!seen.has(path)) findings.push({ problem: 'missing', of: path })
  return findings
}

/** An entry against its own seal: what it says, its personal part, and the link's hash. */
export function compareEntry({ sequence, digest, previous, hash, entry, personal }: ShownEntry): Finding[] {
  const of = `log entry ${sequence}`
  return [
    ...(hashOf(sequence, digest, previous) === hash ? [] : [{ problem: 'seal-changed' as const, of }]),
    ...(entry === null || sha256(canonical(entry)) === digest
      ? []
      : [{ problem: 'entry-changed' as const, of }]),
    ...(entry === null || personal === null || personalHash(personal) === entry.personalHash
      ? []
      : [{ problem: 'personal-changed' as const, of }]),
  ]
}

/**
 * The hashes of the chain from its first line ('<sequence> <hash before it>') and the digests that follow; null where the
 * first line cannot be read.
 */
export function chainOf(
  head: string,
  digests: Iterable<string>,
): { hashes: Map<number, string>; last: string } | null {
  const [, first, before] = /^(\d+) ([0-9a-f]{64})$/.exec(head) ?? []
  if (first === undefined || before === undefined) return null
  let sequence = Number(first)
  let previous = before
  const hashes = new Map<number, string>()
  for (const digest of digests) {
    previous = hashOf(sequence, digest, previous)
    hashes.set(sequence, previous)
    sequence += 1
  }
  return { hashes, last: previous }
}
