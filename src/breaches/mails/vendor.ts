/** To a sub-processor's contact: the link to report a breach by, and that a report has come. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Message } from '../../mail/rules.js'
import type { Sender } from '../../notices/rules.js'
import { momentInWords } from '../page/moment.js'
import type { Breach } from '../rules.js'

export type VendorReader = {
  vendor: string
  vendorName: string
  id: string
  name: string
  email: string
  locale: Locale
  link: string
  sample: boolean
}

/** `round`: one more each time it is asked for. */
export function linkMail(reader: VendorReader, sender: Sender, round: string): Message {
  const t = textIn(reader.locale)
  const facts = { sender: sender.name, vendor: reader.vendorName }
  return {
    key: `breach/link/${reader.vendor}/${reader.id}/${round}`,
    kind: 'breach-link',
    to: { address: reader.email, name: reader.name },
    locale: reader.locale,
    content: {
      subject: t('breaches:vendor-mail.link-subject', facts),
      lead: t('breaches:vendor-mail.link-lead', facts),
      greeting: t('breaches:vendor-mail.greeting', { name: reader.name }),
      sections: [{ paragraphs: [t('breaches:vendor-mail.link-how'), t('breaches:vendor-mail.link-keep')] }],
      button: { label: t('breaches:vendor-mail.link-button') },
      closing: closing(reader.locale, sender),
    },
    link: reader.link,
    about: { kind: 'vendor', id: reader.vendor },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: reader.sample,
  }
}

/** What they keep as their own evidence: when we had it. */
export function receivedMail(breach: Breach, reader: VendorReader, sender: Sender, zone: string): Message {
  const { locale } = reader
  const t = textIn(locale)
  const at = (instant: Date | null) => (instant ? momentInWords(instant, { locale, zone }) : '')
  return {
    key: `breach/received/${breach.reference}/${reader.id}`,
    kind: 'breach-received',
    to: { address: reader.email, name: reader.name },
    locale,
    content: {
      subject: t('breaches:vendor-mail.received-subject', { reference: breach.reference }),
      lead: t('breaches:vendor-mail.received-lead', { sender: sender.name }),
      greeting: t('breaches:vendor-mail.greeting', { name: reader.name }),
      sections: [
        {
          rows: [
            [t('breaches:fact.reference'), breach.reference],
            [t('breaches:fact.youKnewAt'), at(breach.vendorKnewAt)],
            [t('breaches:fact.youToldAt'), at(breach.vendorToldAt)],
          ],
        },
        { paragraphs: [t('breaches:vendor-mail.received-more')] },
      ],
      button: { label: t('breaches:vendor-mail.received-button') },
      closing: closing(locale, sender),
    },
    link: reader.link,
    about: { kind: 'breach', id: breach._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: breach.sample,
  }
}

function closing(locale: Locale, sender: Sender): string[] {
  return [
    textIn(locale)('breaches:vendor-mail.regards'),
    [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
  ]
}
