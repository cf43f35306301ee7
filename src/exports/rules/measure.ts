import { createHash } from 'node:crypto'

/** Size and SHA-256 of what goes by, piece by piece. */
export function measuring(): {
  add: (piece: Uint8Array) => void
  end: () => { size: number; sha256: string }
} {
  const hash = createHash('sha256')
  let size = 0
  return {
    add: (piece) => {
      hash.update(piece)
      size += piece.length
    },
    end: () => ({ size, sha256: hash.digest('hex') }),
  }
}
