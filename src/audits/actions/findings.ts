import type { Bilingual, Context, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import { findingsOf, openFinding, ownersToChoose } from '../../findings/actions.js'
import type { Finding, FindingOwner, FindingSource, Severity } from '../../findings/rules.js'
import { allAudits, auditById, auditsOfYear } from '../records/audits.js'
import type { Audit } from '../rules/audit.js'
import { controlOf, ranWhenBegun } from '../rules/carried.js'
import { moveTest } from './move.js'
import { again, openAudit } from './open.js'
import { testOf } from './read.js'

export type AuditFindings = {
  /** Of this year, in any of its editions. */
  own: Finding[]
  /** Of earlier years, still running when this year's audit began: with their state now. */
  carried: Finding[]
}

export async function findingsFor(audit: Pick<Audit, 'year'>): Promise<AuditFindings> {
  const [editions, all] = await Promise.all([auditsOfYear(audit.year), allAudits()])
  const begun = editions.at(-1)?.moves[0]?.at ?? new Date(0)
  const earlier = all.filter(({ year }) => year < audit.year)
  const of = async (audits: readonly Audit[]) =>
    (await Promise.all(audits.map(({ _id }) => findingsOf({ kind: 'audit', id: _id })))).flat()
  const [own, before] = [await of(editions), await of(earlier)]
  return { own, carried: before.filter((finding) => ranWhenBegun(finding, begun)) }
}

export type NewAuditFinding = {
  /** The form's own id: sent twice, it makes one finding. */
  once: string
  text: Bilingual
  severity: Severity
  owner: FindingOwner | null
  dueOn: Day | null
}

/** Opens a finding about a control, with the owner's mail; the control's history says so. */
export async function openAuditFinding(
  context: Context,
  reference: string,
  control: string,
  { once, text, severity, owner, dueOn }: NewAuditFinding,
): Promise<Finding> {
  const audit = await openAudit(reference)
  await testOf(audit, control)
  const finding = await openFinding(context, {
    source: { kind: 'audit', id: audit._id, item: `${control}/${once}` },
    vendor: null,
    text,
    severity,
    owner,
    ...(dueOn === null ? {} : { dueOn }),
    sample: audit.sample,
  })
  await again(async () => {
    const test = await testOf(audit, control)
    const told = test.moves.some(({ facts }) => facts['finding'] === finding.reference)
    if (told) return test
    return moveTest(
      context,
      test,
      {},
      {
        event: 'audit-test.finding-opened',
        facts: { audit: reference, control, finding: finding.reference, severity },
      },
    )
  })
  return finding
}

/** Staff a finding can fall to. */
export async function findingOwners() {
  return ownersToChoose(null, null)
}

/** Where a finding of the yearly audit came from, for its own page. */
export async function auditFound(
  source: FindingSource,
  { locale }: { locale: Locale },
): Promise<{ text: string; url: string | null } | null> {
  const audit = await auditById(source.id)
  if (!audit) return null
  const t = textIn(locale)
  const control = controlOf({ source })
  const url = `/audits/${audit.reference}`
  if (control === null) return { text: t('audits:source', { year: audit.year }), url }
  return {
    text: t('audits:source-control', { year: audit.year, control }),
    url: `${url}/controls/${encodeURIComponent(control)}`,
  }
}
