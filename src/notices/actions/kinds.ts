import type { Day } from '../../base/day.js'
import { batchesToTell } from '../../customers/actions.js'
import { approvedOfVendor, isAnyApprovedBy } from '../../register/actions.js'
import { noticesIn } from '../records/notices.js'
import { isChangedKind, kindOf } from '../rules/kinds.js'
import { isContinued, isUsed, servicesOf, type Line, type LineKind, type Notice } from '../rules/notice.js'

/** What each line is, by what differs; null where it brings nothing. The lines carry their contents. */
export async function kindsFound(
  lines: readonly Line[],
  today: Day,
): Promise<ReadonlyMap<string, LineKind | null>> {
  const found = await Promise.all(lines.map(async (line) => [line.id, await kindFound(line, today)] as const))
  return new Map(found)
}

async function kindFound(line: Line, today: Day): Promise<LineKind | null> {
  const { kind, content, replacedContent } = line
  if (!content || !isUsed(line)) return kind
  if (line.site !== undefined) return 'new-place'
  const vendorApproved = !isContinued(line) && (await isVendorApproved(line, content.vendor, today))
  return kindOf({ kind, content, replacedContent, vendorApproved })
}

/** Whether any customer the line is about has approved another engagement of the vendor. */
async function isVendorApproved(line: Line, vendor: string, today: Day): Promise<boolean> {
  const others = (await approvedOfVendor(vendor, today)).filter((id) => id !== line.engagement)
  if (others.length === 0) return false
  for await (const customers of batchesToTell(servicesOf(line), today)) {
    const affected = customers.filter((customer) => customer.affected).map(({ _id }) => _id)
    if (await isAnyApprovedBy(affected, others, today)) return true
  }
  return false
}

/** For lines that change an engagement which another notice that is out changes already: that notice, by line. */
export async function continuedElsewhere({
  lines,
  supersedes,
}: Pick<Notice, 'lines' | 'supersedes'>): Promise<ReadonlyMap<string, string>> {
  if (!lines.some(({ kind }) => isChangedKind(kind))) return new Map()
  // The one whose place this takes is called off by its issue.
  const out = (await noticesIn(['issuing', 'issued'])).filter(
    ({ reference }) => reference !== supersedes?.reference,
  )
  return new Map(
    lines.flatMap((line): [string, string][] => {
      if (!isContinued(line)) return []
      const other = out.find((notice) =>
        notice.lines.some((each) => each.replaces === line.replaces && isContinued(each)),
      )
      return other ? [[line.id, other.reference]] : []
    }),
  )
}
