import { staffMembers } from '../../auth/actions/people.js'
import { ensureVendorLink } from '../../auth/links.js'
import { allows } from '../../auth/permissions.js'
import type { Person } from '../../auth/request.js'
import type { Context } from '../../base/context.js'
import { addDays, laterOf } from '../../base/day.js'
import { enqueue } from '../../mail/actions.js'
import type { Message } from '../../mail/rules.js'
import { senderNow } from '../../notices/actions.js'
import type { FindingLetter, FindingReader } from '../mails.js'
import type { Finding } from '../rules.js'

/** The link works until a good while after the day it is due: the answer is often late. */
const linkDays = 180

/** Who puts it right; nobody where no owner is named. */
export async function ownersOf(context: Context, finding: Finding): Promise<FindingReader[]> {
  const { owner, vendor } = finding
  if (owner === null) return []
  if (owner.kind === 'person') {
    const found = (await staffMembers()).find(({ _id, state }) => _id === owner.id && state === 'active')
    return found ? [staffReader(found)] : []
  }
  if (vendor === null) return []
  const { name, email, locale, contact } = owner
  const id = contact ?? 'owner'
  const link = await ensureVendorLink(context, {
    vendor,
    contact: id,
    about: { kind: 'finding', id: finding._id },
    expiresOn: addDays(laterOf(context.today, finding.dueOn), linkDays),
  })
  return [{ name, address: email, locale: locale ?? 'da', id: `${id}/${email}`, link: link._id }]
}

/** Those on staff whose it is to look at what the vendor says: the owner, else everyone who may. */
export async function staffToTell(finding: Finding): Promise<FindingReader[]> {
  const { owner } = finding
  const officers = await mayWork()
  const own = owner?.kind === 'person' ? officers.filter(({ _id }) => _id === owner.id) : []
  return (own.length > 0 ? own : officers.filter(({ role }) => role !== 'dpo')).map(staffReader)
}

/** The DPO; where there is none in Tilsyn, everyone who may work on it. */
export async function dpoReaders(): Promise<FindingReader[]> {
  const officers = await mayWork()
  const dpo = officers.filter(({ role }) => role === 'dpo')
  return (dpo.length > 0 ? dpo : officers).map(staffReader)
}

/** Everyone on staff who may work on findings, by name. */
export async function mayWork(): Promise<Person[]> {
  return (await staffMembers()).filter(
    ({ role, state }) => state === 'active' && allows(role, 'supervision:write'),
  )
}

export async function post(
  context: Context,
  finding: Finding,
  readers: readonly FindingReader[],
  write: (letter: FindingLetter) => Message,
): Promise<void> {
  if (readers.length === 0) return
  const sender = await senderNow()
  await enqueue(
    context,
    readers.map((reader) => write({ finding, reader, sender })),
  )
}

function staffReader({ _id, name, email, locale }: Person): FindingReader {
  return { id: _id, name, address: email, locale, link: null }
}
