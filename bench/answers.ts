/**
 * How long an answer takes to be saved while many respondents are at it at once: each with a questionnaire of their own, a save every
 * three seconds; and then all in the same instant.
 *
 *   node --import tsx bench/answers.ts [respondents] [rounds]
 */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp, buildHouse } from '../src/app.js'
import { editOrganisation } from '../src/auth/organisation.js'
import { ensureVendorLink, linkMaker, linkUrl } from '../src/auth/links.js'
import { readConfig } from '../src/base/config.js'
import { makeLog } from '../src/base/log.js'
import { openDatabase } from '../src/db/connection.js'
import { ensureIndexes } from '../src/db/indexes.js'
import { saveAnswer } from '../src/questionnaires/actions/answer.js'
import { prepareQuestionnaire, sendQuestionnaire } from '../src/questionnaires/actions/ask.js'
import { contactOf } from '../src/questionnaires/actions/writing.js'
import { createEngagement, createService, createVendor } from '../src/register/actions.js'
import { takeInShippedLaw } from '../src/transfers/actions.js'

const many = Number(process.argv[2] ?? 200)
const rounds = Number(process.argv[3] ?? 20)
const folder = await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const database = await openDatabase({ dataDir: folder })
await ensureIndexes()
const now = new Date('2026-11-23T09:00:00Z')
const context = { now, today: '2026-11-23', actor: { kind: 'system', id: 'bench' }, locale: 'da' } as const
await takeInShippedLaw(context)
await editOrganisation(context, {
  name: 'Nordvang Drift A/S',
  registration: { kind: 'CVR', number: '35240136' },
  address: 'Havnegade 12, 5000 Odense C',
  dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '+45 70 10 20 30' },
  locales: ['da', 'en'],
  replyTo: 'varsler@nordvang.example',
})

const house = buildHouse({
  config: readConfig({ DATA_DIR: folder, BASE_URL: 'http://localhost', TRUST_PROXY: 'true' }),
  clock: () => new Date(now),
  log: makeLog('silent'),
  secret: 'a secret for the bench, long enough',
})
const server = createServer(buildApp(house))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

type Respondent = { cookie: string; link: string; token: string }

/** A vendor with a questionnaire half answered, and a respondent with the page of a section open. */
async function respondent(number: number, service: string): Promise<Respondent> {
  const vendor = await createVendor(context, {
    name: `Leverandør ${number}`,
    registration: null,
    noRegistrationReason: 'Uden nummer',
    address: 'Havnegade 3, 5800 Nyborg',
    country: 'DK',
    contacts: [
      { name: 'Ida Holm', email: `ida${number}@leverandoer.example`, role: 'data-protection', locale: 'da' },
    ],
  } as Parameters<typeof createVendor>[1])
  const engagement = await createEngagement(context, {
    vendor: vendor._id,
    role: 'sub-processor',
    services: [service],
    activity: { da: 'Drift', en: 'Operations' },
    dataCategories: ['ordinary'],
    subjects: ['employees'],
    storageCountries: ['DK'],
    accessCountries: ['DK'],
    places: [],
    transfers: [],
    parent: null,
  } as unknown as Parameters<typeof createEngagement>[1])
  const contact = vendor.contacts[0]
  const { reference } = await prepareQuestionnaire(context, {
    year: 2026,
    vendor: vendor._id,
    engagements: [engagement._id],
    set: { id: 'gdpr-subprocessor-yearly', version: '2026.1' },
    why: 'yearly',
    owner: { name: 'Ida Holm', email: contact?.email ?? '', locale: 'da', contact: contact?.id ?? null },
    dueOn: '2027-01-15',
  })
  const questionnaire = await sendQuestionnaire(context, reference)
  for (const question of ['S01.04', 'S02.01', 'S02.02', 'S03.01', 'S04.01', 'S05.01', 'S05.02', 'S05.03'])
    await saveAnswer(context, questionnaire, {
      question,
      value: question === 'S01.04' ? 'notreq' : 'yes',
      comment: '',
      seen: 0,
      by: { name: 'Ida Holm', part: 'owner' },
      origin: 'typed',
    })
  const link = await ensureVendorLink(context, {
    vendor: vendor._id,
    contact: contactOf(questionnaire.owner),
    about: { kind: 'questionnaire', id: questionnaire._id },
    expiresOn: '2027-06-01',
  })
  const from = { 'x-forwarded-for': `10.0.${Math.floor(number / 250)}.${number % 250}` }
  const opened = await fetch(`${base}${new URL(linkUrl(link, linkMaker(house))).pathname}`, {
    redirect: 'manual',
    headers: from,
  })
  const first = cookiesIn(opened)
  const page = await fetch(`${base}/v/${link._id}/sections/S01`, { headers: { ...from, cookie: first } })
  const token = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  return { cookie: `${first}; ${cookiesIn(page)}`, link: link._id, token }
}

function cookiesIn(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

type Told = { times: number[]; wrong: number[]; left: [string, number][][] }
/** The versions each of them has seen. */
let known: Told['left'] = []

async function measure(name: string, respondents: Respondent[], times: number, pause: number): Promise<void> {
  // Each respondent sits behind an address of their own; the limits are not what is measured.
  house.limits.pages.points = 1_000_000
  const child = fork(new URL('./answers/respondents.mjs', import.meta.url), { execArgv: [] })
  const began = performance.now()
  const worked = process.cpuUsage()
  const told = await new Promise<Told>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Told))
    child.once('error', reject)
    child.send({ respondents, rounds: times, pause, base, known })
  })
  const { user, system } = process.cpuUsage(worked)
  known = told.left
  const sorted = told.times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  const seconds = (performance.now() - began) / 1000
  console.log(
    `${name}: ${sorted.length} saves in ${seconds.toFixed(1)} s, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, ` +
      `slowest ${at(1)} ms, ${((user + system) / 1000 / sorted.length).toFixed(1)} ms of processor each, refused ${told.wrong.length}${told.wrong.length > 0 ? ` (${told.wrong[0]})` : ''}`,
  )
}

const service = await createService(context, { name: { da: 'Hosting', en: 'Hosting' }, order: 1 })
const respondents: Respondent[] = []
for (let number = 0; number < many; number += 1) respondents.push(await respondent(number, service._id))
console.log(
  `${many} respondents, ${rounds} saves each; load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
)
await measure('a save every 3 s each', respondents, rounds, 3000)
await measure('all in the same instant, again and again', respondents, 3, 0)

server.closeAllConnections()
server.close()
await database.close()
await rm(folder, { recursive: true, force: true })
