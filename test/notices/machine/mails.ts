/** What mail servers say of our mails, as `followUpAnnouncements` and `takeMail` take it up. */
import { type MailRow } from '../../../src/mail/actions.js'
import { announced } from '../../../src/notices/actions/follow-up.js'
import { type Recipient, returnMeans } from '../../../src/notices/rules.js'
import { beginning } from '../../../src/replies/rules.js'
import { reply } from './cases.js'
import { type Happening } from './events.js'
import { move, type Sent, today, type Town } from './town.js'

/** What a mail server says of a mail of ours; the ledger notes what that is worth before the rules are asked. */
export function word(
  town: Town,
  { on, which }: Happening & { on: 'deliver' | 'bounce' | 'return' },
): boolean {
  const { part, ledger, notice } = town
  const from = on === 'return' ? 'accepted' : 'queued'
  const candidates = town.mails.filter(({ state }) => state === from)
  const mail = candidates[candidates.length - 1 - (which % Math.max(1, candidates.length))]
  if (!part || !mail) return false
  mail.state = on === 'deliver' ? 'accepted' : 'bounced'
  if (on === 'deliver') mail.acceptedAt = town.now
  const isWaiting = part.state === 'queued' || part.state === 'undelivered'
  const current = part.contacts.some(({ id }) => id === mail.contact)
  if (on === 'deliver' && isWaiting && current) ledger.arrival = { at: town.now, by: mail.id }
  if (on === 'return') {
    if (ledger.arrival?.by === mail.id && !isConfirmed(part, mail)) ledger.arrival = null
    lookAt(town, part, mail)
  }
  // Dispatch to the last registered contact counts as having come, where the agreement says so.
  const last = part.contacts.at(-1)?.id === mail.contact
  if (on !== 'deliver' && part.agreement.counts === 'dispatch' && last && ledger.arrival === null)
    ledger.arrival = { at: mail.sentAt, by: mail.id }
  const decision = announced(contextOf(town), town.part!, rowOf(mail, part), notice)
  return move(town, decision?.change ?? null)
}

function isConfirmed({ receipt }: Recipient, { contact: reader }: Sent): boolean {
  return receipt?.contact === reader
}

/** As `takeMail` and `finishArrival` with a report that the mail came back. */
function lookAt(town: Town, part: Recipient, mail: Sent): void {
  const means = returnMeans(part, mail.contact)
  const { blocking } = beginning(
    'failed',
    true,
    means === 'too-late' || means === 'receipt-stands' ? means : null,
  )
  if (blocking) reply(town, part)
}

function rowOf({ id, contact: to, state, sentAt, acceptedAt }: Sent, part: Recipient): MailRow {
  return {
    _id: id,
    state,
    to: { address: '', contact: to },
    acceptedAt,
    evidence: [{ at: acceptedAt ?? sentAt }],
    about: { kind: 'recipient', id: part._id },
    sample: false,
  } as unknown as MailRow
}

function contextOf(town: Town) {
  return {
    now: town.now,
    today: today(town),
    actor: { kind: 'system' as const, id: 'test' },
    locale: 'da' as const,
  }
}
