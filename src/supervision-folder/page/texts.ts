/** Text for the customer's own records: what it tells data subjects (Art. 13 and 14), and its record of processing (Art. 30(1)). */
import type { Organisation } from '../../auth/organisation.js'
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { numberInWords } from '../../register/page/words.js'
import type { Evidence } from '../rules.js'

type About = {
  house: Pick<Organisation, 'name' | 'registration' | 'address' | 'dpo'>
  services: readonly string[]
  evidence: Pick<Evidence, 'register' | 'on'>
}

export type RecordsText = { id: 'recipients' | 'record'; title: string; why: string; text: string }

export function recordsTexts({ house, services, evidence }: About, locale: Locale): RecordsText[] {
  const t = textIn(locale)
  const list = (words: readonly string[]) => new Intl.ListFormat(locale).format([...new Set(words)])
  // Only those that do something for what this customer buys are recipients of its data.
  const used = evidence.register.filter((row) => row.used)
  const names = used.map(({ name }) => name)
  const unknown = used.filter(({ standing }) => standing === 'unknown' || standing === 'missing')
  const transfers = used.flatMap((row) =>
    row.transfers.map(({ country, basis }) =>
      t('supervision-folder:text.transfer', { name: row.name, country, basis }),
    ),
  )
  const facts = {
    house: house.name,
    number: numberInWords(house.registration, locale),
    address: house.address.replaceAll('\n', ', '),
    dpo: [house.dpo.name, house.dpo.email].filter(Boolean).join(', '),
    services: list(services),
    names: list(names),
    transfers: transfers.join('; '),
    unknown: list(unknown.map(({ name }) => name)),
  }
  const whether = (some: boolean) => (some ? 'some' : 'none')
  const standings = [
    ...(transfers.length > 0 ? ['some' as const] : unknown.length > 0 ? [] : ['none' as const]),
    ...(unknown.length > 0 ? ['unknown' as const] : []),
  ]
  return [
    {
      id: 'recipients',
      title: t('supervision-folder:text.recipients.title'),
      why: t('supervision-folder:text.recipients.why'),
      text: [
        t('supervision-folder:text.recipients.processor', facts),
        t(`supervision-folder:text.recipients.below-${whether(names.length > 0)}`, facts),
        ...standings.map((which) => t(`supervision-folder:text.recipients.transfers-${which}`, facts)),
      ].join(' '),
    },
    {
      id: 'record',
      title: t('supervision-folder:text.record.title'),
      why: t('supervision-folder:text.record.why'),
      text: [
        t('supervision-folder:text.record.processor', facts),
        t('supervision-folder:text.record.services', facts),
        t(`supervision-folder:text.record.below-${whether(names.length > 0)}`, facts),
        ...standings.map((which) => t(`supervision-folder:text.record.transfers-${which}`, facts)),
        t('supervision-folder:text.record.erasure', facts),
        t('supervision-folder:text.record.security', facts),
      ].join('\n'),
    },
  ]
}
