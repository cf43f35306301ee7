import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Choice } from '../../lists/page.js'
import type { QuestionSet } from '../../question-sets/rules/set.js'
import { whys } from '../form/asking.js'
import type { Campaign } from '../rules/campaign.js'
import { isOpen, statesAsked } from '../rules/lists.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { nextOf, stateOf, urlOf, whyText, type PageReader } from './asking-words.js'

export type Offered = {
  years: readonly number[]
  sets: readonly QuestionSet[]
  campaigns: readonly Pick<Campaign, '_id' | 'reference'>[]
}

/** What each filter of the list offers. Vendors are searched for, not offered: there may be thousands. */
export function questionnaireChoices(
  { years, sets, campaigns }: Offered,
  locale: Locale,
): Record<string, Choice[]> {
  const t = textIn(locale)
  const bands = new Map(sets.flatMap((set) => set.bands.map(({ id, text }) => [id, text[locale]] as const)))
  return {
    state: statesAsked.map((value) => ({ value, text: t(`questionnaires-asking:filter-state.${value}`) })),
    mail: (['accepted', 'under-way', 'refused', 'kept'] as const).map((value) => ({
      value,
      text: t(`questionnaires-asking:filter-mail.${value}`),
    })),
    year: years.map((year) => ({ value: String(year), text: String(year) })),
    why: whys.map((value) => ({ value, text: whyText(value, locale) })),
    set: [...new Map(sets.map(({ id, title }) => [id, title[locale]]))].map(([value, text]) => ({
      value,
      text,
    })),
    band: [...bands].map(([value, text]) => ({ value, text })),
    campaign: campaigns.map(({ reference }) => ({ value: reference, text: reference })),
  }
}

export function questionnaireRow(
  questionnaire: Questionnaire,
  { sets, campaigns }: Pick<Offered, 'sets' | 'campaigns'>,
  { locale, today }: PageReader,
) {
  const t = textIn(locale)
  const { reference, vendorName, year, why, set, owner, dueOn, campaign, conclusion } = questionnaire
  const named = sets.find(({ id, version }) => id === set.id && version === set.version)
  const band = named?.bands.find(({ id }) => id === conclusion?.band)
  return {
    reference,
    url: urlOf(questionnaire),
    vendor: vendorName,
    year,
    due: formatShortDay(dueOn, locale),
    overdue: isOpen(questionnaire) && questionnaire.state !== 'submitted' && dueOn < today,
    owner: owner.name,
    state: stateOf(questionnaire, today, t),
    result: band?.text[locale] ?? '',
    next: nextOf(questionnaire, today, locale),
    why: whyText(why, locale),
    set: `${named?.title[locale] ?? set.id} (${set.version})`,
    campaign: campaigns.find(({ _id }) => _id === campaign)?.reference ?? '',
  }
}

const exported = ['year', 'due', 'owner', 'why', 'set', 'campaign'] as const

/** Null: all there are. */
type Columns = readonly string[] | null

const shown = (columns: Columns) => exported.filter((column) => columns?.includes(column) ?? true)
const showsNext = (columns: Columns) => columns?.includes('next') ?? true

/** Of the list as a spreadsheet, with these columns or all there are. */
export function questionnaireHeadings(columns: Columns, locale: Locale): string[] {
  const t = textIn(locale)
  return [
    t('questionnaires-asking:list.reference'),
    t('questionnaires-asking:fact.vendor'),
    ...shown(columns).map((column) => t(`lists:column.questionnaires.${column}`)),
    t('questionnaires-asking:list.state'),
    ...(showsNext(columns) ? [t('lists:column.questionnaires.next')] : []),
  ]
}

export function questionnaireCells(row: ReturnType<typeof questionnaireRow>, columns: Columns): string[] {
  const next = row.next ? row.next.text : row.result
  return [
    row.reference,
    row.vendor,
    ...shown(columns).map((column) => String(row[column])),
    row.state.word,
    ...(showsNext(columns) ? [next] : []),
  ]
}
