import { record } from '../../audit-log/actions.js'
import { organisation } from '../../auth/organisation.js'
import type { Bilingual, Context } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { allServices, listForAll, listsUpToDate, whileListsStand } from '../../register/actions.js'
import type { ListRow } from '../../register/rules.js'
import { lawNow } from '../../transfers/actions.js'
import { editionById, editionIdsOn, Editions, insertEdition, latestEdition } from '../records/editions.js'
import { readSettings, usualSettings } from '../records/settings.js'
import { nextEdition, type Candidate, type Correcting, type Edition } from '../rules/editions.js'
import { entriesOf } from '../rules/entries.js'

/**
 * Freezes what anyone may read now as an edition, where it is another than the last one, and while the list is on. Repeats are
 * harmless: an edition's number is unique, and who comes second finds nothing changed. Null where there was nothing to do.
 */
export async function publish(context: Context, asked: Correcting | null = null): Promise<Edition | null> {
  const settings = await readSettings()
  if (!settings?.on) return null
  const last = await latestEdition()
  const { candidate } = await candidateNow(context, last)
  const { now, today } = context
  const at = { now, today, ofToday: await editionIdsOn(today) }
  const changed = nextEdition(last, candidate, at, { corrected: [], asked })
  const corrected = last && changed ? await correctedSince(last, today) : []
  const edition = changed && nextEdition(last, candidate, at, { corrected, asked })
  if (!edition) return null
  const made = await insertEdition(edition, {
    at: now,
    by: context.actor,
    event: 'public-list-edition.published',
    facts: {
      number: edition.number,
      hash: edition.hash,
      count: edition.count,
      changes: edition.changes.map(({ kind, entry, fields }) => ({ kind, entry: entry.id, fields })),
      corrects: edition.corrects?.edition ?? null,
    },
  })
  if (made) await record(Editions, made)
  return made ? edition : null
}

/**
 * What the register has been told since was wrong on the edition's day. A correction never covers the day it is made on, so of an
 * edition of today the day before tells.
 */
async function correctedSince({ day, at }: Edition, today: Day): Promise<string[]> {
  const rows = await listForAll(day < today ? day : addDays(today, -1))
  return rows
    .filter(({ corrections }) => corrections.some(({ recordedAt }) => recordedAt > at))
    .map(({ reference }) => reference)
}

/** Says in a new edition what was wrong in an earlier one. Throws `Refused`: 'public-list-off'; `NotFound`. */
export async function publishCorrection(
  context: Context,
  edition: string,
  note: Bilingual,
): Promise<Edition> {
  if (!(await editionById(edition))) throw new NotFound()
  const made = await publish(context, { edition, entries: [], note })
  if (!made) throw new Refused((await readSettings())?.on ? 'changed-meanwhile' : 'public-list-off')
  return made
}

/** What would be published now. */
export async function candidateNow(
  context: Context,
  last: Edition | null,
): Promise<{ candidate: Candidate; rows: ListRow[] }> {
  const [rows, services, house, settings, law] = await Promise.all([
    rowsNow(context),
    allServices(),
    organisation(),
    readSettings(),
    lawNow(),
  ])
  const { unnamed, addresses } = settings ?? usualSettings
  const shown = { unnamed: new Set(unnamed), addresses }
  const entries = entriesOf(rows, services, shown, last?.entries ?? [], { law, day: context.today })
  const candidate = { organisation: house?.name ?? '', entries, sample: rows.some(({ sample }) => sample) }
  return { candidate, rows }
}

/** What any customer has approved today. Asked every few minutes, and read anew only when the register has changed. */
export async function rowsNow({ today }: Pick<Context, 'today'>): Promise<ListRow[]> {
  const stamp = await listsUpToDate(today)
  return whileListsStand(stamp, `public-list/${today}`, async () => listForAll(today))
}
