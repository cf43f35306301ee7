/** How a questionnaire's state, mails and next step are called. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatInstant, formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/rules.js'
import type { Questionnaire } from '../rules/questionnaire.js'

export type State = { tone: 'calm' | 'info' | 'good' | 'wait' | 'stop'; word: string }
export type PageReader = { locale: Locale; today: Day; zone: string }

export function urlOf({ reference }: Pick<Questionnaire, 'reference'>): string {
  return `/questionnaires/${reference}`
}

type Shown = Pick<Questionnaire, 'state' | 'delivery' | 'dueOn' | 'round'>

/** Nothing is called sent that no mail server has taken. */
export function stateOf({ state, delivery, dueOn, round }: Shown, today: Day, t: Text): State {
  const word = (name: string) => t(`questionnaires-asking:state.${name}`)
  if (state === 'prepared') return { tone: 'calm', word: word('prepared') }
  if (state === 'submitted') return { tone: 'wait', word: word('submitted') }
  if (state === 'concluded') return { tone: 'good', word: word('concluded') }
  if (state === 'withdrawn') return { tone: 'calm', word: word('withdrawn') }
  if (delivery === 'refused') return { tone: 'stop', word: word('refused') }
  if (delivery === 'kept') return { tone: 'stop', word: word('kept') }
  if (dueOn < today) return { tone: 'stop', word: word('overdue') }
  if (delivery !== 'accepted') return { tone: 'info', word: word('under-way') }
  return { tone: 'info', word: word(round > 1 ? 'sent-back' : 'asked') }
}

/** Where its mail is, in a sentence. */
export function mailSentence(
  { delivery, arrivedAt, sample }: Pick<Questionnaire, 'delivery' | 'arrivedAt' | 'sample'>,
  mails: readonly Pick<MailRow, 'state'>[],
  { locale, zone }: PageReader,
): string {
  const t = textIn(locale)
  const at = arrivedAt === null ? '' : formatInstant(arrivedAt, locale, zone)
  if (delivery === 'accepted' && arrivedAt === null) return t('questionnaires-asking:mail-is.under-way')
  // To the sample's invented people nothing is sent: it only goes on as if it had been.
  const invented = sample && delivery === 'accepted' && !mails.some(({ state }) => state === 'accepted')
  return t(`questionnaires-asking:mail-is.${invented ? 'invented' : delivery}`, { at })
}

export type Next = { text: string; url: string; by: string; overdue: boolean }

/** What staff does next with it; null while there is nothing but to wait, or it is over. */
export function nextOf(
  questionnaire: Shown & Pick<Questionnaire, 'reference'>,
  today: Day,
  locale: Locale,
): Next | null {
  const t = textIn(locale)
  const url = urlOf(questionnaire)
  const { state, delivery, dueOn } = questionnaire
  const step = (name: string, at: string, overdue = false) => ({
    text: t(`questionnaires-asking:next.${name}`),
    url: at,
    by: '',
    overdue,
  })
  if (state === 'prepared') return step('send', `${url}/preview`)
  if (state === 'submitted') return step('review', `${url}/review`)
  if (state !== 'asked') return null
  if (delivery === 'refused') return step('other-contact', `${url}#owner`, true)
  if (delivery === 'kept') return step('mail-server', `${url}#mails`, true)
  if (delivery !== 'accepted') return null
  if (dueOn < today) return step('chase', `${url}#due`, true)
  return {
    ...step('wait', url),
    by: t('questionnaires-asking:next-by', { day: formatShortDay(dueOn, locale) }),
  }
}

const tones: Partial<Record<MailRow['state'], State['tone']>> = {
  accepted: 'good',
  stopped: 'calm',
  kept: 'calm',
}

/** One of its mails, as the page lists them. */
export function mailShown(mail: MailRow, { locale, zone }: PageReader) {
  const t = textIn(locale)
  const failed =
    mail.state === 'bounced' || mail.state === 'given-up' || (mail.state === 'kept' && !mail.sample)
  return {
    kind: t(`questionnaires-asking:mail-kind.${mail.kind.replace('questionnaire-', '')}`),
    to: mail.to.name ? `${mail.to.name}, ${mail.to.address}` : mail.to.address,
    queued: formatInstant(mail.queuedAt, locale, zone),
    state: {
      tone: failed ? 'stop' : (tones[mail.state] ?? 'info'),
      word: t(`questionnaires-asking:mail-state.${mail.state}`),
    } as State,
    at: mail.acceptedAt && mail.state !== 'kept' ? formatInstant(mail.acceptedAt, locale, zone) : '',
    reply: failed || mail.state === 'deferred' ? (mail.lastReply ?? '') : '',
    url: `/mailbox/${mail._id}`,
  }
}

export function whyText(why: Questionnaire['why'], locale: Locale): string {
  return textIn(locale)(`questionnaires-asking:why.${why}`)
}
