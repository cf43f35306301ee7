import { ConfigProblems, readConfig } from './base/config.js'

const usage = `Usage: tilsyn COMMAND

  start                          run Tilsyn: web pages, timers and mail
  verify-log                     recompute the sealed audit log and compare it with the records
  user add --email ADDRESS --name NAME --role ROLE [--locale da|en] [--password-stdin]
                                 add a person; prints a link to set the password, or reads it from standard input
  user password-link --email ADDRESS
                                 print another link to set the password, for somebody who has lost it
  user second-factor-off --email ADDRESS --because TEXT
                                 switch two-step sign-in off for somebody who has lost phone and recovery codes, as for
                                 the last administrator; they are told by mail, and the log says so
  import register|customers FILE [--dry-run]
                                 bring in vendors and engagements, or customers and contacts, from an Excel or CSV file;
                                 nothing is done while a row has a problem
  export register|vendors|customers FILE [--format xlsx|csv]
                                 write everything in a register to a file an import can read again
  export all FILE                write all data and files to a ZIP that another Tilsyn can import; keep it as you keep Tilsyn
  import all FILE [--dry-run]    read such a ZIP into an empty database, before the first start there
  dump FILE                      write the whole database to a file, whatever engine it is on
  restore FILE [--replace]       put a dump into an empty database; --replace empties it first
  annex-b --customer REF [--day D] [--lang da|en] [--format docx|pdf|xlsx] [--columns b1|complete] [--known then] [--out FILE]
                                 write a customer's list of sub-processors on a day as a document
  evidence [--notice REF] [--customer REF] [--lang da|en] [--out FILE]
                                 write an evidence pack: of a notice, of one customer's part in it, or of all a customer was told
  questionnaires check [FILE…]   read the question sets, or these files: every fault with file, line and reason
  controls check [FILE…]         read the controls of the yearly audit, or these files, in the same way
  verify-pack FILE               recompute an evidence pack, and compare it with the log of this house
  mail-in [--recipient ADDRESS]  take one mail from standard input, as a mail server's pipe gives it: exit code 0 means
                                 taken, 75 that the server shall keep it and come again
  walkthrough                    run the main job by itself on the sample organisation, in a folder of its own

  --json    print the result as JSON where there is one
  --help    this text

Roles: administrator, officer, dpo, management, auditor. Settings are read from the environment, as for start; commands
work while Tilsyn runs. Exit code 0 means done, 1 not done.
`

const names = [
  'verify-log',
  'user add',
  'user password-link',
  'user second-factor-off',
  'import register',
  'import customers',
  'export register',
  'export vendors',
  'export customers',
  'export all',
  'import all',
  'dump',
  'restore',
  'annex-b',
  'evidence',
  'verify-pack',
  'questionnaires check',
  'controls check',
  'walkthrough',
]

process.exitCode = await main(process.argv.slice(2))

async function main(words: string[]): Promise<number> {
  if (words.length === 0 || words.includes('--help')) {
    process.stdout.write(usage)
    return words.length === 0 ? 1 : 0
  }
  if (words[0] === 'start') {
    // Runs on until it is told to stop.
    await import('./main.js')
    return 0
  }
  if (words[0] === 'mail-in') {
    // On its own: every exit code of it means something to a mail server.
    const { mailIn } = await import('./cli/mail-in.js')
    return mailIn(words.slice(1), process.env)
  }
  const [name = '', ...rest] = ['user', 'import', 'export', 'questionnaires', 'controls'].includes(
    words[0] ?? '',
  )
    ? [words.slice(0, 2).join(' '), ...words.slice(2)]
    : words
  const whole = name === 'export all' || name === 'import all'
  if (whole) {
    const { inSmallMemory, isSmall } = await import('./cli/small-memory.js')
    if (!isSmall()) return inSmallMemory()
  }
  if (!names.includes(name)) return fail(`tilsyn: there is no command "${name}"\n\n${usage}`)
  try {
    const config = readConfig(process.env)
    // Indexes, whole data and the log's verification go by what is registered.
    const { registerEveryRecord } = await import('./cli/every-record.js')
    await registerEveryRecord()
    // Only now: most of the application comes with it, and what goes through everything does without.
    const { commands } = whole ? await import('./cli/whole-data.js') : await import('./cli/commands.js')
    return (await commands[name]?.(rest, config)) ?? 1
  } catch (error) {
    if (error instanceof Error && error.name === 'UsageProblem')
      return fail(`tilsyn ${name}: ${error.message}\n\n${usage}`)
    const told = error instanceof ConfigProblems || isForPerson(error)
    return fail(`${told ? (error as Error).message : String((error as Error).stack ?? error)}\n`)
  }
}

// Failures whose message is written for the person at the terminal carry a name of their own.
function isForPerson(error: unknown): boolean {
  return (
    error instanceof Error &&
    !['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'].includes(error.name)
  )
}

function fail(text: string): number {
  process.stderr.write(text)
  return 1
}
