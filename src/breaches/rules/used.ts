/**
 * Whether an engagement had data of a customer while the breach went on, as far as the registers know. Who is in doubt counts as
 * affected: a customer told in vain can be told so, one that was not told loses its own 72 hours.
 */
import type { Day } from '../../base/day.js'
import type { RecipientState } from '../../notices/rules/recipient.js'
import type { ApprovalKind, Use } from '../../register/rules.js'

/**
 * not-begun: used for nobody yet; not-begun-here: not yet for this customer; exempted, refused: not for this customer, by an
 * objection or its answer; ended: no longer on its list, its deletion confirmed.
 */
export type WhyUnused = 'not-begun' | 'not-begun-here' | 'exempted' | 'refused' | 'ended'

/** Why one engagement did not have the customer's data; `on`: the first day it did, or did no longer. */
export type Unused = { engagement: string; why: WhyUnused; on: Day | null; notice: string | null }

/** The customer's part in a notice by which the engagement comes. */
export type PartInNotice = { notice: string; state: RecipientState; asked: boolean; inUseSince: Day | null }

export type KnownUse = {
  engagement: string
  uses: readonly Use[]
  /** The customer's approvals of it, past and to come. */
  approvals: readonly { kind: ApprovalKind; from: Day; to: Day | null }[]
  parts: readonly PartInNotice[]
}

export type Span = { from: Day; until: Day }

/** Null where it had the customer's data, or nothing shows that it had not. */
export function whyUnused(known: KnownUse, { from, until }: Span): Unused | null {
  const { engagement, uses, approvals } = known
  const because = (why: WhyUnused, on: Day | null = null, notice: string | null = null): Unused => ({
    engagement,
    why,
    on,
    notice,
  })
  const begun = approvals.filter((each) => each.from <= until && each.from !== each.to)
  // Approved at signing it was in use from then, though the day is often not known.
  const atSigning = begun.some(({ kind }) => kind === 'baseline')
  const since = uses.flatMap((use) => use.since ?? []).toSorted()
  if (!atSigning && !since.some((day) => day <= until)) return because('not-begun', since[0] ?? null)
  const held = begun.filter(({ to }) => to === null || to > from)
  if (held.some(({ kind }) => kind === 'baseline')) return null
  const parts = known.parts.filter(({ asked }) => asked)
  if (parts.some(({ inUseSince }) => inUseSince !== null && inUseSince <= until))
    return held.length > 0 || begun.length === 0 ? null : because('ended', lastEnd(begun))
  const [said] = parts.filter(({ state }) => state === 'exempted' || state === 'refused')
  if (said) return because(said.state === 'exempted' ? 'exempted' : 'refused', null, said.notice)
  const [part] = parts
  if (held.length > 0) return part ? because('not-begun-here', firstUse(parts), part.notice) : null
  if (begun.length > 0) return because('ended', lastEnd(begun))
  // In use and never approved is use without permission: its data are affected all the same. So is who has no list recorded.
  return part ? because('not-begun-here', firstUse(parts), part.notice) : null
}

function lastEnd(approvals: KnownUse['approvals']): Day | null {
  return (
    approvals
      .flatMap(({ to }) => to ?? [])
      .toSorted()
      .at(-1) ?? null
  )
}

function firstUse(parts: readonly PartInNotice[]): Day | null {
  return parts.flatMap(({ inUseSince }) => inUseSince ?? []).toSorted()[0] ?? null
}

/** What a customer bought of the services and what of that was affected; `unused`: the engagements that had none of its data. */
export type Involved = { services: string[]; affected: string[]; unused: Unused[] }

/** A service is affected by itself, or by an engagement for it that had the customer's data. */
export function involvedOf(
  bought: readonly string[],
  own: readonly string[],
  engagements: readonly { reference: string; services: readonly string[] }[],
  unused: readonly Unused[],
): Involved {
  const not = new Set(unused.map(({ engagement }) => engagement))
  const concerned = engagements.filter(({ services }) => services.some((each) => bought.includes(each)))
  return {
    services: [...bought],
    affected: bought.filter(
      (service) =>
        own.includes(service) ||
        concerned.some(({ reference, services }) => !not.has(reference) && services.includes(service)),
    ),
    unused: unused.filter(({ engagement }) => concerned.some(({ reference }) => reference === engagement)),
  }
}
