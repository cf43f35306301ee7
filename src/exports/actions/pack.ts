import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { recordEvent } from '../../audit-log/actions.js'
import { sealedEnd } from '../../audit-log/extract.js'
import { genesis } from '../../audit-log/rules.js'
import { staffMembers } from '../../auth/actions/people.js'
import type { Context } from '../../base/context.js'
import { buildPdf } from '../../documents/pdf.js'
import { indexPaper } from '../page/index-paper.js'
import { packFormat, paths, type Asked, type Manifest } from '../rules.js'
import { openArchive } from './archive.js'
import { nothingYet } from './collected.js'
import { addLog } from './log.js'
import { addNotice, addParts, inJson } from './parts.js'
import { addTables } from './tables.js'
import { subjectOf, type Subject } from './subject.js'

export const inHouse = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

export const madeEvent = 'evidence.made'

/**
 * The pack as a ZIP, piece by piece while it is made, so that its size does not matter. The log is told when it is begun, and at its
 * end with the manifest's hash; no whole pack leaves without that. Throws as `subjectOf` does, before the first piece.
 */
export async function* packPieces(
  context: Context,
  asked: Asked,
  by: { name: string; zone: string },
): AsyncGenerator<Buffer> {
  const subject = await subjectOf(context, asked)
  const { audience, sections, about } = subject
  const facts = { asked: asked.kind, audience }
  await recordEvent(context, 'evidence.begun', about, facts)
  const end = await sealedEnd()
  const anchor = { sequence: end?._id ?? 0, hash: end?.hash ?? genesis }
  const archive = openArchive(context.now)
  const collected = nothingYet()
  const gathering = { archive, audience, collected }
  yield* archive.add(paths.verifier, inHouse('docs/verify-pack.mjs'))
  for (const section of sections) {
    yield* addNotice(gathering, section)
    yield* addParts(gathering, section)
  }
  yield* addTables(archive, sections, audience)
  const names = audience === 'house' ? await staffNames() : new Map<string, string>()
  yield* addLog(archive, sections, anchor.sequence, { audience, collected, names, locale: context.locale })
  const made = { at: context.now, by: by.name, version: version() }
  const paper = indexPaper({
    ...subject,
    customerName: subject.customer?.name ?? null,
    collected,
    made,
    anchor,
    locale: context.locale,
    zone: sections[0]?.notice.rules.zone ?? by.zone,
  })
  yield* archive.add(paths.index, await buildPdf(paper))
  const manifest = manifestOf(context, subject, { ...made, anchor, entries: collected.entries })
  const text = inJson({ ...manifest, files: [...archive.files] })
  const hash = createHash('sha256').update(text).digest('hex')
  await recordEvent(context, madeEvent, about, { ...facts, manifest: hash, files: archive.files.length })
  yield* archive.add(paths.manifest, text)
  yield* archive.end()
}

function manifestOf(
  { now, actor, locale }: Context,
  { asked, audience, sample }: Subject,
  made: { by: string; version: string; anchor: Manifest['anchor']; entries: number },
): Omit<Manifest, 'files'> {
  return {
    format: packFormat,
    about: {
      notice: asked.kind === 'customer' ? null : asked.notice,
      customer: asked.kind === 'notice' ? null : asked.customer,
    },
    audience,
    language: locale,
    sample,
    made: {
      at: now.toISOString(),
      by: { kind: actor.kind, id: actor.id, name: made.by },
      version: made.version,
    },
    anchor: made.anchor,
    entries: made.entries,
  }
}

async function staffNames(): Promise<Map<string, string>> {
  return new Map((await staffMembers()).map(({ _id, name }) => [_id, name]))
}

export function version(): string {
  return (JSON.parse(inHouse('package.json')) as { version: string }).version
}
