/** How an upstream notice moves on, and what staff does next with it. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import {
  isAverted,
  type ObjectionOutcome,
  type OwnObjection,
  type UpstreamFacts,
  type UpstreamNotice,
  type Verdict,
} from './upstream.js'

export type Change = Partial<UpstreamNotice>

/** Staff has read it and stands by these facts. They may be put right until it is closed. */
export function confirmed(notice: UpstreamNotice, facts: UpstreamFacts): Change {
  refuseClosed(notice)
  return { ...facts, state: notice.state === 'received' ? 'confirmed' : notice.state }
}

/** Whether customers are to be told. Nothing to tell, with the reason, is the end of it. */
export function assessed(
  notice: UpstreamNotice,
  { verdict, because }: { verdict: Verdict; because: string | null },
  today: Day,
): Change {
  refuseClosed(notice)
  if (notice.state === 'received') throw new Refused('upstream-not-confirmed')
  const assessment = { verdict, because, on: today }
  if (verdict === 'tell') return { state: 'assessed', assessment }
  if (because === null) throw new Refused('upstream-reason-missing')
  if (notice.notices.length > 0) throw new Refused('upstream-customers-told')
  if (notice.objection !== null && notice.objection.outcome === null)
    throw new Refused('upstream-objection-open')
  return { state: 'closed', open: false, assessment, closing: { on: today, note: because } }
}

export function withNotice(notice: UpstreamNotice, reference: string, today: Day): Change {
  refuseClosed(notice)
  if (notice.state === 'received') throw new Refused('upstream-not-confirmed')
  return {
    state: 'assessed',
    assessment:
      notice.assessment?.verdict === 'tell'
        ? notice.assessment
        : { verdict: 'tell', because: null, on: today },
    notices: [...new Set([...notice.notices, reference])],
  }
}

/** Our own objection: one at a time. After they answered, or we took it back, another may follow. */
export function objected(
  notice: UpstreamNotice,
  objection: Pick<OwnObjection, 'locale' | 'text' | 'to' | 'how' | 'on' | 'file'>,
): Change {
  refuseClosed(notice)
  if (notice.state === 'received') throw new Refused('upstream-not-confirmed')
  if (notice.objection !== null && notice.objection.outcome === null)
    throw new Refused('upstream-objected-already')
  return {
    objection: { ...objection, answer: null, outcome: null, outcomeOn: null, outcomeNote: null },
  }
}

export function answered(
  notice: UpstreamNotice,
  input: {
    answer: OwnObjection['answer']
    outcome: ObjectionOutcome | null
    note: string | null
  },
  today: Day,
): Change {
  refuseClosed(notice)
  const { objection } = notice
  if (objection === null) throw new Refused('upstream-no-objection')
  // Refused: the customers' notice still runs out, so the file must say what we do instead.
  if ((input.outcome === 'refused' || input.outcome === 'alternative') && !input.note)
    throw new Refused('upstream-say-what-we-do')
  return {
    objection: {
      ...objection,
      answer: input.answer ?? objection.answer,
      ...(input.outcome === null
        ? {}
        : { outcome: input.outcome, outcomeOn: today, outcomeNote: input.note }),
    },
  }
}

/** `told`: our own notice about it has been issued. */
export function closed(notice: UpstreamNotice, note: string, told: boolean, today: Day): Change {
  refuseClosed(notice)
  if (notice.assessment === null) throw new Refused('upstream-not-assessed')
  if (notice.objection !== null && notice.objection.outcome === null)
    throw new Refused('upstream-objection-open')
  if (!told && !isAverted(notice)) throw new Refused('upstream-customers-not-told')
  return { state: 'closed', open: false, closing: { on: today, note } }
}

export function reopened(notice: UpstreamNotice): Change {
  if (notice.state !== 'closed') throw new Refused('upstream-not-closed')
  return { state: 'confirmed', open: true, closing: null, assessment: null }
}

function refuseClosed({ state, reference }: UpstreamNotice): void {
  if (state === 'closed') throw new Refused('upstream-closed', { reference })
}

export type NextStep = {
  step: 'confirm' | 'assess' | 'draft' | 'issue' | 'decide-objection' | 'note-answer' | 'close'
  by: Day | null
}

/**
 * What staff does next. `told`: our notice has been issued. `tellBy`: the last day to tell customers. `customersObject`: some of
 * our customers have an open objection to that notice.
 */
export function nextStep(
  notice: UpstreamNotice,
  known: { told: boolean; tellBy: Day | null; customersObject: boolean },
): NextStep | null {
  const { state, objection, notices, objectUntil, startsOn } = notice
  if (state === 'closed') return null
  if (state === 'received') return { step: 'confirm', by: notice.receivedOn }
  if (objection !== null && objection.outcome === null) return { step: 'note-answer', by: startsOn }
  if (isAverted(notice)) return { step: 'close', by: null }
  if (notice.assessment === null) return { step: 'assess', by: known.tellBy ?? objectUntil }
  if (notices.length === 0) return { step: 'draft', by: known.tellBy }
  if (!known.told) return { step: 'issue', by: known.tellBy }
  if (known.customersObject && objection === null) return { step: 'decide-objection', by: objectUntil }
  return { step: 'close', by: startsOn }
}
