import type { Request, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import type { Read } from '../../base/form.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  engagementByReference,
  engagementsBelow,
  vendorByReference,
  vendorsToPick,
  vendorsByIds,
} from '../../register/actions.js'
import type { EngagementRow } from '../../register/rules.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import {
  caseToShow,
  confirmUpstream,
  engagementsToChoose,
  fileOfUpstream,
  reckonFor,
  upstreamOf,
} from '../actions.js'
import { readFacts, type FactsInput } from '../form.js'
import { casePage, objectionChoices, reckoningPage, urlOf } from '../page.js'
import { changeKinds, type UpstreamFacts } from '../rules.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { suggestedObjection } from './suggested.js'

export function caseRoutes(router: Router): void {
  router.get('/upstream/:reference', may('notices:read'), async (req, res) => {
    await renderPage(req, res, 'upstream/case', await caseValues(req))
  })

  router.get('/upstream/:reference/edit', may('notices:write'), async (req, res) => {
    await renderPage(req, res, 'upstream/edit', await editValues(req))
  })

  router.post('/upstream/:reference/edit', may('notices:write'), async (req, res) => {
    const context = contextOf(req)
    const picks = await pickIn(req.body, [vendorBox(req)])
    const again = { view: 'upstream/edit', values: () => editValues(req, picks) }
    await answerOn(req, res, withPicks(await readKnown(req, picks), picks), again, async (facts) => {
      const notice = await confirmUpstream(context, pathPart(req, 'reference'), facts)
      redirectWith(req, res, urlOf(notice), 'upstream:flash.confirmed')
    })
  })

  router.get('/upstream/:reference/files/:file', may('files:read'), async (req, res) => {
    await sendFile(res, await fileOfUpstream(pathPart(req, 'reference'), pathPart(req, 'file')))
  })
}

/** Everything the case's page shows; its forms show what was typed when one of them is wrong. */
export async function caseValues(req: Request): Promise<PageValues> {
  const context = contextOf(req)
  const { today, locale } = context
  const shown = await caseToShow(pathPart(req, 'reference'), today)
  const { notice } = shown
  const { reckoned, their, services } = await reckonFor(context, notice)
  const page = casePage(shown, { today, locale, zone: req.house.config.zone })
  return {
    ...page,
    reckoning:
      notice.engagements.length === 0 ? null : reckoningPage(reckoned, their, services, today, locale),
    choices: objectionChoices(locale),
    suggested: suggestedObjection(shown, reckoned.short, locale),
    today,
    history: await historyOf('upstream-notice', notice._id),
  }
}

/** The form beside what was sent: proposals until somebody has confirmed them. */
async function editValues(req: Request, picks?: Picks): Promise<PageValues> {
  const { locale } = contextOf(req)
  const t = textIn(locale)
  const notice = await upstreamOf(pathPart(req, 'reference'))
  const picked = picks?.found.get('vendor')?.chosen
  const typed = picked ? await vendorByReference(picked.value) : null
  const [kept] = notice.vendor ? await vendorsByIds([notice.vendor]) : []
  const vendor = typed ?? kept ?? null
  const engagements = await engagementsToChoose(vendor?._id ?? null)
  const below = await furtherBelow(engagements.map(({ _id }) => _id))
  const references = new Map([...engagements, ...below].map(({ _id, reference }) => [_id, reference]))
  return {
    notice,
    vendorName: vendor?.name ?? null,
    pickers: await pickersFor([{ ...vendorBox(req), stored: vendor?.reference }], picks),
    engagements: engagements.map(({ reference, activity }) => ({
      value: reference,
      text: `${reference}: ${activity[locale] || activity.da}`,
    })),
    going: below.map(({ reference, vendorName, activity }) => ({
      value: reference,
      text: `${vendorName}: ${activity[locale] || activity.da} (${reference})`,
    })),
    kinds: changeKinds.map((value) => ({ value, text: t(`upstream:kind.${value}`) })),
    days: (notice.proposals?.days ?? []).map(({ day, near, role, ambiguous }) => ({
      day: formatDay(day, locale),
      near,
      role: role === null ? '' : t(`upstream:read.${role}`),
      ambiguous,
    })),
    stored: {
      ...notice,
      engagements: notice.engagements.flatMap((id) => references.get(id) ?? []),
      going: notice.going ? (references.get(notice.going) ?? '') : '',
      // A limit that was only reckoned follows the other fields again.
      objectUntil: notice.limitFrom === 'reckoned' ? '' : notice.objectUntil,
    },
  }
}

/** Every running link below these in the chain. */
async function furtherBelow(parents: readonly string[]): Promise<EngagementRow[]> {
  const found = new Map<string, EngagementRow>()
  let level = parents
  while (level.length > 0) {
    const rows = (await Promise.all(level.map((parent) => engagementsBelow(parent)))).flat()
    const fresh = rows.filter(({ _id }) => !found.has(_id))
    for (const row of fresh) found.set(row._id, row)
    level = fresh.map(({ _id }) => _id)
  }
  return [...found.values()].filter(({ endedOn }) => endedOn === null)
}

/** References as they were typed -> records; what is not there is said beside its field. */
async function readKnown(req: Request, picks: Picks): Promise<Read<Omit<UpstreamFacts, 'limitFrom'>>> {
  const read = readFacts(picks.body, contextOf(req).today)
  if (read.problems) return read
  return known(read.input)
}

function vendorBox(req: Request): PickField {
  return { field: 'vendor', source: vendorsToPick(contextOf(req), 'reference') }
}

async function known(input: FactsInput): Promise<Read<Omit<UpstreamFacts, 'limitFrom'>>> {
  const vendor = await vendorByReference(input.vendor)
  if (!vendor) return { problems: [{ field: 'vendor', text: 'choose-one' }] }
  const engagements = await Promise.all(
    input.engagements.map((reference) => engagementByReference(reference)),
  )
  const concerned = engagements.filter((engagement) => engagement?.vendor === vendor._id)
  // Another vendor was chosen than the one whose engagements were offered: they are offered now.
  if (concerned.length === 0 || concerned.length < engagements.length)
    return { problems: [{ field: 'engagements', text: 'choose-at-least-one' }] }
  const going = input.going ? await engagementByReference(input.going) : null
  if (input.going && !going) throw new NotFound()
  return {
    input: {
      ...input,
      vendor: vendor._id,
      engagements: concerned.flatMap((engagement) => engagement?._id ?? []),
      going: going?._id ?? null,
    },
  }
}
