import { Refused } from '../../base/errors.js'
import { anotherWasQuicker } from '../../base/errors.js'
import type { Audit } from '../rules/audit.js'
import { auditOf } from './read.js'

/** Refused: `audit-not-open` once it is frozen for signing, `audit-signed` for ever after. */
export function refuseFrozen({ state, reference }: Pick<Audit, 'state' | 'reference'>): void {
  if (state === 'open') return
  throw new Refused(state === 'to-sign' ? 'audit-not-open' : 'audit-signed', { reference })
}

/** The audit, to be written on. Throws `NotFound`, `Refused`. */
export async function openAudit(reference: string): Promise<Audit> {
  const audit = await auditOf(reference)
  refuseFrozen(audit)
  return audit
}

const attempts = 6

/** Somebody else moved the same record in that moment: read anew and tried again. */
export async function again<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let left = attempts; ; left -= 1) {
    try {
      return await attempt()
    } catch (error) {
      if (left <= 1 || !anotherWasQuicker(error)) throw error
    }
  }
}
