/** The words of a mail that came as a web page only. Each sign is looked at once, whatever somebody put into it. */

const longestPage = 500_000
const unread = ['style', 'script', 'head', 'title']
const breaks = new Set(['br', 'p', '/p', 'div', '/div', 'tr', '/tr', 'li', '/li', '/h1', '/h2', '/h3', '/h4'])

export function wordsOfPage(page: string): string {
  const html = page.slice(0, longestPage)
  const lower = html.toLowerCase()
  const parts: string[] = []
  for (let at = 0; at < html.length;) {
    const opens = html.indexOf('<', at)
    const closes = opens < 0 ? -1 : html.indexOf('>', opens)
    if (closes < 0) {
      parts.push(html.slice(at))
      break
    }
    parts.push(html.slice(at, opens))
    const name = /^\/?[a-z0-9]*/.exec(lower.slice(opens + 1, Math.min(closes, opens + 20)))?.[0] ?? ''
    parts.push(breaks.has(name) ? '\n' : ' ')
    const end = unread.includes(name) ? lower.indexOf(`</${name}`, closes) : closes
    // What is opened and never closed is not read.
    if (end < 0) break
    at = end === closes ? closes + 1 : end
  }
  return parts
    .join('')
    .replaceAll(/&(nbsp|amp|lt|gt|quot);/gi, (_, name: string) => signs[name.toLowerCase()] ?? ' ')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

const signs: Record<string, string> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' }
