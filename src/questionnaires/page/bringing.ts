import type { Locale } from '../../base/context.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Respondent } from '../actions/respondent.js'
import type { Offers } from '../actions/taking-over.js'
import type { Brought } from '../rules/brought.js'

/** Files that were brought: what fits, by section, and what does not, cell by cell. */
export function bringPage(
  { questionnaire, set, part }: Respondent,
  brought: readonly Brought[],
  offers: Offers,
  { locale, zone, base }: { locale: Locale; zone: string; base: string },
) {
  const t = textIn(locale)
  const said = (key: string, facts: Record<string, unknown> = {}) =>
    t(`questionnaires-respond:bring.${key}`, facts)
  const texts = new Map(set.questions.map(({ id, text }) => [id, text[locale]]))
  return {
    title: said('title'),
    reference: questionnaire.reference,
    base,
    isOwner: part.kind === 'owner',
    isOpen: questionnaire.state === 'asked',
    files: brought.map(({ kind, name, at, by, signedBy, madeOn, wrong, answers }) => ({
      kind,
      title: said(`kind.${kind}`),
      name,
      came: said('came', { at: formatInstant(at, locale, zone), by }),
      signed:
        signedBy === null
          ? ''
          : said(signedBy === 'us' ? 'signed-us' : 'signed-other', {
              key: signedBy,
              day: madeOn === null ? '–' : formatDay(madeOn, locale),
            }),
      count: answers.length,
      sections: offers.sections
        .filter(({ from }) => from === kind)
        .map(({ section, offers: some }) => ({
          url: `${base}/sections/${encodeURIComponent(section)}/take-over?from=${kind}`,
          text: set.sections.find(({ id }) => id === section)?.title[locale] ?? '',
          words: said('fits', { count: some.length }),
        })),
      wrong: wrong.slice(0, 200).map((cell) => ({
        place: cell.cell === '' ? '' : `${cell.sheet}, ${cell.cell}`,
        question: cell.question ?? '',
        text: cell.question === null ? '' : (texts.get(cell.question) ?? ''),
        why: t(`problems:${cell.text}`, cell.facts),
      })),
      discardUrl: `${base}/bring/${kind}/discard`,
    })),
  }
}
