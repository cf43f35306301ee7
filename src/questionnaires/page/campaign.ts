/** The preview of a campaign, and how far it has come. */
import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { QuestionSet } from '../../question-sets/rules/set.js'
import type { Campaign, CampaignPart, CampaignProgress, LeftOut } from '../rules/campaign.js'
import type { Candidate } from '../rules/choosing.js'
import type { State } from './asking-words.js'

/** Whom it would go to, row by row, and who cannot be asked and what to do about it. */
export function candidatesPage(
  candidates: readonly Candidate[],
  sets: readonly QuestionSet[],
  references: ReadonlyMap<string, string>,
  locale: Locale,
) {
  const t = textIn(locale)
  const titles = new Map(sets.map(({ id, version, title }) => [`${id} ${version}`, title[locale]]))
  return {
    ready: candidates
      .filter(({ because }) => because === null)
      .map(({ vendor, engagements, set, owner, why }) => ({
        reference: vendor.reference,
        url: `/vendors/${vendor.reference}`,
        name: vendor.name,
        contact: owner ? `${owner.name}, ${owner.email}` : '',
        language: owner ? t(`questionnaires-asking:language.${owner.locale}`) : '',
        engagements: engagements.map((id) => references.get(id) ?? '').filter(Boolean),
        set: titles.get(`${set.id} ${set.version}`) ?? set.id,
        why: t(`questionnaires-asking:why.${why}`),
      })),
    cannot: candidates
      .filter(({ because }) => because !== null)
      .map(({ vendor, because, open }) => ({
        reference: vendor.reference,
        name: vendor.name,
        why: t(`questionnaires-asking:left-out.${because}`, { reference: open ?? '' }),
        url:
          because === 'open-already' && open
            ? `/questionnaires/${open}`
            : because === 'no-address'
              ? `/vendors/${vendor.reference}/edit`
              : `/vendors/${vendor.reference}`,
        action: t(
          `questionnaires-asking:left-out-action.${because === 'open-already' || because === 'no-address' ? because : 'see'}`,
        ),
      })),
  }
}

export function setChoices(sets: readonly QuestionSet[], locale: Locale) {
  const t = textIn(locale)
  return sets.map(({ id, version, title, questions }) => ({
    value: `${id} ${version}`,
    text: t('questionnaires-asking:form.set-of', { title: title[locale], version, count: questions.length }),
  }))
}

function campaignState({ state }: Pick<Campaign, 'state'>, t: Text): State {
  const tones = { making: 'info', made: 'good', stopped: 'stop' } as const
  return { tone: tones[state], word: t(`questionnaires-asking:campaign-state.${state}`) }
}

/** Counts as words that lead to the list. */
export function progressPage(campaign: Campaign, progress: CampaignProgress, locale: Locale) {
  const t = textIn(locale)
  const list = (query: string) => `/questionnaires?${query}campaign=${campaign.reference}`
  const row = (name: keyof CampaignProgress, url: string | undefined): [string, string, string?] =>
    url === undefined || progress[name] === 0
      ? [t(`questionnaires-asking:progress.${name}`), String(progress[name])]
      : [t(`questionnaires-asking:progress.${name}`), String(progress[name]), url]
  return {
    reference: campaign.reference,
    url: `/questionnaires/campaigns/${campaign.reference}`,
    title: t('questionnaires-asking:campaign.one', { year: campaign.year }),
    year: campaign.year,
    due: formatDay(campaign.dueOn, locale),
    state: campaignState(campaign, t),
    making: campaign.state === 'making',
    stopped: campaign.remindersStopped?.reason ?? null,
    progress,
    rows: [
      row('chosen', undefined),
      row('made', list('')),
      row('waiting', undefined),
      row('arrived', list('mail=accepted&')),
      row('refused', list('mail=refused,kept&')),
      row('submitted', list('state=submitted,concluded&')),
      row('concluded', list('state=concluded&')),
      row('withdrawn', list('state=withdrawn&')),
    ],
  }
}

/** Everybody who was not asked, and why: those left out at the start, and those it failed for. */
export function leftOutPage(
  campaign: Campaign,
  failed: readonly CampaignPart[],
  references: ReadonlyMap<string, string>,
  locale: Locale,
) {
  const t = textIn(locale)
  const shown = (vendor: string, name: string, because: LeftOut) => ({
    name,
    url: references.has(vendor) ? `/vendors/${references.get(vendor)}` : null,
    why: t(`questionnaires-asking:left-out.${because}`, { reference: '' }),
    ask: references.has(vendor)
      ? `/questionnaires/new?vendor=${references.get(vendor)}&year=${campaign.year}`
      : null,
  })
  return [
    ...failed.map(({ vendor, vendorName, because }) => shown(vendor, vendorName, because ?? 'set-unknown')),
    ...campaign.leftOut.map(({ vendor, name, because }) => shown(vendor, name, because)),
  ]
}
