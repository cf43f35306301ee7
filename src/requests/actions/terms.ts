import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { RequestTermsModel, saveTerms, termsRecord } from '../records.js'
import type { RequestTerms } from '../rules.js'

/** The house's own days for answering; `version` 0 where it has never set any. */
export async function termsNow(): Promise<{ terms: RequestTerms; version: number }> {
  const found = await termsRecord()
  return { terms: found?.terms ?? {}, version: found?.version ?? 0 }
}

/** For requests that come from now on; those there are keep their day. Throws `Refused('changed-meanwhile')`. */
export async function setTerms(
  context: Context,
  { seen, terms, because }: { seen: number; terms: RequestTerms; because: string },
): Promise<void> {
  const before = await termsNow()
  const saved = await saveTerms(seen, terms, {
    at: context.now,
    by: context.actor,
    event: 'request-terms.set',
    facts: { before: before.terms, after: terms },
    personal: { because },
  })
  if (!saved) throw new Refused('changed-meanwhile')
  await record(RequestTermsModel, saved)
}
