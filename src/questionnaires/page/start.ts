/** The page a respondent comes to: what is asked, by whom and why, and how far it is. */
import type { Locale } from '../../base/context.js'
import { daysBetween, type Day } from '../../base/day.js'
import { formatInstant, formatWeekday } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Respondent } from '../actions/respondent.js'
import type { Offers } from '../actions/taking-over.js'
import type { Questionnaire, Share } from '../rules/questionnaire.js'
import { progressOf, seesSection, type SectionProgress } from '../rules/responding.js'

type Around = {
  locale: Locale
  zone: string
  today: Day
  base: string
  asker: string
  engagements: string[]
  shares: readonly Share[]
  offers: Offers
}

export function startPage(respondent: Respondent, around: Around) {
  const { questionnaire, set, part, name } = respondent
  const { locale, zone, base, asker, engagements, shares, offers } = around
  const t = textIn(locale)
  const said = (key: string, facts: Record<string, unknown> = {}) =>
    t(`questionnaires-respond:${key}`, { asker, ...facts })
  const isOpen = questionnaire.state === 'asked'
  const live = shares.filter(({ endedAt }) => endedAt === null)
  const sections = sectionRows(respondent, locale).map((row) => ({
    ...row,
    url: `${base}/sections/${encodeURIComponent(row.id)}`,
    with: live.filter((share) => share.sections.includes(row.id)).map((share) => share.name),
  }))
  const sum = (count: (row: SectionProgress) => number) =>
    sections.reduce((total, row) => total + count(row.progress), 0)
  const [shown, answered] = [sum((row) => row.shown), sum((row) => row.answered)]
  return {
    title: said('start.title', { year: questionnaire.year }),
    reference: questionnaire.reference,
    setTitle: set.title[locale],
    base,
    isOwner: part.kind === 'owner',
    isOpen,
    name,
    state: stateWords(respondent, around, t),
    why: [
      said(`why.${questionnaire.why}`),
      said('why.basis'),
      said(part.kind === 'owner' ? 'why.owner' : 'why.colleague', { owner: questionnaire.owner.name }),
    ],
    engagements,
    sections,
    next: isOpen ? nextStep(sections, questionnaire, t) : null,
    total: { shown, answered, words: said('progress', { answered, count: shown }) },
    lacking: sum((row) => row.lacking),
    unproven: sum((row) => row.unproven),
    colleagues: shares.map((share) => ({
      id: share._id,
      name: share.name,
      email: share.email,
      sections: set.sections
        .filter(({ id }) => share.sections.includes(id))
        .map(({ title }) => title[locale]),
      ended: share.endedAt === null ? '' : formatInstant(share.endedAt, locale, zone),
    })),
    offered: offers.sections.map(({ section, from, offers: some }) => ({
      url: `${base}/sections/${encodeURIComponent(section)}/take-over?from=${from}`,
      from,
      text: said(`offered.${from}`, {
        count: some.length,
        section: set.sections.find(({ id }) => id === section)?.title[locale] ?? '',
        title: some[0]?.title ?? '',
      }),
    })),
    isSentBack: isOpen && questionnaire.round > 1,
    conclusion: questionnaire.conclusion
      ? {
          band: set.bands.find(({ id }) => id === questionnaire.conclusion?.band)?.text[locale] ?? '',
          words: questionnaire.conclusion.external,
        }
      : null,
  }
}

/** Sections with their progress as words and a state. */
export function sectionRows({ set, given, around, questionnaire, part }: Respondent, locale: Locale) {
  const t = textIn(locale)
  const progress = progressOf(set, given, around, questionnaire.open)
  return set.sections.flatMap(({ id, title }, at) => {
    const row = progress[at]
    if (!row || !seesSection(part, id)) return []
    return [
      {
        id,
        number: at + 1,
        title: title[locale],
        progress: row,
        words: progressWords(row, locale),
        state: sectionState(row, questionnaire, t),
      },
    ]
  })
}

/** The first section that still lacks something, or was sent back; null where only handing in is left. */
function nextStep(
  sections: readonly { url: string; number: number; title: string; progress: SectionProgress }[],
  { open }: Pick<Questionnaire, 'open'>,
  t: Text,
) {
  const next = sections.find(({ progress }) => (open === null ? progress.lacking : progress.open) > 0)
  if (!next) return null
  const key = sections.some(({ progress }) => progress.answered > 0) ? 'continue' : 'begin'
  return {
    url: next.url,
    text: t(`questionnaires-respond:start.${key}`, { section: `${next.number}. ${next.title}` }),
  }
}

/** 'x of y answered'; nothing where only the sign-off stands. */
export function progressWords({ shown, answered }: SectionProgress, locale: Locale): string {
  if (shown === 0) return ''
  return textIn(locale)('questionnaires-respond:progress', { answered, count: shown })
}

function sectionState(
  { shown, answered, lacking, open, signs }: SectionProgress,
  { state, open: some }: Questionnaire,
  t: Text,
) {
  const word = (tone: string, key: string, count = 0) => ({
    tone,
    word: t(`questionnaires-respond:section-state.${key}`, { count }),
  })
  if (shown === 0) return word('calm', signs ? 'at-end' : 'none')
  if (state === 'asked' && some !== null)
    return open > 0 ? word('wait', 'open', open) : word('calm', 'closed')
  if (lacking === 0) return word('good', 'whole')
  return answered === 0 ? word('calm', 'not-begun') : word('info', 'begun')
}

function stateWords({ questionnaire, set }: Respondent, { locale, zone, today, asker }: Around, t: Text) {
  const { state, dueOn, submitted, round, open } = questionnaire
  const day = formatWeekday(dueOn, locale)
  const late = daysBetween(dueOn, today)
  const said = (tone: string, key: string, facts: Record<string, unknown> = {}) => ({
    tone,
    text: t(`questionnaires-respond:state.${key}`, { asker, day, ...facts }),
  })
  if (state === 'submitted')
    return said('good', 'submitted', {
      at: submitted ? formatInstant(submitted.at, locale, zone) : '',
      name: submitted ? [submitted.by.name, submitted.by.title].filter(Boolean).join(', ') : '',
    })
  if (state === 'concluded') return said('good', 'concluded')
  if (round > 1) return said('wait', 'sent-back', { count: open?.length ?? set.questions.length })
  if (late > 0) return said('wait', 'late', { count: late })
  return said('info', 'asked', { count: -late })
}

/** Nobody answers it any more. */
export function closedPage({ questionnaire }: Pick<Respondent, 'questionnaire'>, locale: Locale) {
  const t = textIn(locale)
  return {
    title: t('questionnaires-respond:closed.title'),
    reference: questionnaire.reference,
  }
}
