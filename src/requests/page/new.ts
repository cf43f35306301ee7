/** Taking down what a customer asked for elsewhere, beginning what we owe to tell, and the days we answer within. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import {
  kindRules,
  kindsOfOurs,
  kindsToAsk,
  periodFor,
  requestKinds,
  staffChannels,
  type RequestKind,
  type RequestTerms,
} from '../rules.js'

/** `kind` null: the page on which one is chosen. */
export function newRequestPage(
  kind: RequestKind | null,
  ours: boolean,
  { locale, carried }: { locale: Locale; carried: URLSearchParams },
) {
  const t = textIn(locale)
  const path = ours ? '/requests/tell' : '/requests/new'
  const url = (each: RequestKind) => {
    const query = new URLSearchParams(carried)
    query.set('kind', each)
    return `${path}?${query.toString()}`
  }
  return {
    ours,
    path,
    kind,
    title: t(ours ? 'requests:new.tell-title' : 'requests:new.title'),
    name: kind && t(`requests:kind.${kind}.name`),
    what: kind && t(`requests:kind.${kind}.staff`),
    rule: kind && kindRules[kind],
    kinds: (ours ? kindsOfOurs : kindsToAsk).map((each) => ({
      url: url(each),
      name: t(`requests:kind.${each}.name`),
      what: t(`requests:kind.${each}.staff`),
      clause: t('requests:clause', { clause: kindRules[each].clause }),
    })),
    viewers: (['us', 'customer'] as const).map((value) => ({
      value,
      text: t(`requests:viewers.${value === 'customer' && ours ? 'customer-told' : value}`),
    })),
    channels: staffChannels.map((value) => ({ value, text: t(`requests:channel.${value}`) })),
  }
}

export function termsPage(terms: RequestTerms, locale: Locale) {
  const t = textIn(locale)
  return {
    rows: requestKinds.map((kind) => {
      const { length, unit } = periodFor(kind, terms)
      const { due, dueFrom, clause } = kindRules[kind]
      return {
        kind,
        name: t(`requests:kind.${kind}.name`),
        clause: t('requests:clause', { clause }),
        length,
        business: unit === 'business-days',
        usual: t(`requests:terms.${due.unit}`, { count: due.length }),
        because: t(`requests:due-from.${dueFrom}`),
        own: terms[kind] !== undefined,
      }
    }),
  }
}
