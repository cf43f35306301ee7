/** Which engagements the lines of a draft may name. */
import type { Context } from '../../base/context.js'
import type { PickSource } from '../../lists/picker.js'
import {
  approvedOn,
  engagementByReference,
  engagementsToPick,
  type FoundEngagement,
} from '../../register/actions.js'
import type { Engagement } from '../../register/rules.js'
import { announcedAmong } from '../records/notices.js'
import { plannedSites } from './own-sites.js'
import { asksApproved, type LineKind } from '../rules/notice.js'

/** 'comes': planned ones that no other notice announces; 'goes': those any customer has approved. */
export type Side = 'comes' | 'goes' | 'either'

export function sideOf(kind: LineKind | undefined): Side {
  if (kind === undefined) return 'either'
  return asksApproved(kind) ? 'goes' : 'comes'
}

/** Those of the engagements a draft may name, by what it may name them for. */
export async function offeredAmong(
  context: Context,
  references: readonly string[],
): Promise<Record<'comes' | 'goes', Set<string>>> {
  const found = await Promise.all([...new Set(references)].map((each) => engagementByReference(each)))
  const engagements = found.flatMap((each) => (each && isRunning(each) ? [each] : []))
  const [comes, goes] = await Promise.all([
    idsOffered(context, engagements, 'comes'),
    idsOffered(context, engagements, 'goes'),
  ])
  const sites = await plannedSites(references, context.today)
  const named = (ids: ReadonlySet<string>) =>
    new Set(engagements.filter(({ _id }) => ids.has(_id)).map(({ reference }) => reference))
  return { comes: new Set([...named(comes), ...sites]), goes: named(goes) }
}

const statesOf = {
  comes: ['planned'],
  goes: ['approved', 'in-use'],
  either: ['planned', 'approved', 'in-use'],
} as const

/** What a line's boxes let choose, by references. */
export function linesToPick(context: Context, side: Side): PickSource {
  return engagementsToPick(
    context,
    'reference',
    {
      role: 'sub-processor',
      states: statesOf[side],
      offered: async (found: readonly FoundEngagement[]) =>
        idsOffered(
          context,
          found.map(({ engagement }) => engagement),
          side,
        ),
    },
    side === 'goes' ? '/choices/notice-lines?side=goes' : '/choices/notice-lines',
  )
}

function isRunning({ role, endedOn }: Engagement): boolean {
  return role === 'sub-processor' && endedOn === null
}

async function idsOffered(
  { today }: Context,
  engagements: readonly Engagement[],
  side: Side,
): Promise<Set<string>> {
  const ids = engagements.map(({ _id }) => _id)
  const unused = engagements.filter(({ inUse }) => inUse.since === null).map(({ _id }) => _id)
  const [approved, announced] = await Promise.all([
    approvedOn(ids, today),
    side === 'goes' ? new Set<string>() : announcedAmong(unused),
  ])
  const comes = side === 'goes' ? [] : unused.filter((id) => !approved.has(id) && !announced.has(id))
  return new Set([...comes, ...(side === 'comes' ? [] : approved)])
}
