import { pagesOf, type PdfTrouble } from '../../documents/pdf-text.js'
import { propose } from '../rules/proposing.js'
import type { Proposals } from '../rules/proposals.js'

/** `count`: pages in the file, of which a long one's middle was not read. */
export type Reading =
  { outcome: 'read'; count: number; proposals: Proposals } | { outcome: PdfTrouble; count: number | null }

/** Reads a statement for what the reviewer is then asked to confirm. Never throws for what is in the file. */
export async function readStatement(pdf: Uint8Array): Promise<Reading> {
  const text = await pagesOf(pdf)
  if (text.outcome !== 'read') return text
  return { outcome: 'read', count: text.count, proposals: propose(text.pages) }
}
