import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { draftNotice, noticesAbout, type Notice } from '../../notices/actions.js'
import type { DraftInput } from '../../notices/form.js'
import { earliestStart } from '../../notices/rules/audience.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import {
  createEngagement,
  createVendor,
  engagementByReference,
  engagementsByIds,
  planChange,
  vendorsByIds,
} from '../../register/actions.js'
import type { Engagement, Vendor } from '../../register/rules.js'
import { noticePeriodsFor } from '../../customers/actions.js'
import { changedKinds } from '../../notices/rules.js'
import { withNotice, type ChangeKind, type UpstreamNotice } from '../rules.js'
import { moveTo, upstreamOf } from './move.js'

/**
 * Our own notice of their change, drafted: a further sub-processor that comes is entered as a planned link below theirs, for the
 * officer to complete; why and from when follow from what was confirmed. Where no line can be made, the draft has none yet and
 * says so itself. A second click finds the draft of the first; where a crash ended it, the next goes on with what there is.
 */
export async function draftFromUpstream(
  context: Context,
  reference: string,
  version: number,
): Promise<{ notice: Notice; lines: number }> {
  const upstream = await upstreamOf(reference)
  if (upstream.version !== version) throw new Refused('changed-meanwhile')
  // Taken first, so that of two clicks only one enters the further sub-processor.
  withNotice(upstream, '', context.today)
  const claimed = await moveTo(
    context,
    upstream,
    { state: 'assessed' },
    {
      event: 'upstream-notice.drafting',
      facts: {},
    },
  )
  const engagements = await engagementsByIds(claimed.engagements)
  const lines = await linesFrom(context, claimed, engagements)
  const begun = await draftAbout(lines)
  const notice =
    begun ??
    (await draftNotice(context, {
      lines,
      why: await whyOf(claimed),
      safeguards: { da: '', en: '' },
      plannedStart: claimed.startsOn ?? (await firstStart(context, engagements)),
      goLive: 'staged',
      togetherBecause: null,
    }))
  await moveTo(context, claimed, withNotice(claimed, notice.reference, context.today), {
    event: 'upstream-notice.drafted',
    facts: { notice: notice.reference, lines: lines.length },
  })
  return { notice, lines: lines.length }
}

/** A notice that staff drafted by hand, or that was drafted before: linked to what it passes on. */
export async function linkNotice(
  context: Context,
  reference: string,
  notice: Notice,
): Promise<UpstreamNotice> {
  const upstream = await upstreamOf(reference)
  return moveTo(context, upstream, withNotice(upstream, notice.reference, context.today), {
    event: 'upstream-notice.linked',
    facts: { notice: notice.reference },
  })
}

async function linesFrom(
  context: Context,
  upstream: UpstreamNotice,
  engagements: readonly Engagement[],
): Promise<DraftInput['lines']> {
  const { kinds, further, going } = upstream
  const changed = await changesOf(context, kinds, engagements)
  const [goes] = going ? await engagementsByIds([going]) : []
  const comes = kinds.includes('addition') || kinds.includes('replacement')
  if (comes && further && engagements.length > 0) {
    const made = `${upstream._id}-${upstream.notices.length + 1}`
    const vendor = await enteredVendor(context, {
      _id: made,
      name: further,
      registration: null,
      address: '',
      country: null,
      contacts: [],
      sample: upstream.sample,
    })
    const replaces = kinds.includes('replacement') ? (goes?.reference ?? null) : null
    const added: DraftInput['lines'] = []
    for (const parent of engagements) {
      const link = await plannedBelow(context, parent, vendor._id, `${made}-${added.length + 1}`)
      added.push({ kind: replaces ? 'replacement' : 'addition', engagement: link.reference, replaces })
    }
    return [...added, ...changed]
  }
  const gone: DraftInput['lines'] =
    kinds.includes('removal') && goes ? [{ kind: 'removal', engagement: goes.reference, replaces: null }] : []
  return [...gone, ...changed]
}

/** A new place, basis or activity of theirs is a planned change of the engagement; the officer says in it what is new. */
async function changesOf(
  context: Context,
  kinds: readonly ChangeKind[],
  engagements: readonly Engagement[],
): Promise<DraftInput['lines']> {
  const kind = changedKinds.find((each) => kinds.includes(each))
  if (!kind) return []
  const lines: DraftInput['lines'] = []
  for (const { reference } of engagements) {
    const planned = await planChange(context, reference).catch(unlessRefused)
    if (planned) lines.push({ kind, engagement: planned.reference, replaces: null })
  }
  return lines
}

/** One that no customer has approved cannot be changed for anybody: the draft is made without it. */
function unlessRefused(error: unknown): null {
  if (error instanceof Refused) return null
  throw error
}

/** The draft that an earlier attempt made and did not come to note. */
async function draftAbout(lines: DraftInput['lines']): Promise<Notice | null> {
  const [line] = lines
  const engagement = line && (await engagementByReference(line.engagement))
  if (!engagement) return null
  return (await noticesAbout(engagement._id)).find(({ state }) => state === 'draft') ?? null
}

async function enteredVendor(
  context: Context,
  input: Parameters<typeof createVendor>[1] & { _id: string },
): Promise<Vendor> {
  const [known] = await vendorsByIds([input._id])
  return known ?? createVendor(context, input)
}

/** The next link of the chain: it is taken to do what the one above does with the same data, until the officer knows better. */
async function plannedBelow(
  context: Context,
  parent: Engagement,
  vendor: string,
  _id: string,
): Promise<Engagement> {
  const [known] = await engagementsByIds([_id])
  if (known) return known
  return createEngagement(context, {
    _id,
    vendor,
    role: 'sub-processor',
    services: parent.services,
    activity: parent.activity,
    dataCategories: parent.dataCategories,
    subjects: parent.subjects,
    storageCountries: [],
    accessCountries: [],
    places: [],
    transfers: [],
    parent: parent._id,
    contract: null,
    dueDiligence: null,
    askedByItself: true,
    sample: parent.sample,
  })
}

async function whyOf({ vendor: id, receivedOn, what }: UpstreamNotice): Promise<{ da: string; en: string }> {
  const [vendor] = id ? await vendorsByIds([id]) : []
  if (!vendor) throw new NotFound()
  const words = (locale: 'da' | 'en') =>
    textIn(locale)('upstream:draft.why', { vendor: vendor.name, day: formatDay(receivedOn, locale), what })
  return { da: words('da'), en: words('en') }
}

async function firstStart(context: Context, engagements: readonly Engagement[]): Promise<Day> {
  const periods = await noticePeriodsFor([...new Set(engagements.flatMap(({ services }) => services))])
  const starts = periods.map((period) => earliestStart(context.now, period, danishDateRules))
  return starts.toSorted().at(-1) ?? context.today
}
