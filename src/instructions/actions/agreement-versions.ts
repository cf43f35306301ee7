import { record } from '../../audit-log/actions.js'
import type { Bilingual, Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { readCustomerQuery } from '../../customers/actions.js'
import { agreedVersions, countAsked } from '../../customers/records.js'
import { firstMove } from '../../db/moves.js'
import { storeFile, type Upload } from '../../files/actions.js'
import {
  agreementVersionById,
  agreementVersions,
  AgreementVersions,
  insertAgreementVersion,
} from '../records.js'
import type { AgreementVersion } from '../rules.js'

export type ChangelogRow = {
  version: string
  /** Null where customers have agreed to a version that the changelog does not tell of. */
  told: AgreementVersion | null
  customers: { count: number; capped: boolean }
}

/** Throws `Refused('agreement-version-exists')`. */
export async function addAgreementVersion(
  context: Context,
  input: { version: string; change: Bilingual; publishedOn: Day; file: Upload | null; sample?: boolean },
): Promise<AgreementVersion> {
  const { version: _id, change, publishedOn } = input
  const exists = new Refused('agreement-version-exists', { version: _id })
  // Refused before a file is kept.
  if (await agreementVersionById(_id)) throw exists
  const about = { kind: 'agreement-version', id: _id }
  const file = input.file ? (await storeFile(context, { ...input.file, about }))._id : null
  const added: AgreementVersion = {
    _id,
    change,
    publishedOn,
    file,
    sample: input.sample ?? false,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'agreement-version.added',
      facts: { version: _id, publishedOn, file },
      personal: { change },
    }),
  }
  if (!(await insertAgreementVersion(added))) throw exists
  await record(AgreementVersions, added)
  return added
}

/** Every version of our agreement, and how many customers have it now; those nobody wrote a line about come last. */
export async function agreementChangelog(today: Day): Promise<ChangelogRow[]> {
  const [told, agreed] = await Promise.all([agreementVersions(), agreedVersions()])
  const known = new Set(told.map(({ _id }) => _id))
  const rows = [
    ...told.map((each) => ({ version: each._id, told: each })),
    ...agreed
      .filter((version) => !known.has(version))
      .toSorted()
      .map((version) => ({ version, told: null })),
  ]
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      customers: await countAsked(readCustomerQuery({ version: row.version }), today),
    })),
  )
}
