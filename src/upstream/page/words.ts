import type { Text } from '../../i18n/texts.js'
import type { GapState, Stage, UpstreamNotice } from '../rules.js'
import type { NoticePeriod } from '../../base/period.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

const stageTones: Record<Stage, Tone> = {
  received: 'wait',
  confirmed: 'wait',
  'to-tell': 'wait',
  drafted: 'wait',
  told: 'info',
  objected: 'info',
  answered: 'info',
  'nothing-to-tell': 'calm',
  closed: 'good',
}

const gapTones: Record<GapState, Tone> = {
  short: 'stop',
  unknown: 'wait',
  'no-time-to-object': 'wait',
  enough: 'good',
}

export function urlOf({ reference }: Pick<UpstreamNotice, 'reference'>): string {
  return `/upstream/${reference}`
}

export function stageState(stage: Stage, t: Text): State {
  return { tone: stageTones[stage], word: t(`upstream:stage.${stage}`) }
}

export function gapState(state: GapState, t: Text): State {
  return { tone: gapTones[state], word: t(`gaps:state.${state}`) }
}

export function periodWords(period: NoticePeriod | undefined, t: Text): string {
  return period === undefined ? '' : t(`register:period.${period.unit}`, { count: period.length })
}

export function kindsInWords({ kinds }: Pick<UpstreamNotice, 'kinds'>, t: Text): string {
  return kinds.map((kind) => t(`upstream:kind.${kind}`)).join(', ')
}
