import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml'
import type { Entry, Fault, Tree } from '../rules/tree.js'

/** Aliases are not followed: a file of a few lines could unfold to gigabytes, and a set needs none. */
export function treeOf(text: string): { tree: Tree | null; faults: Fault[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const lineAt = (offset: number | undefined) =>
    offset === undefined ? 1 : Math.max(lines.linePos(offset).line, 1)
  const faults = document.errors.map(({ pos, message }) => ({ line: lineAt(pos[0]), reason: message }))
  if (faults.length > 0 || document.contents === null) {
    return { tree: null, faults: faults.length > 0 ? faults : [{ line: 1, reason: 'the file is empty' }] }
  }

  const plain = (node: unknown, at: number): Tree => {
    const line = (node as Node | null)?.range ? lineAt((node as Node).range?.[0]) : at
    if (isMap(node)) {
      const entries = node.items.map((pair) => entryOf(pair as Pair, line))
      return { line: entries[0]?.line ?? line, kind: 'map', entries }
    }
    if (isSeq(node)) return { line, kind: 'list', items: node.items.map((item) => plain(item, line)) }
    if (isAlias(node))
      faults.push({ line, reason: 'anchors and aliases (& and *) are not used in sets: write it out' })
    return { line, kind: 'scalar', value: isScalar(node) ? node.value : null }
  }
  const entryOf = ({ key, value }: Pair, at: number): Entry => {
    const line = isScalar(key) && key.range ? lineAt(key.range[0]) : at
    return { key: String(isScalar(key) ? key.value : key), line, value: plain(value, line) }
  }
  return { tree: plain(document.contents, 1), faults }
}
