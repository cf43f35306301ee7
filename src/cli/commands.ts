import { writeFile } from 'node:fs/promises'
import { annexBFile } from '../annex-b/actions.js'
import { readOrder } from '../annex-b/form.js'
import { formats, languageFor, type Format } from '../annex-b/rules.js'
import { recordEvent } from '../audit-log/actions.js'
import { verifyLog } from '../audit-log/verify.js'
import type { Config } from '../base/config.js'
import { NotFound } from '../base/errors.js'
import type { Problem } from '../base/form.js'
import { customerByReference } from '../customers/actions.js'
import { dumpDatabase, restoreDatabase } from '../db/dump.js'
import { ensureIndexes } from '../db/indexes.js'
import type { Exported, Register } from '../imports/rules.js'
import { packChecked, packFile, packOrder } from './evidence.js'
import { exportFile, exportFormats, formatOf } from './exports.js'
import { importFile, reportInWords } from './imports.js'
import { checks } from './controls.js'
import { connected, read } from './ports.js'
import { inWords, NotWritten, print, printJson, report, UsageProblem } from './terminal.js'
import { userCommands } from './users.js'

/** What follows the command's name, and the settings; returns the exit code. */
export type Command = (words: string[], config: Config) => Promise<number>

export const commands: Record<string, Command> = {
  'verify-log': async (words, config) => {
    const { json } = read(words, { json: { type: 'boolean' } }, 0)
    const result = await connected(config, verifyLog)
    const { sealed, waiting, moves, breaks } = result
    if (json) printJson(result)
    else if (result.whole)
      print(
        `The log is whole: ${sealed} entries sealed, ${waiting} waiting, ${moves} moves of records compared.`,
      )
    else
      print(
        [`The log is NOT whole. What does not fit:`, ...breaks.map((one) => `  ${JSON.stringify(one)}`)].join(
          '\n',
        ),
      )
    return result.whole ? 0 : 1
  },

  ...userCommands,

  dump: async (words, config) => {
    const { json, files } = read(words, { json: { type: 'boolean' } }, 1)
    const counts = await connected(config, async (context) => {
      await recordEvent(context, 'database.dumped', database)
      return dumpDatabase(files[0] ?? '')
    })
    report(json, counts, `written to ${files[0]}`)
    return 0
  },

  restore: async (words, config) => {
    const { json, replace, files } = read(
      words,
      { json: { type: 'boolean' }, replace: { type: 'boolean' } },
      1,
    )
    const counts = await connected(config, async (context) => {
      const restored = await restoreDatabase(files[0] ?? '', { replace: replace === true })
      await ensureIndexes()
      await recordEvent(context, 'database.restored', database, { replaced: replace === true })
      return restored
    })
    report(json, counts, `restored from ${files[0]}`)
    return 0
  },

  'annex-b': async (words, config) => {
    const text = { type: 'string' } as const
    const given = read(
      words,
      {
        customer: text,
        day: text,
        lang: text,
        format: text,
        columns: text,
        known: text,
        out: text,
        json: { type: 'boolean' },
      },
      0,
    )
    if (given.customer === undefined) throw new UsageProblem('--customer REF is needed')
    const { customer: reference, day: on, out, json, files: _, ...rest } = given
    return connected(config, async (context) => {
      const customer = await customerByReference(reference.toUpperCase()).catch(unlessMissing)
      if (!customer) throw new UsageProblem(`there is no customer ${reference}`)
      const usual = { today: context.today, locale: languageFor(customer, context.today, 'da') }
      const named = rest.format ?? formatNamed(out ?? '')
      const asked = {
        ...rest,
        ...(named === undefined ? {} : { format: named }),
        ...(on === undefined ? {} : { on }),
      }
      const order = readOrder(asked, usual)
      if (order.problems) throw new UsageProblem(inWords(order.problems.map(asOption)))
      const { name, type, bytes } = await annexBFile(context, customer, order.input)
      const file = out ?? name
      await writeFile(file, bytes).catch((error: unknown) => {
        throw new NotWritten(file, error)
      })
      if (json) printJson({ file, type, bytes: bytes.length })
      else print(`${bytes.length} bytes written to ${file}`)
      return 0
    })
  },

  evidence: async (words, config) => {
    const text = { type: 'string' } as const
    const options = {
      notice: text,
      customer: text,
      lang: text,
      out: text,
      json: { type: 'boolean' },
    } as const
    const given = read(words, options, 0)
    const order = packOrder(given)
    if (order === null) throw new UsageProblem('--notice REF or --customer REF is needed; --lang is da or en')
    const done = await connected(config, (context) => packFile(context, order, config.zone)).catch(
      unlessMissing,
    )
    if (done === null) throw new UsageProblem('there is no such notice or customer')
    if (given.json) printJson(done)
    else print(`${done.bytes} bytes written to ${done.file}`)
    return 0
  },

  'verify-pack': async (words, config) => {
    const { json, files } = read(words, { json: { type: 'boolean' } }, 1)
    const checked = await connected(config, () => packChecked(files[0] ?? ''))
    if (json) printJson(checked.result)
    else print(checked.words)
    return checked.result.whole ? 0 : 1
  },

  ...checks,

  'import register': (words, config) => imported('register', words, config),
  'import customers': (words, config) => imported('customers', words, config),

  'export register': (words, config) => exported('register', words, config),
  'export vendors': (words, config) => exported('vendors', words, config),
  'export customers': (words, config) => exported('customers', words, config),

  walkthrough: async (words) => {
    const module = (await import(new URL('../walkthrough.js', import.meta.url).href)) as Walkthrough
    return module.walkthrough(words)
  },
}

async function imported(register: Register, words: string[], config: Config): Promise<number> {
  const flag = { type: 'boolean' } as const
  const { json, files, ...given } = read(words, { json: flag, 'dry-run': flag }, 1)
  const done = await connected(config, async (context) => {
    await ensureIndexes()
    return importFile(context, register, files[0] ?? '', given['dry-run'] === true)
  })
  if (json) printJson(done)
  else print(reportInWords(done, register))
  return done.counts.problem === 0 ? 0 : 1
}

async function exported(of: Exported, words: string[], config: Config): Promise<number> {
  const options = { json: { type: 'boolean' }, format: { type: 'string' } } as const
  const { json, files, format: said } = read(words, options, 1)
  const [file = ''] = files
  const format = formatOf(file, said)
  if (format === null) throw new UsageProblem(`--format: one of ${exportFormats.join(', ')}`)
  const bytes = await connected(config, (context) => exportFile(context, of, file, format))
  if (json) printJson({ file, format, bytes })
  else print(`${bytes} bytes written to ${file}`)
  return 0
}

type Walkthrough = { walkthrough: (words: string[]) => Promise<number> }

const database = { kind: 'database', id: 'tilsyn' }

function unlessMissing(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

/** Where nothing else is said, a file is what its name ends in. */
function formatNamed(file: string): Format | undefined {
  return formats.find((format) => file.toLowerCase().endsWith(`.${format}`))
}

/** Fields of the page's form under the names of the command's options. */
function asOption({ field, ...problem }: Problem): Problem {
  const names: Record<string, string> = { on: 'day', language: 'lang' }
  return { ...problem, field: `--${names[field] ?? field}` }
}
