import type { Day } from '../../base/day.js'
import type { Text } from '../../i18n/texts.js'
import { isOverdue, type Finding, type FindingOwner, type FindingState, type Severity } from '../rules.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

const severityTones: Record<Severity, Tone> = { critical: 'stop', high: 'stop', medium: 'wait', low: 'info' }
const stateTones: Record<FindingState, Tone> = {
  open: 'wait',
  answered: 'info',
  closed: 'good',
  accepted: 'calm',
}

export function urlOf({ reference }: Pick<Finding, 'reference'>): string {
  return `/findings/${reference}`
}

export function severityState(severity: Severity, t: Text): State {
  return { tone: severityTones[severity], word: t(`findings:severity.${severity}`) }
}

/** As a reader must know it: open and past its day is overdue. */
export function stateOf(finding: Pick<Finding, 'state' | 'running' | 'dueOn'>, today: Day, t: Text): State {
  if (finding.state === 'open' && isOverdue(finding, today))
    return { tone: 'stop', word: t('findings:state.overdue') }
  return { tone: stateTones[finding.state], word: t(`findings:state.${finding.state}`) }
}

export function ownerInWords(
  owner: FindingOwner | null,
  names: ReadonlyMap<string, string>,
  t: Text,
): string {
  if (owner === null) return t('findings:owner.none')
  return owner.kind === 'person' ? (names.get(owner.id) ?? t('findings:owner.gone')) : owner.name
}
