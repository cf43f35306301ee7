import { addDays } from '../base/day.js'
import { formatDay } from '../i18n/formats.js'
import { registerUse, plannedEngagements } from '../register/actions.js'
import {
  caseToShow,
  closeCase,
  openCase,
  stopUse,
  tellCustomers,
  writeWords,
} from '../unpermitted-use/actions.js'
import { mailsTo, refusalOf } from './customers.js'
import type { Telling } from './telling.js'

const reader = 'privacy@northlight.example'

/** Someone was used whom no customer has permitted: no date is bent, a case is opened, and each customer is told. */
export async function useIsDiscovered({ trial, transcript, olga }: Telling): Promise<void> {
  const { say } = transcript
  trial.at('09:15')
  const today = trial.today()
  const used = (await plannedEngagements(today)).find(({ vendorName }) => vendorName.startsWith('Curanet'))
  if (!used) throw new Error('the sample has no supplier that nobody permitted')
  const since = addDays(today, -6)
  say(
    'Tage, technician',
    `says that ${used.vendorName} has run customers’ servers since ${formatDay(since, 'en')}.`,
  )
  say('Olga, officer', 'tries to note that in the register. Tilsyn refuses:', [
    await refusalOf(registerUse(olga(), used.reference, since)),
  ])

  const { reference } = await openCase(olga(), {
    engagement: used.reference,
    since,
    discoveredOn: today,
    how: 'The technician on duty said so.',
    once: 'walkthrough',
  })
  const shown = () => caseToShow(reference, { q: '', told: null, standing: null }, undefined)
  const opened = await shown()
  say(
    'Olga, officer',
    `opens ${reference}. Tilsyn finds ${opened.standing.affected} customers for whom it was used without permission.`,
  )

  trial.at('09:50')
  await stopUse(olga(), reference, { on: today, how: 'The servers were moved back.' })
  await writeWords(olga(), reference, {
    what: {
      da: 'Ved en flytning kom servere til at køre hos en leverandør, I ikke har tilladt.',
      en: 'While being moved, servers came to run at a supplier you have not permitted.',
    },
    done: {
      da: 'Serverne er flyttet tilbage, og kopierne er slettet.',
      en: 'The servers have been moved back, and the copies erased.',
    },
  })
  await tellCustomers(olga(), reference)
  await trial.runTimers()
  await trial.runTimers()
  const told = await shown()
  const { mail } = mailsTo(trial, reader).at(-1) ?? {}
  if (!mail?.subject?.includes(reference)) throw new Error('a customer was not told')
  say(
    'Olga, officer',
    `has the use stopped and tells them: ${told.standing.affected - told.standing.untold} of ${told.standing.affected} told. What Northlight reads:`,
    [mail.subject, ...beginningOf(mail.text ?? '')],
  )

  const closed = await closeCase(olga(), reference, 'Moves are checked against the list before they begin.')
  say('Olga, officer', `closes ${closed.reference} with what was learnt: “${closed.lesson}”`)
}

/** Below the sender's name and whom it is for: what happened, in the words of the mail. */
function beginningOf(text: string): string[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .slice(2, 5)
    .map((paragraph) => paragraph.replace(/\s+/g, ' '))
}
