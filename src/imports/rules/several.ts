/**
 * What may be done with every row of which the same is said: `empty` its cell is read as empty, `out` the row is left out, `fill` it
 * belongs to the name above it, `split` its names are as many vendors.
 */
export const waysForSeveral = ['empty', 'fill', 'split', 'out'] as const
export type WayForSeveral = (typeof waysForSeveral)[number]

/** `text`: what is said, `letter`: of which column. */
export type SeveralAsked = { text: string; letter: string; way: WayForSeveral }

/** Which of them help against a problem. A name cannot be empty. */
export function waysFor(text: string, letter: string, ofName: boolean): WayForSeveral[] {
  return waysForSeveral.filter((way) => {
    if (way === 'fill') return text === 'name-missing'
    if (way === 'split') return text === 'several-names'
    return way === 'out' || (letter !== '' && !ofName)
  })
}
