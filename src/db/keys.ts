// The three bytes after 'z': æ, ø, å stand there in any byte order, so no collation is needed to sort.
const lastLetters: Record<string, string> = { æ: '{', ø: '|', å: '}', ä: '{', ö: '|', ő: '|', aa: '}' }
const otherLetters: Record<string, string> = {
  ü: 'y',
  ű: 'y',
  ß: 'ss',
  þ: 'th',
  ð: 'd',
  đ: 'd',
  ł: 'l',
  œ: 'oe',
}

/**
 * A key whose plain byte order is the order Danes expect: æ, ø, å last, aa as å, case and accents without weight,
 * numbers by their value ('Skole 2' before 'Skole 10'). For storing beside a name, never for showing.
 */
export function danishSortKey(name: string): string {
  return wordsOf(name)
    .map((word) =>
      withoutMarks(
        word.replace(/aa|[æøåäöő]/g, (letter) => lastLetters[letter] ?? letter).replace(/./gu, plainLetter),
      )
        // Digits first, then how many there are: a longer number is a larger one.
        .replace(/\d+/g, (digits) => {
          const number = digits.replace(/^0+(?=\d)/, '')
          return String(Math.min(number.length, 99)).padStart(2, '0') + number
        }),
    )
    .join(' ')
}

/**
 * The words of some texts as a search finds them, each in the spellings people use: 'Møller' also as 'moeller'
 * and 'moller'. For an indexed array; look them up with `tokenRange`.
 */
export function searchTokens(...texts: (string | null | undefined)[]): string[] {
  const tokens = new Set<string>()
  for (const text of texts) {
    for (const found of (text ?? '').matchAll(reference)) tokens.add(joined(found[0]))
    for (const word of wordsOf(text ?? '')) {
      const spelled = spelledOut(word)
      tokens.add(word)
      tokens.add(spelled)
      tokens.add(withoutMarks(word.replaceAll('ø', 'o').replaceAll('æ', 'ae').replace(/./gu, bareLetter)))
      tokens.add(spelled.replaceAll('ae', 'æ').replaceAll('oe', 'ø').replaceAll('aa', 'å'))
    }
  }
  return [...tokens]
}

/** A number is found by any four digits or letters in a row, however it is printed: '29 41 20 06' by '2006'. For `searchTokens`. */
export function numberFragments(number: string | null | undefined): string[] {
  const plain = (number ?? '').replace(/[^\p{L}\p{N}]/gu, '').slice(0, 40)
  return plain === '' ? [] : Array.from({ length: Math.max(1, plain.length - 3) }, (_, at) => plain.slice(at))
}

/**
 * The condition that an array of tokens holds one beginning with `word`, in either spelling. An anchored pattern
 * and not `$gte`/`$lt`: on an array those may be met by two different tokens.
 */
export function tokenRange(word: string): { $regex: string } {
  const spelled = spelledOut(wordsOf(word).join(''))
  return { $regex: `^${spelled.replace(/[^\p{L}\p{N}]/gu, '')}` }
}

/** The words a person typed into a search box, each of which has to be found. */
export function searchWords(text: string): string[] {
  return wordsOf(text.replace(reference, joined))
}

const mostWords = 8

/** Whether a search finds what has these tokens: as `searchConditions` asks the database. */
export function searcher(search: string): (tokens: readonly string[]) => boolean {
  const asked = waysToSay(search).map((ways) =>
    ways.map((words) => words.map((word) => new RegExp(tokenRange(word).$regex))),
  )
  return (tokens) =>
    asked.every((ways) =>
      ways.some((words) => words.every((word) => tokens.some((token) => word.test(token)))),
    )
}

/** What was typed into a search box, thing by thing, all of which have to be found; each in one or two ways, which are words that begin a token. */
export function waysToSay(search: string): string[][][] {
  const groups = runsOf(searchWords(search).slice(0, mostWords))
  return groups
    .filter((_, place) => !isNameOfNumber(groups, place))
    .map((words) => {
      const whole = numberOf(words.join(''))
      if (words.length === 1 && whole === null) return [words]
      return [words, [whole ?? words.join('')]]
    })
}

/** Words of digits that follow each other belong together; any other word stands alone. */
function runsOf(words: readonly string[]): string[][] {
  const runs: string[][] = []
  let before = false
  for (const word of words) {
    const digits = /^\d+$/.test(word)
    if (digits && before) runs.at(-1)?.push(word)
    else runs.push([word])
    before = digits
  }
  return runs
}

/** 'CVR', 'nr', 'VAT', 'DK' with a registration number behind them. */
function isNameOfNumber(groups: readonly string[][], place: number): boolean {
  const isName = (words: readonly string[] | undefined) =>
    words?.length === 1 && /^(?:cvr|cvrnr|nr|no|vat|moms|org|orgnr|[a-z]{2})$/.test(words[0] ?? '')
  if (!isName(groups[place])) return false
  const next = groups.slice(place).find((words) => !isName(words))
  return /^\d{6,}$/.test(next?.join('') ?? '')
}

/** The digits behind a country's letters. */
function numberOf(word: string): string | null {
  return /^[a-z]{2}(\d{6,})$/.exec(word)?.[1] ?? null
}

// 'CN-2026-004' and 'V-0012' are looked for whole: 'CN' and '2026' stand in half of all rows.
const reference = /(?<![\p{L}\p{N}])\p{L}{1,2}-\d{3,5}(?:-\d{1,6})?(?![\p{L}\p{N}])/giu

function joined(found: string): string {
  return found.replaceAll('-', '').toLowerCase()
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFC')
  // Accents that have no letter of their own stay with the letter they stand on.
  return plain.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean)
}

/** The one spelling both sides of a search are brought to. */
function spelledOut(word: string): string {
  const letters: Record<string, string> = { æ: 'ae', ä: 'ae', ø: 'oe', ö: 'oe', ő: 'oe', å: 'aa' }
  return withoutMarks(
    word.replace(/[æäøöőå]/g, (letter) => letters[letter] ?? letter).replace(/./gu, plainLetter),
  )
}

function plainLetter(letter: string): string {
  return otherLetters[letter] ?? letter
}

/** As those write who know neither Danish letters nor what they stand for. */
function bareLetter(letter: string): string {
  return letter === 'ü' || letter === 'ű' ? 'u' : plainLetter(letter)
}

function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}+/gu, '')
}
