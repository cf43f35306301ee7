import { NotFound } from '../../base/errors.js'
import { staffMembers } from '../../auth/actions/people.js'
import { fileById, type StoredFile } from '../../files/actions.js'
import { noticeById, recipientById, type Notice, type Recipient } from '../../notices/actions.js'
import { objectionByReference } from '../records.js'
import type { Case } from '../page/case.js'
import type { Objection } from '../rules.js'
import { mayOwn } from './readers.js'

export async function caseToShow(reference: string): Promise<Case> {
  const objection = await objectionByReference(reference)
  if (!objection) throw new NotFound()
  const [recipient, notice, stored, names, owners] = await Promise.all([
    recipientById(objection.recipient),
    noticeById(objection.notice),
    filesOf(objection),
    staffNames(),
    mayOwn(),
  ])
  if (!recipient || !notice) throw new NotFound()
  return { objection, recipient, notice, files: stored, names, owners }
}

/** The file, if it belongs to the objection. */
export async function fileOfObjection(reference: string, file: string): Promise<string> {
  const objection = await objectionByReference(reference)
  if (!objection || ![...objection.files, ...objection.outcomeFiles].includes(file)) throw new NotFound()
  return file
}

/** What staff registers an objection against. */
export async function recipientToRegister(id: string): Promise<{ recipient: Recipient; notice: Notice }> {
  const recipient = await recipientById(id)
  const notice = recipient && (await noticeById(recipient.notice))
  if (!recipient || !notice) throw new NotFound()
  return { recipient, notice }
}

export async function filesOf({ files, outcomeFiles }: Objection): Promise<Map<string, StoredFile>> {
  const found = await Promise.all([...files, ...outcomeFiles].map((id) => fileById(id)))
  return new Map(found.flatMap((file) => (file ? [[file._id, file] as const] : [])))
}

async function staffNames(): Promise<Map<string, string>> {
  return new Map((await staffMembers()).map(({ _id, name }) => [_id, name]))
}
