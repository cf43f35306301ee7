/** Who was told what, and when: about one engagement, and by one day to one customer. */
import type { Paper } from '../../annex-b/rules.js'
import type { Locale } from '../../base/context.js'
import { addDays, dayOf, type Day } from '../../base/day.js'
import { formatDay, formatInstant, formatNumber, formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/actions.js'
import type { Approval } from '../../register/rules.js'
import { modeOf } from '../rules/modes.js'
import type { Line, Notice } from '../rules/notice.js'
import { contactTried, type Recipient } from '../rules/recipient.js'
import { lineRows, lineTitle, type ServiceNames } from './facts.js'
import { recipientState, type StateWord } from './words.js'

/** What a room above knows of a recipient: its objections, with how each was settled. */
export type ObjectionsOf = ReadonlyMap<string, { url: string; text: string; state: StateWord }[]>

export type ToldRows = {
  recipients: readonly Recipient[]
  notices: readonly Notice[]
  mails: readonly MailRow[]
  objections: ObjectionsOf
  papers: ReadonlyMap<string, readonly Paper[]>
  engagement: string
}

/** One row for each customer and notice. */
export function toldRows(
  { recipients, notices, mails, objections, papers, engagement }: ToldRows,
  locale: Locale,
) {
  const t = textIn(locale)
  const byId = new Map(notices.map((notice) => [notice._id, notice]))
  return recipients.flatMap((recipient) => {
    const notice = byId.get(recipient.notice)
    if (!notice) return []
    const lines = linesAbout(notice, engagement)
    const own = recipient.lines.filter(({ line }) => lines.some(({ id }) => id === line))
    const days = (field: 'permittedFrom' | 'inUseSince') =>
      daysOf(
        own.map((part) => part[field]),
        locale,
      )
    return [
      {
        url: `/notices/${notice.reference}/recipients/${recipient.customerReference}`,
        customer: recipient.customerName,
        customerUrl: `/customers/${recipient.customerReference}/told?on=${notice.issuedOn ?? ''}`,
        reference: recipient.customerReference,
        notice: notice.reference,
        issued: notice.issuedOn === null ? '' : formatShortDay(notice.issuedOn, locale),
        said: lines.map((line) => lineTitle(line, t)),
        modes: [...new Set(own.map(({ mode }) => t(`notices:mode.${mode}`)))].join(', '),
        ...sending(recipient, mails, notice.rules.zone, locale),
        ends: recipient.lastDay === null ? '' : formatShortDay(recipient.lastDay, locale),
        state: recipientState(recipient, t),
        objections: objections.get(recipient._id) ?? [],
        permitted: days('permittedFrom'),
        used: days('inUseSince'),
        papers: papersGiven(papers.get(recipient.customer) ?? [], recipient.customerReference, locale),
      },
    ]
  })
}

/** Those about the engagement itself; in a notice only about its vendor's others, those. */
function linesAbout(notice: Notice, engagement: string): Line[] {
  const own = notice.lines.filter((line) => line.engagement === engagement || line.replaces === engagement)
  return own.length > 0 ? own : notice.lines
}

function daysOf(days: readonly (Day | null)[], locale: Locale): string {
  const known = [...new Set(days.filter((day) => day !== null))].toSorted()
  return known.map((day) => formatShortDay(day, locale)).join(', ')
}

/** To whom and by which channel, and when it arrived and was confirmed. */
function sending(recipient: Recipient, mails: readonly MailRow[], zone: string, locale: Locale) {
  const t = textIn(locale)
  const { acceptedAt, delivery, receipt } = recipient
  const arrivedBy = mails.find(
    (mail) => mail.about.id === recipient._id && mail.acceptedAt?.getTime() === acceptedAt?.getTime(),
  )
  const contact = contactTried(recipient)
  return {
    to: arrivedBy
      ? [arrivedBy.to.name, arrivedBy.to.address].filter(Boolean).join(', ')
      : contact
        ? [contact.name, contact.email].filter(Boolean).join(', ')
        : '',
    arrived: acceptedAt
      ? t('past:told.by', {
          at: formatInstant(acceptedAt, locale, zone),
          channel: t(`notices:channel.${delivery?.channel ?? 'mail'}`),
        })
      : t('past:told.not-arrived'),
    receipt: receipt ? t('past:told.receipt', { at: formatInstant(receipt.at, locale, zone) }) : '',
  }
}

/** The last list on paper on which it stood: of which day, handed out when, and how many there are before. */
function papersGiven([last, ...before]: readonly Paper[], reference: string, locale: Locale) {
  if (!last) return null
  const t = textIn(locale)
  return {
    url: `/customers/${reference}/annex-b#papers`,
    text: paperInWords(last, locale),
    given: t('past:paper.given', { day: formatShortDay(last.madeOn, locale) }),
    before: before.length === 0 ? '' : t('past:paper.before', { count: before.length }),
  }
}

/** 'Annex B as of 1 May 2026, version 3' */
function paperInWords({ on, version, known }: Paper, locale: Locale): string {
  const t = textIn(locale)
  const said = t('past:paper.of', { on: formatShortDay(on, locale), version: version || '–' })
  return known === 'then' ? `${said}, ${t('annex-b:papers.then')}` : said
}

const mostPapers = 20

/** The lists on paper the customer had been handed by a day, the newest first. */
export function papersByThen(papers: readonly Paper[], locale: Locale, zone: string) {
  const t = textIn(locale)
  return {
    rows: papers.slice(0, mostPapers).map((paper) => ({
      text: paperInWords(paper, locale),
      given: t('past:paper.given', { day: formatInstant(paper.at, locale, zone) }),
      how: [
        t(`annex-b:columns.${paper.columns}`),
        t(`register:language.${paper.language}`),
        t(`annex-b:format.${paper.format}`),
      ].join(', '),
      by: paper.by,
    })),
    more: Math.max(0, papers.length - mostPapers),
  }
}

type SigningRow = {
  papers: ReadonlyMap<string, readonly Paper[]>
  approvals: readonly Approval[]
  customers: readonly { _id: string; reference: string; name: string }[]
}

export function signingRows({ approvals, customers, papers }: SigningRow, locale: Locale) {
  const t = textIn(locale)
  const byId = new Map(customers.map((customer) => [customer._id, customer]))
  return approvals.flatMap(({ customer: id, from, to }) => {
    const customer = byId.get(id)
    if (!customer || (to !== null && to <= from)) return []
    const { reference, name } = customer
    return [
      {
        customer: name,
        reference,
        url: `/customers/${reference}`,
        from: formatShortDay(from, locale),
        until: to === null ? t('past:told.still') : formatShortDay(addDays(to, -1), locale),
        list: { url: `/register?customer=${reference}&on=${from}`, day: formatShortDay(from, locale) },
        annex: `/customers/${reference}/annex-b?on=${from}`,
        papers: papersGiven(papers.get(id) ?? [], reference, locale),
      },
    ]
  })
}

/** The notices above the table: what each said, and whether it was about another engagement of the vendor. */
export function toldNotices(notices: readonly Notice[], engagement: string, locale: Locale) {
  const t = textIn(locale)
  return notices.map((notice) => ({
    reference: notice.reference,
    url: `/notices/${notice.reference}`,
    title: notice.lines.map((line) => lineTitle(line, t)).join('; '),
    issued: notice.issuedOn === null ? '' : formatShortDay(notice.issuedOn, locale),
    ofVendor: !notice.lines.some((line) => line.engagement === engagement || line.replaces === engagement),
  }))
}

type Counted = { count: number; capped: boolean }

export function toldPanelWords(
  { byNotice, atSigning }: { byNotice: Counted; atSigning: Counted },
  locale: Locale,
) {
  const t = textIn(locale)
  const shown = ({ count, capped }: Counted) => `${formatNumber(count, locale)}${capped ? '+' : ''}`
  return [
    byNotice.count === 0
      ? t('past:told.panel-none')
      : t('past:told.panel-lead', { count: byNotice.count, shown: shown(byNotice) }),
    ...(atSigning.count === 0
      ? []
      : [t('past:told.panel-signing', { count: atSigning.count, shown: shown(atSigning) })]),
  ]
}

/** What one notice had told the customer by the end of the day; what came of it later is said apart. */
export function toldToCustomer(
  { notice, recipient, on }: { notice: Notice; recipient: Recipient; on: Day },
  told: Day | null,
  services: ServiceNames,
  locale: Locale,
) {
  const t = textIn(locale)
  const { zone } = notice.rules
  const { acceptedAt, printedLastDay, receipt } = recipient
  const arrivedBy = acceptedAt !== null && dayOf(acceptedAt, zone) <= on
  const contact = contactTried(recipient)
  return {
    reference: notice.reference,
    url: `/notices/${notice.reference}/recipients/${recipient.customerReference}`,
    title: notice.lines.map((line) => lineTitle(line, t)).join('; '),
    state: recipientState(recipient, t),
    facts: [
      [t('past:customer.issued'), told === null ? '' : formatDay(told, locale)],
      [t('past:customer.to'), contact ? [contact.name, contact.email].filter(Boolean).join(', ') : ''],
      [t('past:customer.mode'), t(`notices:asks.${modeOf(recipient)}`)],
      [
        t('past:customer.arrived'),
        arrivedBy ? formatInstant(acceptedAt, locale, zone) : t('past:told.not-arrived'),
      ],
      ...(receipt && dayOf(receipt.at, zone) <= on
        ? [[t('past:customer.receipt'), formatInstant(receipt.at, locale, zone)]]
        : []),
      ...(printedLastDay === null ? [] : [[t('past:customer.ends'), formatDay(printedLastDay, locale)]]),
      [t('past:customer.because'), notice.why[locale] || notice.why.da],
    ],
    lines: notice.lines.map((line) => ({
      title: lineTitle(line, t),
      rows: lineRows(line, services, locale),
    })),
    withdrawn: withdrawnInWords(notice, on, t, locale),
  }
}

function withdrawnInWords({ withdrawal }: Notice, on: Day, t: Text, locale: Locale): string {
  if (withdrawal === null) return ''
  const day = formatDay(withdrawal.on, locale)
  return withdrawal.on > on ? t('past:customer.withdrawn', { day }) : t('past:customer.withdrawn-by', { day })
}
