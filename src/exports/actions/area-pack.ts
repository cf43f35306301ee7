import { createHash } from 'node:crypto'
import { recordEvent } from '../../audit-log/actions.js'
import { extractAbout, sealedEnd } from '../../audit-log/extract.js'
import { genesis } from '../../audit-log/rules.js'
import { wholeAudit } from '../../audits/actions/read.js'
import { organisation } from '../../auth/organisation.js'
import type { Context } from '../../base/context.js'
import { buildPdf } from '../../documents/pdf.js'
import { areaPaper } from '../page/area-paper.js'
import { mostLinks, packFormat, paths, shownEntry, type AreaAsked, type Manifest } from '../rules.js'
import { openArchive } from './archive.js'
import { addArea } from './area-contents.js'
import type { Area } from './area-part.js'
import { chainLines } from './log.js'
import { inHouse, madeEvent, version } from './pack.js'
import { inJson } from './parts.js'

const together = 500

/**
 * One control area of a year's audit as a ZIP, piece by piece while it is made. Without names no customer stands in it but by its
 * reference, and the log's personal values stay out; their hashes are there, so that the chain can be checked all the same.
 * Throws `NotFound` before the first piece.
 */
export async function* areaPackPieces(
  context: Context,
  asked: AreaAsked,
  by: { name: string; zone: string },
): AsyncGenerator<Buffer> {
  const [whole, house] = await Promise.all([wholeAudit(context, asked.audit), organisation()])
  const about = { kind: 'audit', id: whole.audit._id }
  const facts = { asked: 'area', audit: asked.audit, area: asked.area, named: asked.named }
  await recordEvent(context, 'evidence.begun', about, facts)
  const end = await sealedEnd()
  const anchor = { sequence: end?._id ?? 0, hash: end?.hash ?? genesis }
  const archive = openArchive(context.now)
  const logged = new Map([['audit', new Set([whole.audit._id])]])
  const area: Area = { context, asked, whole, archive, logged, period: whole.audit.period }
  yield* archive.add(paths.verifier, inHouse('docs/verify-pack.mjs'))
  yield* addArea(area)
  const counted = { entries: 0, first: null as number | null }
  yield* archive.add(paths.entries, entryLines(area, anchor.sequence, counted))
  if (counted.first !== null && anchor.sequence - counted.first < mostLinks)
    yield* archive.add(paths.chain, chainLines(counted.first, anchor.sequence))
  const made = { at: context.now, by: by.name, version: version() }
  const paper = areaPaper({
    asked,
    whole,
    organisation: house?.name ?? '',
    files: archive.files,
    entries: counted.entries,
    made,
    anchor,
    locale: context.locale,
    zone: by.zone,
  })
  yield* archive.add(paths.index, await buildPdf(paper))
  const manifest: Omit<Manifest, 'files'> = {
    format: packFormat,
    about: { notice: null, customer: null, audit: asked.audit, area: asked.area },
    audience: 'house',
    language: context.locale,
    sample: whole.audit.sample,
    made: {
      at: context.now.toISOString(),
      by: { kind: context.actor.kind, id: context.actor.id, name: by.name },
      version: made.version,
    },
    anchor,
    entries: counted.entries,
  }
  const text = inJson({ ...manifest, files: [...archive.files] })
  const hash = createHash('sha256').update(text).digest('hex')
  await recordEvent(context, madeEvent, about, { ...facts, manifest: hash, files: archive.files.length })
  yield* archive.add(paths.manifest, text)
  yield* archive.end()
}

async function* entryLines(
  { logged, asked }: Area,
  end: number,
  counted: { entries: number; first: number | null },
): AsyncGenerator<string> {
  for (const [kind, ids] of logged) {
    const all = [...ids]
    for (let at = 0; at < all.length; at += together) {
      const found = await extractAbout(kind, all.slice(at, at + together), end)
      for (const { seal } of found) counted.first = Math.min(counted.first ?? seal._id, seal._id)
      counted.entries += found.length
      yield found
        .map((each) => shownEntry(asked.named ? each : { ...each, personal: null }, 'house'))
        .map((shown) => `${JSON.stringify(shown)}\n`)
        .join('')
    }
  }
}
