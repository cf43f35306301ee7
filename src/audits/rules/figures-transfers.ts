/** Transfers on a day: each engagement and country outside the EEA on its own, with what carries it in law. */
import type { Day } from '../../base/day.js'
import { countriesOf } from '../../register/rules/standing.js'
import {
  endOf,
  judgeLinks,
  usesInstructed,
  type Basis,
  type DecisionFacts,
  type Law,
  type Link,
  type Transfer,
  type TransferInstruction,
} from '../../transfers/rules.js'
import type { EngagementFacts } from '../../register/rules.js'

export type Transferring = Pick<
  EngagementFacts,
  'storageCountries' | 'accessCountries' | 'transfers' | 'role'
> & {
  engagement: string
  reference: string
}

export type CountedTransfer = {
  engagement: string
  reference: string
  country: string
  state: Link['state']
  /** Those on record for it; the first that holds stands first. */
  bases: Basis[]
  /** What is done in the country, and what each basis on record is meant for: the instruction is asked of each use. */
  uses: Link['uses']
  meant: Pick<Transfer, 'country' | 'basis' | 'way'>[]
  /** A basis that needs an assessment has one. */
  assessed: boolean | null
}

export function transfersOf(law: Law, row: Transferring, day: Day): CountedTransfer[] {
  const { storageCountries, accessCountries, transfers, role, engagement, reference } = row
  return judgeLinks(law, storageCountries, accessCountries, transfers, day, role).map((link) => {
    const holding = link.transfers.filter(({ problems }) =>
      problems.every(({ severity }) => severity === 'warning'),
    )
    const inOrder = [...holding, ...link.transfers.filter((each) => !holding.includes(each))]
    const asking = link.transfers.filter(
      ({ transfer }) => transfer.basis === 'scc-2021' || transfer.basis === 'bcr-p',
    )
    return {
      engagement,
      reference,
      country: link.country,
      state: link.state,
      bases: [...new Set(inOrder.map(({ transfer }) => transfer.basis))],
      uses: link.uses,
      meant: link.transfers.map(({ transfer }) => transfer),
      assessed:
        asking.length === 0 ? null : asking.every(({ transfer }) => transfer.tia?.concludedOn !== undefined),
    }
  })
}

/** Whether the customer's documented instruction reaches each use of the transfer by a basis on record for it (C.6); apart from the law. */
export function isInstructed(
  { uses, meant }: Pick<CountedTransfer, 'uses' | 'meant'>,
  instruction: TransferInstruction,
): boolean {
  return usesInstructed(uses, meant, instruction)
}

/** Decisions that ended in the period, by a ruling or as planned, each with the rows that named it. */
export function diedIn(
  law: Law,
  rows: readonly Transferring[],
  { from, to }: { from: Day; to: Day },
): { decision: DecisionFacts; on: Day; rows: Transferring[] }[] {
  return law.decisions.flatMap((decision) => {
    const on = endOf(decision)
    if (decision.kind === 'membership' || on === null || on < from || on > to) return []
    return [{ decision, on, rows: rows.filter((row) => countriesOf(row, decision).length > 0) }]
  })
}
