import type { Context, Locale } from '../../base/context.js'
import { senderNow } from '../../notices/actions.js'
import type { Paper } from '../page/paper.js'
import type { OwnBreach } from './own.js'
import { namesOfServices, phaseNow } from './show.js'

/** The notice to that customer: the phase asked for as it was sent, else the last, else as it stands. */
export async function paperFor(
  context: Context,
  { breach, affected }: OwnBreach,
  number: number | null,
  locale: Locale,
): Promise<Paper> {
  const [sender, names] = await Promise.all([senderNow(), namesOfServices()])
  const phase =
    breach.phases.find((each) => each.number === number) ?? breach.phases.at(-1) ?? phaseNow(context, breach)
  const services = affected.services.flatMap((id) => names.get(id)?.[locale] ?? [])
  return { breach, phase, affected, services, sender }
}
