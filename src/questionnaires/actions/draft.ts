import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { noticePeriodsFor } from '../../customers/actions.js'
import { draftNotice, type Notice } from '../../notices/actions.js'
import type { DraftInput } from '../../notices/form.js'
import { earliestStart } from '../../notices/rules/audience.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { createEngagement, createVendor, editEngagement, planChange } from '../../register/actions.js'
import type { Engagement } from '../../register/rules.js'
import { countryName } from '../../transfers/rules.js'
import { noticeByReference } from '../../notices/actions.js'
import type { Difference } from '../rules/differences.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { moveTo } from './move.js'
import { reviewToShow } from './review-shown.js'

function differenceKey({ kind, item }: Pick<Difference, 'kind' | 'item'>): string {
  return `${kind}/${item}`
}

/**
 * Our own notice of what an answer says and customers do not know yet: the change is planned in the register, with the new country
 * or the further sub-processor on it, and the draft waits for the officer. A second click finds the draft of the first.
 */
export async function draftFromAnswers(
  context: Context,
  reference: string,
  { key, version, zone }: { key: string; version: number; zone: string },
): Promise<Notice> {
  const { questionnaire, differences, engagements } = await reviewToShow(context, reference, zone)
  const made = questionnaire.drafts?.find(({ item }) => item === key)
  const known = made && (await noticeByReference(made.notice))
  if (known) return known
  if (questionnaire.version !== version) throw new Refused('changed-meanwhile')
  if (questionnaire.state !== 'submitted' && questionnaire.state !== 'concluded')
    throw new Refused('questionnaire-not-in-review')
  const difference = differences.find((each) => differenceKey(each) === key && each.way === 'notice')
  if (!difference) throw new NotFound()
  // Taken first, so that of two clicks only one plans the change.
  const claimed = await moveTo(
    context,
    questionnaire,
    {},
    { event: 'questionnaire.drafting', facts: { kind: difference.kind, question: difference.question } },
  )
  const running = engagements.filter(({ endedOn, role }) => endedOn === null && role === 'sub-processor')
  const lines =
    difference.kind === 'further-sub-processor'
      ? await furtherLines(context, difference, running)
      : await countryLines(context, claimed, difference, running)
  const notice = await draftNotice(context, {
    lines,
    why: whyOf(claimed, difference),
    safeguards: { da: '', en: '' },
    plannedStart: await firstStart(context, running),
    goLive: 'staged',
    togetherBecause: null,
  })
  await moveTo(
    context,
    claimed,
    { drafts: [...(claimed.drafts ?? []), { item: key, notice: notice.reference }] },
    {
      event: 'questionnaire.drafted',
      facts: { notice: notice.reference, kind: difference.kind, lines: lines.length },
    },
  )
  return notice
}

async function furtherLines(
  context: Context,
  { said }: Difference,
  engagements: readonly Engagement[],
): Promise<DraftInput['lines']> {
  const [parent] = engagements
  if (!parent) return []
  const vendor = await createVendor(context, {
    name: said.split(', ')[0] ?? said,
    registration: null,
    address: '',
    country: null,
    contacts: [],
    sample: parent.sample,
  })
  const lines: DraftInput['lines'] = []
  // The answer does not say for which of their engagements: the officer takes away those it is not about.
  for (const above of engagements) {
    const link = await createEngagement(context, {
      vendor: vendor._id,
      role: 'sub-processor',
      services: above.services,
      activity: above.activity,
      dataCategories: above.dataCategories,
      subjects: above.subjects,
      storageCountries: [],
      accessCountries: [],
      places: [],
      transfers: [],
      parent: above._id,
      contract: null,
      dueDiligence: null,
      askedByItself: true,
      sample: above.sample,
    })
    lines.push({ kind: 'addition', engagement: link.reference, replaces: null })
  }
  return lines
}

/** C.5: another country needs the customers' approval first. One that no customer has approved yet cannot be changed for anybody. */
async function countryLines(
  context: Context,
  { reference: questionnaire }: Questionnaire,
  { kind, item: country }: Difference,
  engagements: readonly Engagement[],
): Promise<DraftInput['lines']> {
  const field = kind === 'storage-country' ? 'storageCountries' : 'accessCountries'
  const lines: DraftInput['lines'] = []
  for (const { reference } of engagements) {
    const planned = await planChange(context, reference).catch(unlessRefused)
    if (!planned) continue
    if (!planned[field].includes(country))
      await editEngagement(
        context,
        { reference: planned.reference, version: planned.version },
        { ...planned, [field]: [...planned[field], country] },
        { because: questionnaire, asFound: true },
      )
    lines.push({ kind: 'new-place', engagement: planned.reference, replaces: null })
  }
  return lines
}

function unlessRefused(error: unknown): null {
  if (error instanceof Refused) return null
  throw error
}

function whyOf(
  { vendorName, reference, submitted }: Questionnaire,
  { kind, said }: Difference,
): { da: string; en: string } {
  const words = (locale: 'da' | 'en') =>
    textIn(locale)(`review:draft.${kind}`, {
      vendor: vendorName,
      said: kind === 'further-sub-processor' ? said : countryName(said, locale),
      reference,
      day: submitted ? formatDay(submitted.at.toISOString().slice(0, 10), locale) : '',
    })
  return { da: words('da'), en: words('en') }
}

async function firstStart(context: Context, engagements: readonly Engagement[]) {
  const periods = await noticePeriodsFor([...new Set(engagements.flatMap(({ services }) => services))])
  const starts = periods.map((period) => earliestStart(context.now, period, danishDateRules))
  return starts.toSorted().at(-1) ?? context.today
}
