import type { Notice } from '../rules.js'
import { Notices } from './notices.js'

/** Notices by what people call them: the rows of one page. */
export async function findNoticesByReferences(references: readonly string[]): Promise<Notice[]> {
  return references.length === 0 ? [] : Notices.find({ reference: { $in: [...references] } }).lean<Notice[]>()
}
