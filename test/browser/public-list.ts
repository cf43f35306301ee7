/** The public list switched on, and somebody who would like to be told. */
import { setLook, switchOn } from '../../src/public-list/actions/settings.js'
import { askToSubscribe, subscriptionPath } from '../../src/public-list/actions/subscribers.js'
import { subscriberByEmail } from '../../src/public-list/records/subscribers.js'
import type { Context } from '../../src/base/context.js'
import type { Tilsyn } from '../support/app.js'

export async function publicListInTown(tilsyn: Tilsyn, officer: Context) {
  const agreement = { name: 'aftale.pdf', bytes: Buffer.from('%PDF-1.7\n%âãÏÓ\naftale\n%%EOF\n') }
  await setLook(officer, { addresses: true, files: { da: agreement }, remove: [] })
  await switchOn(officer)
  const email = 'laeser@avis.example'
  await askToSubscribe(officer, { email, locale: 'da' })
  const subscriber = await subscriberByEmail(email)
  const token =
    subscriptionPath(tilsyn.house, subscriber?._id ?? '')
      .split('/')
      .at(-1) ?? ''
  return { edition: officer.today, token }
}
