import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { storeFile, type Upload } from '../../files/actions.js'
import type { Audit } from '../rules/audit.js'
import { moveAudit } from './move.js'
import { auditOf } from './read.js'

/**
 * The declaration as it was signed elsewhere (MitID, by hand): handed to customers beside ours from then on. Throws `Refused`:
 * 'declaration-not-signed', 'declaration-copy-no-pdf', and where there is one already.
 */
export async function fileSignedCopy(
  context: Context,
  reference: string,
  { file, on, how }: { file: Upload; on: Day; how: string },
): Promise<Audit> {
  const audit = await auditOf(reference)
  if (audit.state !== 'signed') throw new Refused('declaration-not-signed')
  if (audit.signedCopy) throw new Refused('declaration-copy-there')
  if (file.bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new Refused('declaration-copy-no-pdf')
  const about = { kind: 'declaration', id: audit._id }
  const stored = await storeFile(context, { ...file, about, sample: audit.sample })
  return moveAudit(
    context,
    audit,
    { signedCopy: { file: stored._id, on, how } },
    {
      event: 'audit.copy-filed',
      facts: { file: stored._id, sha256: stored.sha256, on },
      personal: { how },
    },
  )
}
