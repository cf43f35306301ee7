import type { Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import { formatDay, formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import {
  deadReason,
  isAccepted,
  requestState,
  sortOf,
  type Opinion,
  type SortOf,
  type Statement,
  type StatementFacts,
  type Verdict,
} from '../rules.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

export function urlOf({ reference }: Pick<Statement, 'reference'>): string {
  return `/statements/${reference}`
}

/** 'ISAE 3402 type 2', 'ISAE 3000 type 2, limited assurance', 'ISO 27001:2022'. */
export function sortInWords(sort: SortOf, t: Text, edition = ''): string {
  const [kind = 'other', ...rest] = sort.split('/')
  const type = rest.find((part) => part === '1' || part === '2')
  const level = rest.find((part) => part === 'reasonable' || part === 'limited')
  const name = `${t(`statements:kind.${kind}`)}${edition && kind.startsWith('iso-') ? `:${edition}` : ''}`
  const typed = type ? `${name} ${t(`statements:type.${type}`)}` : name
  return level ? `${typed}, ${t(`statements:level-short.${level}`)}` : typed
}

export function kindInWords(facts: StatementFacts, t: Text): string {
  return sortInWords(sortOf(facts), t, facts.edition)
}

/** What it is; of one that nobody has read, what was asked for. */
export function nameOf({ facts, request }: Pick<Statement, 'facts' | 'request'>, t: Text): string {
  return facts ? kindInWords(facts, t) : (request?.what ?? t('statements:unread'))
}

/** The days it speaks of, in short. */
export function spanInWords(facts: StatementFacts | null, locale: Locale): string {
  if (facts === null) return ''
  const t = textIn(locale)
  const day = (on: Day) => formatShortDay(on, locale)
  if (facts.certificate) return t('statements:span.until', { day: day(facts.certificate.expiresOn) })
  if (facts.period) return `${day(facts.period.from)} – ${day(facts.period.to)}`
  return facts.asOf === null ? '' : t('statements:span.as-of', { day: day(facts.asOf) })
}

const verdictTones: Record<Verdict, Tone> = {
  accepted: 'good',
  'accepted-with-follow-up': 'wait',
  rejected: 'stop',
}

export function verdictState(verdict: Verdict, t: Text): State {
  return { tone: verdictTones[verdict], word: t(`statements:verdict.${verdict}`) }
}

/** Where it is: what was concluded, or what is next. Past its use is said rather than its old conclusion. */
export function stateOf(statement: Statement, today: Day, t: Text): State {
  const { state, request, conclusion, facts, replacedBy } = statement
  if (replacedBy !== null) return { tone: 'calm', word: t('statements:state.replaced') }
  if (state === 'requested' && request) return requestedState(request, today, t)
  if (state === 'concluded' && conclusion) {
    if (isAccepted(statement) && facts && deadReason(facts, today))
      return { tone: 'stop', word: t('statements:state.dead') }
    return verdictState(conclusion.verdict, t)
  }
  const tones: Record<string, Tone> = { received: 'wait', read: 'wait', withdrawn: 'calm' }
  return { tone: tones[state] ?? 'calm', word: t(`statements:state.${state}`) }
}

function requestedState(request: NonNullable<Statement['request']>, today: Day, t: Text): State {
  const how = requestState(request)
  if (how === 'not-reached') return { tone: 'stop', word: t('statements:state.not-reached') }
  if (how === 'on-its-way') return { tone: 'info', word: t('statements:state.on-its-way') }
  return request.dueOn < today
    ? { tone: 'stop', word: t('statements:state.late') }
    : { tone: 'info', word: t('statements:state.requested') }
}

const opinionTones: Record<Opinion, Tone> = {
  unqualified: 'good',
  qualified: 'wait',
  adverse: 'stop',
  disclaimer: 'stop',
}

export function opinionState(opinion: Opinion | null, t: Text): State | null {
  return opinion && { tone: opinionTones[opinion], word: t(`statements:opinion.${opinion}`) }
}

export function dayIn(locale: Locale) {
  return (on: Day | null) => (on === null ? '' : formatDay(on, locale))
}

export function choices(values: readonly string[], word: (value: string) => string) {
  return values.map((value) => ({ value, text: word(value) }))
}
