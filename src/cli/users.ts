import { addPerson, addPersonWithPassword, renewPasswordLinkOf } from '../auth/actions/people.js'
import { takeSecondFactorOffBy } from '../auth/actions/second-factor.js'
import { readPersonForm } from '../auth/form.js'
import { passwordProblem } from '../auth/rules.js'
import type { Config } from '../base/config.js'
import { NotFound } from '../base/errors.js'
import { ensureIndexes } from '../db/indexes.js'
import type { Command } from './commands.js'
import { connected, read } from './ports.js'
import { fromStandardInput, inWords, print, printJson, UsageProblem } from './terminal.js'

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

/** People who may sign in: added, and let in again. Whoever has this machine has the house: nobody is asked for a password. */
export const userCommands: Record<string, Command> = {
  'user add': async (words, config) => {
    const {
      json,
      'password-stdin': fromInput,
      ...typed
    } = read(
      words,
      { email: text, name: text, role: text, locale: text, 'password-stdin': flag, json: flag },
      0,
    )
    const form = readPersonForm({ locale: 'da', ...typed })
    if (form.problems) throw new UsageProblem(inWords(form.problems))
    const password = fromInput ? await fromStandardInput() : null
    const problem = password === null ? null : passwordProblem(password, form.input)
    if (problem) throw new UsageProblem(inWords([{ field: 'password', text: problem }]))
    return connected(config, async (context) => {
      await ensureIndexes()
      if (password === null) {
        const { person, token } = await addPerson(context, form.input)
        return printLink(config, person, token, json)
      }
      const person = await addPersonWithPassword(context, form.input, password)
      if (json) printJson({ id: person._id, email: person.email })
      else print(`${person.email} may sign in now.`)
      return 0
    })
  },

  'user password-link': async (words, config) => {
    const { json, email } = read(words, { email: text, json: flag }, 0)
    const address = addressOf(email)
    const { person, token } = await connected(config, (context) =>
      renewPasswordLinkOf(context, address).catch((error: unknown) => toldIfMissing(error, address)),
    )
    return printLink(config, person, token, json)
  },

  'user second-factor-off': async (words, config) => {
    const { json, email, because } = read(words, { email: text, because: text, json: flag }, 0)
    const address = addressOf(email)
    const reason = (because ?? '').trim()
    if (reason === '') throw new UsageProblem('--because TEXT is needed: it stands in the log')
    await connected(config, (context) =>
      takeSecondFactorOffBy(context, address, reason).catch((error: unknown) =>
        toldIfMissing(error, address),
      ),
    )
    if (json) printJson({ email: address })
    else print(`${address} signs in with the password alone until two-step sign-in is set up again.`)
    return 0
  },
}

function printLink(
  config: Config,
  { _id, email }: { _id: string; email: string },
  token: string,
  json: unknown,
): number {
  const link = `${config.baseUrl}/password/${token}`
  if (json) printJson({ id: _id, email, link })
  else print(`${email} sets a password here, once, within 7 days:\n${link}`)
  return 0
}

function addressOf(email: string | undefined): string {
  if (email === undefined) throw new UsageProblem('--email ADDRESS is needed')
  return email.trim().toLowerCase()
}

function toldIfMissing(error: unknown, address: string): never {
  if (error instanceof NotFound) throw new UsageProblem(`there is nobody with the address ${address}`)
  throw error
}
