/** A file as it was read, each piece with the line it stands on (the first is 1). */
export type Tree = { line: number } & (
  | { kind: 'map'; entries: readonly Entry[] }
  | { kind: 'list'; items: readonly Tree[] }
  | { kind: 'scalar'; value: unknown }
)

export type Entry = { key: string; line: number; value: Tree }

/** What keeps a file from being used, in English: it is read at a terminal. */
export type Fault = { line: number; reason: string }
