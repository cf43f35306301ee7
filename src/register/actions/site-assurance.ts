import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { siteByReference, SiteModel } from '../records.js'
import {
  siteAsItStands,
  siteChangeAhead,
  siteState,
  withSiteAssurance,
  type PlaceAssurance,
} from '../rules.js'
import { apart } from '../rules/trail.js'
import type { Which } from './services.js'

/**
 * What shows from today on that the site is kept as C.2 asks, at the address where it is; null where nothing does any more. A move that is
 * entered for a later day stays as it is entered. Throws `Refused`: 'changed-meanwhile', 'site-already-ended'.
 */
export async function noteSiteAssurance(
  context: Context,
  { reference, version }: Which,
  assurance: PlaceAssurance | null,
  upload?: Upload,
): Promise<void> {
  const site = await siteByReference(reference)
  if (!site) throw new NotFound()
  if (site.version !== version) throw new Refused('changed-meanwhile')
  if (siteState(site, context.today) === 'ended') throw new Refused('site-already-ended')
  const about = { kind: 'site', id: site._id }
  const stored = upload && (await storeFile(context, { ...upload, about, sample: site.sample }))
  const { assurance: before } = siteAsItStands(site, context.today)
  const file = stored?._id ?? before?.file
  const noted = assurance === null ? null : { ...assurance, ...(file === undefined ? {} : { file }) }
  const versions = withSiteAssurance(site, noted, context.today)
  // The record itself says what its last version says.
  const ahead = siteChangeAhead(site, context.today) !== null
  const [was, is] = [before ?? {}, noted ?? {}].map((each) => apart(each, ['note']))
  await mustMove(
    context,
    SiteModel,
    site,
    { versions, ...(ahead || noted === null ? {} : { assurance: noted }) },
    {
      event: 'site.assurance-noted',
      facts: { before: was?.facts, after: is?.facts },
      personal: { before: was?.personal, after: is?.personal },
    },
    ahead || noted !== null ? [] : ['assurance'],
  )
}
