/** The first thing a customer sees: what runs now and what it must do. */
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { groupOf, standingOf, type Group } from '../rules.js'
import { leadOf, stateOf, titleOf, type Reader, type Shown } from './notice.js'
import { objectionCard } from './objection.js'

export function startPage(customer: { name: string }, all: readonly Shown[], reader: Reader) {
  const { locale, today, base } = reader
  const t = textIn(locale)
  const cards = all.map((shown) => {
    const standing = standingOf(shown.recipient, today)
    const { reference, issuedOn } = shown.notice
    return {
      group: groupOf(standing),
      reference,
      url: `${base}/notices/${reference}`,
      title: titleOf(shown, t),
      lead: leadOf(shown, reader),
      state: stateOf(standing, t),
      issued: issuedOn ? formatDay(issuedOn, locale) : '',
      objections: shown.objections
        .map((objection) => objectionCard(objection, reader))
        .filter(({ open }) => open),
    }
  })
  const inGroup = (group: Group) => cards.filter((card) => card.group === group)
  const act = inGroup('act')
  return {
    customer: customer.name,
    title: t('customer-page:start.title', { customer: customer.name }),
    lead: t(act.length > 0 ? 'customer-page:start.leadAct' : 'customer-page:start.leadNothing', {
      count: act.length,
    }),
    act,
    follow: inGroup('follow'),
    earlier: inGroup('earlier'),
    listUrl: `${base}/list`,
  }
}
