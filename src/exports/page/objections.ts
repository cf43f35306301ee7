import type { Locale } from '../../base/context.js'
import type { Block } from '../../documents/pdf.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Objection } from '../../objections/rules.js'

/** Each objection with what the customer said, when, and how it ended; what was weighed inside the house is not in it. */
export function objectionBlocks(objections: readonly Objection[], locale: Locale, zone: string): Block[] {
  if (objections.length === 0) return []
  const t = textIn(locale)
  return [
    { kind: 'heading', text: t('exports:index.objections') },
    ...objections.flatMap((objection): Block[] => {
      const { reference, customerName, customerReference, receivedAt, channel, raisedBy, reasons } = objection
      const { timely, outcome, outcomeOn, outcomeNote, endsOn } = objection
      const rows: [string, string][] = [
        [t('exports:objection.customer'), `${customerName} (${customerReference})`],
        [t('exports:objection.received'), formatInstant(receivedAt, locale, zone)],
        [
          t('exports:objection.channel'),
          channel === 'page' ? t('exports:objection.page') : t(`notices:channel.${channel}`),
        ],
        [t('exports:objection.by'), raisedBy.name],
        [t('exports:objection.reasons'), reasons ?? ''],
        [t('exports:objection.timely'), t(timely ? 'objections:timely' : 'objections:late')],
        [
          t('exports:objection.outcome'),
          outcome === null
            ? t('exports:objection.open')
            : [t(`objections:outcome.${outcome}`), outcomeOn && formatDay(outcomeOn, locale)]
                .filter(Boolean)
                .join(', '),
        ],
        [t('exports:objection.note'), outcomeNote ?? ''],
        [t('exports:objection.ends'), endsOn ? formatDay(endsOn, locale) : ''],
      ]
      return [
        { kind: 'paragraph', text: reference, keep: true },
        { kind: 'pairs', rows: rows.filter(([, value]) => value !== '') },
      ]
    }),
  ]
}
