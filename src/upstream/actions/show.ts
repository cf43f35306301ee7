import type { Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { fileById, type StoredFile } from '../../files/actions.js'
import { mailsAbout } from '../../mail/actions.js'
import { openObjectionsOfNotices } from '../../objections/actions.js'
import { engagementsByIds, engagementsOfVendor, vendorsByIds } from '../../register/actions.js'
import type { Engagement } from '../../register/rules.js'
import type { Page } from '../../db/paging.js'
import type { Case, Listed } from '../page.js'
import { openUpstream, pageOfUpstream, type UpstreamFilter } from '../records.js'
import type { UpstreamNotice } from '../rules.js'
import { noticesOf, wasTold } from './linked.js'
import { upstreamOf } from './move.js'
import { noOutlook, outlookFor } from './reckon.js'

const pageSize = 50
const mostTasks = 100

export async function caseToShow(reference: string, today: Day): Promise<Case> {
  const notice = await upstreamOf(reference)
  const [vendors, engagements, going, notices, mails, files, tellBy] = await Promise.all([
    vendorsByIds(notice.vendor ? [notice.vendor] : []),
    engagementsByIds(notice.engagements),
    engagementsByIds(notice.going ? [notice.going] : []),
    noticesOf(notice),
    mailsAbout('upstream-notice', [notice._id]),
    filesOf(notice),
    outlookFor(notice, today).then((outlook) => outlook.tellBy),
  ])
  const [goes] = going
  const [goesVendor] = goes ? await vendorsByIds([goes.vendor]) : []
  const objections = await openObjectionsOfNotices(notices.map(({ _id }) => _id))
  return {
    notice,
    vendor: vendors[0] ?? null,
    engagements,
    going: goes ?? null,
    goingName: goesVendor?.name ?? '',
    notices,
    told: wasTold(notices),
    tellBy,
    objections,
    files,
    mails,
  }
}

/** What is listed, with what decides the next step of each. */
export async function upstreamToList(
  filter: UpstreamFilter,
  cursor: string | undefined,
  today: Day,
): Promise<Page<Listed>> {
  const page = await pageOfUpstream(filter, cursor, pageSize)
  return { ...page, rows: await listed(page.rows, today) }
}

/** Those with something left to do, for the overview. */
export async function openToList(today: Day): Promise<Listed[]> {
  return listed(await openUpstream(mostTasks), today)
}

/** The file, if it belongs to the notice. */
export async function fileOfUpstream(reference: string, file: string): Promise<string> {
  const notice = await upstreamOf(reference)
  if (!fileIds(notice).includes(file)) throw new NotFound()
  return file
}

/** Engagements of the vendor that may be concerned, and further links below them that may go. */
export async function engagementsToChoose(vendor: string | null): Promise<Engagement[]> {
  if (vendor === null) return []
  return (await engagementsOfVendor(vendor)).filter(
    ({ role, endedOn }) => role === 'sub-processor' && endedOn === null,
  )
}

async function listed(notices: readonly UpstreamNotice[], today: Day): Promise<Listed[]> {
  const vendors = new Map(
    (await vendorsByIds([...new Set(notices.flatMap(({ vendor }) => vendor ?? []))])).map((each) => [
      each._id,
      each,
    ]),
  )
  return Promise.all(
    notices.map(async (notice) => {
      const drafted = await noticesOf(notice)
      const waits = notice.open && notice.state !== 'received'
      return {
        notice,
        vendorName: (notice.vendor && vendors.get(notice.vendor)?.name) ?? null,
        told: wasTold(drafted),
        ...(waits ? await outlookFor(notice, today) : noOutlook),
        customersObject: notice.open
          ? (await openObjectionsOfNotices(drafted.map(({ _id }) => _id))).length > 0
          : false,
      }
    }),
  )
}

async function filesOf(notice: UpstreamNotice): Promise<Map<string, StoredFile>> {
  const found = await Promise.all(fileIds(notice).map((id) => fileById(id)))
  return new Map(found.flatMap((file) => (file ? [[file._id, file] as const] : [])))
}

function fileIds({ file, objection }: UpstreamNotice): string[] {
  return [file, objection?.file ?? null, objection?.answer?.file ?? null].filter((id) => id !== null)
}
