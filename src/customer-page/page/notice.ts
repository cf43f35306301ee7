/** A notice on the customer's page: what to do first, then the change, then everything else. */
import type { Locale } from '../../base/context.js'
import type { Contact } from '../../customers/rules.js'
import { dayOf, type Day } from '../../base/day.js'
import { formatDay, formatWeekday } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { lastDayIn, linesOf } from '../../notices/mails/announcement.js'
import { linesInWords, periodInWords, type Rows, type ServiceNames } from '../../notices/page/facts.js'
import { startFor } from '../../notices/rules/audience.js'
import { modeOf } from '../../notices/rules/modes.js'
import type { Notice } from '../../notices/rules/notice.js'
import { groundOf } from '../../notices/rules/permission.js'
import { everObjected, type Recipient } from '../../notices/rules/recipient.js'
import { timeliness, type Objection } from '../../objections/rules.js'
import { offersFor, standingOf, type Standing } from '../rules.js'
import { answerSection } from './answer.js'
import { changesOf } from './change.js'
import { objectionCard } from './objection.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
export type State = { tone: Tone; word: string }

export type Shown = { notice: Notice; recipient: Recipient; objections: Objection[] }
export type Reader = {
  locale: Locale
  today: Day
  base: string
  contact: Contact
  /** Contacts of the same customer who may approve. */
  approvers: readonly Contact[]
}

const tones: Record<Standing, Tone> = {
  withdrawn: 'calm',
  dropped: 'good',
  left: 'calm',
  exempted: 'good',
  refused: 'good',
  objecting: 'wait',
  'objecting-in-use': 'stop',
  told: 'calm',
  'in-use': 'calm',
  permitted: 'info',
  'objection-settled': 'info',
  'approval-wanted': 'wait',
  'approval-overdue': 'stop',
  approved: 'info',
  'approved-partly': 'info',
  consented: 'info',
  'instruction-wanted': 'wait',
  running: 'info',
  'period-over': 'calm',
}

export function stateOf(standing: Standing, t: Text): State {
  return { tone: tones[standing], word: t(`customer-page:state.${standing}`) }
}

export function titleOf({ notice, recipient }: Pick<Shown, 'notice' | 'recipient'>, t: Text): string {
  return linesInWords(linesOf(notice.lines, recipient), t)
}

/** The first sentence: what the reader must do, or that it need do nothing. */
export function leadOf(
  { notice, recipient }: Pick<Shown, 'notice' | 'recipient'>,
  { locale, today }: Reader,
): string {
  const t = textIn(locale)
  const last = lastDayIn(recipient)
  const standing = standingOf(recipient, today)
  const inUse = recipient.lines.flatMap(({ inUseSince }) => inUseSince ?? []).toSorted()[0]
  const permitted = recipient.lines.flatMap(({ permittedFrom }) => permittedFrom ?? []).toSorted()[0]
  return t(`customer-page:lead.${standing}`, {
    day: last ? formatWeekday(last, locale) : '',
    from: formatDay(permitted ?? startFor(recipient, notice.plannedStart), locale),
    since: inUse ? formatDay(inUse, locale) : '',
    customer: recipient.customerName,
  })
}

export function noticePage(shown: Shown, services: ServiceNames, reader: Reader) {
  const { notice, recipient, objections } = shown
  const { locale, today, base } = reader
  const t = textIn(locale)
  const standing = standingOf(recipient, today)
  const offers = offersFor(recipient, objections, notice, today)
  const url = `${base}/notices/${notice.reference}`
  return {
    reference: notice.reference,
    url,
    title: titleOf(shown, t),
    customer: recipient.customerName,
    state: stateOf(standing, t),
    tone: tones[standing],
    lead: leadOf(shown, reader),
    supersedes: notice.supersedes
      ? t('notices:supersedes', {
          reference: notice.supersedes.reference,
          day: formatDay(notice.supersedes.on, locale),
        })
      : null,
    withdrawalBecause: standing === 'withdrawn' ? (notice.withdrawal?.because[locale] ?? null) : null,
    offers,
    warning: offers.objection ? warningOf(recipient, today, t) : null,
    receipt: recipient.receipt,
    answer: answerSection(shown, offers, { ...reader, url }),
    together: togetherWords(notice, recipient, locale),
    changes: changesOf(notice, recipient, services, locale),
    why: notice.why[locale],
    safeguards: notice.safeguards[locale],
    dates: datesOf(shown, reader),
    hasDay: lastDayIn(recipient) !== null && modeOf(recipient) !== 'information',
    silence: silenceWords(recipient, t, locale),
    objections: objections.map((objection) => objectionCard(objection, reader)),
    mailbox: notice.sender?.replyTo ?? null,
  }
}

function datesOf({ notice, recipient }: Shown, { locale }: Reader): Rows {
  const t = textIn(locale)
  const day = (on: Day) => formatWeekday(on, locale)
  const { dayZero, receipt } = recipient
  const last = lastDayIn(recipient)
  const asked = modeOf(recipient) !== 'information'
  const rows: [label: string, on: Day | null, words?: string][] = [
    [t('customer-page:dates.issued'), notice.issuedOn],
    [t('customer-page:dates.received'), dayZero],
    [t('customer-page:dates.confirmed'), receipt ? dayOf(receipt.at, notice.rules.zone) : null],
    [
      t(`customer-page:dates.last-${modeOf(recipient)}`),
      asked ? last : null,
      t('customer-page:dates.wholeDay'),
    ],
    [
      t('customer-page:dates.start'),
      startFor(recipient, notice.plannedStart),
      t('customer-page:dates.earliest'),
    ],
    ...recipient.lines
      .filter(({ mode }) => mode !== 'information')
      .flatMap(({ permittedFrom, inUseSince }): [string, Day | null][] => [
        [t('customer-page:dates.permitted'), permittedFrom],
        [t('customer-page:dates.inUse'), inUseSince],
      ]),
    [t('answers:no-objection-by'), permittedBySilence(recipient) ? last : null],
    [t('customer-page:dates.withdrawn'), notice.withdrawal?.on ?? null],
  ]
  const shown = rows.flatMap(([label, on, words]): Rows =>
    on ? [[label, words ? `${day(on)} ${words}` : day(on)]] : [],
  )
  const period: Rows = asked ? [[t('customer-page:dates.period'), periodInWords(recipient.period, t)]] : []
  // Two lines permitted on one day are one date.
  return [...new Map([...shown, ...period].map((row) => [row.join('|'), row])).values()]
}

/** Nobody approved it: no objection had come when the period was over. */
function permittedBySilence(recipient: Recipient): boolean {
  if (everObjected(recipient)) return false
  return recipient.lines.some((line) => line.permittedFrom !== null && groundOf(line) === 'no-objection')
}

/** Where customers cannot be kept apart: why, and what one of them means for all. */
function togetherWords(notice: Notice, recipient: Recipient, locale: Locale): string | null {
  if (notice.goLive !== 'together' || modeOf(recipient) === 'information') return null
  return textIn(locale)('answers:together', { because: notice.togetherBecause?.[locale] ?? '' })
}

/** Said beside the button: it is taken all the same, but not as it would have been in time. */
function warningOf(recipient: Recipient, today: Day, t: Text): string | null {
  const { timely, useHadBegun } = timeliness(today, recipient)
  if (useHadBegun) return t('customer-page:object.inUse')
  return timely ? null : t('customer-page:object.late')
}

function silenceWords(recipient: Recipient, t: Text, locale: Locale): string | null {
  if (modeOf(recipient) !== 'notice') return null
  const last = lastDayIn(recipient)
  return t(`customer-page:object.until.${recipient.agreement.objectionUntil}`, {
    day: last ? formatWeekday(last, locale) : '',
  })
}
