import { searchTokens } from '../../db/keys.js'
import type { Finding } from './finding.js'

/** What the list finds and sorts a finding by; kept on its record, set with every move of it. */
export type FindingListing = { tokens: string[]; keys: string[]; order: string }

const worst = { critical: '0', high: '1', medium: '2', low: '3' } as const

export function findingListing(finding: Finding): FindingListing {
  const { reference, vendorName, text, state, severity, running, dueOn, source, owner } = finding
  const ended = finding.notes[0]?.at.toISOString().slice(0, 10) ?? dueOn
  return {
    tokens: searchTokens(
      reference,
      vendorName,
      text.da,
      text.en,
      owner?.kind === 'vendor' ? owner.name : undefined,
    ),
    keys: [
      `state:${state}`,
      ...(running ? ['state:running'] : []),
      `severity:${severity}`,
      `source:${source.kind}`,
    ],
    // Those that run first, the first due first; then the others, the last ended first.
    order: running ? `0${dueOn}${worst[severity]}` : `1${backwards(ended)}`,
  }
}

/** A later day is a smaller text. */
function backwards(day: string): string {
  return day.replaceAll(/\d/g, (digit) => String(9 - Number(digit)))
}
