import { danish } from '../../bench/statements/danish.js'
import { createSite, vendorsByIds } from '../../src/register/actions.js'
import type { Vendor } from '../../src/register/rules.js'
import { statementByReference } from '../../src/statements/actions.js'
import { checkPoints } from '../../src/statements/rules.js'
import { useJourney } from '../journeys/house.js'
import { anEngagement, aWorld } from '../notices/world.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'

const address = 'Herstedvang 8, 2620 Albertslund'
type Answer = Awaited<ReturnType<typeof submit>>

/** Inside `describe`: the house with a sub-processor whose data centre we use, and an officer with what it takes to work a statement. */
export function useDesk() {
  const journey = useJourney()
  const desk: { agent: Agent; vendor: Vendor } = {} as never

  beforeEach('a sub-processor with a data centre we use', async () => {
    const world = await aWorld(journey)
    const engagement = await anEngagement(journey, 'Fjordhost A/S', [world.hosting._id])
    const [vendor] = await vendorsByIds([engagement.vendor])
    if (!vendor) throw new Error('no vendor')
    desk.vendor = vendor
    await createSite(journey.officer(), {
      name: 'Albertslund',
      kind: 'colocation',
      address,
      country: 'DK',
      operator: vendor._id,
      services: [],
      from: '2026-01-01',
      ground: { because: 'C.5' },
    })
    desk.agent = (await signedIn(journey, 'officer', 'en')).agent
  })

  const pdfOf = async (name: string) => {
    const found = danish.find((each) => each.name === name)
    if (!found) throw new Error(`no ${name}`)
    return found.pdf()
  }
  const entered = async (bytes: Buffer, name = 'erklæring.pdf', replaces = '') => {
    const answer = await submitFiles(
      desk.agent,
      '/statements/new',
      { vendor: desk.vendor.reference, receivedOn: '2026-11-23', replaces, note: 'From their portal' },
      [{ field: 'file', name, bytes }],
    )
    return { answer, reference: /ST-\d{4}-\d{3}/.exec(answer.headers['location'] ?? '')?.[0] ?? '' }
  }
  const taken = {
    'take[kind]': '0',
    'take[type]': '0',
    'take[period]': '0',
    'take[issuedOn]': '0',
    'take[opinion]': '0',
    'take[entity]': '0',
    'take[issuer]': '0',
  }
  const site = { 'sites[0][address]': address, 'sites[0][country]': 'DK', 'sites[0][how]': 'covered' }
  const versionOf = async (reference: string) => (await statementByReference(reference))?.version ?? 0
  const read = async (reference: string, fields: Record<string, string> = {}): Promise<Answer> =>
    submit(desk.agent, `/statements/${reference}/read`, {
      version: await versionOf(reference),
      language: 'da',
      ...taken,
      ...site,
      ...fields,
    })
  const yes = Object.fromEntries(checkPoints.map((point) => [`check[${point}][answer]`, 'yes']))
  const review = async (reference: string, fields: Record<string, string> = {}): Promise<Answer> =>
    submit(desk.agent, `/statements/${reference}/review`, {
      version: await versionOf(reference),
      ...yes,
      ...fields,
    })
  const conclude = async (reference: string, verdict = 'accepted', because = ''): Promise<Answer> =>
    submit(
      desk.agent,
      `/statements/${reference}`,
      { version: await versionOf(reference), verdict, because },
      `/statements/${reference}/conclude`,
    )

  return { journey, desk, pdfOf, entered, versionOf, read, review, conclude, site }
}

/** What a form said was wrong, for a test that expected it to be taken. */
export function wrongIn({ status, text }: { status: number; text: string }): string {
  return status === 303
    ? ''
    : (/<div class="problems"[\s\S]*?<\/div>/.exec(text)?.[0] ?? text)
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .slice(0, 1500)
}
