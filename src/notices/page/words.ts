/** States as words with a colour, and the bar of a notice. */
import type { Text } from '../../i18n/texts.js'
import type { NoticeState } from '../rules/notice.js'
import { phaseOf, phases, type Phase, type Recipient } from '../rules/recipient.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type StateWord = { tone: Tone; word: string }

const noticeTones: Record<NoticeState, Tone> = {
  draft: 'wait',
  issuing: 'info',
  issued: 'info',
  settled: 'good',
  withdrawn: 'calm',
}

const phaseTones: Record<Phase, Tone> = {
  queued: 'calm',
  undelivered: 'stop',
  objecting: 'wait',
  running: 'info',
  permitted: 'good',
  'in-use': 'good',
  told: 'calm',
  refused: 'wait',
  exempted: 'calm',
  withdrawn: 'calm',
  left: 'calm',
}

/** A draft that was never sent has nothing to withdraw: it was discarded. */
export function noticeState(notice: { state: NoticeState; issuedOn: string | null }, t: Text): StateWord {
  const discarded = notice.state === 'withdrawn' && notice.issuedOn === null
  return {
    tone: noticeTones[notice.state],
    word: t(`notices:state.${discarded ? 'discarded' : notice.state}`),
  }
}

export function recipientState({ state, held }: Pick<Recipient, 'state' | 'held'>, t: Text): StateWord {
  return phaseState(phaseOf(state, held), t)
}

export function phaseState(phase: Phase, t: Text): StateWord {
  return { tone: phaseTones[phase], word: t(`notices:phase.${phase}`) }
}

export type BarPart = { phase: Phase; tone: string; count: number; from: number; width: number; word: string }

/** Parts of a bar 100 wide, in the order things happen; a part is never too narrow to be seen. */
export function barOf(
  counts: Partial<Record<Phase, number>>,
  t: Text,
): { parts: BarPart[]; total: number; words: string } {
  const present = phases.filter((phase) => (counts[phase] ?? 0) > 0)
  const total = present.reduce((sum, phase) => sum + (counts[phase] ?? 0), 0)
  const widths = present.map((phase) => Math.max(1.5, ((counts[phase] ?? 0) / total) * 100))
  const whole = widths.reduce((sum, width) => sum + width, 0)
  let from = 0
  const parts = present.map((phase, at) => {
    const width = ((widths[at] ?? 0) / whole) * 100
    const count = counts[phase] ?? 0
    const tone = phase === 'in-use' ? 'done' : phaseTones[phase]
    const part = { phase, tone, count, from, width, word: t(`notices:phase.${phase}`) }
    from += width
    return part
  })
  return { parts, total, words: parts.map(({ count, word }) => `${count} ${word}`).join(', ') }
}
