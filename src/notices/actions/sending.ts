import { lastLeft, waitingMails } from '../../mail/actions.js'
import { forecast, measuredRate, speedOf, type Forecast } from '../rules/sending.js'
import type { Preview } from './preview.js'

/** How long it would take if it were sent at that instant. `limit`: MAIL_RATE. */
export async function forecastFor(
  { notice, summary }: Pick<Preview, 'notice' | 'summary'>,
  { limit, now }: { limit: number; now: Date },
): Promise<Forecast> {
  const [left, waiting] = await Promise.all([lastLeft(), waitingMails(now)])
  const periods = [...summary.groups.values()]
    .filter(({ printedLastDay }) => printedLastDay !== null)
    .map(({ period }) => period)
  const mails = summary.count - summary.withoutContact.count
  const speed = speedOf(limit, measuredRate(left))
  return forecast({ mails, waiting, speed, from: now }, periods, notice.rules)
}
