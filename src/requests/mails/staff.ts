/** What staff is told of a request. */
import type { Person } from '../../auth/request.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MailSection, Message } from '../../mail/rules.js'
import type { CustomerRequest, RequestMessage } from '../rules.js'

export type StaffLetter = {
  request: CustomerRequest
  person: Pick<Person, '_id' | 'name' | 'email' | 'locale'>
}

/** A customer has asked. */
export function alertMail(letter: StaffLetter): Message {
  return toStaff(letter, 'alert', '')
}

/** The customer has written in its request, or has taken it back. */
export function wroteMail(letter: StaffLetter, message: RequestMessage | null): Message {
  return toStaff(letter, message ? 'wrote' : 'withdrew', message?.id ?? '')
}

/** The customer has confirmed, or ordered. */
export function confirmedMail(letter: StaffLetter): Message {
  return toStaff(letter, 'confirmed', '')
}

/** `days` from the due day: before it, on it, after it. */
export function staffReminderMail(letter: StaffLetter, days: number): Message {
  const when = days < 0 ? 'before' : days === 0 ? 'today' : 'after'
  return toStaff(letter, `reminder-${when}`, `${letter.request.dueOn}/${days}`)
}

/** To the DPO: it has been overdue for days. */
export function escalationMail(letter: StaffLetter): Message {
  return toStaff(letter, 'escalated', letter.request.dueOn)
}

function toStaff({ request, person }: StaffLetter, what: string, which: string): Message {
  const { locale } = person
  const t = textIn(locale)
  const said = {
    reference: request.reference,
    customer: request.customerName,
    kind: t(`requests:kind.${request.kind}.name`),
    due: formatDay(request.dueOn, locale),
  }
  const sections: MailSection[] = [
    {
      rows: [
        [t('requests:field.reference'), request.reference],
        [t('requests:field.customer'), `${request.customerName} (${request.customerReference})`],
        [t('requests:field.kind'), said.kind],
        [t('requests:field.dueOn'), said.due],
      ],
    },
  ]
  return {
    key: ['request', what, request.reference, which, person._id].filter(Boolean).join('/'),
    kind: `request-${what}`,
    to: { address: person.email, name: person.name },
    locale,
    content: {
      subject: t(`requests:staff-mail.${what}.subject`, said),
      lead: t(`requests:staff-mail.${what}.lead`, said),
      greeting: t('requests:staff-mail.greeting', { name: person.name }),
      sections,
      button: { label: t('requests:staff-mail.open') },
    },
    opens: `/requests/${request.reference}`,
    about: { kind: 'request', id: request._id },
    sample: request.sample,
  }
}
