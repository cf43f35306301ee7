import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { signedDeclarations } from './audits/actions/declarations.js'
import { readFileBytes } from './files/actions.js'
import { formatDay } from './i18n/formats.js'
import { countryName } from './transfers/rules.js'
import { closedMailbox } from './walkthrough/announcing.js'
import { figuresTold, logLines } from './walkthrough/figures.js'
import { openTrial } from './walkthrough/house.js'
import { tellMainJob, type Told } from './walkthrough/story.js'
import { newTranscript } from './walkthrough/transcript.js'

/** A Monday in the autumn: the thirty days run over Christmas and the New Year. */
const start = '2026-11-23'

/**
 * Runs the main job by itself and leaves what came of it in a folder: transcript, two customers' lists before and after, the
 * notice as PDF and one customer's mail. Returns the exit code.
 */
export async function walkthrough(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      out: { type: 'string', default: 'walkthrough-output' },
      json: { type: 'boolean', default: false },
    },
  })
  const print = (line: string) => {
    if (!values.json) process.stdout.write(`${line}\n`)
  }
  const trial = await openTrial(start, new Set([closedMailbox]))
  try {
    const transcript = newTranscript(print)
    const told = await tellMainJob(trial, transcript)
    await mkdir(values.out, { recursive: true })
    const keep = (name: string, content: string | Uint8Array) => writeFile(join(values.out, name), content)
    await keep('transcript.txt', transcript.text())
    await keep('lists-before-and-after.md', listsOf(told))
    await keep('figures.json', JSON.stringify(await figuresTold(trial, Number(start.slice(0, 4))), null, 2))
    await keep('log.jsonl', await logLines())
    for (const { reference, files } of await signedDeclarations())
      for (const locale of ['da', 'en'] as const)
        await keep(`${reference}.${locale}.pdf`, await readFileBytes(files[locale]))
    const mail = trial.postOffice.delivered.find(({ to }) => to === 'privacy@northlight.example')
    if (mail) await keep('a-customers-mail.eml', mail.raw)
    for (const { filename, mimeType, content } of mail?.mail.attachments ?? [])
      if (mimeType === 'application/pdf' && typeof content !== 'string')
        await keep(filename ?? 'notice.pdf', new Uint8Array(content))
    if (values.json)
      process.stdout.write(
        `${JSON.stringify({ ...told, mails: trial.postOffice.delivered.length }, null, 2)}\n`,
      )
    print(
      `\nLeft in ${values.out}/: the transcript, two customers' lists before and after, the notice and the year's declaration as PDF, one customer's mail.`,
    )
    return told.logWhole ? 0 : 1
  } finally {
    await trial.close()
  }
}

function listsOf({ reference, lists }: Told): string {
  const parts = lists.flatMap(({ name, before, after, days }) =>
    [before, after].flatMap((rows, index) => [
      `## ${name}, ${formatDay(days[index] ?? '', 'en')}`,
      '',
      '| Name | Registration | Address | Description of processing | Countries | Approved from |',
      '|---|---|---|---|---|---|',
      ...rows.map(({ content, approvedFrom }) => {
        const countries = content.storageCountries.map((code) => countryName(code, 'en')).join(', ')
        const cells = [
          content.vendorName,
          content.registration?.number,
          content.address,
          content.activity.en,
          countries,
        ]
        return `| ${[...cells, formatDay(approvedFrom, 'en')].map((cell) => (cell ? cell.replaceAll('\n', ', ').replaceAll('|', '\\|') : '–')).join(' | ')} |`
      }),
      '',
    ]),
  )
  return [`# Two customers' lists before and after ${reference}`, '', ...parts].join('\n')
}
