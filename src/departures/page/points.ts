/** The checklist as staff, the sub-processor and the customer see it. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatShortDay, formatSize } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Point, PointAnswer } from '../rules.js'
import { placeOf, pointState } from './words.js'

export type PointReader = {
  today: Day
  locale: Locale
  /** Below which address its files are. */
  base: string
  files: ReadonlyMap<string, StoredFile>
}

export function pointRow(point: Point, reader: PointReader) {
  const { today, locale } = reader
  const t = textIn(locale)
  return {
    id: point.id,
    place: placeOf(point, locale),
    what: point.what[locale] || point.what.da,
    reference: point.engagementReference,
    url: point.engagementReference ? `/engagements/${point.engagementReference}` : null,
    through: point.through === null ? '' : t('departures:through', { name: point.through }),
    handling: t(`departures:handling.${point.handling}`),
    due: formatShortDay(point.dueOn, locale),
    state: pointState(point, today, t),
    answer: point.answer ? answerShown(point.answer, reader) : null,
    earlier: point.earlier.map((answer) => answerShown(answer, reader)),
    sentBack: point.sentBack,
    because: point.because,
    label: [placeOf(point, locale), point.what[locale] || point.what.da].filter(Boolean).join(': '),
  }
}

function answerShown(answer: PointAnswer, { locale, base, files }: PointReader) {
  const t = textIn(locale)
  const day = formatDay(answer.on, locale)
  return {
    said: t('departures:answer.done', { day, by: answer.by }),
    how: answer.how,
    kept: answer.retention && {
      until: t('departures:answer.kept', { day: formatDay(answer.retention.until, locale) }),
      rule: answer.retention.rule,
      data: answer.retention.data,
    },
    files: answer.files.flatMap((id) => {
      const stored = files.get(id)
      return stored
        ? [{ url: `${base}/files/${id}`, text: `${stored.name} (${formatSize(stored.size, locale)})` }]
        : []
    }),
  }
}
