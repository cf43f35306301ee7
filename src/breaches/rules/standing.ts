/** How far a breach has come, what may be done with it, and what is next. Each refusal says why. */
import { Refused } from '../../base/errors.js'
import { isOurs, lastPhase, owesAuthority, type Breach, type BreachState } from './breach.js'
import { isWritten } from './content.js'

/**
 * `untold`: affected customers nobody has reached; `waiting`: those of them with a mail on its way; `behind`: told earlier, but the last
 * phase has not come; `first`: the earliest last instant of those not told.
 */
export type Standing = {
  affected: number
  untold: number
  waiting: number
  behind: number
  asking: number
  first: Date | null
}

export function refuseClosed({ open, reference }: Pick<Breach, 'open' | 'reference'>): void {
  if (!open) throw new Refused('breach-closed', { reference })
}

/** The state that follows from what has been done; closing and reopening are somebody's decision. */
export function stateAfter(
  { state, nobody }: Pick<Breach, 'state' | 'nobody'>,
  { affected, untold }: Pick<Standing, 'affected' | 'untold'>,
): BreachState {
  if (state === 'closed' || state === 'reported') return state
  const done = untold === 0 && (affected > 0 || nobody !== null)
  return done ? 'told' : 'assessing'
}

/** Another role means other duties and other texts, so it is settled before anybody is told. */
export function mayChangeRole(breach: Breach, role: Breach['role']): void {
  refuseClosed(breach)
  if (role !== breach.role && breach.phases.length > 0) throw new Refused('breach-role-settled')
}

/**
 * A phase may be sent with whatever is known: 33(2) says without undue delay, 33(4) that the rest may follow. But something must be said
 * of what happened, and from the second on what is new. D.2.2: what customers pass on goes out after the authority was told.
 */
export function maySend(breach: Breach, standing: Pick<Standing, 'affected'>): void {
  refuseClosed(breach)
  const last = lastPhase(breach)
  if (!breach.derived) throw new Refused('breach-not-derived')
  if (standing.affected === 0) throw new Refused('breach-nobody-to-tell')
  if (last && !last.finished) throw new Refused('breach-being-sent')
  if (isOurs(breach)) {
    if (breach.authority === null) throw new Refused('breach-authority-first')
    if (breach.content.passOn.da === '' || breach.content.passOn.en === '')
      throw new Refused('breach-no-text-to-pass-on')
  }
  if (!isWritten(breach.content.nature)) throw new Refused('breach-no-nature')
  if (last && !isWritten(breach.content.news)) throw new Refused('breach-no-news')
}

export function mayConcludeNobody(breach: Breach, told: number): void {
  refuseClosed(breach)
  if (told > 0) throw new Refused('breach-told-some', { count: told })
}

/** Art. 33(5): everybody is told, or nobody is affected and why; the risk is judged; the authority is told where it is ours to tell. */
export function mayClose(breach: Breach, { affected, untold, asking }: Standing): void {
  refuseClosed(breach)
  if (!breach.derived) throw new Refused('breach-not-derived')
  if (untold > 0) throw new Refused('breach-untold', { count: untold })
  if (affected === 0 && breach.nobody === null) throw new Refused('breach-nobody-why')
  if (owesAuthority(breach)) throw new Refused('breach-authority-open')
  if (breach.risk === null) throw new Refused('breach-no-risk')
  if (asking > 0) throw new Refused('breach-questions-open', { count: asking })
}

export type NextStep =
  'assess' | 'affected' | 'authority' | 'words' | 'send' | 'call' | 'answer' | 'risk' | 'close'

/** What staff does next, the clock first. */
export function nextStep(breach: Breach, standing: Standing): NextStep | null {
  if (!breach.open) return null
  if (breach.state === 'reported') return 'assess'
  if (standing.affected === 0 && breach.nobody === null) return 'affected'
  if (owesAuthority(breach)) return 'authority'
  if (standing.affected > 0 && breach.phases.length === 0 && standing.untold > 0) {
    const ready = isWritten(breach.content.nature) && (!isOurs(breach) || isWritten(breach.content.passOn))
    return ready ? 'send' : 'words'
  }
  if (standing.untold > 0) return 'call'
  if (standing.asking > 0) return 'answer'
  return breach.risk === null ? 'risk' : 'close'
}
