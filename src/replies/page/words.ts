import type { Text } from '../../i18n/texts.js'
import type { ReplyHead } from '../records.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

export function urlOf({ reference }: Pick<ReplyHead, 'reference'>): string {
  return `/replies/${reference}`
}

export function stateOf(
  {
    state,
    kind,
    classification,
    blocking,
  }: Pick<ReplyHead, 'state' | 'kind' | 'classification' | 'blocking'>,
  t: Text,
): State {
  switch (state) {
    case 'waiting':
      return {
        tone: blocking ? 'stop' : 'wait',
        word: t(`replies:state.${blocking ? 'blocking' : 'waiting'}`),
      }
    case 'unmatched':
      return blocking
        ? { tone: 'stop', word: t('replies:state.unsure') }
        : { tone: 'wait', word: t('replies:state.unmatched') }
    case 'classified':
      return { tone: 'good', word: t(`replies:reading.${classification?.as ?? 'other'}`) }
    case 'dismissed':
      return { tone: 'calm', word: t('replies:state.dismissed') }
    default:
      return { tone: kindTone(kind), word: t(`replies:kind.${kind}`) }
  }
}

function kindTone(kind: ReplyHead['kind']): Tone {
  if (kind === 'failed') return 'stop'
  if (kind === 'delivered') return 'good'
  return kind === 'delayed' ? 'wait' : 'calm'
}

export function senderOf({ from }: Pick<ReplyHead, 'from'>, t: Text): string {
  if (from.name && from.address) return `${from.name} <${from.address}>`
  return from.address || from.name || t('replies:nobody')
}

export function subjectOf({ subject }: Pick<ReplyHead, 'subject'>, t: Text): string {
  return subject || t('replies:no-subject')
}
