import type { Text } from '../../i18n/texts.js'
import type { Objection, ObjectionMessage } from '../rules.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }
export type Names = ReadonlyMap<string, string>

export function urlOf({ reference }: Pick<Objection, 'reference'>): string {
  return `/objections/${reference}`
}

export function stateOf({ state, outcome, blocking }: Objection, t: Text): State {
  if (outcome) return { tone: blocking ? 'stop' : 'calm', word: t(`objections:outcome.${outcome}`) }
  return { tone: 'wait', word: t(`objections:state.${state}`) }
}

export function timelyState({ timely }: Objection, t: Text): State {
  return timely
    ? { tone: 'calm', word: t('objections:timely') }
    : { tone: 'wait', word: t('objections:late') }
}

/** Flash texts: a message to the customer is on its way, anything else is noted. */
export function writtenFlash(direction: ObjectionMessage['direction']): string {
  return `objections:flash.${direction === 'to-customer' ? 'sent' : 'noted'}`
}

export function settledFlash({ outcome }: Objection): string {
  return `objections:flash.${outcome === 'termination-offered' ? 'offered' : 'settled'}`
}
