/** What every reader of a foreign set needs: texts without markup, ids that may stand in a set. */

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  mdash: '–',
  ndash: '–',
  hellip: '…',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
}

/** Far more than any question needs. */
const longest = 4000

/** What a person would read of it; tags go, the ends of paragraphs and lines become blanks. */
export function plain(html: string): string {
  return html
    .replace(/<\/?(?:a|b|i|u|em|strong|span|code|small|sub|sup)\b[^<>]*>/gi, '')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
      if (name) return entities[String(name).toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16)
      return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : ' '
    })
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
}

/** Addresses that a text links to, and that are gone with its markup. */
export function linksIn(html: string): string[] {
  return [...html.matchAll(/<a\b[^>]*\bhref\s*=\s*["']?([^"'\s>]+)/gi)].map(([, url]) =>
    (url ?? '').slice(0, 300),
  )
}

/** A section of questions that stand under no heading. */
export const unnamed = { da: 'Spørgsmål', en: 'Questions' }

/** Gives each question an id that is its own and may stand in a set, as near as can be to the one it came with. */
export function idGiver(): (wanted: string) => string {
  const taken = new Set<string>()
  return (wanted) => {
    const base = asId(wanted) || 'Q'
    let id = base
    for (let no = 2; taken.has(id); no++) id = `${base}-${no}`
    taken.add(id)
    return id
  }
}

export function asId(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9._-]+/g, '')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 60)
}
