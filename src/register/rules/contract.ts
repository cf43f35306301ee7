import type { Day } from '../../base/day.js'
import { openPoints, type ContractCheck } from './contract-check.js'
import type { Contract, Terms } from './engagement.js'

/** What a customer may be sent: clause 7.5 lets the commercial terms stay out. */
export type RedactedCopy = {
  file: string
  madeOn: Day
  madeBy: string
  leftOut: string
  /** It showed too much, or left out too much: kept, and sent to nobody any more. */
  withdrawn?: { on: Day; because: string }
}

/** The contract with a sub-processor as it stood from one day to another, with its papers and what was found in it. */
export type ContractVersion = {
  /** '1', '2' …: in the order in which they were entered. */
  id: string
  dpaVersion?: string
  template: Contract['template']
  signedOn?: Day
  /** The first day it binds, where that is not the day of signing. */
  from?: Day
  /** The first day it no longer binds. */
  until?: Day
  file?: string
  note?: string
  /** Oldest first; the last one is sent. */
  redacted: RedactedCopy[]
  /** Oldest first; the last one counts. */
  checks: ContractCheck[]
  /** Entered by mistake: kept, counts for nothing. */
  mistake?: { on: Day; because: string }
}

export type ContractFacts = Omit<ContractVersion, 'id' | 'redacted' | 'checks' | 'mistake'>

type Holder = Pick<Terms, 'contract'> & { contracts?: readonly ContractVersion[] }

/** Every version on record. A record from before there were versions has one: the contract it names. */
export function contractsOf({ contract, contracts = [] }: Holder): ContractVersion[] {
  if (contracts.length > 0) return [...contracts]
  if (contract === null) return []
  const { dpaVersion, template, signedOn, file } = contract
  return [
    {
      id: '1',
      template,
      ...(dpaVersion === undefined ? {} : { dpaVersion }),
      ...(signedOn === undefined ? {} : { signedOn }),
      ...(file === undefined ? {} : { file }),
      redacted: [],
      checks: [],
    },
  ]
}

/**
 * The version that counts on the day: the signed one that binds, the latest to begin; else the signed one that begins next;
 * else one that awaits its signature. Null where none was made or the last has ended.
 */
export function presentContract(versions: readonly ContractVersion[], day: Day): ContractVersion | null {
  const standing = versions.filter(
    ({ mistake, until }) => mistake === undefined && (until === undefined || until > day),
  )
  const signed = standing.filter(({ signedOn }) => signedOn !== undefined)
  const begun = signed.filter((version) => beginOf(version) <= day)
  if (begun.length > 0) return begun.reduce((a, b) => (beginOf(b) >= beginOf(a) ? b : a))
  if (signed.length > 0) return signed.reduce((a, b) => (beginOf(b) < beginOf(a) ? b : a))
  return standing.at(-1) ?? null
}

/**
 * Whether a signed contract binds on the day (clause 7.4, Art. 28(4)): 'later' where one is signed by then and takes effect on a later
 * day. What counts for everything else, as the present one, may be one that does not bind yet.
 */
export function contractStanding(holder: Holder, day: Day): 'binds' | 'later' | 'none' {
  const present = presentContract(contractsOf(holder), day)
  if (present?.signedOn === undefined || present.signedOn > day) return 'none'
  return beginOf(present) > day ? 'later' : 'binds'
}

/** The day the present contract takes effect, where that is still to come; null where it binds, or none is signed. */
export function contractBeginsOn(holder: Holder, today: Day): Day | null {
  const present = presentContract(contractsOf(holder), today)
  return present?.signedOn !== undefined && beginOf(present) > today ? beginOf(present) : null
}

function beginOf({ from, signedOn }: ContractVersion): Day {
  return from ?? signedOn ?? ''
}

/** The next day on which another version counts, or none any more; null where nothing is foreseen. */
export function contractTurnsOn(versions: readonly ContractVersion[], today: Day): Day | null {
  const present = presentContract(versions, today)?.id
  const days = versions.flatMap(({ from, signedOn, until }) => [from, signedOn, until])
  const coming = [...new Set(days.filter((day): day is Day => day !== undefined && day > today))].toSorted()
  return coming.find((day) => presentContract(versions, day)?.id !== present) ?? null
}

/** A contract that ends is told this long before: what is to follow it is negotiated first; months. */
export const contractWarningMonths = 3

/** The first day on which no signed contract binds any more, as it is foreseen today; null where none has run out or will. */
export function contractRunsOutOn(versions: readonly ContractVersion[], today: Day): Day | null {
  const binds = (day: Day) => presentContract(versions, day)?.signedOn !== undefined
  if (!binds(today)) return null
  for (let turn = contractTurnsOn(versions, today); turn !== null; turn = contractTurnsOn(versions, turn))
    if (!binds(turn)) return turn
  return null
}

/** What the engagement says of its contract everywhere else: the version that counts, in short. */
export function contractFrom(version: ContractVersion | null): Contract | null {
  if (version === null) return null
  const { dpaVersion, template, signedOn, file } = version
  const check = version.checks.at(-1)
  return {
    template,
    ...(dpaVersion === undefined ? {} : { dpaVersion }),
    ...(signedOn === undefined ? {} : { signedOn }),
    ...(file === undefined ? {} : { file }),
    ...(check === undefined ? {} : { check: { on: check.on, open: openPoints(check) } }),
  }
}

/** What an engagement's record must hold together, whichever version was touched. */
export type ContractSet = { contracts: ContractVersion[]; contract: Contract | null; contractTurnsOn?: Day }

export function contractSet(versions: readonly ContractVersion[], today: Day): ContractSet {
  const turns = contractTurnsOn(versions, today)
  return {
    contracts: [...versions],
    contract: contractFrom(presentContract(versions, today)),
    ...(turns === null ? {} : { contractTurnsOn: turns }),
  }
}

export function withContract(
  versions: readonly ContractVersion[],
  facts: ContractFacts,
): { versions: ContractVersion[]; id: string } {
  const id = String(Math.max(0, ...versions.map((version) => Number(version.id))) + 1)
  return { versions: [...versions, { id, ...facts, redacted: [], checks: [] }], id }
}

/** The version's facts as corrected; its papers and checks stay with it. */
export function correctedContract(
  versions: readonly ContractVersion[],
  id: string,
  facts: ContractFacts,
): ContractVersion[] {
  return versions.map((version) => {
    if (version.id !== id) return version
    const { redacted, checks, mistake, file } = version
    return {
      id,
      ...(file === undefined ? {} : { file }),
      ...facts,
      redacted,
      checks,
      ...(mistake === undefined ? {} : { mistake }),
    }
  })
}

/**
 * The engagement's own form and an import know one contract, the present one: what they say of it is a correction of that
 * version, or the first. `null` there is 'no-contract-with-versions' where versions are on record: none is lost that way.
 */
export function contractsAfterEdit(
  before: Holder,
  typed: Contract | null,
  today: Day,
): ContractSet | 'no-contract-with-versions' | null {
  const stored = before.contracts ?? []
  // Nothing but one contract in short is on record, so what was typed is all there is.
  if (stored.length === 0) return null
  const present = presentContract(stored, today)
  if (typed === null) return present === null ? contractSet(stored, today) : 'no-contract-with-versions'
  const { dpaVersion, template, signedOn, file } = typed
  const said: ContractFacts = {
    template,
    ...(dpaVersion === undefined ? {} : { dpaVersion }),
    ...(signedOn === undefined ? {} : { signedOn }),
    ...(file === undefined ? {} : { file }),
  }
  if (present === null) return contractSet(withContract(stored, said).versions, today)
  const { from, until, note } = present
  const kept = {
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(note === undefined ? {} : { note }),
  }
  return contractSet(correctedContract(stored, present.id, { ...said, ...kept }), today)
}

/** The copies that may be sent to customers, the newest last. */
export function copiesToSend({ redacted }: Pick<ContractVersion, 'redacted'>): RedactedCopy[] {
  return redacted.filter(({ withdrawn }) => withdrawn === undefined)
}

/** The stored papers of a version: copies fit to be sent first, the newest of them leading. */
export function filesOf(version: ContractVersion): string[] {
  const copies = copiesToSend(version).map((copy) => copy.file)
  return [...copies.toReversed(), ...(version.file === undefined ? [] : [version.file])]
}

export type ContractState = 'present' | 'unsigned' | 'upcoming' | 'earlier' | 'ended' | 'mistake'

/** Where a version stands among the others on the day. */
export function contractState(
  version: ContractVersion,
  versions: readonly ContractVersion[],
  day: Day,
): ContractState {
  if (version.mistake) return 'mistake'
  if (version.until !== undefined && version.until <= day) return 'ended'
  if (version.signedOn === undefined) return 'unsigned'
  if (beginOf(version) > day) return 'upcoming'
  return presentContract(versions, day)?.id === version.id ? 'present' : 'earlier'
}
