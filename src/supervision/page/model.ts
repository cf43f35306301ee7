import type { Locale } from '../../base/context.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { riskBands, subjectCounts } from '../../register/rules.js'
import {
  concepts,
  confidence,
  publishedModel,
  sufficing,
  valueChanges,
  valueNames,
  valueOf,
  type Model,
  type ValueName,
} from '../rules.js'
import { conceptWord, oftenWords } from './words.js'

/** The model as it is set, where each number comes from, and how it has been set before. `versions`: the present one first. */
export function modelPage(versions: readonly Model[], locale: Locale) {
  const t = textIn(locale)
  const present = versions[0] ?? publishedModel
  return {
    number: present.number,
    values: valueNames.map((name) => {
      const setBy = versions.find(
        (version, place) =>
          version.number > 1 &&
          valueOf(version.values, name) !== valueOf((versions[place + 1] ?? publishedModel).values, name),
      )
      return {
        name: nameOf(name, t),
        value: shown(name, valueOf(present.values, name), t),
        source: setBy ? null : t(`supervision:source.${sourceOf(name)}`),
        confidence: setBy
          ? { tone: 'info', word: t('supervision:confidence.set') }
          : {
              tone: confidence[name] === 'seen' ? 'good' : 'wait',
              word: t(`supervision:confidence.${confidence[name]}`),
            },
        set: setBy ? { at: setBy.at, by: setBy.by, because: setBy.because } : null,
      }
    }),
    bands: riskBands.map((band) => ({
      band: t('supervision:band', { band: band.replace('-', '–') }),
      concepts: sufficing[band].map((each) => String(each)).join(', '),
      often: oftenWords(present, band, t),
    })),
    concepts: concepts.map((each) => ({
      name: conceptWord(each, t),
      about: t(`supervision:concept.${each}.about`),
    })),
    versions: versions.map((version, place) => ({
      number: version.number,
      at: version.at,
      by: version.by,
      because: version.because ?? t('supervision:model.published'),
      present: place === 0,
      changes: valueChanges((versions[place + 1] ?? publishedModel).values, version.values).map(
        ({ name, before, after }) => ({
          name: nameOf(name, t),
          before: shown(name, before, t),
          after: shown(name, after, t),
        }),
      ),
    })),
    actors: versions.flatMap(({ by }) => by ?? []),
  }
}

export function modelForm(present: Model, locale: Locale) {
  const t = textIn(locale)
  const field = (name: ValueName) => ({
    field: name,
    label: nameOf(name, t),
    stored: valueOf(present.values, name) ?? '',
  })
  return {
    seen: present.number,
    points: [
      ...subjectCounts.map((each) => field(`subjects.${each}`)),
      ...(['special', 'other', 'processing'] as const).map(field),
    ],
    months: riskBands.map((band) => field(`months.${band}`)),
  }
}

function nameOf(name: ValueName, t: Text): string {
  const [group = '', key = ''] = name.split('.')
  if (group === 'subjects')
    return t('supervision:value.subjects', { answer: t(`supervision:subjects.${key}`).toLowerCase() })
  if (group === 'months') return t('supervision:value.months', { band: key.replace('-', '–') })
  return t(`supervision:value.${group}`)
}

function sourceOf(name: ValueName): string {
  if (name === 'subjects.over-10000') return 'third-step'
  return name.split('.')[0] ?? ''
}

function shown(name: ValueName, value: number | null, t: Text): string {
  if (name.startsWith('months.'))
    return value === null ? t('supervision:value.on-event') : t('supervision:value.every', { count: value })
  return t('supervision:score.points', { count: value ?? 0 })
}
