import { hasEventWith, sealsNumbered } from '../../audit-log/extract.js'
import { auditOf } from '../../audits/actions/read.js'
import { customerByReference } from '../../customers/actions.js'
import { noticeByReference } from '../../notices/actions.js'
import { recipientId } from '../../notices/rules.js'
import { chainOf, compareEntry, compareFiles, type Finding } from '../rules/checks.js'
import { measuring, paths, type Manifest, type PackFile, type ShownEntry } from '../rules.js'
import { openZip, UnreadablePack, type Member } from './unzip.js'

export type PackCheck = {
  whole: boolean
  files: number
  entries: number
  manifest: { sha256: string; made: string; anchor: number }
  /** Whether the log of this house was asked too: that it has these entries, and that the pack was made here. */
  againstLog: boolean
  findings: Finding[]
}

type Link = Pick<ShownEntry, 'sequence' | 'hash'>

/** Recomputes everything in a pack; `live`: and compares it with the log of this house. One file at a time. */
export async function checkPack(path: string, { live }: { live: boolean }): Promise<PackCheck> {
  const zip = await openZip(path)
  try {
    const found: PackFile[] = []
    const findings: Finding[] = []
    const links: Link[] = []
    let manifest: Manifest | null = null
    let manifestHash = ''
    let chain: ReturnType<typeof chainOf> | undefined
    for (const member of zip.members) {
      const file = await fileOf(member)
      if (file === null) {
        findings.push({ problem: 'unreadable', of: member.path })
        continue
      }
      found.push(file)
      if (member.path === paths.manifest) {
        manifest = JSON.parse(await textOf(member)) as Manifest
        manifestHash = file.sha256
      }
      if (member.path === paths.entries) findings.push(...(await readEntries(member, links)))
      if (member.path === paths.chain) chain = await readChain(member)
    }
    if (manifest === null)
      throw new UnreadablePack('there is no manifest.json in the file: it is no evidence pack')
    findings.push(...compareFiles(manifest, found, paths.manifest))
    findings.push(...compareChain(manifest, links, chain))
    if (live) findings.push(...(await compareWithLog(manifest, manifestHash, links)))
    return {
      whole: findings.length === 0,
      files: found.length,
      entries: links.length,
      manifest: { sha256: manifestHash, made: manifest.made.at, anchor: manifest.anchor.sequence },
      againstLog: live,
      findings: findings.slice(0, 100),
    }
  } finally {
    await zip.close()
  }
}

async function fileOf({ path, read }: Member): Promise<PackFile | null> {
  const measure = measuring()
  try {
    for await (const piece of read()) measure.add(piece)
  } catch {
    // A byte changed in what is packed often cannot be unpacked at all.
    return null
  }
  return { path, ...measure.end() }
}

async function readEntries(member: Member, links: Link[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for await (const line of linesOf(member)) {
    let shown: ShownEntry
    try {
      shown = JSON.parse(line) as ShownEntry
    } catch {
      findings.push({ problem: 'unreadable', of: `${paths.entries} ${links.length + 1}` })
      continue
    }
    findings.push(...compareEntry(shown))
    links.push({ sequence: shown.sequence, hash: shown.hash })
  }
  return findings
}

async function readChain(member: Member): Promise<ReturnType<typeof chainOf>> {
  const [head = '', ...digests] = (await textOf(member)).split('\n').filter(Boolean)
  return chainOf(head, digests)
}

function compareChain(
  { anchor, entries }: Manifest,
  links: readonly Link[],
  chain: ReturnType<typeof chainOf> | undefined,
): Finding[] {
  const count: Finding[] =
    links.length === entries ? [] : [{ problem: 'entries-missing', of: `${links.length} of ${entries}` }]
  if (chain === undefined) return count
  if (chain === null) return [...count, { problem: 'unreadable', of: paths.chain }]
  return [
    ...count,
    ...(chain.last === anchor.hash ? [] : [{ problem: 'chain-end' as const, of: paths.chain }]),
    ...links
      .filter(({ sequence, hash }) => chain.hashes.get(sequence) !== hash)
      .map(({ sequence }) => ({ problem: 'not-in-chain' as const, of: `log entry ${sequence}` })),
  ]
}

const batch = 500

async function compareWithLog(
  manifest: Manifest,
  manifestHash: string,
  links: readonly Link[],
): Promise<Finding[]> {
  const { anchor } = manifest
  const findings: Finding[] = []
  if ((await sealsNumbered([anchor.sequence])).get(anchor.sequence)?.hash !== anchor.hash)
    findings.push({ problem: 'anchor-not-in-log', of: String(anchor.sequence) })
  for (let from = 0; from < links.length; from += batch) {
    const some = links.slice(from, from + batch)
    const seals = await sealsNumbered(some.map(({ sequence }) => sequence))
    for (const { sequence, hash } of some)
      if (seals.get(sequence)?.hash !== hash)
        findings.push({ problem: 'not-in-log', of: `log entry ${sequence}` })
  }
  const about = await recordOf(manifest).catch(() => null)
  if (!about || !(await hasEventWith(about, 'evidence.made', ['manifest', manifestHash])))
    findings.push({ problem: 'made-elsewhere', of: paths.manifest })
  return findings
}

/** The record whose log was told that the pack was made. */
async function recordOf({ about }: Manifest): Promise<{ kind: string; id: string }> {
  if (about.audit !== undefined) return { kind: 'audit', id: (await auditOf(about.audit))._id }
  const customer = about.customer === null ? null : await customerByReference(about.customer)
  const notice = about.notice === null ? null : await noticeByReference(about.notice)
  if (customer && notice) return { kind: 'recipient', id: recipientId(notice._id, customer._id) }
  return notice ? { kind: 'notice', id: notice._id } : { kind: 'customer', id: customer?._id ?? '' }
}

async function textOf({ read }: Member): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of read()) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

// Not by readline, which also breaks lines at characters that may stand inside a text.
async function* linesOf({ read }: Member): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const piece of read()) {
    rest = Buffer.concat([rest, piece])
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      if (end > 0) yield rest.toString('utf8', 0, end)
      rest = rest.subarray(end + 1)
    }
  }
  if (rest.length > 0) yield rest.toString('utf8')
}
