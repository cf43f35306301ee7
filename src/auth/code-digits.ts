import { createHmac, timingSafeEqual } from 'node:crypto'

/** Derived, so that neither the database nor a mail kept in the outbox holds a live one. */
export function codeDigits(id: string, key: string): string {
  const number = createHmac('sha256', key).update(`code/${id}`).digest().readUIntBE(0, 6)
  return String(number % 1_000_000).padStart(6, '0')
}

/** As people type it: with blanks or dashes between. */
export function digitsFit(typed: string, id: string, key: string): boolean {
  const given = Buffer.from(typed.replaceAll(/[\s.-]/g, ''))
  const right = Buffer.from(codeDigits(id, key))
  return given.length === right.length && timingSafeEqual(given, right)
}
