import type { Bilingual } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { allServices, engagementContent } from '../../register/actions.js'
import { lawNow } from '../../transfers/actions.js'
import { transfersNeeded, type LawOn } from '../../transfers/rules.js'
import { correctionContents } from './corrections.js'
import { siteContents } from './own-sites.js'
import { findNotice, findNoticeById } from '../records/notices.js'
import { findRecipient } from '../records/recipients.js'
import type { ServiceNames } from '../page/facts.js'
import type { Line, Notice } from '../rules/notice.js'
import type { Recipient } from '../rules/recipient.js'

export async function noticeByReference(reference: string): Promise<Notice> {
  const notice = await findNotice(reference)
  if (!notice) throw new NotFound()
  return notice
}

export async function recipientAndNotice(id: string): Promise<{ recipient: Recipient; notice: Notice }> {
  const recipient = await findRecipient(id)
  const notice = recipient && (await findNoticeById(recipient.notice))
  if (!recipient || !notice) throw new NotFound()
  return { recipient, notice }
}

/** What the notice says: as frozen at issue, or for a draft as the register has it now. */
export async function withContents(notice: Notice): Promise<Notice> {
  if (notice.state !== 'draft') return notice
  const [law, lines] = await Promise.all([lawNow(), Promise.all(notice.lines.map(contentsOf))])
  const at = { law, day: notice.plannedStart }
  return { ...notice, lines: lines.map((line) => ({ ...line, outside: outsideOf(line, at) })) }
}

function outsideOf({ content, replacedContent }: Line, { law, day }: LawOn): string[] {
  const contents = [content, replacedContent].flatMap((each) => each ?? [])
  return transfersNeeded(
    law,
    contents.flatMap(({ storageCountries }) => storageCountries),
    contents.flatMap(({ accessCountries }) => accessCountries),
    day,
  )
}

export async function contentsOf(line: Line): Promise<Line> {
  if (line.site !== undefined) return siteContents(line)
  if (line.kind === 'correction') return correctionContents(line)
  const [content, replacedContent] = await Promise.all([
    engagementContent(line.engagement),
    line.replaces === null ? null : engagementContent(line.replaces),
  ])
  return { ...line, content, replacedContent }
}

export async function serviceNames(): Promise<ServiceNames> {
  return new Map((await allServices()).map(({ _id, name }): [string, Bilingual] => [_id, name]))
}
