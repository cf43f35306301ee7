import { engagementThatGoes, type Line } from './notice.js'

/**
 * By line: who stands above it in the chain, the nearest first, with those they continue or are continued by. Nothing for a line about
 * a sub-processor of our own.
 */
export type Above = ReadonlyMap<string, readonly string[]>

export const nothingAbove: Above = new Map()

/**
 * The lines about a link below sub-processors none of which the customer has approved: they process nothing for it (Art. 28(2), (4);
 * clause 7.3), so it is at most informed, whatever it buys. What is announced together with the one above it is asked with that one.
 * `approved`: the engagements on the customer's list, now or from a later day.
 */
export function linesBeyond(
  lines: readonly Line[],
  above: Above,
  approved: ReadonlySet<string>,
): ReadonlySet<string> {
  const coming = new Set(lines.map(({ engagement }) => engagement))
  const holds = (engagement: string) => approved.has(engagement) || coming.has(engagement)
  const beyond = lines.filter((line) => {
    const chain = above.get(line.id) ?? []
    const gone = engagementThatGoes(line)
    return chain.length > 0 && !chain.some(holds) && !(gone !== null && approved.has(gone))
  })
  return new Set(beyond.map(({ id }) => id))
}
