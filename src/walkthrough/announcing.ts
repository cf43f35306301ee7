import { addDays } from '../base/day.js'
import { formatDay, formatShortDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { mailsAbout } from '../mail/actions.js'
import { draftNotice, issueNotice, previewNotice, reckonStart, type Notice } from '../notices/actions.js'
import { plannedEngagements } from '../register/actions.js'
import { everyRecipient, inWords, recipientNamed } from './customers.js'
import type { Telling } from './telling.js'

const t = textIn('en')

/** The last contact in the first mailbox of this customer has left; the mail server says so. */
export const closedMailbox = 'dpo@harbouranalytics.example'

type Planned = Awaited<ReturnType<typeof plannedEngagements>>[number]

/** From the first draft to the clocks that run. */
export async function announce({
  trial,
  transcript: { say },
  olga,
}: Telling): Promise<{ notice: Notice; planned: Planned }> {
  const first = trial.today()
  const offered = await plannedEngagements(trial.today())
  const planned = offered.find(({ vendorName }) => vendorName.startsWith('Fjordbackup'))
  if (!planned) throw new Error('the sample has no planned engagement')
  const name = planned.vendorName
  const lines = [{ kind: 'addition' as const, engagement: planned.reference, replaces: null }]
  const start = await reckonStart(olga(), lines, addDays(first, 70))
  say(
    'Olga, officer',
    `wants to take ${name} into use for off-site backup on ${formatDay(addDays(first, 70), 'en')}. Tilsyn reckons back:`,
    start.map(
      ({ period, sendBy, inTime }) =>
        `${t(`notices:period.${period.unit}`, { count: period.length })}: send by ${sendBy ? formatShortDay(sendBy, 'en') : 'never'}${inTime ? '' : ' (too late: starts later for these)'}`,
    ),
  )
  const draft = await draftNotice(olga(), {
    lines,
    why: {
      da: 'Vi vil have en sikkerhedskopi på en anden adresse end driften, så data kan genskabes efter brand eller angreb.',
      en: 'We want a backup away from the place of operation, so that data can be restored after a fire or an attack.',
    },
    safeguards: { da: '', en: '' },
    plannedStart: addDays(first, 70),
    goLive: 'staged',
    togetherBecause: null,
  })
  const preview = await previewNotice(olga(), draft.reference)
  say(
    'Olga, officer',
    `previews ${draft.reference}: ${preview.summary.count} customers to tell, ${preview.summary.affected} of them affected.`,
    preview.blockers.map((blocker) => t(`notices:blocker.${blocker.text}`, inWords(blocker.facts))),
  )
  const ticks = preview.blockers.flatMap(({ tick }) => (tick ? [tick] : []))
  const notice = await issueNotice(olga(), { reference: draft.reference, version: draft.version }, ticks)
  say('Olga, officer', `issues ${notice.reference}.`)

  trial.at('09:10')
  await trial.runTimers()
  trial.at('09:20')
  await trial.runTimers()
  const delivered = trial.postOffice.delivered.filter(({ mail }) => mail.subject?.includes(notice.reference))
  say(
    'Mail server',
    `takes ${delivered.length} mails, each in its reader's language, with PDF and calendar file.`,
  )
  const harbour = await recipientNamed(notice, 'Harbour Analytics')
  const mails = await mailsAbout('recipient', [harbour._id])
  const bounced = mails.find(({ to }) => to.address === closedMailbox)
  const next = harbour.contacts[harbour.contactIndex]?.email ?? ''
  if (
    bounced?.state !== 'bounced' ||
    !mails.some(({ to, state }) => to.address === next && state === 'accepted')
  )
    throw new Error('the next contact has had no mail')
  say(
    'Mail server',
    `refuses ${closedMailbox} (${bounced.lastReply}); the next contact, ${next}, is written to at once.`,
  )
  const all = await everyRecipient(notice)
  const groups = new Map<string, number>()
  for (const { lastDay, earliestUse, period } of all) {
    if (!lastDay || !earliestUse) continue
    const words = `${t(`notices:period.${period.unit}`, { count: period.length })}: last day ${formatShortDay(lastDay, 'en')}, earliest use ${formatShortDay(earliestUse, 'en')}`
    groups.set(words, (groups.get(words) ?? 0) + 1)
  }
  say(
    'Tilsyn',
    'starts the clock for each customer whose mail was accepted:',
    [...groups].map(([words, count]) => `${count} x ${words}`),
  )
  return { notice, planned }
}
