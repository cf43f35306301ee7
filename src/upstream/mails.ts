/** Our own objection to a sub-processor, as a mail with its letter. */
import type { Locale } from '../base/context.js'
import type { PdfInput } from '../documents/pdf.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { Message } from '../mail/rules.js'
import type { Sender } from '../notices/rules.js'
import type { UpstreamNotice } from './rules.js'

export type Objecting = {
  notice: UpstreamNotice
  vendorName: string
  sender: Sender
  locale: Locale
  text: string
  to: { name: string; address: string | null }
  on: string
  at: Date
}

function objectionSubject({
  notice,
  sender,
  locale,
}: Pick<Objecting, 'notice' | 'sender' | 'locale'>): string {
  return textIn(locale)('upstream:letter.subject', {
    sender: sender.name,
    subject: notice.subject ?? textIn(locale)('upstream:letter.your-change'),
    reference: notice.reference,
  })
}

/** The letter as it is kept and sent. */
export function objectionLetter(objecting: Objecting): PdfInput {
  const { notice, vendorName, sender, locale, text, to, on, at } = objecting
  const t = textIn(locale)
  return {
    title: t('upstream:letter.title'),
    kicker: sender.name,
    subject: objectionSubject(objecting),
    author: sender.name,
    locale,
    createdAt: at,
    blocks: [
      {
        kind: 'pairs',
        rows: [
          [t('upstream:letter.to'), [vendorName, to.name].filter(Boolean).join(', ')],
          [t('upstream:letter.from'), `${sender.name}, ${sender.registration}, ${sender.address}`],
          [t('upstream:letter.day'), formatDay(on, locale)],
          [t('upstream:letter.about'), notice.subject ?? t('upstream:letter.your-change')],
          [t('upstream:letter.received'), formatDay(notice.receivedOn, locale)],
          [t('upstream:letter.our-reference'), notice.reference],
        ],
      },
      ...text.split(/\n{2,}/).map((paragraph) => ({ kind: 'paragraph' as const, text: paragraph.trim() })),
      { kind: 'paragraph', text: t('upstream:letter.regards') },
      { kind: 'paragraph', text: [sender.officer, sender.name, sender.phone].filter(Boolean).join(', ') },
    ],
    footer: `${sender.name} · ${notice.reference}`,
    pageLabel: (page, pages) => t('upstream:letter.page', { page, pages }),
  }
}

/** `number`: which objection in this case it is; after an answer another may follow. */
export function objectionMail(objecting: Objecting, address: string, number: number, file: string): Message {
  const { notice, sender, locale, text, to } = objecting
  const t = textIn(locale)
  const [lead = '', ...rest] = text.split(/\n{2,}/)
  return {
    key: `upstream/objection/${notice.reference}/${number}`,
    kind: 'upstream-objection',
    to: { address, ...(to.name ? { name: to.name } : {}) },
    locale,
    content: {
      subject: objectionSubject(objecting),
      lead,
      greeting: t('upstream:letter.greeting', { name: to.name }),
      sections: [
        { paragraphs: rest },
        {
          rows: [
            [t('upstream:letter.received'), formatDay(notice.receivedOn, locale)],
            [t('upstream:letter.our-reference'), notice.reference],
          ],
        },
      ],
      closing: [
        t('upstream:letter.regards'),
        [sender.officer, sender.name, sender.phone].filter(Boolean).join(', '),
      ],
    },
    attachments: [{ file, name: t('upstream:letter.file', { reference: notice.reference }) }],
    about: { kind: 'upstream-notice', id: notice._id },
    ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
    sample: notice.sample,
  }
}
