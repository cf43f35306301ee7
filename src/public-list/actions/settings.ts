import { record } from '../../audit-log/actions.js'
import { organisation } from '../../auth/organisation.js'
import type { Context, Locale } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { storeFile, type Upload } from '../../files/actions.js'
import {
  moveChoices,
  moveSettings,
  publicListId,
  PublicListRecords,
  readSettings,
  usualSettings,
  type SettingsInput,
} from '../records/settings.js'
import { publish } from './publish.js'

export type PublicList = SettingsInput & { changedAt: Date | null }

export async function publicListNow(): Promise<PublicList> {
  const known = await readSettings()
  if (!known) return { ...usualSettings, changedAt: null }
  const { on, addresses, unnamed, agreement, moves } = known
  return { on, addresses, unnamed, agreement, changedAt: moves.at(-1)?.at ?? null }
}

/** From now on anyone may read it; the first edition is published at once. Throws `Refused`: 'public-list-on', 'public-list-no-dpo'. */
export async function switchOn(context: Context): Promise<void> {
  // EDPB 22/2024: a list nobody can ask about is of little use.
  if (!(await organisation())?.dpo.email) throw new Refused('public-list-no-dpo')
  const moved = await moveSettings({ on: true }, { on: false }, moveBy(context, 'public-list.switched-on'))
  if (!moved) throw new Refused('public-list-on')
  await record(PublicListRecords, moved)
  await publish(context)
}

/** What was published stays on record, and is shown again when it is switched on again. Throws `Refused`: 'public-list-off'. */
export async function switchOff(context: Context): Promise<void> {
  const moved = await moveSettings({ on: false }, { on: true }, moveBy(context, 'public-list.switched-off'))
  if (!moved) throw new Refused('public-list-off')
  await record(PublicListRecords, moved)
}

export type Look = { addresses: boolean; files: Partial<Record<Locale, Upload>>; remove: Locale[] }

/** What is shown besides the list itself. Throws `Refused`: 'public-list-not-pdf', and what `storeFile` says of a file. */
export async function setLook(context: Context, { addresses, files, remove }: Look): Promise<void> {
  const before = await publicListNow()
  const agreement = { ...before.agreement }
  for (const locale of remove) agreement[locale] = null
  for (const [locale, file] of Object.entries(files) as [Locale, Upload][]) {
    if (!file.bytes.subarray(0, 1024).includes('%PDF-')) throw new Refused('public-list-not-pdf')
    const stored = await storeFile(context, { ...file, about: { kind: 'public-list', id: publicListId } })
    agreement[locale] = stored._id
  }
  const moved = await moveSettings(
    { addresses, agreement },
    {},
    {
      ...moveBy(context, 'public-list.set'),
      facts: {
        before: { addresses: before.addresses, agreement: before.agreement },
        after: { addresses, agreement },
      },
    },
  )
  if (moved) await record(PublicListRecords, moved)
  await publish(context)
}

/** Of those engagements that were on the page; of others nothing changes. */
export async function chooseNames(
  context: Context,
  choice: { named: readonly string[]; unnamed: readonly string[] },
): Promise<void> {
  const before = new Set((await publicListNow()).unnamed)
  const named = choice.named.filter((id) => before.has(id))
  const unnamed = choice.unnamed.filter((id) => !before.has(id))
  if (named.length + unnamed.length === 0) return
  const moved = await moveChoices(
    { named, unnamed },
    {
      ...moveBy(context, 'public-list.chosen'),
      facts: { named, unnamed },
    },
  )
  if (!moved) throw new Refused('changed-meanwhile')
  await record(PublicListRecords, moved)
  await publish(context)
}

function moveBy(context: Context, event: string) {
  return { at: context.now, by: context.actor, event, facts: {} }
}
