import { record } from '../../audit-log/actions.js'
import type { Bilingual, Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { firstMove } from '../../db/moves.js'
import { vendorsByIds } from '../../register/actions.js'
import { openedMail } from '../mails.js'
import { findingOnce, Findings, insertFinding } from '../records.js'
import {
  dueBy,
  nextReminder,
  type Finding,
  type FindingOwner,
  type FindingSource,
  type Severity,
} from '../rules.js'
import { ownersOf, post } from './readers.js'

export type NewFinding = {
  source: FindingSource
  vendor: string | null
  engagements?: readonly string[]
  text: Bilingual
  severity: Severity
  /** Whom it falls to; null or left out: nobody yet, and the overview asks for one. */
  owner?: FindingOwner | null
  /** Left out: as many days as the severity has. */
  dueOn?: Day
  sample?: boolean
}

/**
 * Opens a finding and tells its owner. What has found it finds it once: the same source, id and item again gives the finding there
 * is, whatever has become of it.
 */
export async function openFinding(context: Context, input: NewFinding): Promise<Finding> {
  const known = await findingOnce(input.source)
  if (known) return known
  const { source, vendor, engagements = [], text, severity, owner = null, sample = false } = input
  const [found] = vendor === null ? [] : await vendorsByIds([vendor])
  const dueOn = input.dueOn ?? dueBy(severity, context.today)
  const reference = await nextReference('FI', Number(context.today.slice(0, 4)))
  const { finding, again } = await insertFinding({
    _id: newId(),
    reference,
    source,
    vendor,
    vendorName: found?.name ?? null,
    engagements: [...engagements],
    text,
    severity,
    owner,
    openedOn: context.today,
    dueOn,
    state: 'open',
    running: true,
    asks: false,
    remindOn: nextReminder(dueOn, context.today),
    remindersStopped: null,
    notes: [],
    sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'finding.opened',
      facts: {
        reference,
        source: `${source.kind}/${source.id}/${source.item}`,
        severity,
        dueOn,
        vendor,
        engagements: [...engagements],
      },
      personal: { text },
    }),
  })
  if (again) return finding
  await record(Findings, finding)
  await post(context, finding, await ownersOf(context, finding), openedMail)
  return finding
}
