/** What every command does: words into options, and work with the database connected. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { Config } from '../base/config.js'
import type { Context } from '../base/context.js'
import { dayOf } from '../base/day.js'
import { Refused } from '../base/errors.js'
import { connectDatabase } from '../db/connection.js'
import { textIn } from '../i18n/texts.js'
import { Told, UsageProblem } from './terminal.js'

export function read<Options extends NonNullable<ParseArgsConfig['options']>>(
  words: string[],
  options: Options,
  files: number,
) {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options,
      allowPositionals: files > 0,
      strict: true,
    })
    if (positionals.length !== files) throw new Error(files === 1 ? 'one FILE is needed' : 'too many words')
    return { ...values, files: positionals }
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : 'unreadable')
  }
}

export async function connected<T>(config: Config, work: (context: Context) => Promise<T>): Promise<T> {
  const opened = await connectDatabase({ ...config, log: (line) => process.stderr.write(`${line}\n`) })
  try {
    const now = new Date()
    const actor = { kind: 'system', id: 'command-line' } as const
    return await work({ now, today: dayOf(now, config.zone), actor, locale: 'en' })
  } catch (error) {
    if (error instanceof Refused) throw new Told(textIn('en')(`refusals:${error.reason}`, error.facts))
    throw error
  } finally {
    await opened.close()
  }
}
