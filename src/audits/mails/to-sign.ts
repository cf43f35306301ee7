import type { Person } from '../../auth/request.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Message } from '../../mail/rules.js'
import type { Audit } from '../rules/audit.js'
import type { SignAs } from '../rules/sign.js'

export type SigningLetter = {
  audit: Pick<Audit, '_id' | 'reference' | 'year' | 'edition' | 'period' | 'sample'>
  /** Of what is to be signed: what is frozen anew is asked about anew. */
  hash: string
  as: SignAs
  person: Pick<Person, '_id' | 'name' | 'email' | 'locale'>
}

/** To one who signs: management does not look in every day. */
export function toSignMail({ audit, hash, as, person }: SigningLetter): Message {
  const { locale } = person
  const t = textIn(locale)
  const { reference, year, edition, period } = audit
  const facts = { reference, year }
  return {
    key: `declaration-to-sign/${audit._id}/${hash}/${person._id}`,
    kind: 'declaration-to-sign',
    to: { address: person.email, name: person.name },
    locale,
    content: {
      subject: t('declaration:sign-mail.subject', facts),
      lead: t(`declaration:sign-mail.lead.${as}`, facts),
      greeting: t('declaration:sign-mail.greeting', { name: person.name }),
      sections: [
        { paragraphs: [t('declaration:sign-mail.what')] },
        {
          rows: [
            [t('declaration:mail.edition'), `${reference}, ${edition}`],
            [
              t('declaration:mail.period'),
              `${formatDay(period.from, locale)} – ${formatDay(period.to, locale)}`,
            ],
            [t('declaration:mail.hash'), hash],
          ],
        },
      ],
      button: { label: t('declaration:page.read-and-sign') },
    },
    opens: `/audits/${reference}/sign`,
    about: { kind: 'audit', id: audit._id },
    sample: audit.sample,
  }
}
