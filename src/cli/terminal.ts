/** What commands read from the person at the terminal, and print for it. */
import type { Problem } from '../base/form.js'
import { textIn } from '../i18n/texts.js'

/** The words do not fit the command: told together with the usage. */
export class UsageProblem extends Error {
  override name = 'UsageProblem'
}

/** The work is done, and its file cannot be put where it was asked for. */
export class NotWritten extends Error {
  override name = 'NotWritten'
  constructor(file: string, cause: unknown) {
    super(`${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

/** What was asked for cannot be done, for a reason that the person at the terminal can see to: told alone. */
export class Told extends Error {
  override name = 'Told'
}

export function inWords(problems: Problem[]): string {
  const t = textIn('en')
  return problems.map(({ field, text, facts }) => `${field}: ${t(`problems:${text}`, facts)}`).join(' ')
}

export async function fromStandardInput(): Promise<string> {
  let text = ''
  for await (const piece of process.stdin.setEncoding('utf8')) text += String(piece)
  return text.replace(/\r?\n$/, '')
}

export function report(json: unknown, counts: Record<string, number>, what: string): void {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  if (json) printJson({ documents: total, collections: counts })
  else print(`${total} documents of ${Object.keys(counts).length} collections ${what}.`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
