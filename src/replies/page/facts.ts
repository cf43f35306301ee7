/** What is known of a reply, as rows. */
import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Reply } from '../rules.js'
import type { ReplyShown } from './reply.js'
import { senderOf } from './words.js'

type Row = [label: string, value: string, url?: string]

export function factsOf({ reply, contact, approver }: ReplyShown, locale: Locale, zone: string): Row[] {
  const t = textIn(locale)
  const { part, about, match, report } = reply
  return [
    [t('replies:fact.from'), senderOf(reply, t)],
    ...(part
      ? ([
          [
            t('replies:fact.customer'),
            `${part.customerName} (${part.customerReference})`,
            `/customers/${part.customerReference}`,
          ],
          [t('replies:fact.notice'), part.noticeReference, recipientUrl(reply)],
        ] as Row[])
      : []),
    ...(about
      ? ([
          [
            t(about.customer ? 'replies:fact.customer' : 'replies:fact.party'),
            about.customerReference ? `${about.party} (${about.customerReference})` : about.party,
            ...(about.customerReference ? [`/customers/${about.customerReference}`] : []),
          ],
          [t('replies:fact.case'), about.reference, about.url],
        ] as Row[])
      : []),
    ...(contact ? ([[t('replies:fact.sent-to'), `${contact.name} <${contact.email}>`]] as Row[]) : []),
    ...(approver ? ([[t('replies:fact.right'), t('replies:fact.may-approve')]] as Row[]) : []),
    [t('replies:fact.arrived'), formatInstant(reply.arrivedAt, locale, zone)],
    ...(reply.sentAt ? ([[t('replies:fact.sent'), formatInstant(reply.sentAt, locale, zone)]] as Row[]) : []),
    [t('replies:fact.kind'), t(`replies:kind.${reply.kind}`)],
    ...(reply.automaticBy
      ? ([[t('replies:fact.automatic'), t(`replies:automatic.${reply.automaticBy}`)]] as Row[])
      : []),
    ...(report
      ? ([
          [t('replies:fact.report'), [report.status, report.diagnostic].filter(Boolean).join(' ')],
          [t('replies:fact.server'), report.server ?? ''],
          [t('replies:fact.for'), report.recipient ?? ''],
        ] as Row[])
      : []),
    [t('replies:fact.matched'), match ? t(`replies:matched.${match.by}`) : t('replies:matched.not')],
    [t('replies:fact.hash'), reply.sha256],
  ]
}

export function recipientUrl({ part }: Reply): string {
  return part ? `/notices/${part.noticeReference}/recipients/${part.customerReference}` : ''
}
