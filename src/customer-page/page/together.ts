/** A notice for all the customers one person answers for. */
import type { Contact } from '../../customers/rules.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { lastDayIn } from '../../notices/mails/announcement.js'
import { modeOf } from '../../notices/rules/modes.js'
import type { Notice } from '../../notices/rules/notice.js'
import type { Recipient } from '../../notices/rules/recipient.js'
import type { Objection } from '../../objections/rules.js'
import { offersFor, standingOf, type Offers } from '../rules.js'
import { stateOf, type Reader } from './notice.js'

export type MemberView = {
  customer: { _id: string; reference: string; name: string; caseNumber?: string }
  recipient: Recipient
  objections: Objection[]
  contact: Pick<Contact, 'mayApprove' | 'name' | 'title'>
}

export function offersOf(member: MemberView, notice: Notice, today: string): Offers {
  return offersFor(member.recipient, member.objections, notice, today)
}

export function togetherPage(
  notice: Notice,
  members: readonly MemberView[],
  chosen: ReadonlySet<string> | null,
  { locale, today, base }: Reader,
) {
  const t = textIn(locale)
  const rows = members.map((member, place) => {
    const { customer, recipient } = member
    const own = place === 0
    const offers = offersOf(member, notice, today)
    const last = lastDayIn(recipient)
    const asked = modeOf(recipient) !== 'information'
    return {
      id: customer._id,
      name: customer.name,
      caseNumber: recipient.caseNumber,
      state: stateOf(standingOf(recipient, today), t),
      asks: t(`notices:asks.${modeOf(recipient)}`),
      last: asked && last ? formatShortDay(last, locale) : '–',
      // The first is the one whose page this is.
      url: own
        ? `${base}/notices/${notice.reference}`
        : `${base}/others/${encodeURIComponent(customer.reference)}?to=notices/${notice.reference}`,
      answers: offers.answer.approve.length > 0 || offers.answer.instruct,
      acts: offers.receipt || offers.objection || mayAnswer(member, offers),
      chosen: chosen === null || chosen.has(customer._id),
    }
  })
  const offers = members.map((member) => offersOf(member, notice, today))
  const mine = members.flatMap((member, place) => {
    const own = offers[place]
    return own && mayAnswer(member, own) ? [own.answer] : []
  })
  const signer = members[0]?.contact
  return {
    title: t('shared:page.title'),
    lead: t('shared:page.lead', { count: rows.length, reference: notice.reference }),
    reference: notice.reference,
    base,
    url: `${base}/together/${notice.reference}`,
    noticeUrl: `${base}/notices/${notice.reference}`,
    rows,
    mayConfirm: offers.some(({ receipt }) => receipt),
    mayObject: offers.some(({ objection }) => objection),
    answering:
      mine.length > 0
        ? {
            lead: t('shared:page.answering-lead'),
            approve: mine.some(({ approve }) => approve.length > 0),
            waive: mine.some(({ waive }) => waive.length > 0),
            instruct: mine.some(({ instruct }) => instruct),
            signer: { name: signer?.name ?? '', title: signer?.title ?? '' },
          }
        : null,
    // What the person may not decide, another of that customer's contacts may.
    elsewhere: members.some(
      (member, place) => !member.contact.mayApprove && isAsked(offers[place]?.answer ?? nothing),
    ),
  }
}

const nothing: Offers['answer'] = { approve: [], waive: [], instruct: false }

function isAsked({ approve, instruct }: Offers['answer']): boolean {
  return approve.length > 0 || instruct
}

function mayAnswer({ contact }: MemberView, { answer }: Offers): boolean {
  return contact.mayApprove && (isAsked(answer) || answer.waive.length > 0)
}
