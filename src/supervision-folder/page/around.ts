/** The folder as others see it: staff, the customer's first page, and whoever saved second. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { conceptWord } from '../../supervision/page/words.js'
import { parameters } from '../../supervision/rules.js'
import type { Folder, FolderContent } from '../rules.js'
import type { Tone } from './evidence.js'
import { answerWord } from './paper.js'
import { folderState } from './words.js'

/** What staff see: that it was filed, and when; more only where the customer shares it. */
export function folderForStaff(folder: Folder, locale: Locale, customerReference: string) {
  const t = textIn(locale)
  const last = folder.filings.at(-1)
  const told =
    last && folder.shared !== 'state'
      ? t('supervision-folder:staff.concluded', {
          verdict: t(`supervision-folder:verdict.${last.verdict}`),
          next: last.next ? formatDay(last.next, locale) : '–',
        })
      : ''
  return {
    year: String(folder.year),
    state: last
      ? folderState({ ...folder, draft: false }, t)
      : { tone: 'calm' as Tone, word: t('supervision-folder:state.none') },
    filed: last ? formatDay(last.on, locale) : '',
    told,
    url:
      last && folder.shared === 'all'
        ? `/customers/${customerReference}/supervision-folders/${folder.year}/files/${last.number}`
        : null,
  }
}

/** For the customer's first page. */
export function folderCard(
  folder: Folder | null,
  { today, locale, base }: { today: Day; locale: Locale; base: string },
) {
  const t = textIn(locale)
  return {
    url: `${base}/supervision`,
    title: t('supervision-folder:title', { year: today.slice(0, 4) }),
    state: folderState(folder, t),
  }
}

/** What two people wrote in the same fields, side by side, for the one who came second. */
export function conflictShown(
  fields: readonly (keyof FolderContent)[],
  stored: FolderContent,
  locale: Locale,
) {
  const t = textIn(locale)
  return fields.map((field) => ({
    field: t(`supervision-folder:field.${field}`),
    stored: wordsOf(field, stored, t),
  }))
}

function wordsOf(field: keyof FolderContent, content: FolderContent, t: Text): string {
  switch (field) {
    case 'answers':
      return parameters
        .map((name) => `${t(`supervision-folder:question.${name}`)} ${answerWord(name, content, t)}`)
        .join(' ')
    case 'concept':
      return content.concept === null ? '–' : conceptWord(content.concept, t)
    case 'verdict':
      return content.verdict ? t(`supervision-folder:verdict.${content.verdict}`) : '–'
    case 'looked':
      return content.looked.map((kind) => t(`supervision-folder:evidence.${kind}.title`)).join(', ') || '–'
    default:
      return content[field] || '–'
  }
}
