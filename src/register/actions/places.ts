import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { engagementByReference, EngagementModel } from '../records.js'
import { engagementFacts, withVersion, type Place, type PlaceAssurance } from '../rules.js'
import { apart } from '../rules/trail.js'
import type { Which } from './services.js'

/**
 * What shows that a place is kept as C.2 asks; null where nothing does any more. It is no change of the place, so customers
 * need not approve it. A file stays until another takes its place.
 */
export async function noteAssurance(
  context: Context,
  { place: number, ...which }: Which & { place: number },
  assurance: PlaceAssurance | null,
  upload?: Upload,
): Promise<void> {
  const engagement = await engagementByReference(which.reference)
  const place = engagement?.places[number]
  if (!engagement || !place) throw new NotFound()
  if (engagement.version !== which.version) throw new Refused('changed-meanwhile')
  const about = { kind: 'engagement', id: engagement._id }
  const file = upload && (await storeFile(context, { ...upload, about, sample: engagement.sample }))
  const { assurance: before, ...bare } = place
  const kept = assurance === null ? {} : { assurance: withFile(assurance, file?._id ?? before?.file) }
  const places: Place[] = engagement.places.map((each, at) => (at === number ? { ...bare, ...kept } : each))
  const facts = engagementFacts({ ...engagement, places })
  const [was, is] = [before ?? {}, places[number]?.assurance ?? {}].map((each) => apart(each, ['note']))
  await mustMove(
    context,
    EngagementModel,
    engagement,
    { places, versions: withVersion(engagement.versions, facts, context.today) },
    {
      event: 'engagement.assurance-noted',
      facts: { place: number + 1, before: was?.facts, after: is?.facts },
      personal: { before: was?.personal, after: is?.personal },
    },
  )
}

function withFile(assurance: PlaceAssurance, file: string | undefined): PlaceAssurance {
  return file === undefined ? assurance : { ...assurance, file }
}
