/** Letters of running text across a page that stands, and of one that lies down, less what parts the columns. */
const across = { standing: 88, lying: 140 }
/** Between two columns, in letters. */
const gap = 2
/** No column asks for more than this, and no word for more than that: longer ones break. */
const widest = 60
const longestWord = 28

/** '1. dec. 2026', '1 Dec 2026': a day in a column is read at one glance. */
const shortDays = /(\d{1,2}\.?) (\p{L}{3,4}\.?) (\d{4})/gu

/** A company's form stands with its name: a line may end after the stroke of 'A/S'. */
const companyForms = / (A\/S|ApS|I\/S|K\/S|P\/S)(?!\p{L})/gu

/**
 * How wide each column is, as shares of the page: as wide as its longest word at least, so that none breaks, and of the rest by how
 * much it has to say.
 */
export function columnShares(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  lying = false,
): number[] {
  const columns = Math.max(headings.length, ...rows.map((row) => row.length), 1)
  const texts = textsOf(columns, headings, rows)
  const least = texts.map(leastFor)
  const wanted = texts.map((cells, column) =>
    Math.max(
      least[column] ?? 0,
      most(
        cells.flatMap((cell) => cell.split('\n')),
        widest,
      ),
    ),
  )
  const all = lying ? across.lying : across.standing
  const over = sum(wanted) - sum(least)
  // With room enough each gets what it wants, and more of what is left over the more it has to say.
  if (sum(wanted) <= all || over === 0) return wanted
  const rest = Math.max(0, all - sum(least))
  return wanted.map((wish, column) => (least[column] ?? 0) + (rest * (wish - (least[column] ?? 0))) / over)
}

/** Shares that are given, changed no more than it takes for each column to hold its longest word: what is wider gives of its own. */
export function sharesHolding(
  given: readonly number[],
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  lying = false,
): number[] {
  const all = lying ? across.lying : across.standing
  const letters = given.map((share) => (share * all) / sum(given))
  const least = textsOf(given.length, headings, rows).map(leastFor)
  const lacking = letters.map((have, column) => Math.max(0, (least[column] ?? 0) - have))
  const spare = letters.map((have, column) => Math.max(0, have - (least[column] ?? 0)))
  if (sum(lacking) === 0 || sum(spare) === 0) return [...given]
  const part = Math.min(1, sum(spare) / sum(lacking))
  const taken = (part * sum(lacking)) / sum(spare)
  return letters.map((have, column) => have + part * (lacking[column] ?? 0) - taken * (spare[column] ?? 0))
}

function textsOf(columns: number, headings: readonly string[], rows: readonly (readonly string[])[]) {
  return Array.from({ length: columns }, (_, column) => [headings, ...rows].map((row) => row[column] ?? ''))
}

/** The letters of its longest word, of which no more counts than `longestWord`. */
function leastFor(cells: readonly string[]): number {
  const words = cells.flatMap((cell) =>
    cell.replace(shortDays, '$1_$2_$3').replace(companyForms, '_$1').split(/\s+/),
  )
  return most(words, longestWord)
}

function most(parts: readonly string[], limit: number): number {
  return Math.min(limit, Math.max(1, ...parts.map((part) => part.length))) + gap
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
