import { record } from '../../src/audit-log/actions.js'
import { Audits, insertAudit } from '../../src/audits/records/audits.js'
import type { Context } from '../../src/base/context.js'
import { firstMove } from '../../src/db/moves.js'
import { storeFile } from '../../src/files/actions.js'
import { anAudit, signedPaper, someFacts } from './declared.js'

/** A declaration both have signed; its papers are no more than their first lines. Returns its reference. */
export async function aSignedOne(context: Context, reference = 'AU-2026'): Promise<string> {
  const [_id, about] = ['a1', { kind: 'declaration', id: 'a1' }]
  const facts = someFacts()
  const paper = signedPaper(facts)
  const bytes = Buffer.from('%PDF-1.7\nx\n%%EOF\n')
  const { _id: file } = await storeFile(context, { name: 'x.pdf', bytes, about })
  const audit = await insertAudit({
    ...anAudit({ _id, reference, state: 'signed' }),
    frozen: { facts, hash: paper.hash ?? '', at: context.now },
    signatures: [...paper.signatures],
    papers: { da: file, en: file, wordDa: file, wordEn: file, working: file, madeAt: context.now },
    ...firstMove({ at: context.now, by: context.actor, event: 'audit.signed', facts: {} }),
  })
  if (audit) await record(Audits, audit)
  return reference
}
