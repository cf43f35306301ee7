import type { Locale } from '../base/context.js'
import { hasText, textIn } from '../i18n/texts.js'
import type { Mail, MailHead } from './records/mails.js'
import { linkPlaceholder, mailRow, mailStates, type Evidence, type MailState, type Outcome } from './rules.js'

export type MailboxQuery = { state?: MailState | undefined; q?: string | undefined }

type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'

const tones: Record<MailState | Outcome, Tone> = {
  queued: 'info',
  claimed: 'info',
  deferred: 'wait',
  carried: 'info',
  accepted: 'good',
  kept: 'calm',
  delivered: 'good',
  relayed: 'info',
  delayed: 'wait',
  bounced: 'stop',
  'given-up': 'stop',
  stopped: 'calm',
}

function stateOf(state: MailState | Outcome, locale: Locale): { tone: Tone; word: string } {
  return { tone: tones[state], word: textIn(locale)(`mail:state.${state}`) }
}

export function stateChoices(locale: Locale): { value: MailState; text: string }[] {
  return mailStates.map((value) => ({ value, text: stateOf(value, locale).word }))
}

export function mailboxUrl(query: MailboxQuery, page?: string): string {
  const given = Object.entries({ ...query, page }).filter(([, value]) => value)
  return given.length > 0
    ? `/mailbox?${new URLSearchParams(given as [string, string][]).toString()}`
    : '/mailbox'
}

export function listRow(mail: MailHead, locale: Locale) {
  return {
    url: `/mailbox/${mail._id}`,
    subject: mail.subject,
    to: mail.to.name ? `${mail.to.name} <${mail.to.address}>` : mail.to.address,
    queuedAt: mail.queuedAt,
    state: stateOf(mail.state, locale),
    sample: mail.sample,
  }
}

/** The one mail with all that is known about its way. */
export function mailPage(mail: Mail, evidence: Evidence[], locale: Locale) {
  const row = mailRow(mail, evidence)
  return {
    ...row,
    body: `/mailbox/${mail._id}/body`,
    text: withoutLink(mail.text),
    hasLink: mail.link !== null,
    replyTo: mail.replyTo,
    bodyHash: mail.bodyHash,
    nextAttempt: mail.state === 'deferred' ? mail.dueAt : null,
    stateShown: stateOf(mail.state, locale),
    stateText: stateText(row.state, row.sample, locale),
    files: mail.attachments.map((file, index) => ({
      ...file,
      url: `/mailbox/${mail._id}/attachments/${index + 1}`,
    })),
    attempts: evidence.map((attempt) => ({
      ...attempt,
      state: stateOf(attempt.outcome, locale),
      answer: answerOf(attempt, locale),
    })),
  }
}

function stateText(state: MailState, sample: boolean, locale: Locale): string {
  const t = textIn(locale)
  return state === 'kept' && sample ? t('mail:state-text.kept-sample') : t(`mail:state-text.${state}`)
}

/** The server's own words; for trouble on the way what it means, where we know it. */
function answerOf({ reply, code }: Evidence, locale: Locale): string {
  const key = `mail:trouble.${reply}`
  return code === null && hasText(locale, key) ? textIn(locale)(key) : reply
}

/** As the reader gets it, but for the live link: nobody on staff can act as the customer. */
export function htmlWithoutLink(mail: Mail): string {
  return withoutLink(mail.html.replaceAll(`href="${linkPlaceholder}"`, ''))
}

function withoutLink(body: string): string {
  return body.replaceAll(linkPlaceholder, '[link]')
}
