import { record } from '../../audit-log/actions.js'
import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { insertSite, siteByReference, SiteModel, sitesOnDay } from '../records.js'
import {
  needsApproval,
  sameContent,
  siteFacts,
  siteOn,
  siteState,
  type Site,
  type SiteBody,
  type SiteFacts,
  type SiteGround,
} from '../rules.js'
import { apart, changedParts } from '../rules/trail.js'
import type { Which } from './services.js'

export type NewSite = SiteFacts & { from: Day; ground?: SiteGround; sample?: boolean }

const personal = ['name', 'address', 'assurance', 'ground', 'endedBecause']

export async function createSite(context: Context, input: NewSite, upload?: Upload): Promise<Site> {
  const { from, ground, sample = false } = input
  const _id = newId()
  const facts = siteFacts(await withPaper(context, input, upload, { _id, sample }))
  const content = apart({ ...facts, from, ...(ground ? { ground } : {}) }, personal)
  const site = await insertSite(
    {
      _id,
      reference: await siteReference(),
      ...facts,
      from,
      until: null,
      versions: [{ from, content: facts, ...(ground ? { ground } : {}) }],
      sample,
    },
    {
      at: context.now,
      by: context.actor,
      event: 'site.added',
      facts: { ...content.facts, sample },
      personal: content.personal,
    },
  )
  await record(SiteModel, site)
  return site
}

/** 'L-01': an own site is spoken of as a location, and there are few. */
async function siteReference(): Promise<string> {
  const [prefix, number] = (await nextReference('L', null)).split('-')
  return `${prefix}-${String(Number(number)).padStart(2, '0')}`
}

export type SiteEdit = SiteFacts & { from: Day; ground?: SiteGround }

/**
 * As it is from `from` on. A move, or a service that is moved in, is asked on what it stands (C.5): throws
 * `Refused('site-needs-ground')` without it. Nothing is entered before what already holds: `site-changed-since`.
 */
export async function editSite(
  context: Context,
  which: Which,
  { from, ground, ...input }: SiteEdit,
  upload?: Upload,
): Promise<Site> {
  const site = await siteAsSeen(which)
  const given = siteFacts(await withPaper(context, input, upload, site))
  const facts = keepPaper(site, given)
  if (needsApproval(site, facts) && ground === undefined) throw new Refused('site-needs-ground')
  // Its first day may have been entered wrongly; only before a second version is there nothing it would overturn.
  const begin = from < site.from && site.versions.length === 1 ? from : site.from
  if (from < begin || from < (site.versions.slice(1).at(-1)?.from ?? begin))
    throw new Refused('site-changed-since')
  const changes = changedParts({ ...siteFacts(site), begin: site.from }, { ...facts, begin }, personal)
  if (!changes) return site
  const earlier = site.versions.filter((version) => version.from < from)
  const versions = [...earlier, { from, content: facts, ...(ground ? { ground } : {}) }]
  return moved(
    context,
    site,
    { ...facts, versions, from: begin },
    (['name', 'assurance'] as const).filter((field) => facts[field] === undefined),
    {
      event: needsApproval(site, facts) ? 'site.moved' : 'site.edited',
      facts: { from, ...changes.facts },
      personal: { ...changes.personal, ...(ground ? { ground } : {}) },
    },
  )
}

/**
 * `on` is the first day nothing is processed there any more. While that day is still to come it may be put at another; throws
 * `Refused('site-already-ended')` once it has.
 */
export async function endSite(
  context: Context,
  which: Which,
  { on, because }: { on: Day; because: string },
): Promise<Site> {
  const site = await siteAsSeen(which)
  if (siteState(site, context.today) === 'ended') throw new Refused('site-already-ended')
  if (on < site.from) throw new Refused('site-ends-before-it-began')
  const before = site.until === null ? {} : { before: site.until }
  const move = { event: 'site.ended', facts: { on, ...before }, personal: { because } }
  return moved(context, site, { until: on, endedBecause: because }, [], move)
}

/** It was to be given up and is kept. Throws `Refused`: 'site-already-ended', 'site-not-ending'. */
export async function keepSite(context: Context, which: Which): Promise<Site> {
  const site = await siteAsSeen(which)
  if (siteState(site, context.today) === 'ended') throw new Refused('site-already-ended')
  if (site.until === null) throw new Refused('site-not-ending')
  const move = { event: 'site.kept', facts: { before: site.until }, personal: {} }
  return moved(context, site, { until: null }, ['endedBecause'], move)
}

/** Our own places of processing on the day, each as it stood that day (C.5). */
export async function sitesOn(day: Day) {
  return (await sitesOnDay(day)).flatMap((site) => siteOn(site, day) ?? [])
}

function moved(
  context: Context,
  site: Site,
  set: Partial<SiteBody>,
  unset: readonly (keyof SiteBody)[],
  said: Said,
): Promise<Site> {
  return mustMove(context, SiteModel, site, set, said, unset)
}

async function siteAsSeen({ reference, version }: Which): Promise<Site> {
  const site = await siteByReference(reference)
  if (!site) throw new NotFound()
  if (site.version !== version) throw new Refused('changed-meanwhile')
  return site
}

async function withPaper<Facts extends SiteFacts>(
  context: Context,
  facts: Facts,
  upload: Upload | undefined,
  { _id, sample }: Pick<Site, '_id' | 'sample'>,
): Promise<Facts> {
  if (!upload || !facts.assurance) return facts
  const file = await storeFile(context, { ...upload, about: { kind: 'site', id: _id }, sample })
  return { ...facts, assurance: { ...facts.assurance, file: file._id } }
}

/** A statement's file stays with it until another takes its place. */
function keepPaper(before: SiteFacts, after: SiteFacts): SiteFacts {
  const file = after.assurance?.file ?? before.assurance?.file
  if (!after.assurance || file === undefined || sameContent(after.assurance.file, file)) return after
  return { ...after, assurance: { ...after.assurance, file } }
}
