/** Names as they are compared: case, blanks, full stops and commas are spelling. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.,'"’()]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
