/**
 * JSON as VSAQ's own files are written: with comments, strings put together by '+', and commas before a closing bracket.
 * Throws SyntaxError where it is no JSON even so.
 */
export function parseLoose(text: string): unknown {
  const pieces = tokens(text.replace(/^\ufeff/, ''))
  const joined: string[] = []
  for (const [at, piece] of pieces.entries()) {
    const before = joined.at(-1)
    if (piece === '+') continue
    if (isString(piece) && pieces[at - 1] === '+' && before !== undefined && isString(before))
      joined[joined.length - 1] = before.slice(0, -1) + piece.slice(1)
    else if ((piece === ']' || piece === '}') && before === ',') joined[joined.length - 1] = piece
    else joined.push(piece)
  }
  return JSON.parse(joined.join('')) as unknown
}

function isString(piece: string): boolean {
  return piece.startsWith('"')
}

function tokens(text: string): string[] {
  const shape = /"(?:[^"\\]|\\[\s\S])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[{}[\],:+]|[^\s"{}[\],:+/]+|\s+|[\s\S]/g
  return (text.match(shape) ?? []).filter((piece) => piece.trim() !== '' && !/^\/[/*]/.test(piece))
}
