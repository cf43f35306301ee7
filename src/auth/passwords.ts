import { hash, verify } from '@node-rs/argon2'

// Argon2id at OWASP's second choice: 19 MiB, two passes; about 26 ms. The library's defaults are these; said here so
// that an update of it cannot change them.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost)
}

let nobody: Promise<string> | undefined

/** With no hash to compare (no such person, or none set) it takes as long, so that time does not tell who is on staff. */
export async function passwordFits(password: string, hashed: string | null): Promise<boolean> {
  nobody ??= hashPassword('nobody has this one')
  const fits = await verify(hashed ?? (await nobody), password.normalize('NFC'))
  return hashed !== null && fits
}
