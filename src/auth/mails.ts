import type { Locale } from '../base/context.js'
import { textIn } from '../i18n/texts.js'
import type { Message } from '../mail/rules.js'

/** What has become of somebody's two-step sign-in. `who`: the administrator; null at the command line. */
export type SecondFactorNews =
  | { what: 'on' | 'moved' | 'off' | 'codes-made' }
  | { what: 'recovery-used'; left: number }
  | { what: 'taken-off'; who: string | null; because: string }

type Owner = { _id: string; name: string; email: string; locale: Locale; version: number }

/** To the person themselves, so that they know when it was not them. */
export function secondFactorMail(owner: Owner, news: SecondFactorNews): Message {
  const { _id, name, email, locale, version } = owner
  const t = textIn(locale)
  const rows: [string, string][] = []
  if (news.what === 'recovery-used') rows.push([t('second-factor:mail.left'), String(news.left)])
  if (news.what === 'taken-off') {
    rows.push([t('second-factor:mail.who'), news.who ?? t('second-factor:mail.command-line')])
    rows.push([t('second-factor:mail.because'), news.because])
  }
  return {
    key: `second-factor/${_id}/${version}`,
    kind: 'second-factor',
    to: { address: email, name },
    locale,
    content: {
      subject: t(`second-factor:mail.${news.what}.subject`),
      lead: t(`second-factor:mail.${news.what}.lead`),
      greeting: t('second-factor:mail.greeting', { name }),
      sections: [
        ...(rows.length > 0 ? [{ rows }] : []),
        { paragraphs: [t(`second-factor:mail.${news.what}.do`)] },
      ],
      button: { label: t('second-factor:mail.open') },
    },
    opens: '/account/second-factor',
    about: { kind: 'person', id: _id },
  }
}
