import { noticeByReference, type Notice } from '../../notices/actions.js'
import type { UpstreamNotice } from '../rules.js'

/** Our own notices that came of it; one that was discarded or withdrawn tells nobody any more. */
export async function noticesOf({ notices }: Pick<UpstreamNotice, 'notices'>): Promise<Notice[]> {
  const found = await Promise.all(notices.map((reference) => noticeByReference(reference).catch(() => null)))
  return found.filter((notice) => notice !== null)
}

export function wasTold(notices: readonly Pick<Notice, 'state'>[]): boolean {
  return notices.some(({ state }) => state === 'issuing' || state === 'issued' || state === 'settled')
}
