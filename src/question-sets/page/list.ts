import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { DraftSet } from '../rules/draft.js'
import type { QuestionSet } from '../rules/set.js'
import { keyOf } from '../rules/versions.js'

export type Listed = {
  set: QuestionSet
  uses: number
  current: boolean
  frozen: boolean
  changed: boolean
  hasFile: boolean
}

export function listRow({ set, uses, current, changed, frozen, hasFile }: Listed, locale: Locale) {
  const t = textIn(locale)
  const state = changed ? 'changed' : !hasFile ? 'gone' : !current ? 'earlier' : frozen ? 'in-use' : 'ready'
  const tones = { changed: 'stop', gone: 'wait', earlier: 'calm', 'in-use': 'good', ready: 'info' }
  return {
    url: urlOf(set),
    title: set.title[locale],
    key: keyOf(set),
    version: set.version,
    questions: set.questions.length,
    uses,
    usesUrl: uses > 0 ? `/questionnaires?set=${encodeURIComponent(keyOf(set))}` : null,
    state: { tone: tones[state], word: t(`question-sets:state.${state}`) },
  }
}

export function draftRow(draft: DraftSet, locale: Locale) {
  return {
    url: `/question-sets/drafts/${draft._id}`,
    title: draft.title,
    file: draft.file,
    made: formatShortDay(draft.madeOn, locale),
    questions: draft.questions.length,
    left: draft.report.length,
  }
}

export function urlOf({ id, version }: { id: string; version: string }): string {
  return `/question-sets/${encodeURIComponent(id)}/${encodeURIComponent(version)}`
}
