import { confirmUse, type Notice } from '../notices/actions.js'
import { everyRecipient, short } from './customers.js'
import type { Telling } from './telling.js'

/** Tells who may begin since it last looked, and has the officer confirm the use. */
export async function permissionsAsTheyCome(
  { trial, transcript, olga }: Telling,
  notice: Notice,
  name: string,
): Promise<() => Promise<void>> {
  let known = await permittedIn(notice)
  return async () => {
    const now = await permittedIn(notice)
    const fresh = now.filter((customer) => !known.includes(customer))
    known = now
    if (fresh.length === 0) return
    transcript.day(trial.today())
    transcript.say(
      'Tilsyn',
      `permits the change for ${fresh.length} ${fresh.length === 1 ? 'customer' : 'customers'}; no objection is open:`,
      fresh.map(short),
    )
    trial.at('08:30')
    const used = await confirmUse(olga(), notice.reference, notice.lines[0]?.id ?? '', trial.today())
    transcript.say('Olga, officer', `confirms that ${name} is in use for ${used} of them from today.`)
  }
}

async function permittedIn(notice: Notice): Promise<string[]> {
  return (await everyRecipient(notice))
    .filter(({ lines }) => lines.some(({ permittedFrom }) => permittedFrom !== null))
    .map(({ customerName }) => customerName)
}
