/** The moves of a finding's state, as values; each throws `Refused` where it may not be made. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { nextReminder } from './due.js'
import type { Finding, FindingNote, FindingOwner, Severity } from './finding.js'

export type FindingChange = Partial<
  Pick<
    Finding,
    'state' | 'running' | 'asks' | 'notes' | 'owner' | 'dueOn' | 'severity' | 'remindOn' | 'remindersStopped'
  >
>

/** The owner says that it is put right. Answered already: what is said is added. */
export function answered(finding: Finding, note: FindingNote): FindingChange {
  refuseEnded(finding)
  return { state: 'answered', remindOn: null, notes: [note, ...finding.notes] }
}

export function noted(finding: Finding, note: FindingNote): FindingChange {
  const asks =
    note.from === 'vendor' ? note.kind === 'question' || finding.asks : !note.external && finding.asks
  return { asks, notes: [note, ...finding.notes] }
}

/**
 * We accept that it is put right. Somebody must be able to see it later: a file on the finding, or a note that says where it was
 * seen (`elsewhere`).
 */
export function closed(finding: Finding, note: FindingNote, elsewhere: boolean): FindingChange {
  refuseEnded(finding)
  const shown = [note, ...finding.notes].some(({ files }) => files.length > 0)
  if (!shown && !elsewhere) throw new Refused('finding-needs-evidence')
  return { ...ended(finding, note), state: 'closed' }
}

/** We live with it, and say why. */
export function accepted(finding: Finding, note: FindingNote): FindingChange {
  refuseEnded(finding)
  return { ...ended(finding, note), state: 'accepted' }
}

/** Not put right after all, or no longer accepted: again somebody's to do, by a new day. */
export function reopened(finding: Finding, note: FindingNote, dueOn: Day, today: Day): FindingChange {
  if (finding.state === 'open') throw new Refused('finding-is-open')
  if (dueOn < today) throw new Refused('finding-due-in-past')
  return {
    state: 'open',
    running: true,
    asks: false,
    dueOn,
    remindOn: finding.remindersStopped ? null : nextReminder(dueOn, today),
    notes: [note, ...finding.notes],
  }
}

/** Another owner, day or severity, for a reason. */
export function changed(
  finding: Finding,
  { owner, dueOn, severity }: { owner: FindingOwner | null; dueOn: Day; severity: Severity },
  note: FindingNote,
  today: Day,
): FindingChange {
  refuseEnded(finding)
  if (dueOn !== finding.dueOn && dueOn < today) throw new Refused('finding-due-in-past')
  return {
    owner,
    dueOn,
    severity,
    remindOn:
      finding.state === 'open' && !finding.remindersStopped
        ? dueOn === finding.dueOn
          ? finding.remindOn
          : nextReminder(dueOn, today)
        : null,
    notes: [note, ...finding.notes],
  }
}

export function remindersStopped(finding: Finding, reason: string, at: Date): FindingChange {
  refuseEnded(finding)
  return { remindersStopped: { at, reason }, remindOn: null }
}

export function remindersResumed(finding: Finding, today: Day): FindingChange {
  refuseEnded(finding)
  return {
    remindersStopped: null,
    remindOn: finding.state === 'open' ? nextReminder(finding.dueOn, today) : null,
  }
}

function refuseEnded({ running, reference }: Pick<Finding, 'running' | 'reference'>): void {
  if (!running) throw new Refused('finding-ended', { reference })
}

function ended(finding: Finding, note: FindingNote): FindingChange {
  return { running: false, asks: false, remindOn: null, notes: [note, ...finding.notes] }
}

export type FindingStep = 'own' | 'answer-question' | 'check' | 'put-right' | 'wait'

/** What comes next, and whose it is: of what waits for the vendor nothing is ours to do until it is late. */
export function nextStep({ running, owner, asks, state }: Finding): FindingStep | null {
  if (!running) return null
  if (owner === null) return 'own'
  if (asks) return 'answer-question'
  if (state === 'answered') return 'check'
  return owner.kind === 'person' ? 'put-right' : 'wait'
}
