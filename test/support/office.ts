import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** What reads our papers as their readers do, and the Debian packages it comes in. */
const needed = ['soffice', 'qpdf', 'pdftotext', 'pdfinfo', 'pdftoppm'] as const
export const officePackages = 'libreoffice-writer-nogui libreoffice-calc-nogui qpdf poppler-utils'

const folders = (process.env['PATH'] ?? '').split(delimiter)

export const missingPrograms: readonly string[] = needed.filter(
  (program) => !folders.some((folder) => existsSync(join(folder, program))),
)

/** Runs one of them and answers what it printed; an exit code other than 0 is an error that says what it wrote. */
export async function run(program: (typeof needed)[number], words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...words], { maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

/** Opens the files in LibreOffice and prints them into the folder as PDF. One run for all: its start takes seconds. */
export async function printByOffice(files: readonly string[], folder: string): Promise<void> {
  // A profile of its own, so that an office that is open on this machine is left alone.
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files])
}
