import { firstMove } from '../../src/db/moves.js'
import { storeFile } from '../../src/files/actions.js'
import type { Context } from '../../src/base/context.js'
import { customersByIds } from '../../src/customers/actions.js'
import { goOnSending, sendDeclaration } from '../../src/audits/actions/send.js'
import { Audits, insertAudit } from '../../src/audits/records/audits.js'
import { record } from '../../src/audit-log/actions.js'
import type { Recipient } from '../../src/notices/actions.js'
import { anAudit, signedPaper, someFacts } from '../audits/declared.js'

/** A declaration of an earlier year, signed and sent to one customer; its papers are no more than their first lines. */
export async function declarationInTown(
  officer: Context,
  recipient: Pick<Recipient, 'customer'>,
  sample = true,
): Promise<Record<string, Record<string, string>>> {
  const reference = 'AU-2021'
  const [_id, about] = ['declaration-2021', { kind: 'declaration', id: 'declaration-2021' }]
  const facts = { ...someFacts(), reference, year: 2021 }
  const paper = signedPaper(facts)
  const { _id: file } = await storeFile(officer, {
    name: 'erklaering.pdf',
    bytes: Buffer.from('%PDF-1.7\nerklaering\n%%EOF\n'),
    about,
    sample,
  })
  const move = { at: officer.now, by: officer.actor, event: 'audit.signed', facts: { reference } }
  const audit = await insertAudit({
    ...anAudit({ _id, reference, year: 2021, state: 'signed', sample }),
    frozen: { facts, hash: paper.hash ?? '', at: officer.now },
    signatures: [...paper.signatures],
    papers: { da: file, en: file, wordDa: file, wordEn: file, working: file, madeAt: officer.now },
    ...firstMove(move),
  })
  if (audit) await record(Audits, audit)
  const [customer] = await customersByIds([recipient.customer])
  await sendDeclaration(officer, reference, {
    once: 'declaration-in-town',
    to: 'chosen',
    customers: [customer?._id ?? ''],
  })
  await goOnSending(officer)
  const query = `to=chosen&ids=${customer?.reference ?? ''}`
  return {
    '/audits/:reference/sign': { reference },
    '/audits/:reference/papers/': { reference, paper: 'da.pdf' },
    '/audits/:reference/sending': { reference },
    '/audits/:reference/sending/': { reference },
    '/audits/:reference/sending/preview': { reference, query },
    '/c/:link/declarations/': { reference, file: 'da' },
  }
}
