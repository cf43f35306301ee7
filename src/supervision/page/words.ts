import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { RiskBand } from '../../register/rules.js'
import type {
  Concept,
  Duty,
  DutyState,
  EngagementYear,
  Found,
  Model,
  Progress,
  Standing,
  Weak,
} from '../rules.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'

const stateTones: Record<DutyState, Tone> = {
  'not-due': 'calm',
  owed: 'wait',
  asked: 'info',
  answered: 'info',
  reviewed: 'info',
  overdue: 'stop',
  done: 'good',
  weaker: 'wait',
}

export const progressTones: Record<Progress, Tone> = {
  done: 'good',
  'under-way': 'info',
  'to-do': 'calm',
  overdue: 'stop',
}

export function stateShown(state: DutyState, t: Text): { tone: Tone; word: string } {
  return { tone: stateTones[state], word: t(`supervision:state.${state}`) }
}

/** '3 written status' */
export function conceptWord(concept: Concept, t: Text): string {
  return t(`supervision:concept.${concept}.name`)
}

export function weakWords(
  weak: Weak | null,
  t: Text,
): { state: { tone: Tone; word: string }; because: string } | null {
  if (weak === null) return null
  return {
    state: { tone: weak.because === null ? 'stop' : 'wait', word: t('supervision:weaker.word') },
    because: weak.because ?? t('supervision:weaker.no-reason'),
  }
}

export function scoredWords(scored: Standing | null, t: Text): { points: string; note: string } {
  if (scored === null) return { points: '', note: '' }
  const note = !scored.confirmed
    ? t('supervision:score.unconfirmed')
    : scored.stale
      ? t('supervision:score.stale')
      : ''
  return { points: t('supervision:score.points', { count: scored.total }), note }
}

const urls: Record<string, string> = { QN: '/questionnaires', ST: '/statements', FI: '/findings' }

/** Where a reference leads, by its letters; null for what has no page of its own. */
function urlOfReference(reference: string): string | null {
  const room = urls[reference.slice(0, 2)]
  return room ? `${room}/${reference}` : null
}

export type DutyWords = {
  kind: Duty['kind']
  name: string
  why: string
  due: string
  state: { tone: Tone; word: string }
  /** An overdue one may have been asked for or answered. */
  stage: string
  by: { text: string; url: string | null }[]
  ask: { text: string; url: string } | null
}

/** One duty in words, with what fulfils it and the way to ask for it. */
export function dutyWords(
  duty: Duty,
  { engagement, vendor }: { engagement: string; vendor: string },
  locale: Locale,
): DutyWords {
  const t = textIn(locale)
  const { kind, why, clause, stage, state } = duty
  return {
    kind,
    name: t(`supervision:duty.${kind}`),
    why: clause === null ? t(`supervision:why.${why}`) : t('supervision:why.agreed-by', { clause }),
    due: formatShortDay(duty.dueOn, locale),
    state: stateShown(state, t),
    stage:
      state === 'overdue' && stage !== 'nothing'
        ? t('supervision:but', { stage: t(`supervision:state.${stage}`).toLowerCase() })
        : '',
    by: duty.by.map((text) => ({ text, url: urlOfReference(text) })),
    // One that is prepared is opened, not made a second time.
    ask:
      (stage === 'nothing' || state === 'owed') && !(kind === 'questionnaire' && duty.by.length > 0)
        ? askFor(duty, { engagement, vendor }, t)
        : null,
  }
}

/** Only what the address says is prefilled; who may not ask does not see it. */
function askFor({ kind }: Duty, { engagement, vendor }: { engagement: string; vendor: string }, t: Text) {
  if (kind === 'questionnaire')
    return {
      text: t('supervision:ask.questionnaire'),
      url: `/questionnaires/new?vendor=${vendor}&engagement=${engagement}`,
    }
  if (kind === 'follow-up')
    return { text: t('supervision:ask.follow-up'), url: `/supervision/engagements/${engagement}#acts` }
  return { text: t('supervision:ask.statement'), url: `/statements/request?vendor=${vendor}` }
}

/** 'every 12 months, and what is open in the middle of the year' */
export function oftenWords({ values }: Pick<Model, 'values'>, band: RiskBand, t: Text): string {
  const months = values.months[band]
  const often =
    months === null ? t('supervision:value.on-event') : t('supervision:value.every', { count: months })
  return band === '7-10' ? t('supervision:value.and-middle', { often }) : often
}

const severities: Found['severity'][] = ['critical', 'high', 'medium', 'low']

/** '1 critical, 2 low' */
export function foundWords(found: readonly Found[], t: Text): { tone: Tone; word: string } | null {
  if (found.length === 0) return null
  const counted = severities.flatMap((severity) => {
    const count = found.filter((each) => each.severity === severity).length
    return count === 0 ? [] : [t(`supervision:found.${severity}`, { count })]
  })
  const grave = found.some(({ severity }) => severity === 'critical' || severity === 'high')
  return { tone: grave ? 'stop' : 'wait', word: counted.join(', ') }
}

export function engagementUrl({ engagement }: Pick<EngagementYear, 'engagement'>): string {
  return `/supervision/engagements/${engagement.reference}`
}
