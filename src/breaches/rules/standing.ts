/** How far a breach has come, what may be done with it, and what is next. Each refusal says why. */
import { Refused } from '../../base/errors.js'
import { isOurs, lastPhase, owesAuthority, type Breach, type BreachState } from './breach.js'
import { lastInstant, minutesBetween, usualHours } from './clock.js'
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

/**
 * What was reported was no breach (Art. 4(12)). Whoever was told of one is told so first: somebody says that it has been done, in a
 * message or by telephone, and that stands in the log.
 */
export function mayConcludeNoBreach(
  breach: Pick<Breach, 'open' | 'reference' | 'phases'>,
  told: number,
  takenBack: boolean,
): void {
  refuseClosed(breach)
  if (lastPhase(breach)?.finished === false) throw new Refused('breach-being-sent')
  if (told > 0 && !takenBack) throw new Refused('breach-take-back-first', { count: told })
}

/** Somebody else has written or sent in the meantime: nothing of theirs is written over or sent unseen. */
export function refuseUnseen(breach: Pick<Breach, 'wordsAt'>, seen: string | undefined): void {
  if (seen !== undefined && seen !== wordsStamp(breach)) throw new Refused('breach-words-changed')
}

/** What a form that shows the words carries along. */
export function wordsStamp({ wordsAt }: Pick<Breach, 'wordsAt'>): string {
  return wordsAt?.toISOString() ?? 'none'
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

/**
 * The first end of the hours that run towards customers. While it is not known who is affected, nor concluded that nobody is, they run
 * towards whoever it will turn out to be.
 */
export function customersUntil(
  breach: Pick<Breach, 'open' | 'nobody' | 'role' | 'awareAt'>,
  { affected, untold, first }: Pick<Standing, 'affected' | 'untold' | 'first'>,
): Date | null {
  if (untold > 0) return first
  const unclear = breach.open && affected === 0 && breach.nobody === null && !isOurs(breach)
  return unclear ? lastInstant(breach.awareAt, usualHours) : null
}

export type NextStep =
  'assess' | 'affected' | 'authority' | 'words' | 'send' | 'wait' | 'call' | 'answer' | 'risk' | 'close'

/** So long a mail may take before somebody is called: what has not been taken over by then may not be for hours. */
const minutesOnTheWay = 15

/** What staff does next, the clock first. */
export function nextStep(breach: Breach, standing: Standing, now: Date): NextStep | null {
  if (!breach.open) return null
  // What staff enters it has looked at: at night it writes to customers next. What came by a link is looked over first.
  if (breach.state === 'reported' && breach.reportedBy !== 'staff') return 'assess'
  if (standing.affected === 0 && breach.nobody === null) return 'affected'
  if (owesAuthority(breach)) return 'authority'
  if (standing.affected > 0 && breach.phases.length === 0 && standing.untold > 0) {
    const ready = isWritten(breach.content.nature) && (!isOurs(breach) || isWritten(breach.content.passOn))
    return ready ? 'send' : 'words'
  }
  const sentAt = lastPhase(breach)?.at ?? null
  if (standing.untold > 0)
    return standing.waiting === standing.untold &&
      sentAt !== null &&
      minutesBetween(sentAt, now) < minutesOnTheWay
      ? 'wait'
      : 'call'
  if (standing.asking > 0) return 'answer'
  return breach.risk === null ? 'risk' : 'close'
}
