import type { VendorYear } from './board.js'
import { dutyKinds, type DutyKind } from './duty.js'

export type YearCount = {
  owed: number
  done: number
  weaker: number
  overdue: number
  /** What each number stands on: references of engagements, and of what fulfilled the duty. */
  engagements: { owed: string[]; done: string[]; weaker: string[]; overdue: string[] }
  by: string[]
}

export type SupervisionOfYear = {
  vendors: number
  engagements: number
  duties: Record<DutyKind, YearCount>
  /** Engagements supervised less than the guidance suggests, with the reason there is. */
  weaker: { engagement: string; because: string | null }[]
  /** Open at the moment of asking. */
  findings: string[]
}

/** The year's supervision in numbers, each with what it is made of: for the yearly audit (DPA C.7). */
export function supervisionOfYear(rows: readonly VendorYear[]): SupervisionOfYear {
  const engagements = rows.flatMap((row) => row.engagements)
  return {
    vendors: rows.length,
    engagements: engagements.length,
    duties: Object.fromEntries(dutyKinds.map((kind) => [kind, countOf(rows, kind)])) as Record<
      DutyKind,
      YearCount
    >,
    weaker: engagements.flatMap(({ engagement, weak }) =>
      weak ? [{ engagement: engagement.reference, because: weak.because }] : [],
    ),
    findings: [...new Set(rows.flatMap(({ found }) => found.map(({ reference }) => reference)))].toSorted(),
  }
}

function countOf(rows: readonly VendorYear[], kind: DutyKind): YearCount {
  const all = rows.flatMap(({ engagements }) =>
    engagements.flatMap(({ engagement: { reference }, duties }) =>
      duties.filter((duty) => duty.kind === kind).map((duty) => ({ reference, duty })),
    ),
  )
  const those = (holds: (each: (typeof all)[number]['duty']) => boolean) =>
    all.filter(({ duty }) => holds(duty)).map(({ reference }) => reference)
  const kept = {
    owed: those(() => true),
    done: those(({ stage }) => stage === 'done' || stage === 'reviewed'),
    weaker: those(({ state }) => state === 'weaker'),
    overdue: those(({ state }) => state === 'overdue'),
  }
  return {
    owed: kept.owed.length,
    done: kept.done.length,
    weaker: kept.weaker.length,
    overdue: kept.overdue.length,
    engagements: kept,
    by: [
      ...new Set(
        all
          .filter(({ duty }) => duty.stage === 'done' || duty.stage === 'reviewed')
          .flatMap(({ duty }) => duty.by),
      ),
    ].toSorted(),
  }
}
