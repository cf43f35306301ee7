/** A customer's own part of a breach, as its contact reads it. */
import { dayOf } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'
import {
  authorityHoursOn,
  isOurs,
  lastInstant,
  wordsIn,
  type AffectedCustomer,
  type Breach,
} from '../rules.js'
import { paragraphs, partsOf, ready, timesOf } from './facts.js'
import { momentInWords, shortMoment, type Reading } from './moment.js'
import type { State } from './words.js'

type Own = { breach: Breach; affected: AffectedCustomer }

/** One line on the customer's first page. */
export function ownCard({ breach, affected }: Own, contact: string, base: string, reading: Reading) {
  const t = textIn(reading.locale)
  const seen = affected.receipts.some(({ phase, contact: by }) => phase === affected.phase && by === contact)
  return {
    url: `${base}/breaches/${breach.reference}`,
    reference: breach.reference,
    title: ownTitle(breach, reading),
    state: stateFor(breach, seen, reading),
    note: t('breaches:own.aware', { at: shortMoment(breach.awareAt, reading) }),
    open: breach.open || !seen,
  }
}

function stateFor(breach: Breach, seen: boolean, { locale }: Reading): State {
  const t = textIn(locale)
  if (breach.noBreach) return { tone: 'calm', word: t('breaches:state.no-breach') }
  if (!seen) return { tone: 'stop', word: t('breaches:own.state.new') }
  return breach.open
    ? { tone: 'wait', word: t('breaches:own.state.open') }
    : { tone: 'good', word: t('breaches:own.state.closed') }
}

function ownTitle(breach: Breach, { locale }: Reading): string {
  const t = textIn(locale)
  return t(isOurs(breach) ? 'breaches:own.title-pass' : 'breaches:own.title')
}

export function ownPage(
  { breach, affected }: Own,
  {
    services,
    contact,
    base,
    once,
    house,
  }: { services: readonly string[]; contact: string; base: string; once: string; house: string },
  reading: Reading,
) {
  const { locale } = reading
  const t = textIn(locale)
  const sent = breach.phases.filter(({ number }) => number <= affected.phase)
  const phase = sent.at(-1)
  if (!phase) throw new Error('a customer sees a breach of which nothing was sent to it')
  const parts = partsOf(phase.content, locale)
  const times = timesOf(breach, services, reading, affected)
  const seen = affected.receipts.find(
    ({ phase: number, contact: by }) => number === phase.number && by === contact,
  )
  const url = `${base}/breaches/${breach.reference}`
  const who = breach.role === 'provider' ? (breach.vendorName ?? house) : house
  return {
    url,
    back: base,
    reference: breach.reference,
    title: ownTitle(breach, reading),
    state: stateFor(breach, seen !== undefined, reading),
    ours: isOurs(breach),
    phase: phase.number,
    parts,
    times,
    advice: paragraphs(wordsIn(phase.content.advice, locale)),
    ready: ready(parts, times, locale),
    passDuty: t('breaches:mail.pass-duty', { sender: house, who }),
    passOn: (['da', 'en'] as const).map((language) => ({ language, text: phase.content.passOn[language] })),
    clock:
      affected.toldAt && !isOurs(breach) && !breach.noBreach
        ? t('breaches:own.clock', {
            told: momentInWords(affected.toldAt, reading),
            hours: authorityHoursOn(dayOf(affected.toldAt, reading.zone)),
            until: momentInWords(
              lastInstant(affected.toldAt, authorityHoursOn(dayOf(affected.toldAt, reading.zone))),
              reading,
            ),
          })
        : null,
    phases: sent.toReversed().map(({ number, at, content }) => ({
      text: t('breaches:own.phase', { number, at: shortMoment(at, reading) }),
      news: paragraphs(wordsIn(content.news, locale)),
      pdf: `${url}/notice.pdf?phase=${number}`,
    })),
    confirmed: seen ? t('breaches:own.confirmed', { at: shortMoment(seen.at, reading) }) : null,
    questions: affected.questions.map(({ at, name, text, answer }) => ({
      from: `${name}, ${shortMoment(at, reading)}`,
      text,
      answer: answer && { text: answer.text, at: shortMoment(answer.at, reading) },
    })),
    mayAsk: breach.open,
    once,
  }
}
