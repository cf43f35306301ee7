import type { Context } from '../../base/context.js'
import { fileById } from '../../files/actions.js'
import { openFinding } from '../../findings/actions.js'
import { findingOnce } from '../../findings/records.js'
import { allAudits, auditById, signedWithoutPapers } from '../records/audits.js'
import type { Audit } from '../rules/audit.js'
import { signedOn } from './declarations.js'
import { moveAudit } from './move.js'
import { storePapers } from './papers.js'
import { auditAtWork } from './read.js'
import { beginTellingHolders } from './send.js'

/**
 * What follows from the second signature: the one it replaces says so, management's decisions become findings for those responsible,
 * the papers are stored, and whoever has the replaced one is told. May be repeated; a timer goes on where a crash ended it.
 */
export async function finishSigned(context: Context, audit: Audit): Promise<Audit> {
  await replaceEarlier(context, audit)
  await openDecisions(context, audit)
  await beginTellingHolders(context, audit)
  const papers = await storePapers(context, await auditAtWork(audit.reference))
  const hashes = await Promise.all(
    [papers.da, papers.en, papers.wordDa, papers.wordEn, papers.working].map(
      async (id) => (await fileById(id))?.sha256,
    ),
  )
  const [da, en, wordDa, wordEn, working] = hashes
  const after = await moveAudit(
    context,
    audit,
    { papers },
    {
      event: 'audit.papers-made',
      facts: { sha256: { da, en, wordDa, wordEn, working } },
    },
  )
  return after
}

/** For the timer. */
export async function finishAllSigned(context: Context): Promise<number> {
  const waiting = await signedWithoutPapers()
  for (const audit of waiting) await finishSigned(context, audit)
  return waiting.length
}

async function replaceEarlier(context: Context, audit: Audit): Promise<void> {
  const earlier = audit.replaces ? await auditById(audit.replaces.audit) : null
  if (earlier?.state !== 'signed') return
  const whole = await auditAtWork(earlier.reference)
  const replacedBy = { reference: audit.reference, signedOn: signedOn(audit) }
  const asReplaced = { ...whole, audit: { ...earlier, state: 'replaced' as const } }
  const papers = await storePapers(context, asReplaced, replacedBy)
  await moveAudit(
    context,
    earlier,
    { state: 'replaced', papers },
    {
      event: 'audit.replaced',
      facts: { by: audit.reference, hash: earlier.frozen?.hash },
    },
  )
}

/** What management decided is somebody's to do by a day. What it decided of a finding there is stays with that finding. */
async function openDecisions(context: Context, audit: Audit): Promise<void> {
  const editions = (await allAudits()).filter(({ year }) => year === audit.year)
  for (const { id, text, responsible, dueOn, about } of audit.review?.decisions ?? []) {
    if (about?.startsWith('FI-')) continue
    const item = `decision-${id}`
    const known = await Promise.all(editions.map(({ _id }) => findingOnce({ kind: 'audit', id: _id, item })))
    if (known.some(Boolean)) continue
    await openFinding(context, {
      source: { kind: 'audit', id: audit._id, item },
      vendor: null,
      text,
      severity: 'medium',
      owner: { kind: 'person', id: responsible },
      dueOn,
      sample: audit.sample,
    })
  }
}
