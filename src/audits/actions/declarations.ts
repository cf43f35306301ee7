import { dayOf } from '../../base/day.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import type { SignedDeclaration as DeclarationToAnswerWith } from '../../requests/rules.js'
import { allAudits } from '../records/audits.js'
import type { Audit } from '../rules/audit.js'
import type { SignedDeclaration } from '../rules/declaration.js'

/** Every declaration that both have signed, the latest year and edition first; those a correction replaces among them. */
export async function signedDeclarations(): Promise<SignedDeclaration[]> {
  return (await allAudits()).flatMap((audit) => signedDeclarationOf(audit) ?? [])
}

/** Null until both have signed and its papers are made. */
export function signedDeclarationOf(audit: Audit): SignedDeclaration | null {
  const { state, papers, frozen } = audit
  if ((state !== 'signed' && state !== 'replaced') || !papers || !frozen) return null
  return {
    audit: audit._id,
    reference: audit.reference,
    year: audit.year,
    edition: audit.edition,
    state,
    signedOn: signedOn(audit),
    hash: frozen.hash,
    files: { da: papers.da, en: papers.en, copy: audit.signedCopy?.file ?? null },
  }
}

/** The day of the second signature. */
export function signedOn({ signatures }: Pick<Audit, 'signatures'>): string {
  const last = Math.max(...signatures.map(({ at }) => at.getTime()))
  return dayOf(new Date(last), danishDateRules.zone)
}

/** Those that hold, for answers to customers who ask for one (DPA C.7). A copy signed elsewhere goes instead of the Danish one. */
export async function declarationsToAnswerWith(): Promise<DeclarationToAnswerWith[]> {
  return (await signedDeclarations())
    .filter(({ state }) => state === 'signed')
    .map(({ audit, reference, year, edition, files: { da, en, copy } }) => ({
      id: audit,
      name: reference,
      year,
      version: edition,
      files: { da: copy ?? da, en },
    }))
}
