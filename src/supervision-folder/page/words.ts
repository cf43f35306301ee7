import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import type { Text } from '../../i18n/texts.js'
import type { Filing, Folder } from '../rules.js'
import type { Tone } from './evidence.js'

const verdictTones = { satisfactory: 'good', 'with-remarks': 'wait', 'not-satisfactory': 'stop' } as const

export function folderState(
  folder: Pick<Folder, 'draft' | 'filings'> | null,
  t: Text,
): { tone: Tone; word: string } {
  if (!folder) return { tone: 'calm', word: t('supervision-folder:state.none') }
  if (folder.filings.length === 0) return { tone: 'info', word: t('supervision-folder:state.draft') }
  return folder.draft
    ? { tone: 'wait', word: t('supervision-folder:state.changed') }
    : { tone: 'good', word: t('supervision-folder:state.filed') }
}

export function filingShown(
  { number, on, by, sha256, verdict }: Filing,
  year: number,
  own: string,
  locale: Locale,
  t: Text,
) {
  return {
    url: `${own}/${year}/files/${number}`,
    text: t('supervision-folder:filing', { number, day: formatDay(on, locale), by }),
    state: { tone: verdictTones[verdict], word: t(`supervision-folder:verdict-short.${verdict}`) },
    sha256,
  }
}
