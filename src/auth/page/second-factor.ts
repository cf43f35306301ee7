import encodeQR from 'qr'
import { fewRecoveryCodes } from '../rules.js'
import { appAddress, recoveryCodeCount } from '../second-factor.js'

/** A person's own page: whether it is on, and how many recovery codes are left. */
export function secondFactorShown(factor: { since: Date; codesMadeAt: Date; left: number } | null) {
  return { factor: factor && { ...factor, of: recoveryCodeCount, few: factor.left <= fewRecoveryCodes } }
}

/** The secret as a square to point a telephone at, as an address for an app on this one, and as text to type. */
export function setUpShown(secret: string, whose: { email: string; house: string }) {
  const address = appAddress(secret, whose)
  const square = encodeQR(address, 'svg', { ecc: 'medium', border: 4 })
  return {
    address,
    // As a picture: what stands in it is no part of the page, and needs no leave of the content security policy but `data:`.
    square: `data:image/svg+xml,${encodeURIComponent(square)}`,
    secret: inGroups(secret),
  }
}

/** In fours, as people read and type. */
export function inGroups(text: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(' ')
}
