import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { readSettings, saveSettings, StatementSettingsRecords, type StatementSettings } from '../records.js'
import { usualTerms } from '../rules.js'

export type SettingsInput = Pick<StatementSettings, 'terms' | 'equivalents' | 'clause'>

/** Until the house says otherwise C.2 is met by what it names and nothing else. */
const usualSettings: SettingsInput = { terms: usualTerms, equivalents: [], clause: '' }

export async function settingsNow(): Promise<SettingsInput> {
  const known = await readSettings()
  return known
    ? { terms: { ...usualTerms, ...known.terms }, equivalents: known.equivalents, clause: known.clause }
    : usualSettings
}

export async function setSettings(context: Context, input: SettingsInput): Promise<void> {
  const before = await settingsNow()
  const saved = await saveSettings(input, {
    at: context.now,
    by: context.actor,
    event: 'statement-settings.set',
    facts: { before, after: input },
  })
  await record(StatementSettingsRecords, saved)
}
