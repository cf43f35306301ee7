import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Context, Locale } from '../base/context.js'
import { checkPack, packPieces, type PackCheck } from '../exports/actions.js'
import { packName, type Asked } from '../exports/rules.js'

type Given = {
  notice?: string | undefined
  customer?: string | undefined
  lang?: string | undefined
  out?: string | undefined
}
export type PackOrder = { asked: Asked; locale: Locale; out: string | undefined }

/** Null where it does not say what the pack is to be about. */
export function packOrder({ notice, customer, lang = 'da', out }: Given): PackOrder | null {
  const locale = lang === 'da' || lang === 'en' ? lang : null
  const asked = askedFor(notice?.toUpperCase(), customer?.toUpperCase())
  return asked && locale ? { asked, locale, out } : null
}

function askedFor(notice: string | undefined, customer: string | undefined): Asked | null {
  if (notice !== undefined) return customer ? { kind: 'part', notice, customer } : { kind: 'notice', notice }
  return customer === undefined ? null : { kind: 'customer', customer }
}

/** The pack in a file, which is there under its name only when all of it is. Returns its size in bytes. */
export async function packFile(
  context: Context,
  { asked, locale, out }: PackOrder,
  zone: string,
): Promise<{ file: string; bytes: number }> {
  const file = out ?? packName(asked, context.today)
  const unfinished = `${file}.part`
  try {
    const pieces = packPieces({ ...context, locale }, asked, { name: 'tilsyn evidence', zone })
    await pipeline(Readable.from(pieces), createWriteStream(unfinished))
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  return { file, bytes: (await stat(file)).size }
}

export async function packChecked(file: string): Promise<{ result: PackCheck; words: string }> {
  const result = await checkPack(file, { live: true })
  const { whole, files, entries, manifest, findings } = result
  const words = [
    whole
      ? `The pack is whole: ${files} files, ${entries} log entries, and the log of this house has them all.`
      : 'The pack is NOT whole. What does not fit:',
    ...findings.map(({ problem, of }) => `  ${problem}: ${of}`),
    `Made ${manifest.made}, anchored at log entry ${manifest.anchor}. SHA-256 of its manifest: ${manifest.sha256}`,
  ]
  return { result, words: words.join('\n') }
}
