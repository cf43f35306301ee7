import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { DepartureSettingsRecords, readDepartureSettings, saveDepartureSettings } from '../records.js'
import { usualDepartureSettings, type DepartureSettings } from '../rules.js'

export async function departureSettingsNow(): Promise<DepartureSettings> {
  const known = await readDepartureSettings()
  if (!known) return usualDepartureSettings
  const { daysToChoose, daysToDelete, daysForBackups, retentions } = known
  return { daysToChoose, daysToDelete, daysForBackups, retentions }
}

export async function setDepartureSettings(context: Context, input: DepartureSettings): Promise<void> {
  const before = await departureSettingsNow()
  const saved = await saveDepartureSettings(input, {
    at: context.now,
    by: context.actor,
    event: 'departure-settings.set',
    facts: { before, after: input },
  })
  await record(DepartureSettingsRecords, saved)
}
