/**
 * A campaign to many sub-processors: how long the request takes that starts it, how long the timer makes the rest, and the memory.
 *
 *   node --import tsx bench/campaign.ts [--vendors 2000]
 *
 * Printed: milliseconds to judge whom it would go to, of the request, and of the timer; mails in the outbox; the same once more, which
 * changes nothing; the reminders of all of them; memory.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import mongoose from 'mongoose'
import { editOrganisation } from '../src/auth/organisation.js'
import { addDays, dayOf, instantAt } from '../src/base/day.js'
import { openDatabase } from '../src/db/connection.js'
import { ensureIndexes } from '../src/db/indexes.js'
import {
  candidatesOf,
  continueCampaigns,
  everyVendorInUse,
  setsToAsk,
  startCampaign,
} from '../src/questionnaires/actions/campaign.js'
import { remindOfQuestionnaires } from '../src/questionnaires/actions/remind.js'
import { createEngagement, createService, createVendor } from '../src/register/actions.js'
import { ourOrganisation } from '../test/support/people.js'

const { values } = parseArgs({ options: { vendors: { type: 'string', default: '2000' } } })
const zone = 'Europe/Copenhagen'
const folder = await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const database = await openDatabase({ dataDir: folder })
try {
  await ensureIndexes()
  const context = contextOn(dayOf(new Date(), zone))
  await editOrganisation(context, ourOrganisation)
  await vendorsToAsk(Number(values.vendors))
  const year = Number(context.today.slice(0, 4))
  const dueOn = addDays(context.today, 30)
  const found = await timed('whom it would go to', () => candidatesOf(context, year, everyVendorInUse))
  const vendors = found.map(({ vendor }) => vendor.reference)
  await timed('the request', () =>
    startCampaign(context, { year, dueOn, sets: setsToAsk(), vendors }, everyVendorInUse),
  )
  await timed('the timer, the rest', () => continueCampaigns(context))
  const mails = () => mongoose.connection.collection('mails').countDocuments()
  console.log(`${await mails()} mails in the outbox`)
  await timed('the timer once more', () => continueCampaigns(context))
  // As if a server had taken each of them.
  await mongoose.connection.collection('questionnaires').updateMany({}, { $set: { delivery: 'accepted' } })
  const later = contextOn(addDays(dueOn, -14))
  await timed('the reminders', () => remindOfQuestionnaires(later))
  await timed('the reminders once more', () => remindOfQuestionnaires(later))
  console.log(`${await mails()} mails in the outbox`)
  console.log(`${Math.round(process.memoryUsage().rss / 1_000_000)} MB, load ${loadavg()[0]?.toFixed(1)}`)
} finally {
  await database.close()
  await rm(folder, { recursive: true, force: true })
}

function contextOn(today: string) {
  return {
    now: instantAt(today, '10:00', zone),
    today,
    actor: { kind: 'system', id: 'bench' },
    locale: 'da',
  } as const
}

async function timed<T>(name: string, run: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await run()
  console.log(`${name.padEnd(26)}${(performance.now() - began).toFixed(0).padStart(8)} ms`)
  return result
}

async function vendorsToAsk(count: number): Promise<void> {
  const context = contextOn(dayOf(new Date(), zone))
  const service = await createService(context, { name: { da: 'Drift', en: 'Operation' }, order: 1 })
  for (let number = 1; number <= count; number += 1) {
    const vendor = await createVendor(context, {
      name: `Underdatabehandler ${number} ApS`,
      registration: null,
      noRegistrationBecause: 'bench',
      address: 'Havnegade 3, 5800 Nyborg',
      country: 'DK',
      contacts: [
        { name: 'Ida Holm', email: `ida@u${number}.example`, role: 'data-protection', locale: 'da' },
      ],
    })
    await createEngagement(context, {
      vendor: vendor._id,
      role: 'sub-processor',
      services: [service._id],
      activity: { da: 'Backup', en: 'Backup' },
      dataCategories: ['ordinary'],
      subjects: ['employees'],
      storageCountries: ['DK'],
      accessCountries: ['DK'],
      places: [],
      transfers: [],
      parent: null,
      contract: null,
      dueDiligence: null,
    })
  }
}
