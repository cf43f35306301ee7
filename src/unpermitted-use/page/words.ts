import type { Text } from '../../i18n/texts.js'
import type { AffectedCustomer, Told, UseCase } from '../rules.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

const tones: Record<Told, Tone> = { no: 'wait', queued: 'info', told: 'good', undelivered: 'stop' }

export function urlOf({ reference }: Pick<UseCase, 'reference'>): string {
  return `/unpermitted-use/${reference}`
}

export function caseState({ open, stopped }: UseCase, unpermitted: number, t: Text): State {
  if (!open) return { tone: 'good', word: t('unpermitted:state.closed') }
  return stopped === null && unpermitted > 0
    ? { tone: 'stop', word: t('unpermitted:state.in-use') }
    : { tone: 'wait', word: t('unpermitted:state.open') }
}

export function toldState({ told, standing }: Pick<AffectedCustomer, 'told' | 'standing'>, t: Text): State {
  if (standing === 'left-out') return { tone: 'calm', word: t('unpermitted:told.left-out') }
  return { tone: tones[told], word: t(`unpermitted:told.${told}`) }
}
