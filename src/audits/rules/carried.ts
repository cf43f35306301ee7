import type { Finding } from '../../findings/rules.js'

/** Ended findings carry the note that ended them first; one that was closed before the year's audit began does not follow. */
export function ranWhenBegun({ running, notes }: Pick<Finding, 'running' | 'notes'>, begun: Date): boolean {
  if (running) return true
  const end = notes.find(({ kind }) => kind === 'closed' || kind === 'accepted')
  return end !== undefined && end.at >= begun
}

/** The control a finding of the audit is about; null where it is a decision of the review, or of no one control. */
export function controlOf({ source }: Pick<Finding, 'source'>): string | null {
  const [first = ''] = source.item.split('/')
  return /^[A-Z]\.\d+$/.test(first) ? first : null
}
