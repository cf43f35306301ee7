import type { SignedDeclaration } from '../rules.js'

export type RequestPorts = {
  /** Declarations that are signed (C.7), the latest first: of the yearly audit, handed over in `app.ts`. */
  signedDeclarations: () => Promise<SignedDeclaration[]>
}
