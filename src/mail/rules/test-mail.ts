import { textIn } from '../../i18n/texts.js'
import type { MailContent, Message } from '../rules.js'

/** A mail to oneself that looks like the real one and cannot be taken for it: marked, with no link, about nobody. */
export function testMail(
  content: MailContent,
  { key, to, locale, about }: Pick<Message, 'key' | 'to' | 'locale' | 'about'>,
): Message {
  const t = textIn(locale)
  return {
    key,
    kind: 'test-mail',
    to,
    locale,
    about,
    content: {
      ...content,
      subject: `${t('mail-texts:test.mark')}: ${content.subject}`,
      lead: `${t('mail-texts:test.mark')}: ${content.lead}`,
      sections: [{ paragraphs: [t('mail-texts:test.says')] }, ...content.sections],
    },
  }
}
